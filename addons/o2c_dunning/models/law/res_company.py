"""How a company claims cost and interest: its choices where the law leaves one."""

from odoo import fields, models

from ...policy.allocation import LAW, PRINCIPAL_FIRST
from ...policy.debt import Law
from ...tools.amount import decimal

#: Whether the customer agreed to the payment term.
TERM_AGREED = [
    ("agreed", "Agreed with the customer"),
    ("invoice", "Only on the invoice"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_term_agreed = fields.Selection(
        TERM_AGREED,
        string="Our Payment Term Is",
        default="invoice",
        required=True,
        help="Agreed, in a contract or in accepted terms: a customer is in default the "
        "day after the due date. Only on the invoice: a consumer first gets a reminder "
        "with a reasonable term, a business 30 days after it received the invoice.",
    )
    o2c_reasonable_days = fields.Integer(
        string="Reasonable Term",
        default=14,
        help="Days that the first reminder gives a consumer whose term was not agreed. "
        "He is in default the day after.",
    )
    o2c_day_basis = fields.Selection(
        [
            ("365", "365 days, in a leap year too"),
            ("366", "366 days in a leap year"),
            ("actual", "As many days as that year of default has"),
        ],
        string="Days in a Year",
        default="365",
        required=True,
        help="How a yearly percentage becomes interest per day.",
    )
    o2c_payment_order = fields.Selection(
        [
            ("law", "Cost, interest, principal (the law)"),
            ("principal", "Principal, interest, cost"),
        ],
        string="Payments Are First For",
        default="law",
        required=True,
        help="The law's order holds unless you agreed on another one. It decides over "
        "what interest runs on; the books are not changed by it.",
    )
    o2c_contract_rate = fields.Float(
        string="Contractual Interest (%)",
        digits=(5, 2),
        help="Interest a year that businesses and public bodies agreed to in your "
        "terms. Zero: statutory interest. An agreement with a customer goes before "
        "this.",
    )
    o2c_contract_compound = fields.Boolean(
        string="Interest on Contractual Interest",
        help="Each year's contractual interest bears interest too. Only when that was "
        "agreed; for statutory interest the law says so.",
    )
    o2c_business_cost = fields.Selection(
        [
            ("sum", "Once, over all invoices together"),
            ("each", "For each invoice, at least 40 euro"),
        ],
        string="Cost of a Business",
        default="sum",
        required=True,
        help="How the scale is applied to businesses and public bodies. For consumers "
        "the invoices of one letter are always added up.",
    )
    o2c_sole_traders_letter = fields.Boolean(
        string="Sole Traders as Consumers",
        help="Sole traders owe collection cost only after a 14-day letter, as "
        "consumers do. Who is a sole trader follows from the credit profile.",
    )
    o2c_cost_vat = fields.Boolean(
        string="VAT on Top of Cost",
        help="Only when an agency charges you VAT that you cannot deduct. The 14-day "
        "letter then says so; without that statement the VAT is not owed.",
    )
    o2c_cost_vat_percent = fields.Float(
        string="VAT Rate on Cost (%)", digits=(5, 2), default=21.0
    )
    o2c_wik_extend = fields.Boolean(
        string="Term Ends on a Working Day",
        default=True,
        help="The fourteen days run to the next working day when they end on a weekend "
        "or a holiday. Generous: the law may not ask it.",
    )
    o2c_wik_interest = fields.Boolean(
        string="Interest in the 14-Day Letter",
        help="Names the interest until today apart from the principal. Left out when a "
        "rate is not confirmed.",
    )
    o2c_periodic_costs = fields.Boolean(
        string="Lower Cost for Periodic Terms",
        help="Terms of one continuing contract, such as a subscription, cost less "
        "since 1 October 2024. How exactly is not settled: let a lawyer check the "
        "figures.",
    )
    o2c_claim_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Claims",
        domain="[('type', '=', 'sale')]",
        ondelete="restrict",
        help="Where claims of cost and interest are booked. Empty: the usual sales "
        "journal.",
    )
    o2c_cost_account_id = fields.Many2one(
        "account.account",
        string="Account of Collection Cost",
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        ondelete="restrict",
        help="Empty: the account of the product or of the journal.",
    )
    o2c_interest_account_id = fields.Many2one(
        "account.account",
        string="Account of Interest",
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        ondelete="restrict",
        help="Empty: the account of the product or of the journal.",
    )
    o2c_cost_product_id = fields.Many2one(
        "product.product", string="Product of Collection Cost", ondelete="restrict"
    )
    o2c_interest_product_id = fields.Many2one(
        "product.product", string="Product of Interest", ondelete="restrict"
    )
    o2c_claim_tax_id = fields.Many2one(
        "account.tax",
        string="Tax on Claims",
        domain="[('type_tax_use', '=', 'sale'), ('amount', '=', 0)]",
        ondelete="restrict",
        help="Damages bear no VAT. E-invoices may ask for a tax of zero percent.",
    )

    _o2c_reasonable_days_positive = models.Constraint(
        "CHECK(o2c_reasonable_days >= 1)", "A reasonable term has at least one day."
    )
    _o2c_law_percents_positive = models.Constraint(
        "CHECK(o2c_contract_rate >= 0 AND o2c_cost_vat_percent >= 0)",
        "A percentage cannot be negative.",
    )

    def _o2c_law(self):
        """Rates and choices as the policy reads them.

        :return: :class:`policy.debt.Law`
        """
        self.ensure_one()
        company, rates = self.sudo().root_id, self.env["o2c.interest.rate"]
        periodic = self.env["o2c.periodic.cost"]
        return Law(
            civil=tuple(rates._rates("civil")),
            trade=tuple(rates._rates("trade")),
            order=LAW if company.o2c_payment_order == "law" else PRINCIPAL_FIRST,
            day_basis=company.o2c_day_basis,
            vat_percent=decimal(company.o2c_cost_vat_percent)
            if company.o2c_cost_vat
            else None,
            separately=company.o2c_business_cost == "each",
            compound_contract=company.o2c_contract_compound,
            periodic=periodic._rule() if company.o2c_periodic_costs else None,
        )

    def _o2c_dutch(self):
        """Whether Dutch law on cost and interest is this company's."""
        return self.sudo().root_id.country_id.code == "NL"
