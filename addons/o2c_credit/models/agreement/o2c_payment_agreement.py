"""What was agreed with a customer about paying, in one place."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

#: The agreement itself: fixed once it is confirmed.
TERMS = {
    "partner_id",
    "company_id",
    "payment_term_id",
    "discount_percent",
    "discount_days",
    "order_number_required",
    "conditions",
    "direct_debit",
    "mandate",
    "payer_id",
    "buying_group_id",
    "factor_id",
    "factor_iban",
    "date_from",
}


class O2cPaymentAgreement(models.Model):
    """One in force per customer, company and day."""

    _name = "o2c.payment.agreement"
    _description = "Payment Agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "partner_id, date_from desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        tracking=True,
        help="Who made it, and whom colleagues ask about it.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed"), ("ended", "Ended")],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_until = fields.Date(string="Until", help="Empty: until it is ended.")
    in_force = fields.Boolean(compute="_compute_in_force", search="_search_in_force")
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Payment Terms",
        check_company=True,
        tracking=True,
        help="New orders and invoices of this customer get these terms.",
    )
    discount_percent = fields.Float(
        string="Early Payment Discount (%)",
        compute="_compute_discount",
        store=True,
        readonly=False,
        tracking=True,
        help="Discount when the invoice is paid within the days next to it; taken from "
        "the payment terms.",
    )
    discount_days = fields.Integer(
        compute="_compute_discount", store=True, readonly=False, tracking=True
    )
    order_number_required = fields.Boolean(
        string="Their Order Number Is Required",
        tracking=True,
        help="An order is not confirmed before the customer's own number is filled in.",
    )
    conditions = fields.Text(
        string="Exclusive Conditions",
        tracking=True,
        help="What else holds between you, in the customer's language: it is in the "
        "confirmation and on his invoices.",
    )
    direct_debit = fields.Boolean(
        tracking=True, help="You collect the invoices from his bank account."
    )
    mandate = fields.Char(help="Reference of the signed mandate for direct debit.")
    payer_id = fields.Many2one(
        "res.partner",
        string="Paid By",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who pays, when that is not the customer. The customer stays the debtor: "
        "limits and reminders are about him.",
    )
    buying_group_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The organisation through which he buys and perhaps pays.",
    )
    factor_id = fields.Many2one(
        "res.partner",
        string="Factoring Company",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="His invoices are assigned to this company: he may pay only there.",
    )
    factor_iban = fields.Char(
        string="Account of the Factoring Company",
        help="The account number that his invoices mention.",
    )
    is_supplier = fields.Boolean(
        string="Is a Supplier Too",
        compute="_compute_supplier",
        compute_sudo=True,
        help="There are posted bills of this customer: he may offset what you owe him.",
    )
    owed_to_him = fields.Monetary(
        compute="_compute_supplier",
        compute_sudo=True,
        help="What you owe him now, in open bills.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    confirmed_by_id = fields.Many2one("res.users", readonly=True)
    confirmed_on = fields.Date(readonly=True)
    sent_on = fields.Datetime(
        string="Confirmation Sent", readonly=True, copy=False, tracking=True
    )
    note = fields.Text(help="For colleagues; customers never see it.")

    _dates_in_order = models.Constraint(
        "CHECK(date_until IS NULL OR date_until >= date_from)",
        "The last day of an agreement comes before its first: change one of them.",
    )
    _discount_range = models.Constraint(
        "CHECK(discount_percent BETWEEN 0 AND 100 AND discount_days >= 0)",
        "A discount is between 0 and 100 percent.",
    )
    _in_force_idx = models.Index(
        "(company_id, partner_id, date_from) WHERE state = 'confirmed'"
    )

    @api.depends("state", "date_from", "date_until")
    def _compute_in_force(self):
        for agreement in self:
            today = (agreement.company_id or self.env.company)._o2c_today()
            agreement.in_force = (
                agreement.state == "confirmed"
                and agreement.date_from <= today
                and (not agreement.date_until or agreement.date_until >= today)
            )

    @api.model
    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._domain_in_force(self.env.company._o2c_today())
        found = Domain.FALSE
        if True in value:
            found |= domain
        if False in value:
            found |= ~domain
        return found

    @api.model
    def _domain_in_force(self, day):
        return Domain(
            [
                ("state", "=", "confirmed"),
                ("date_from", "<=", day),
                "|",
                ("date_until", "=", False),
                ("date_until", ">=", day),
            ]
        )

    @api.depends("payment_term_id")
    def _compute_discount(self):
        for agreement in self:
            term = agreement.payment_term_id
            early = term.early_discount
            agreement.discount_percent = term.discount_percentage if early else 0.0
            agreement.discount_days = term.discount_days if early else 0

    @api.depends("partner_id", "date_from")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = self.env._(
                "Agreement with %(customer)s from %(date)s",
                customer=agreement.partner_id.display_name or "",
                date=format_date(self.env, agreement.date_from),
            )

    @api.constrains("state", "partner_id", "company_id", "date_from", "date_until")
    def _check_one_at_a_time(self):
        for agreement in self.filtered(lambda one: one.state == "confirmed"):
            others = self.sudo().search(
                [
                    ("id", "!=", agreement.id),
                    ("partner_id", "=", agreement.partner_id.id),
                    ("company_id", "=", agreement.company_id.id),
                    ("state", "=", "confirmed"),
                    ("date_from", "<=", agreement.date_until or "9999-12-31"),
                    "|",
                    ("date_until", "=", False),
                    ("date_until", ">=", agreement.date_from),
                ],
                limit=1,
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has an agreement from %(date)s already. End that "
                        "one first.",
                        customer=agreement.partner_id.display_name,
                        date=format_date(self.env, others.date_from),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.partner"]._o2c_place(vals_list)
        for vals in vals_list:
            vals["state"] = "draft"
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        return super().write(vals)

    def _check_may_change(self, vals):
        """What was confirmed stays: end it and make a new one."""
        if {"state", "confirmed_by_id", "confirmed_on", "sent_on"} & vals.keys():
            raise AccessError(
                self.env._("An agreement is confirmed and ended with its buttons.")
            )
        if self._fixed_terms() & vals.keys() and set(self.mapped("state")) - {"draft"}:
            raise UserError(
                self.env._(
                    "What was confirmed cannot be changed. End this agreement and make "
                    "a new one; Duplicate copies it."
                )
            )

    @api.model
    def _fixed_terms(self):
        """Hook: names of fields that nobody changes once it is confirmed."""
        return TERMS

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if set(self.mapped("state")) - {"draft"}:
            raise UserError(
                self.env._("An agreement that was confirmed is ended, not deleted.")
            )

    @api.model
    def _in_force(self, company, partner_ids, today):
        """Agreements that hold on a day, in one query.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :param date today: the day
        :return: dict of partner id to agreement, in sudo
        """
        found = self.sudo().search(
            Domain("company_id", "=", company.root_id.id)
            & Domain("partner_id", "in", list(partner_ids))
            & self._domain_in_force(today),
            order="date_from, id",
        )
        return {agreement.partner_id.id: agreement for agreement in found}

    def _known_reminder_facts(self):
        """Hook for reminders and others: what is known about how this customer pays.

        :return: list of codes: "debit", "factored", "payer", "buying_group",
            "supplier"
        """
        self.ensure_one()
        known = (
            ("debit", self.direct_debit),
            ("factored", self.factor_id),
            ("payer", self.payer_id and self.payer_id != self.partner_id),
            ("buying_group", self.buying_group_id),
            ("supplier", self.is_supplier),
        )
        return [code for code, holds in known if holds]
