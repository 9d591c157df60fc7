"""The law on payment terms, as data with a date."""

from decimal import Decimal

from odoo import api, fields, models

from ...policy import payment_term_law as policy


class O2cTermLaw(models.Model):
    """What holds from a date on: days, and from which size a company is large."""

    _name = "o2c.term.law"
    _description = "Law on Payment Terms"
    _order = "date_from desc"
    _rec_name = "date_from"

    date_from = fields.Date(
        string="In Force Since", required=True, help="First day on which this holds."
    )
    large_days = fields.Integer(
        string="Large Buyer (Days)",
        required=True,
        help="Longest term of a large company with a seller that is not large.",
    )
    public_days = fields.Integer(
        string="Public Body (Days)",
        required=True,
        help="Longest term of a municipality, ministry or other public body.",
    )
    longest_days = fields.Integer(
        string="Other Businesses (Days)",
        required=True,
        help="Longest term between businesses without an express agreement.",
    )
    total_assets = fields.Integer(
        required=True, help="In euros: who has more meets this measure of large."
    )
    turnover = fields.Integer(
        required=True, help="In euros a year: who has more meets this measure."
    )
    employees = fields.Integer(
        required=True, help="Who has so many people or more meets this measure."
    )
    source = fields.Char(required=True, help="Law or bulletin in which it stands.")

    _date_uniq = models.Constraint(
        "UNIQUE(date_from)", "There is a law of this date already. Change that one."
    )
    _days_positive = models.Constraint(
        "CHECK(large_days > 0 AND public_days > 0 AND longest_days > 0)",
        "A term has at least one day.",
    )

    @api.model
    def _o2c_on(self, day):
        """The law of a day as the policy reads it, None when there was none."""
        laws = [
            policy.Law(
                since=law.date_from,
                large_days=law.large_days,
                public_days=law.public_days,
                longest_days=law.longest_days,
                assets=Decimal(law.total_assets),
                turnover=Decimal(law.turnover),
                employees=law.employees,
            )
            for law in self.sudo().search([("date_from", "<=", day)])
        ]
        return policy.law_on(laws, day)
