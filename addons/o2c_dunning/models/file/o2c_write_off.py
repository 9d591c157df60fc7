"""Writing off: proposed with a reason, approved by somebody who may, then booked."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_amount

from ...policy.bad_debt import split
from ...tools.amount import decimal

REASONS = [
    ("insolvent", "Insolvent, nothing to expect"),
    ("untraceable", "Cannot be found"),
    ("uneconomic", "Collecting costs more than it brings"),
    ("settlement", "Agreed with the customer"),
    ("barred", "Time-barred"),
    ("other", "Other"),
]
GUARDED = frozenset(
    ("state", "proposed_by_id", "decided_by_id", "decided_at", "entry_id", "net", "vat")
)


class O2cWriteOff(models.Model):
    """An amount of one invoice that we no longer expect."""

    _name = "o2c.write.off"
    _description = "Write-Off"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "move_id"
    _check_company_auto = True

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('payment_state', 'in', ('not_paid', 'partial'))]",
    )
    file_id = fields.Many2one(
        "o2c.collection.file",
        string="Collection File",
        index="btree_not_null",
        ondelete="restrict",
        help="The file in which collecting was tried, if there is one.",
    )
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", store=True, index=True
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="What is written off, VAT included. At first everything that is open.",
    )
    vat = fields.Monetary(
        string="VAT That Comes Back",
        compute="_compute_parts",
        store=True,
        help="The VAT in the amount: claimed back from the tax office, no loss.",
    )
    net = fields.Monetary(string="Loss", compute="_compute_parts", store=True)
    reason = fields.Selection(REASONS, required=True, tracking=True)
    note = fields.Text(required=True, help="What was tried, and why it ends here.")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("approved", "Approved, entry in draft"),
            ("booked", "Booked"),
            ("refused", "Refused"),
            ("reversed", "Reversed"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    proposed_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, tracking=True, ondelete="restrict"
    )
    decided_at = fields.Datetime(readonly=True)
    entry_id = fields.Many2one(
        "account.move",
        string="Journal Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Made in draft when the write-off is approved; bookkeeping posts it.",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "Write off an amount above zero."
    )
    _live_uniq = models.UniqueIndex(
        "(move_id) WHERE state IN ('proposed', 'approved')",
        "A write-off of this invoice waits already. Finish that one first.",
    )

    @api.depends("move_id")
    def _compute_amount(self):
        for one in self:
            one.amount = one.amount or one.move_id.amount_residual

    @api.depends("amount", "move_id")
    def _compute_parts(self):
        for one in self:
            parts = split(
                decimal(one.amount),
                decimal(one.move_id.amount_total),
                decimal(one.move_id.amount_tax),
            )
            one.net, one.vat = float(parts.net), float(parts.vat)

    @api.constrains("amount", "move_id")
    def _check_amount(self):
        for one in self.filtered(lambda w: w.state in ("proposed", "approved")):
            if one.move_id.move_type != "out_invoice" or one.move_id.state != "posted":
                raise ValidationError(
                    self.env._("Only posted customer invoices can be written off.")
                )
            left = one.move_id.amount_residual
            if one.currency_id.compare_amounts(one.amount, left) > 0:
                raise ValidationError(
                    self.env._(
                        "Of %(invoice)s %(open)s is open: no more can be written off.",
                        invoice=one.move_id.name,
                        open=one.currency_id.format(left),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever proposes is remembered, whatever the call says."""
        if not self.env.su:
            vals_list = [
                {key: val for key, val in vals.items() if key not in GUARDED}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        """Decisions are made with the buttons; what was decided stays."""
        if not self.env.su:
            if GUARDED & vals.keys():
                raise AccessError(self.env._("Use the buttons to decide a write-off."))
            fixed = {"amount", "move_id", "reason", "note", "file_id"} & vals.keys()
            if fixed and self.filtered(lambda one: one.state != "proposed"):
                raise UserError(
                    self.env._("This write-off was decided. Reverse it, or make a new.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Write-offs are kept. Refuse or reverse them."))

    def _expect(self, *states):
        """Refuse a second click, and what does not fit the state."""
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if any(one.state not in states for one in self):
            raise UserError(
                self.env._("This was decided by somebody already. Renew the page.")
            )

    def action_approve(self):
        """Approve within one's authority; the journal entry is made in draft."""
        self._expect("proposed")
        for one in self:
            one._check_authority()
        self._check_amount()
        self.sudo().write(
            {
                "state": "approved",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        for one in self:
            one._make_entry()

    def action_refuse(self):
        """The claim is not given up."""
        self._expect("proposed")
        self.env.user._o2c_check_collector(manager=True)
        self.sudo().write(
            {
                "state": "refused",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _check_authority(self):
        """Small amounts a collector decides himself; above them a collecting manager
        who did not propose it; above the highest amount a head of accounting too."""
        self.ensure_one()
        user, company = self.env.user, self.company_id.root_id
        amount = self.currency_id._convert(
            self.amount, company.currency_id, company, fields.Date.context_today(self)
        )
        own, highest = company.o2c_write_off_own, company.o2c_write_off_manager
        user._o2c_check_collector()
        if amount <= own:
            return
        allowed = user.has_group("o2c_base.group_collecting_manager")
        if highest and amount > highest:
            allowed = user.has_group("account.group_account_manager")
        limit = highest if highest and amount > highest else own
        if not allowed:
            raise AccessError(
                self.env._(
                    "Above %(amount)s %(who)s decides.",
                    amount=format_amount(self.env, limit, company.currency_id),
                    who=self.env._("an accounting manager")
                    if limit == highest and limit != own
                    else self.env._("a collecting manager"),
                )
            )
        if self.proposed_by_id == user:
            raise AccessError(
                self.env._(
                    "Above %(amount)s somebody else than who proposed it decides.",
                    amount=format_amount(self.env, own, company.currency_id),
                )
            )
