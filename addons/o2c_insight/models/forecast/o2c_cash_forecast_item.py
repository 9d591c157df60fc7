"""An amount in a cash forecast: which day it is expected, and why that day."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .o2c_cash_forecast import BASES, KINDS

#: Days that the amounts of a forecast are kept; its weeks stay.
KEPT_DAYS = 14


class O2cCashForecastItem(models.Model):
    """An open invoice or instalment, a credit, an event or contract period that is not
    invoiced yet; with the habit that was known when the forecast was taken."""

    _name = "o2c.cash.forecast.item"
    _description = "Amount in a Cash Forecast"
    _order = "likely_on, amount desc, id"
    _log_access = False

    forecast_id = fields.Many2one(
        "o2c.cash.forecast",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    latest = fields.Boolean(related="forecast_id.latest", string="Newest Forecast")
    key = fields.Char(
        required=True, readonly=True, help="Which document; once per forecast."
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    basis = fields.Selection(
        BASES,
        string="Follows",
        required=True,
        readonly=True,
        help="What the expected day follows from, or why there is none.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment", readonly=True, ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users", string="Salesperson", readonly=True, ondelete="set null"
    )
    team_id = fields.Many2one(
        "crm.team", string="Sales Team", readonly=True, ondelete="set null"
    )
    document_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of Document",
        readonly=True,
        ondelete="set null",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Document",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    event_id = fields.Many2one(
        "o2c.billing.event",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    contract_line_id = fields.Many2one(
        "o2c.contract.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    due = fields.Date(
        string="Due Date",
        readonly=True,
        help="Of what is not invoiced yet: the day of the invoice plus the customer's "
        "usual term.",
    )
    invoice_on = fields.Date(
        string="Invoice Expected", readonly=True, help="Of what is not invoiced yet."
    )
    amount = fields.Monetary(
        string="Open", readonly=True, help="In company currency; credit is negative."
    )
    disputed = fields.Monetary(readonly=True, help="The part in dispute.")
    set_off = fields.Monetary(
        readonly=True,
        help="The part that credit of the customer covers; of credit: what is used.",
    )
    counted = fields.Monetary(
        string="In the Forecast",
        readonly=True,
        help="What money is expected for: open, less what is disputed and set off.",
    )
    likely_on = fields.Date(
        string="Likely Day",
        readonly=True,
        help="By this day it came with a chance of one half. Empty: later than anybody "
        "was seen to pay.",
    )
    early_on = fields.Date(
        string="Early", readonly=True, help="One time in ten it comes before this day."
    )
    late_on = fields.Date(
        string="Late", readonly=True, help="One time in ten it comes after this day."
    )
    agreed_on = fields.Date(
        string="Agreed Day",
        readonly=True,
        help="Promised day, or day of the first instalment.",
    )
    kept_chance = fields.Float(
        readonly=True, digits=(16, 4), aggregator="avg", help="That agreed days hold."
    )
    shares = fields.Json(readonly=True, help="Share per week; the last one is later.")
    habit_count = fields.Integer(
        string="Payments", readonly=True, help="Of the customer in a year."
    )
    habit_days = fields.Float(
        string="Days After Due",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="When he pays, weighted by amount. Negative: early.",
    )
    habit_spread = fields.Float(
        string="Spread (Days)", readonly=True, digits=(16, 1), aggregator="avg"
    )
    habit_weekday = fields.Integer(
        readonly=True, aggregator=None, help="0 is Monday; -1: no usual day."
    )
    group_code = fields.Selection(
        [("segment", "Segment"), ("company", "All customers")],
        string="Compared With",
        readonly=True,
    )
    group_count = fields.Integer(string="Payments of Others", readonly=True)
    group_days = fields.Float(
        string="Others' Days After Due",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
    )
    _key_uniq = models.Constraint(
        "UNIQUE(forecast_id, key)", "An amount stands in a forecast once."
    )

    @api.depends("move_id", "event_id", "contract_line_id", "partner_id")
    def _compute_display_name(self):
        for one in self.sudo():
            record = one.move_id or one.event_id or one.contract_line_id.contract_id
            one.display_name = record.display_name or one.partner_id.display_name

    def action_open_document(self):
        """The invoice, credit, event or contract behind the amount."""
        self.ensure_one()
        move = self.move_id
        record = (
            move.origin_payment_id
            or move
            or self.event_id
            or self.contract_line_id.sudo().contract_id.sudo(False)
        )
        if not record:
            raise UserError(
                self.env._("The document is gone. Take the forecast again.")
            )
        if not record.has_access("read"):
            raise AccessError(
                self.env._(
                    "You may not read this document. Ask a billing user what it is."
                )
            )
        return record._get_records_action()

    @api.model
    def _shown(self, domain, name):
        """The list of amounts."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_insight.o2c_cash_forecast_item_action"
        )
        return action | {
            "name": name,
            "display_name": name,
            "domain": domain,
            "context": {},
        }

    @api.model
    def _shares_shown(self, forecast, domain):
        """The list of amounts with their part in some weeks."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_insight.o2c_forecast_report_action"
        )
        return action | {
            "domain": [("forecast_id", "=", forecast.id), *domain],
            "context": {},
            "views": [[False, "list"], [False, "pivot"], [False, "graph"]],
            "view_mode": "list,pivot,graph",
        }

    @api.autovacuum
    def _gc_items(self):
        """Amounts of old forecasts go; their weeks and errors stay."""
        limit = fields.Date.subtract(fields.Date.today(), days=KEPT_DAYS)
        old = [("forecast_id.day", "<", limit), ("forecast_id.latest", "=", False)]
        for model in (self, self.env["o2c.cash.forecast.trial"]):
            model.search(old, limit=50000).unlink()
