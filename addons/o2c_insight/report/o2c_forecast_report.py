"""The cash forecast by week: which part of which amount comes when."""

from odoo import fields, models
from odoo.tools import SQL

from ..models.forecast.o2c_cash_forecast import BASES, KINDS


class O2cForecastReport(models.Model):
    """One row per amount and week in which a part of it is expected; without a week:
    later, or never. Its sum per week is the week of the forecast."""

    _name = "o2c.forecast.report"
    _description = "Expected Cash"
    _auto = False
    _order = "week, expected desc, id"
    _rec_name = "item_id"
    _depends = {
        "o2c.cash.forecast": ["day", "latest"],
        "o2c.cash.forecast.item": ["counted", "shares", "forecast_id"],
    }

    forecast_id = fields.Many2one("o2c.cash.forecast", readonly=True)
    item_id = fields.Many2one("o2c.cash.forecast.item", string="Amount", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(string="Forecast Of", readonly=True)
    latest = fields.Boolean(string="Newest Forecast", readonly=True)
    week = fields.Date(readonly=True, help="Monday of the week. Empty: later.")
    number = fields.Integer(string="Weeks Ahead", readonly=True, aggregator=None)
    kind = fields.Selection(KINDS, readonly=True)
    basis = fields.Selection(BASES, string="Follows", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    segment_id = fields.Many2one("o2c.customer.segment", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    document_currency_id = fields.Many2one(
        "res.currency", string="Currency of Document", readonly=True
    )
    move_id = fields.Many2one("account.move", string="Document", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    likely_on = fields.Date(
        string="Likely Day",
        readonly=True,
        help="By this day it came with a chance of one half.",
    )
    counted = fields.Monetary(
        string="Whole Amount",
        readonly=True,
        aggregator=None,
        help="What is expected over all weeks.",
    )
    chance = fields.Float(
        string="Chance (%)",
        readonly=True,
        digits=(16, 1),
        aggregator=None,
        help="That it comes in this week.",
    )
    expected = fields.Monetary(
        readonly=True, help="Whole amount times chance: what counts in this week."
    )
    why = fields.Text(related="item_id.why", string="Why This Day")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT item.id::bigint * 16 + share.number - 1 AS id,
                   item.forecast_id, item.id AS item_id, item.company_id,
                   forecast.day, forecast.latest,
                   CASE WHEN share.number < jsonb_array_length(item.shares)
                        THEN (date_trunc('week', forecast.day)::date
                              + 7 * (share.number - 1)::int) END AS week,
                   (share.number - 1)::int AS number, item.kind, item.basis,
                   item.partner_id, item.segment_id, item.user_id, item.team_id,
                   item.document_currency_id, item.move_id, item.due, item.likely_on,
                   item.counted, 100 * share.value::float8 AS chance,
                   item.counted * share.value::numeric AS expected
              FROM o2c_cash_forecast_item item
              JOIN o2c_cash_forecast forecast ON forecast.id = item.forecast_id
        CROSS JOIN LATERAL jsonb_array_elements_text(item.shares)
                   WITH ORDINALITY share (value, number)
             WHERE item.counted <> 0 AND share.value::numeric <> 0
            """
        )

    def action_open_document(self):
        """The document behind the amount."""
        self.ensure_one()
        return self.item_id.action_open_document()
