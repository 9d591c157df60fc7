"""The case: what a customer owes overdue, who works on it, and what comes next."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class O2cDunningCase(models.Model):
    """The open file of one customer, in one company and one currency."""

    _name = "o2c.dunning.case"
    _description = "Collecting Case"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "oldest_due, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("open", "To collect"),
            ("answered", "Answered"),
            ("paused", "Paused"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        index=True,
        tracking=True,
        group_expand=True,
        help="Answered: the customer wrote back and nobody read it yet; no reminder "
        "leaves until somebody did.",
    )
    user_id = fields.Many2one(
        "res.users", string="Collector", tracking=True, help="Who works this case."
    )
    opened_on = fields.Date(readonly=True)
    closed_on = fields.Date(readonly=True)
    paused_until = fields.Date(
        tracking=True, help="Last day on which no reminder leaves."
    )
    pause_reason = fields.Char(tracking=True)
    next_action = fields.Char(help="What you will do next, in your own words.")
    next_action_date = fields.Date(string="Next Action On", index=True)
    amount_due = fields.Monetary(
        string="Overdue",
        readonly=True,
        help="Open and overdue, less credit notes and money not yet matched. Renewed "
        "by each run and each payment.",
    )
    oldest_due = fields.Date(readonly=True, help="Due date of the oldest open invoice.")
    days_late = fields.Integer(compute="_compute_days_late")
    step_days = fields.Integer(
        string="Highest Step", readonly=True, help="In days after the due date."
    )
    contact_id = fields.Many2one(
        "res.partner",
        compute="_compute_contact",
        help="Who gets the reminders: the invoice contact, else the customer himself.",
    )
    phone = fields.Char(compute="_compute_contact")
    email = fields.Char(string="E-mail", compute="_compute_contact")
    notice_ids = fields.One2many("o2c.dunning.notice", "case_id", readonly=True)
    promise_ids = fields.One2many("o2c.payment.promise", "case_id")
    dispute_ids = fields.Many2many("o2c.dispute", compute="_compute_dispute_ids")
    open_line_ids = fields.Many2many(
        "account.move.line", string="Open Items", compute="_compute_open_line_ids"
    )
    verdict_ids = fields.Many2many(
        "o2c.remind.verdict", string="Tonight", compute="_compute_verdict_ids"
    )
    notice_count = fields.Integer(compute="_compute_counts")
    promise_count = fields.Integer(compute="_compute_counts")

    _open_uniq = models.UniqueIndex(
        "(partner_id, company_id, currency_id) WHERE state <> 'closed'",
        "This customer already has an open case in this company and currency.",
    )

    @api.depends("partner_id", "currency_id", "company_id")
    def _compute_display_name(self):
        for case in self:
            name = case.partner_id.display_name or ""
            if case.currency_id != case.company_id.currency_id:
                name = f"{name} ({case.currency_id.name})"
            case.display_name = name

    @api.depends("oldest_due", "state")
    def _compute_days_late(self):
        today = fields.Date.context_today(self)
        for case in self:
            late = case.oldest_due and case.state != "closed"
            case.days_late = max(0, (today - case.oldest_due).days) if late else 0

    @api.depends("notice_ids", "promise_ids")
    def _compute_counts(self):
        notices = self.env["o2c.dunning.notice"]._read_group(
            [("case_id", "in", self.ids), ("state", "=", "sent")],
            ["case_id"],
            ["__count"],
        )
        promises = self.env["o2c.payment.promise"]._read_group(
            [("case_id", "in", self.ids)], ["case_id"], ["__count"]
        )
        notices, promises = dict(notices), dict(promises)
        for case in self:
            case.notice_count = notices.get(case._origin, 0)
            case.promise_count = promises.get(case._origin, 0)

    @api.depends("partner_id")
    def _compute_contact(self):
        self.env["res.partner"].flush_model()
        recipients = self._recipients(self.partner_id.ids)
        for case in self:
            recipient = recipients.get(case.partner_id.id) or {}
            contact = self.env["res.partner"].browse(recipient.get("contact_id"))
            case.contact_id = contact
            case.email = recipient.get("email")
            case.phone = contact.phone or case.partner_id.phone

    def _compute_open_line_ids(self):
        for case in self:
            case.open_line_ids = self.env["account.move.line"].search(
                case._open_line_domain(), order="date_maturity, id"
            )

    def _open_line_domain(self):
        """What the ledger still has open for this customer in this currency."""
        self.ensure_one()
        return [
            ("partner_id.commercial_partner_id", "=", self.partner_id.id),
            ("company_id", "child_of", self.company_id.id),
            ("currency_id", "=", self.currency_id.id),
            ("account_id.account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
        ]

    def _compute_dispute_ids(self):
        disputes = self.env["o2c.dispute"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        for case in self:
            case.dispute_ids = disputes.filtered(
                lambda one, case=case: one.partner_id == case.partner_id
                and one.company_id == case.company_id
                and one.currency_id == case.currency_id
            )

    def _compute_verdict_ids(self):
        verdicts = self.env["o2c.remind.verdict"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        for case in self:
            case.verdict_ids = verdicts.filtered(
                lambda one, case=case: one.partner_id == case.partner_id
                and one.company_id == case.company_id
                and one.currency_id == case.currency_id
            )

    def write(self, vals):
        """A case stays with its customer, company and currency."""
        if {"partner_id", "company_id", "currency_id"} & vals.keys():
            raise UserError(
                self.env._("A case belongs to one customer, company and currency.")
            )
        return super().write(vals)

    def message_update(self, msg_dict, update_vals=None):
        """An answer to a reminder pauses the case until somebody read it."""
        if not self.env.context.get("o2c_written_by_machine"):
            self.filtered(lambda case: case.state in ("open", "paused")).write(
                {"state": "answered"}
            )
        return super().message_update(msg_dict, update_vals=update_vals)

    def _message_receive_bounce(self, email, partner):
        self.env["o2c.dunning.notice"].sudo()._bounced(self, email)
        return super()._message_receive_bounce(email, partner)
