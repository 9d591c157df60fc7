"""Statutory interest rates: dated data with the certainty we have."""

from odoo import api, fields, models

from ...policy.interest import Rate
from ...tools.amount import decimal


class O2cInterestRate(models.Model):
    """A yearly percentage of one kind, from a date until the next record."""

    _name = "o2c.interest.rate"
    _description = "Statutory Interest Rate"
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
        string="Percent a Year", digits=(5, 2), required=True, aggregator=None
    )
    certainty = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("likely", "Likely"),
            ("uncertain", "Uncertain"),
        ],
        default="uncertain",
        required=True,
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
    def _rates(self, kind, confirmed_only=False):
        """The rates of one kind as the policy reads them.

        :param str kind: "civil" or "trade"
        :param bool confirmed_only: leave out what is not confirmed or not active
        :return: list of :class:`policy.interest.Rate`
        """
        domain = [("kind", "=", kind)]
        if confirmed_only:
            domain += [("certainty", "=", "confirmed"), ("active", "=", True)]
        records = self.sudo().with_context(active_test=False).search(domain)
        return [Rate(rate.start, decimal(rate.percent)) for rate in records]
