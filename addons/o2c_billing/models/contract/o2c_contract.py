"""A contract with a customer: what is charged again and again, until when."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...policy import contract_term as policy

#: States in which periods are billed.
BILLED_STATES = ("running", "notice", "ended")


class O2cContract(models.Model):
    """Agreed once; every period of every line becomes a billing event by itself."""

    _name = "o2c.contract"
    _description = "Contract"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name desc, id desc"
    _rec_names_search = ["name", "title", "client_ref"]
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env._("New"),
    )
    title = fields.Char(
        string="Subject",
        tracking=True,
        help="What the contract is about, in the words of the customer.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who the contract is with. A contact is replaced by its company.",
    )
    invoice_partner_id = fields.Many2one(
        "res.partner",
        string="Invoice Address",
        compute="_compute_invoice_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        help="Where the invoices go: an address of this customer.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Prices of the lines and the invoices are in this currency.",
    )
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position",
        check_company=True,
        help="Empty: the VAT follows from the invoice address, as on any invoice.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        check_company=True,
        help="Empty: the payment terms of the customer on the day of the invoice.",
    )
    subscription_form_id = fields.Many2one(
        "o2c.subscription.form",
        ondelete="restrict",
        check_company=True,
        help="How the customer buys; agreed prices can depend on it.",
    )
    client_ref = fields.Char(
        string="Customer Reference",
        tracking=True,
        help="Order number of the customer; printed on every invoice.",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The order that this contract came from.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        index="btree_not_null",
        tracking=True,
        help="Is told in time when the contract is going to renew or to end.",
    )
    accepted_by_id = fields.Many2one(
        "res.partner",
        string="Accepted By",
        copy=False,
        ondelete="set null",
        check_company=True,
        help="Contact who accepted the contract for the customer. Whether he may sign "
        "for this amount is checked when the contract starts.",
    )
    date_start = fields.Date(
        string="Starts On",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_end = fields.Date(
        string="Ends On",
        copy=False,
        tracking=True,
        help="Last day of the contract. Empty: it goes on.",
    )
    term_months = fields.Integer(
        string="Term (months)",
        default=12,
        help="How long the contract holds at least. Zero: no minimum term.",
    )
    renewal = fields.Selection(
        [
            ("ends", "Ends"),
            ("renews", "Renews for a term"),
            ("open", "Goes on, can be ended at any day"),
        ],
        string="After the Term",
        default="renews",
        required=True,
        tracking=True,
        help="What happens after the first term when nobody gives notice.",
    )
    renewal_months = fields.Integer(
        string="Renewal (months)", default=12, help="Length of each following term."
    )
    notice_months = fields.Integer(
        string="Notice (months)",
        default=1,
        help="Notice period in months. Not used when days are filled in.",
    )
    notice_days = fields.Integer(
        string="Notice (days)", help="Notice period in days, instead of months."
    )
    remind_days = fields.Integer(
        string="Remind (days)",
        default=30,
        help="The owner gets one activity so many days before the last day for notice.",
    )
    term_end = fields.Date(
        string="Term Ends",
        compute="_compute_term_end",
        store=True,
        help="Last day of the present term.",
    )
    cancel_before = fields.Date(
        compute="_compute_term_end",
        store=True,
        help="Notice given on this day is too late for the present term.",
    )
    terms_renewed = fields.Integer(
        readonly=True, copy=False, help="How many times the contract was renewed."
    )
    notice_given = fields.Date(
        readonly=True, copy=False, help="When notice was received or sent."
    )
    end_reason = fields.Char(readonly=True, copy=False)
    billed_until = fields.Date(
        string="Billed Elsewhere Until",
        copy=False,
        help="For contracts that already run: periods that begin on or before this day "
        "were invoiced by another system and are left alone.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("notice", "Notice Given"),
            ("ended", "Ended"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )
    line_ids = fields.One2many("o2c.contract.line", "contract_id", copy=True)
    pause_ids = fields.One2many("o2c.contract.pause", "contract_id")
    period_ids = fields.One2many("o2c.contract.period", "contract_id", readonly=True)

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE state != 'draft'",
        "This contract number is in use.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start"
        " OR (state IN ('notice', 'ended') AND date_end = date_start - 1))",
        "The contract ends before it begins. Check the two dates.",
    )
    _months_check = models.Constraint(
        "CHECK(term_months >= 0 AND notice_months >= 0 AND notice_days >= 0"
        " AND remind_days >= 0 AND (renewal != 'renews' OR renewal_months > 0))",
        "Term and notice are zero or more; a contract that renews does so for at least "
        "a month.",
    )

    @api.depends("partner_id")
    def _compute_invoice_partner_id(self):
        for contract in self:
            customer = contract.partner_id.commercial_partner_id
            if contract.invoice_partner_id.commercial_partner_id != customer:
                address = customer.address_get(["invoice"])["invoice"]
                contract.invoice_partner_id = address

    @api.depends("partner_id", "company_id")
    def _compute_currency_id(self):
        for contract in self:
            customer = contract.partner_id.with_company(contract.company_id)
            contract.currency_id = (
                customer.property_product_pricelist.currency_id
                or contract.company_id.currency_id
            )

    @api.depends(
        "date_start",
        "date_end",
        "term_months",
        "renewal",
        "renewal_months",
        "notice_months",
        "notice_days",
        "terms_renewed",
    )
    def _compute_term_end(self):
        for contract in self:
            contract.term_end = contract.date_end or contract._term_end()
            contract.cancel_before = (
                policy.cancel_before(contract.term_end, contract._renewal())
                if contract.term_end and contract.renewal != "ends"
                else False
            )

    @api.constrains("partner_id", "invoice_partner_id")
    def _check_customer(self):
        for contract in self:
            customer = contract.partner_id
            if contract.invoice_partner_id.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "%(address)s is no address of %(customer)s. Choose the "
                        "customer or one of his addresses.",
                        address=contract.invoice_partner_id.display_name,
                        customer=customer.display_name,
                    )
                )

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """The company signs, not its contact: the contact gets the invoices."""
        customer = self.partner_id.commercial_partner_id
        if customer and customer != self.partner_id:
            self.invoice_partner_id = self.partner_id
            self.partner_id = customer

    @api.depends("name", "title")
    def _compute_display_name(self):
        for contract in self:
            words = (contract.name, contract.title)
            contract.display_name = " · ".join(word for word in words if word)

    # Facts for the policy

    def _renewal(self):
        """What was agreed about the end, as the policy reads it."""
        self.ensure_one()
        return policy.Renewal(
            self.renewal,
            max(self.renewal_months, 1),
            self.notice_months,
            self.notice_days,
        )

    def _term_end(self):
        """Last day of the present term; False when there is no minimum term."""
        self.ensure_one()
        if not self.term_months or not self.date_start:
            return False
        renewal = self._renewal()
        end = policy.next_term_end(
            self.date_start - policy.DAY, policy.Renewal("renews", self.term_months)
        )
        if renewal.kind == policy.RENEWS:
            for _time in range(self.terms_renewed):
                end = policy.next_term_end(end, renewal)
        return end
