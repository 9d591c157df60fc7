"""The cash forecast of a company on a day: kept, so that it can be held against what
came."""

from odoo import api, fields, models
from odoo.tools import format_date

#: Why an amount is expected when it is, or not at all.
BASES = [
    ("own", "Own habit"),
    ("segment", "Segment's habit"),
    ("company", "Habit of all customers"),
    ("promise", "Promise"),
    ("plan", "Payment plan"),
    ("disputed", "Disputed"),
    ("away", "At the agency"),
    ("covered", "Set off"),
    ("credit", "Credit"),
]
KINDS = [
    ("invoice", "Invoice"),
    ("billable", "To be invoiced"),
    ("contract", "Contract"),
    ("credit", "Credit"),
]


def _money(label, text):
    return fields.Monetary(string=label, readonly=True, help=text)


def _percent(label, text):
    return fields.Float(
        string=label, readonly=True, digits=(16, 1), aggregator="avg", help=text
    )


class O2cCashForecast(models.Model):
    """One per company and day. Taking it again on the same day replaces it; those of
    earlier days stay as they were."""

    _name = "o2c.cash.forecast"
    _description = "Cash Forecast"
    _order = "day desc, id desc"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(
        required=True, readonly=True, help="What was known on the morning of this day."
    )
    latest = fields.Boolean(
        readonly=True, help="The newest forecast of the company; others are history."
    )
    week_ids = fields.One2many("o2c.cash.forecast.week", "forecast_id", readonly=True)
    trial_ids = fields.One2many("o2c.cash.forecast.trial", "forecast_id", readonly=True)
    item_ids = fields.One2many("o2c.cash.forecast.item", "forecast_id", readonly=True)
    item_count = fields.Integer(string="Amounts", readonly=True)

    open_amount = _money("Open", "Open invoices and credit, as the ledger has them.")
    counted = _money(
        "In the Forecast",
        "What is expected at all: without disputes, the agency and what is set off.",
    )
    to_invoice = _money(
        "Not Invoiced Yet",
        "Of what is in the forecast: events that wait for their invoice, and what "
        "contracts bill in the coming three months. With VAT.",
    )
    later = _money(
        "Later", "In the forecast, but after the last week, or perhaps never."
    )
    disputed = _money("Disputed", "Open and disputed: not in the forecast.")
    away = _money("At the Agency", "With an agency or trustee: not in the forecast.")
    set_off = _money(
        "Set Off", "Covered by credit notes and payments that are not matched."
    )
    expected_4 = _money("In 4 Weeks", "Expected in the first four weeks.")
    low_4 = _money("Low, 4 Weeks", "One time in ten less than this comes.")
    high_4 = _money("High, 4 Weeks", "One time in ten more than this comes.")
    expected_13 = _money("In 13 Weeks", "Expected in all thirteen weeks.")
    low_13 = _money("Low, 13 Weeks", "One time in ten less than this comes.")
    high_13 = _money("High, 13 Weeks", "One time in ten more than this comes.")
    own_share = _percent(
        "From Own Habits (%)",
        "Of what is in the forecast: the part that follows the customer's own habit, a "
        "promise or a plan. The rest follows customers like him.",
    )

    error_4 = _percent(
        "Error, 4 Weeks (%)",
        "The same forecast made on past Mondays, from what was known then: how far its "
        "first four weeks were off, up or down, in % of what came.",
    )
    error_due_4 = _percent(
        "Error by Due Dates, 4 Weeks (%)",
        "The same, when everybody is expected to pay on the due date, and at once what "
        "is past it.",
    )
    bias_4 = _percent(
        "Bias, 4 Weeks (%)",
        "Of the same weeks together: above zero it promised too much, below zero too "
        "little.",
    )
    bias_due_4 = _percent(
        "Bias by Due Dates, 4 Weeks (%)", "The same, by due dates alone."
    )
    error_13 = _percent("Error, 13 Weeks (%)", "As for four weeks, over thirteen.")
    error_due_13 = _percent(
        "Error by Due Dates, 13 Weeks (%)", "The same, by due dates alone."
    )
    bias_13 = _percent("Bias, 13 Weeks (%)", "As for four weeks, over thirteen.")
    bias_due_13 = _percent(
        "Bias by Due Dates, 13 Weeks (%)", "The same, by due dates alone."
    )
    off_4 = fields.Float(
        string="Sum of 4 Weeks Off By",
        readonly=True,
        digits=(16, 4),
        aggregator="max",
        help="The part by which four past weeks together were off, four times in five "
        "at most. Low and high of four weeks are at least so far away.",
    )
    off_13 = fields.Float(
        string="Sum of 13 Weeks Off By",
        readonly=True,
        digits=(16, 4),
        aggregator="max",
        help="The same for thirteen weeks.",
    )
    weeks_tried = fields.Integer(
        readonly=True, help="Past weeks on which the forecast was tried."
    )
    weeks_covered = fields.Integer(
        string="Weeks Between the Bounds",
        readonly=True,
        help="How many of the weeks tried fell between low and high, before the bounds "
        "were stretched. Eight in ten should.",
    )
    stretch = fields.Float(
        string="Bounds Times",
        readonly=True,
        digits=(16, 1),
        aggregator="max",
        default=1.0,
        help="By how much low and high lie further apart than the habits alone say, so "
        "that eight of ten past weeks would have fallen between them.",
    )

    _day_uniq = models.Constraint(
        "UNIQUE(company_id, day)", "The forecast of this day was taken already."
    )
    _latest_uniq = models.UniqueIndex(
        "(company_id) WHERE latest", "A company has one newest forecast."
    )

    @api.depends("day")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.day and format_date(self.env, one.day)

    def action_open_items(self):
        """All amounts behind the forecast."""
        self.ensure_one()
        return self.item_ids._shown(
            [("forecast_id", "=", self.id)], self.env._("Cash Forecast: All Amounts")
        )

    def action_open_disputed(self):
        """What is disputed and stands beside the forecast."""
        self.ensure_one()
        return self.item_ids._shown(
            [("forecast_id", "=", self.id), ("disputed", "!=", 0)],
            self.env._("Disputed, Not in the Forecast"),
        )

    def action_open_away(self):
        """What an agency or trustee collects."""
        self.ensure_one()
        return self.item_ids._shown(
            [("forecast_id", "=", self.id), ("basis", "=", "away")],
            self.env._("At the Agency, Not in the Forecast"),
        )

    def action_open_later(self):
        """What comes after the last week, or perhaps never."""
        self.ensure_one()
        return self.item_ids._shares_shown(self, [("week", "=", False)])

    def action_open_weeks(self):
        """The amounts per week."""
        self.ensure_one()
        return self.item_ids._shares_shown(self, [("week", "!=", False)]) | {
            "views": [[False, "graph"], [False, "pivot"], [False, "list"]],
            "view_mode": "graph,pivot,list",
        }

    def action_open_trials(self):
        """The past weeks on which the forecast was tried."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_insight.o2c_cash_forecast_trial_action"
        )
        return action | {"domain": [("forecast_id", "=", self.id)]}
