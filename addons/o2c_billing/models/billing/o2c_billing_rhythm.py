"""How often a customer is invoiced, and how his invoices are made up."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...policy import rhythm as policy


class O2cBillingRhythm(models.Model):
    """At once, daily, weekly or monthly; per order, per reference or together."""

    _name = "o2c.billing.rhythm"
    _description = "Billing Rhythm"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for every company."
    )
    kind = fields.Selection(
        [
            ("at_once", "At once"),
            ("daily", "Daily"),
            ("weekly", "Weekly"),
            ("monthly", "Monthly"),
        ],
        default="at_once",
        required=True,
        help="A period closes at the end of its last day; the invoice is made in the "
        "night after it and carries the date of that last day.",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        default="4",
        required=True,
        help="The last day of the week that is invoiced.",
    )
    monthday = fields.Integer(
        string="Day of the Month",
        default=31,
        help="The last day of the period. 31 is the end of the month, also in "
        "February.",
    )
    bundle = fields.Selection(
        [
            ("order", "An invoice per order"),
            ("reference", "An invoice per reference of the customer"),
            ("together", "Everything on one invoice"),
        ],
        default="order",
        required=True,
        help="What stands together on one invoice. Events of other systems are "
        "invoiced per reference unless everything goes on one invoice.",
    )
    split = fields.Selection(
        [
            ("none", "Not split"),
            ("kind", "Goods and services apart"),
            ("cost_centre", "An invoice per cost centre"),
        ],
        default="none",
        required=True,
        help="Makes two or more invoices of what would stand on one.",
    )
    minimum = fields.Float(
        string="Minimum Amount",
        digits="Product Price",
        help="Less than this, without VAT and in company currency, waits for more.",
    )
    latest_days = fields.Integer(
        string="At the Latest After (days)",
        default=30,
        help="So long a small amount may wait. It never waits beyond the 15th of the "
        "month after the delivery: the law wants the invoice by then.",
    )

    _monthday_check = models.Constraint(
        "CHECK(monthday BETWEEN 1 AND 31)", "The day of the month is from 1 to 31."
    )
    _minimum_check = models.Constraint(
        "CHECK(minimum >= 0 AND latest_days >= 0)",
        "The minimum and the days are not negative.",
    )

    def write(self, vals):
        """Events that wait follow the new rhythm."""
        result = super().write(vals)
        if {"kind", "weekday", "monthday", "bundle"} & set(vals):
            self._replan()
        return result

    def _replan(self):
        """Plan again what waits under these rhythms."""
        events = self.env["o2c.billing.event"].sudo()
        waiting = events.search([("state", "in", ("waiting", "failed"))])
        for company, own in waiting.grouped("company_id").items():
            rhythms = events._rhythms(own.partner_id, company)
            own.filtered(
                lambda event, rhythms=rhythms: rhythms[event.partner_id] in self
            )._plan()

    def _policy(self):
        """The rhythm as the policy reads it; none is at once."""
        if not self:
            return policy.Rhythm()
        return policy.Rhythm(
            kind=self.kind,
            weekday=int(self.weekday),
            monthday=self.monthday,
            minimum=self.minimum,
            latest_days=self.latest_days,
        )

    @api.model
    def _waiting_words(self, kind, planned):
        """What an event waits for that is planned on this day.

        :param str kind: a value of :attr:`kind`
        :param date planned: the closing day
        """
        day = format_date(self.env, planned, date_format="EEEE d MMMM")
        return {
            "daily": self.env._("Waits for the daily invoice of %(day)s.", day=day),
            "weekly": self.env._("Waits for the weekly invoice of %(day)s.", day=day),
            "monthly": self.env._("Waits for the monthly invoice of %(day)s.", day=day),
        }.get(kind, self.env._("Waits until the end of %(day)s.", day=day))
