"""The weeks of a cash forecast, and the past weeks on which it was tried."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class O2cCashForecastWeek(models.Model):
    """What comes in a calendar week; the first begins on the day of the forecast."""

    _name = "o2c.cash.forecast.week"
    _description = "Week of a Cash Forecast"
    _order = "forecast_id desc, number"
    _log_access = False

    forecast_id = fields.Many2one(
        "o2c.cash.forecast",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(related="forecast_id.day", string="Forecast Of", store=True)
    latest = fields.Boolean(related="forecast_id.latest", string="Newest Forecast")
    number = fields.Integer(
        readonly=True, aggregator=None, help="0 is the week of the forecast."
    )
    week = fields.Date(
        required=True,
        readonly=True,
        help="First day: Monday, or the day of the forecast.",
    )
    expected = fields.Monetary(readonly=True, help="What is expected to come.")
    low = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="One week in ten less than this comes. Bounds of weeks do not add up.",
    )
    high = fields.Monetary(
        readonly=True, aggregator=None, help="One week in ten more than this comes."
    )
    agreed = fields.Monetary(
        string="Promised or on a Plan",
        readonly=True,
        help="Of what is expected: promises and instalments.",
    )
    to_invoice = fields.Monetary(
        string="Still to Invoice",
        readonly=True,
        help="Of what is expected: what is not an invoice yet.",
    )
    on_due = fields.Monetary(
        string="By Due Dates",
        readonly=True,
        help="What would come if everybody paid on the due date, and at once what is "
        "past it.",
    )
    actual = fields.Monetary(
        string="Came",
        readonly=True,
        help="Payments of the invoices that were there on the day of the forecast. "
        "Filled in when the week has ended; not of a week that had begun.",
    )
    ended = fields.Boolean(readonly=True, help="What came is known.")

    _number_uniq = models.Constraint(
        "UNIQUE(forecast_id, number)", "A forecast has each week once."
    )

    @api.depends("week")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.week and format_date(self.env, one.week)

    def action_open_shares(self):
        """The amounts of which a part is expected in this week."""
        self.ensure_one()
        return self.env["o2c.cash.forecast.item"]._shares_shown(
            self.forecast_id, [("number", "=", self.number)]
        )


class O2cCashForecastTrial(models.Model):
    """A past week: what the forecast would have said, and what came."""

    _name = "o2c.cash.forecast.trial"
    _description = "Past Week of a Cash Forecast"
    _order = "origin desc, number, id"
    _log_access = False

    forecast_id = fields.Many2one(
        "o2c.cash.forecast",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    origin = fields.Date(
        string="As Known On",
        required=True,
        readonly=True,
        help="The Monday from which it looked ahead, with the ledger, promises and "
        "disputes as they stood that morning.",
    )
    number = fields.Integer(
        string="Weeks Ahead", readonly=True, aggregator=None, help="0 is its own week."
    )
    week = fields.Date(required=True, readonly=True, help="Monday of the week.")
    expected = fields.Monetary(readonly=True, help="What would have been expected.")
    low = fields.Monetary(
        readonly=True, aggregator=None, help="Lower bound, not stretched."
    )
    high = fields.Monetary(
        readonly=True, aggregator=None, help="Upper bound, not stretched."
    )
    on_due = fields.Monetary(
        string="By Due Dates",
        readonly=True,
        help="If everybody had paid on the due date, and at once what was past it.",
    )
    actual = fields.Monetary(
        string="Came",
        readonly=True,
        help="Payments of the invoices that were there on that Monday.",
    )
    off = fields.Monetary(
        string="Off By", readonly=True, help="Expected less what came."
    )
    off_due = fields.Monetary(
        string="Due Dates Off By", readonly=True, help="By due dates, less what came."
    )

    _number_uniq = models.Constraint(
        "UNIQUE(forecast_id, origin, number)", "A week is tried once from a day."
    )

    @api.depends("origin", "week")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.week and format_date(self.env, one.week)

    def action_open_payments(self):
        """The payments that came in this week for invoices of before."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_payment_behaviour_action"
        )
        name = self.env._("Payments in the Week of %s", self.display_name)
        return action | {
            "name": name,
            "display_name": name,
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("paid_on", ">=", self.week),
                ("paid_on", "<", self.week + timedelta(days=7)),
                ("invoice_id.date", "<", self.origin),
            ],
            "context": {},
        }
