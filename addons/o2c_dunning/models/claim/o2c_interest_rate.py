"""Statutory interest rates: dated data with the certainty we have."""

from odoo import api, fields, models

from ...policy.interest import Rate, until_next_rate
from ...tools.amount import decimal


class O2cInterestRate(models.Model):
    """A yearly percentage of one kind, from a date until the next record."""

    _name = "o2c.interest.rate"
    _description = "Statutory Interest Rate"
    _inherit = ["o2c.legal.figure", "mail.thread", "mail.activity.mixin"]
    _order = "start desc, kind"
    _rec_name = "percent"

    kind = fields.Selection(
        [
            ("civil", "Statutory interest (6:119)"),
            ("trade", "Statutory trade interest (6:119a)"),
        ],
        required=True,
        help="Consumers owe statutory interest, businesses and public bodies trade "
        "interest.",
    )
    start = fields.Date(string="From", required=True)
    percent = fields.Float(
        string="Percent a Year",
        digits=(5, 2),
        required=True,
        aggregator=None,
        tracking=True,
    )
    certainty = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("likely", "Likely"),
            ("uncertain", "Uncertain"),
        ],
        default="uncertain",
        required=True,
        tracking=True,
        help="A rate that is not confirmed is only used for an estimate on screen.",
    )
    source = fields.Char(help="Where the rate was read, so that somebody can check it.")
    active = fields.Boolean(
        default=True, help="Check an unconfirmed rate before you activate it."
    )

    _start_uniq = models.Constraint(
        "UNIQUE(kind, start)", "There is already a rate of this kind from this date."
    )
    _percent_positive = models.Constraint(
        "CHECK(percent >= 0)", "A rate cannot be negative."
    )

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import template for interest rates"),
                "template": "/o2c_dunning/static/csv/interest_rates.csv",
            }
        ]

    @api.model
    def _signed_fields(self):
        return super()._signed_fields() | {"kind", "percent"}

    @api.model
    def _rates(self, kind):
        """The rates of one kind as the policy reads them; all, with what is sure.

        A statutory rate is sure in the half year for which it was confirmed. After
        that it is carried on, as an estimate.

        :param str kind: "civil" or "trade"
        :return: list of :class:`policy.interest.Rate`
        """
        records = self.sudo().with_context(active_test=False)
        return until_next_rate(
            Rate(
                rate.start,
                decimal(rate.percent),
                rate.active and rate.certainty == "confirmed",
            )
            for rate in records.search([("kind", "=", kind)])
        )

    @api.model
    def _unknown(self, today):
        """Kinds without a confirmed rate in the half year of a day."""
        since = today.replace(month=1 if today.month < 7 else 7, day=1)
        known = self.sudo().search(
            [
                ("start", ">=", since),
                ("start", "<=", today),
                ("certainty", "=", "confirmed"),
            ]
        )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [kinds[kind] for kind in kinds if kind not in known.mapped("kind")]

    @api.model
    def _cron_ask(self):
        """From 1 January and 1 July on, one task per company until the rates are in."""
        companies = self.env["res.company"]._o2c_companies("dunning", ("watch", "live"))
        for company in companies.filtered(lambda one: one._o2c_dutch()):
            self._ask(company, company._o2c_today())

    @api.model
    def _ask(self, company, today):
        """One open task in a company, on its newest rate; none when all is known.

        :return: the open activity, if any
        """
        activities = self.env["mail.activity"].sudo()
        unknown = self._unknown(today)
        summary = self.env._("Interest rates: %s", company.name)
        domain = [("res_model", "=", self._name), ("summary", "=", summary)]
        asked = activities.search(domain)
        if not unknown:
            asked.filtered("active").action_feedback()
            return activities
        if asked:
            return asked
        newest = self.sudo().with_context(active_test=False).search([], limit=1)
        user = company.o2c_responsible_id or self.env.ref("base.user_admin")
        return newest.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today,
            summary=summary,
            note=self.env._(
                "Not confirmed for this half year: %s. Look them up in the Staatsblad "
                "or at De Nederlandsche Bank and add them, also when they stayed the "
                "same. Until then interest is an estimate on screen: it is in no "
                "letter and no claim.",
                ", ".join(unknown),
            ),
            user_id=user.id,
        )
