"""The draft check: what a draft remembers of it, and what nobody writes by hand."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Written by the check itself, never by a person, a form or another program.
GUARDED = {
    "o2c_check_state",
    "o2c_check_reasons",
    "o2c_check_note",
    "o2c_check_since",
    "o2c_asked_by_id",
    "o2c_approval",
    "o2c_approved_by_id",
    "o2c_approved_at",
    "o2c_check_digest",
    "o2c_approver_id",
    "o2c_check_desk",
    "o2c_check_asked_at",
    "o2c_check_level",
    "o2c_mender_id",
    "o2c_returned_by_id",
    "o2c_return_cause",
    "o2c_return_count",
}


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_check_state = fields.Selection(
        [
            ("not_needed", "No check needed"),
            ("to_check", "To check"),
            ("returned", "Returned"),
            ("approved", "Approved"),
        ],
        string="Check",
        readonly=True,
        copy=False,
        tracking=True,
    )
    o2c_check_reasons = fields.Json(string="Check Reasons", readonly=True, copy=False)
    o2c_check_words = fields.Char(
        string="Check Because",
        compute="_compute_o2c_check_words",
        help="Why a second person looks at this draft.",
    )
    o2c_check_verdict = fields.Char(
        string="Check Needed Because",
        compute="_compute_o2c_check_verdict",
        help="Why this draft cannot be posted before somebody looked at it.",
    )
    o2c_check_note = fields.Text(
        string="Returned Because", readonly=True, copy=False, tracking=True
    )
    o2c_check_since = fields.Datetime(string="Waits Since", readonly=True, copy=False)
    o2c_asked_by_id = fields.Many2one(
        "res.users", string="Check Asked By", readonly=True, copy=False
    )
    o2c_approval = fields.Selection(
        [("person", "Approved by a person"), ("paid_online", "Paid online")],
        string="How It Was Approved",
        readonly=True,
        copy=False,
    )
    o2c_approved_by_id = fields.Many2one(
        "res.users", string="Approved By", readonly=True, copy=False, tracking=True
    )
    o2c_approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)
    o2c_check_digest = fields.Char(
        string="Checked Content",
        readonly=True,
        copy=False,
        help="Fingerprint of what was handed in, returned or approved.",
    )
    o2c_returned_by_id = fields.Many2one(
        "res.users", string="Returned By", readonly=True, copy=False
    )
    o2c_mender_id = fields.Many2one(
        "res.users",
        string="Mends It",
        readonly=True,
        copy=False,
        help="Who was asked to change the draft. When he has, it comes back by itself.",
    )
    o2c_return_cause = fields.Selection(
        [
            ("line", "What was ordered"),
            ("price", "The price"),
            ("delivery", "What was delivered"),
            ("customer", "Data of the customer"),
            ("other", "Something else"),
        ],
        string="What Is Wrong",
        readonly=True,
        copy=False,
    )
    o2c_return_count = fields.Integer(
        string="Times Returned", readonly=True, copy=False
    )

    _o2c_check_idx = models.Index(
        "(company_id, o2c_check_since) WHERE o2c_check_state = 'to_check'"
    )

    @api.depends("o2c_check_reasons")
    @api.depends_context("lang")
    def _compute_o2c_check_words(self):
        for move in self:
            move.o2c_check_words = move._o2c_reasons_in_words(move.o2c_check_reasons)

    @api.depends("state", "move_type", "amount_total", "o2c_check_state")
    @api.depends_context("lang")
    def _compute_o2c_check_verdict(self):
        self.o2c_check_verdict = False
        drafts = self._origin.filtered(
            lambda move: move.state == "draft"
            and not move.o2c_check_state
            and move.is_sale_document(include_receipts=True)
            and move.company_id._o2c_mode("billing") == "live"
        )
        verdicts = {move.id: verdict for move, verdict in drafts._o2c_judge().items()}
        for move in self:
            verdict = verdicts.get(move._origin.id)
            if verdict and verdict.needed:
                move.o2c_check_verdict = move._o2c_reasons_in_words(verdict.reasons)

    def _compute_hide_post_button(self):
        """No button that would only say no.

        Without a dependency on our fields: when they go, Odoo would take along its own
        field of the same name on bank statement lines, which inherits this one.
        """
        result = super()._compute_hide_post_button()
        for move in self:
            if move.state == "draft" and (
                move.o2c_check_verdict
                or move.o2c_check_state in ("to_check", "returned")
            ):
                move.hide_post_button = True
        return result

    def _o2c_reasons_in_words(self, reasons):
        """Reasons of the check in one line.

        :param reasons: list of (kind, rule id, detail)
        """
        company = self[:1].company_id or self.env.company
        rules = self.env["o2c.draft.check.rule"].with_company(company)
        return " · ".join(
            rules._words(kind, detail) for kind, _rule, detail in reasons or ()
        )

    # Nobody writes the check by hand

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._o2c_guard_check(vals)
            # defaults given by the caller are values too
            forged = {f"default_{name}" for name in GUARDED} & set(self.env.context)
            if forged:
                self = self.with_context(**dict.fromkeys(forged, False))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._o2c_guard_check(vals)
        if GUARDED.issuperset(vals):
            return super().write(vals)
        # the lines of this document are looked at once, when all is written
        whole = self.with_context(o2c_whole_document=True)
        result = super(AccountMove, whole).write(vals)
        if not self.env.context.get("o2c_whole_document"):
            self._o2c_content_changed()
        return result

    @api.model
    def _o2c_guard_check(self, vals):
        """Refuse to write by hand what the check keeps.

        :param dict vals: what a person or another program wants to write
        """
        if any(vals.get(name) for name in GUARDED.intersection(vals)) or (
            self and GUARDED.intersection(vals)
        ):
            raise AccessError(
                self.env._(
                    "What the draft check remembers is not written by hand. Approve "
                    "the draft, return it, or ask for approval."
                )
            )
