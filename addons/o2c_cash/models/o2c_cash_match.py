"""A bank line and what it is probably for: proposed, accepted, booked, undone."""

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("proposed", "Proposed"),
    ("accepted", "Accepted, to be booked"),
    ("booked", "Booked"),
    ("dismissed", "Dismissed"),
    ("undone", "Undone"),
]
LIVE = ("proposed", "accepted", "booked", "dismissed")
CERTAINTIES = [("certain", "Certain"), ("likely", "Likely"), ("none", "Nothing found")]


class O2cCashMatch(models.Model):
    """One bank line with the items that it pays, the reasons and the decision."""

    _name = "o2c.cash.match"
    _description = "Cash Match"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "text"
    _mail_post_access = "read"

    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Bank Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(readonly=True, required=True, help="Booking date of the bank.")
    amount = fields.Monetary(
        readonly=True, help="In the money of the bank line; negative when it left."
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    text = fields.Char(readonly=True, help="What the payer wrote.")
    payer = fields.Char(readonly=True, help="Name that the bank gave.")
    account_number = fields.Char(string="Counter-Account", readonly=True)
    kind = fields.Selection(
        [
            ("receipt", "Money in"),
            ("reversal", "Taken back by the bank"),
            ("payout", "Paid back by us"),
        ],
        required=True,
        readonly=True,
        default="receipt",
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="proposed", index=True
    )
    certainty = fields.Selection(
        CERTAINTIES,
        required=True,
        readonly=True,
        default="none",
        help="Certain ones may be booked by themselves; likely ones wait for you.",
    )
    reasons = fields.Json(readonly=True, help="Codes and facts behind the proposal.")
    explanation = fields.Text(
        string="Why",
        compute="_compute_explanation",
        help="Every reason in a sentence.",
    )
    debtor_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose items are paid; somebody else may have sent the money.",
    )
    item_ids = fields.One2many("o2c.cash.item", "match_id", string="Items")
    rest = fields.Monetary(
        readonly=True,
        help="Money that no item takes; it stays open on the customer's account.",
    )
    write_off = fields.Monetary(
        string="Difference",
        readonly=True,
        help="What the items are short of and is written off; negative: too much.",
    )
    by_hand = fields.Boolean(
        readonly=True, help="A person chose the items; a new run leaves them alone."
    )
    automatic = fields.Boolean(readonly=True, help="Booked without a person.")
    decided_by_id = fields.Many2one("res.users", string="Decided By", readonly=True)
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    error = fields.Text(readonly=True, help="Why booking did not work.")
    run_id = fields.Many2one(
        "o2c.run", readonly=True, ondelete="set null", index="btree_not_null"
    )
    original_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Payment Taken Back",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The bank line that this one takes back.",
    )
    reason_code = fields.Char(
        string="Return Code", readonly=True, help="As the bank gave it, such as MD06."
    )
    digest = fields.Char(readonly=True, help="Tells whether a new run says the same.")
    before = fields.Json(readonly=True, help="How the bank line was, to undo.")

    _live_uniq = models.UniqueIndex(
        "(statement_line_id) WHERE state <> 'undone'",
        "This bank line has a match already. Open it, or undo it first.",
    )
    _waiting_idx = models.Index("(company_id, state, certainty)")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for match in self:
            match.explanation = match._explain()

    def _compute_display_name(self):
        for match in self:
            match.display_name = match.text or match.payer or str(match.id)

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("Use the buttons of the cash desk."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_proposals(self):
        if any(match.state not in ("proposed", "dismissed") for match in self):
            raise UserError(
                self.env._("A match that was booked is kept. Undo it instead.")
            )
