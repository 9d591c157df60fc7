"""Did everything arrive? One line per source and day."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...policy import completeness as policy

#: So many days are looked at again each time; red ones for longer.
DAYS = 10
RED_DAYS = 90
#: What a person may write; what arrived is counted.
OWN_FIELDS = {
    "has_total",
    "expected_count",
    "has_amount",
    "expected_amount",
    "explanation",
}


class O2cSourceDay(models.Model):
    """What a source made on a day and what arrived of it."""

    _name = "o2c.source.day"
    _description = "Completeness of a Source"
    _inherit = ["mail.thread"]
    _order = "date desc, source_id"
    _rec_name = "date"

    source_id = fields.Many2one(
        "o2c.billing.source", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, help="The delivery date of the events.")
    has_total = fields.Boolean(
        string="Total Told", help="The source, or a person, told how many there are."
    )
    expected_count = fields.Integer(
        string="Made", tracking=True, help="How many events the source made this day."
    )
    has_amount = fields.Boolean(string="Amount Told")
    expected_amount = fields.Monetary(
        string="Amount Made", tracking=True, help="Without VAT, in company currency."
    )
    accepted_count = fields.Integer(string="Taken", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    amount = fields.Monetary(string="Amount Taken", readonly=True)
    difference = fields.Integer(
        string="Missing",
        compute="_compute_difference",
        store=True,
        help="Made, less taken and refused; in a number series without a total the "
        "numbers that are not there. Negative: more arrived than were made.",
    )
    amount_difference = fields.Monetary(
        string="Amount Missing", compute="_compute_difference", store=True
    )
    completeness = fields.Selection(related="source_id.completeness")
    gap_count = fields.Integer(
        string="Count of Missing Numbers",
        readonly=True,
        help="How many numbers of the series did not arrive.",
    )
    gap_words = fields.Text(
        string="Missing Numbers",
        readonly=True,
        help="Numbers of the series that did not arrive.",
    )
    state = fields.Selection(
        [
            ("complete", "Complete"),
            ("refused", "Some wait refused"),
            ("missing", "Something is missing"),
            ("too_many", "More than was made"),
            ("no_total", "No total told"),
            ("explained", "Explained"),
        ],
        default="complete",
        required=True,
        readonly=True,
        index=True,
    )
    explanation = fields.Char(
        tracking=True,
        help="Why it is right although it differs, such as cancelled numbers. With an "
        "explanation the day is not red any more.",
    )

    _day_uniq = models.Constraint(
        "UNIQUE(source_id, date)", "This day of the source is there already."
    )

    @api.depends(
        "expected_count",
        "expected_amount",
        "accepted_count",
        "refused_count",
        "amount",
        "has_total",
        "has_amount",
        "gap_count",
    )
    def _compute_difference(self):
        for day in self:
            arrived = day.accepted_count + day.refused_count
            day.difference = (
                day.expected_count - arrived if day.has_total else day.gap_count
            )
            day.amount_difference = (
                day.expected_amount - day.amount if day.has_amount else 0.0
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._tell(vals)
        return super().create(vals_list)

    def write(self, vals):
        """A total that is written is a total that was told."""
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if not self.env.su and own - OWN_FIELDS:
            raise AccessError(
                self.env._("What arrived is counted. Write what was made, or explain.")
            )
        self._tell(vals)
        result = super().write(vals)
        if {"expected_count", "expected_amount", "explanation"} & set(vals):
            for source, days in self.grouped("source_id").items():
                days.sudo()._judge(source.company_id._o2c_today())
        return result

    @api.model
    def _tell(self, vals):
        if vals.get("expected_count"):
            vals["has_total"] = True
        if vals.get("expected_amount"):
            vals["has_amount"] = True

    @api.model
    def _told(self, source, date, count, amount=None):
        """The source tells the total of a day; telling again replaces it.

        :param source: ``o2c.billing.source`` record
        :param date date: delivery date
        :param int count: how many events it made
        :param amount: what they come to without VAT, or None
        :return: the day
        """
        day = self.sudo().search([("source_id", "=", source.id), ("date", "=", date)])
        values = {
            "has_total": True,
            "expected_count": count,
            "has_amount": amount is not None,
            "expected_amount": amount or 0.0,
        }
        if day:
            day.write(values)
        else:
            day = self.sudo().create({"source_id": source.id, "date": date, **values})
        self._refresh(source, source.company_id._o2c_today(), since=date)
        return day

    # Looking again

    @api.model
    def _cron_check_days(self):
        """Every source whose arrival is watched."""
        for company in self.env["res.company"]._o2c_companies(
            "billing", ("watch", "live")
        ):
            sources = self.env["o2c.billing.source"].search(
                [("company_id", "=", company.id), ("completeness", "!=", "none")]
            )
            for source in sources:
                self._refresh(source, company._o2c_today())
                self.env["ir.cron"]._commit_progress(processed=1)

    @api.model
    def _refresh(self, source, today, since=None):
        """Count again what arrived: three statements for any number of days.

        :param source: ``o2c.billing.source`` record
        :param date today: date in its company
        :param date since: at least from this day on
        """
        self.env.flush_all()
        since = min(self._since(source, today), since or today)
        known = {
            day.date: day
            for day in self.sudo().search(
                [("source_id", "=", source.id), ("date", ">=", since)]
            )
        }
        gaps = {}
        if source.completeness == policy.SERIES:
            for date, before, number, prefix in self._gaps(source, since):
                gaps.setdefault((date, prefix), []).append((before, number))
        counted = {row[0]: row[1:] for row in self._counts(source, since)}
        wanted = set(counted) | {date for date, _prefix in gaps} | set(known)
        if source.completeness == policy.TOTAL:
            wanted.add(fields.Date.subtract(today, days=1))
        start = source.company_id._o2c_start_date("billing")
        for date in sorted(day for day in wanted if not start or day >= start):
            day = known.get(date) or self.sudo().create(
                {"source_id": source.id, "date": date}
            )
            accepted, refused, amount = counted.get(date, (0, 0, 0.0))
            words = ", ".join(
                f"{prefix}{policy.words(policy.gaps(steps))}"
                for (when, prefix), steps in gaps.items()
                if when == date
            )
            missing = sum(
                policy.missing(policy.gaps(steps))
                for (when, _prefix), steps in gaps.items()
                if when == date
            )
            values = {
                "accepted_count": accepted,
                "refused_count": refused,
                "amount": amount,
                "gap_words": words or False,
                "gap_count": missing,
            }
            if any(day[name] != value for name, value in values.items()):
                day.write(values)
            day._judge(today)

    @api.model
    def _since(self, source, today):
        """The last days, and everything that was red."""
        since = fields.Date.subtract(today, days=DAYS)
        red = self.sudo().search(
            [
                ("source_id", "=", source.id),
                ("state", "in", ("missing", "too_many", "no_total", "refused")),
                ("date", ">=", fields.Date.subtract(today, days=RED_DAYS)),
            ],
            order="date",
            limit=1,
        )
        return min(since, red.date) if red else since

    def _judge(self, today):
        for day in self:
            facts = policy.Day(
                date=day.date,
                accepted=day.accepted_count,
                refused=day.refused_count,
                amount=Decimal(str(day.amount)),
                expected=day.expected_count if day.has_total else None,
                expected_amount=Decimal(str(day.expected_amount))
                if day.has_amount
                else None,
                gaps=((0, 0),) if day.gap_words else (),
            )
            state = policy.verdict(facts, day.source_id.completeness, today)
            if day.explanation and state != "complete":
                state = "explained"
            if day.state != state:
                day.state = state

    @api.model
    def _counts(self, source, since):
        """Per day: taken, refused, amount taken."""
        return self.env.execute_query(
            SQL(
                """
                SELECT date, sum(taken)::int, sum(refused)::int,
                       round(sum(amount)::numeric, 2)::float
                  FROM (
                      SELECT date, 1 AS taken, 0 AS refused, reported_amount AS amount
                        FROM o2c_billing_event
                       WHERE source_id = %(source)s AND date >= %(since)s
                         AND NOT COALESCE(automatic, false)
                       UNION ALL
                      SELECT date, 0, 1, 0
                        FROM o2c_source_refusal
                       WHERE source_id = %(source)s AND date >= %(since)s
                         AND state != 'solved' AND NOT COALESCE(changed, false)
                  ) arrived
                 GROUP BY date
                """,
                source=source.id,
                since=since,
            )
        )

    # What a person can do

    def action_check(self):
        """Count again now."""
        self.check_access("write")
        for source, days in self.grouped("source_id").items():
            today = source.company_id._o2c_today()
            self._refresh(source.sudo(), today, since=min(days.mapped("date")))
