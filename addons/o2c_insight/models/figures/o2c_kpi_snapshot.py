"""The key figures of a month: kept, so that a trend does not change afterwards."""

from odoo import api, fields, models
from odoo.tools import format_date

DIMENSIONS = [
    ("total", "Company"),
    ("segment", "Segment"),
    ("user", "Salesperson"),
    ("team", "Sales team"),
    ("country", "Country"),
    ("state", "Region"),
    ("currency", "Currency of the documents"),
]
#: The field that names the value of a dimension.
VALUES = {
    "segment": "segment_id",
    "user": "user_id",
    "team": "team_id",
    "country": "country_id",
    "state": "state_id",
    "currency": "document_currency_id",
}


def _days(label, text, **options):
    """A number of days; empty when it has no meaning."""
    return fields.Float(
        string=label,
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help=text,
        **options,
    )


class O2cKpiSnapshot(models.Model):
    """One row per company, month and value of a dimension. A month that has ended is
    final; the present month is taken anew each night."""

    _name = "o2c.kpi.snapshot"
    _description = "Key Figures"
    _order = "month desc, dimension, label, id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    period = fields.Char(
        string="Month and Year",
        compute="_compute_period",
        help="The month these figures are of.",
    )
    as_of = fields.Date(
        required=True,
        readonly=True,
        help="Last day that counts: the end of the month, or the day it was taken.",
    )
    final = fields.Boolean(
        readonly=True, help="The month has ended: these figures do not change any more."
    )
    dimension = fields.Selection(
        DIMENSIONS, string="Per", required=True, readonly=True, default="total"
    )
    label = fields.Char(
        string="Of",
        readonly=True,
        help="Which segment, salesperson, team, country, region or currency.",
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment", ondelete="set null", readonly=True
    )
    user_id = fields.Many2one(
        "res.users", string="Salesperson", ondelete="set null", readonly=True
    )
    team_id = fields.Many2one(
        "crm.team", string="Sales Team", ondelete="set null", readonly=True
    )
    country_id = fields.Many2one("res.country", ondelete="set null", readonly=True)
    state_id = fields.Many2one(
        "res.country.state", string="Region", ondelete="set null", readonly=True
    )
    document_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of Documents",
        ondelete="set null",
        readonly=True,
    )

    receivables = fields.Monetary(
        readonly=True, help="Open at the end, unapplied credit taken off."
    )
    opening = fields.Monetary(
        string="Open at the Start",
        readonly=True,
        help="At the end of the month before.",
    )
    not_due = fields.Monetary(readonly=True, help="Open and not due yet.")
    due_30 = fields.Monetary(
        string="1-30 Days",
        readonly=True,
        help="Open, due 1 to 30 days before the end.",
    )
    due_60 = fields.Monetary(
        string="31-60 Days",
        readonly=True,
        help="Open, due 31 to 60 days before the end.",
    )
    due_90 = fields.Monetary(
        string="61-90 Days",
        readonly=True,
        help="Open, due 61 to 90 days before the end.",
    )
    due_more = fields.Monetary(
        string="Over 90 Days",
        readonly=True,
        help="Open, due more than 90 days before the end.",
    )
    overdue = fields.Monetary(
        string="Past Due",
        readonly=True,
        help="The part of what is open whose due date is before the end.",
    )
    disputed = fields.Monetary(readonly=True, help="Open and disputed at the end.")
    promised = fields.Monetary(readonly=True, help="Open under a promise at the end.")
    sales = fields.Monetary(
        string="Invoiced", readonly=True, help="In the month, with VAT, credits off."
    )
    sales_period = fields.Monetary(
        string="Invoiced in Three Months",
        readonly=True,
        help="In this month and the two before it, with VAT, credits off.",
    )
    days_period = fields.Integer(
        string="Days of Three Months",
        readonly=True,
        aggregator="max",
        help="Of this month, so far, and the two before it.",
    )
    paid = fields.Monetary(readonly=True, help="Payments of invoices in the month.")

    dso = _days(
        "DSO (Days)",
        "Open at the end / invoiced in three months x days of those months: how many "
        "days of sales are not paid.",
    )
    dso_countback = _days(
        "DSO Countback (Days)",
        "Sales of the newest months are taken off what is open until nothing is left; "
        "their days are counted. At most twelve months.",
    )
    dso_best = _days(
        "Best Possible DSO (Days)",
        "Open and not due / invoiced in three months x days: the DSO if everybody paid "
        "on the due date.",
    )
    days_delinquent = _days("Average Days Delinquent", "DSO minus best possible DSO.")
    cei = fields.Float(
        string="CEI (%)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="How much of what could be collected was, the collection effectiveness "
        "index: (open at the start + invoiced - open at the end) / (open at the start "
        "+ invoiced - not due at the end). 100 %: all of it.",
    )
    days_to_pay = _days(
        "Days to Pay",
        "From invoice date to payment, of what was paid in the month, weighted by "
        "amount. Part payments each count.",
    )
    days_late = _days(
        "Days Late",
        "From due date to payment, never below zero, of what was paid in the month, "
        "weighted by amount.",
    )
    on_time = fields.Float(
        string="Paid in Time (%)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Of what was paid in the month, by amount. Time in dispute is left out.",
    )
    dispute_rate = fields.Float(
        string="Disputed (%)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Amount of disputes raised in the month / invoiced in the month.",
    )
    dispute_days = _days(
        "Days to Solve a Dispute", "Of disputes closed in the month, on average."
    )
    promises_kept = fields.Float(
        string="Promises Kept (%)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Of the promises that fell due in the month, by number.",
    )
    lag_days = _days(
        "Invoicing Lag",
        "From delivery until the invoice left, of what left in the month, weighted by "
        "amount.",
    )
    lag_cost = fields.Monetary(
        string="Cost of the Lag",
        readonly=True,
        help="Amount x days of the lag x internal interest rate / 365.",
    )

    _month_uniq = models.UniqueIndex(
        "(company_id, month, dimension, COALESCE(segment_id, 0), COALESCE(user_id, 0), "
        "COALESCE(team_id, 0), COALESCE(country_id, 0), COALESCE(state_id, 0), "
        "COALESCE(document_currency_id, 0), label)",
        "These key figures of the month were taken already.",
    )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_period(self):
        for one in self:
            one.period = format_date(self.env, one.month, date_format="MMMM y")

    @api.depends("month", "label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = " · ".join(filter(None, (one.period, one.label)))
