"""The matrix of the provision: age by grade, with rows of its own for disputes."""

from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.o2c_credit.models.profile.o2c_risk_profile import GRADES

from ...policy.provision import NO_GRADE, Band

#: What a company may start from: (days late, disputed, A, B, C, D, E, no grade).
EXAMPLE = (
    (31, False, 0, 0, 0, 5, 10, 0),
    (61, False, 0, 5, 5, 10, 25, 5),
    (91, False, 10, 15, 25, 40, 50, 25),
    (181, False, 40, 50, 50, 75, 90, 50),
    (366, False, 100, 100, 100, 100, 100, 100),
    (0, True, 10, 10, 15, 20, 25, 15),
    (91, True, 40, 40, 50, 60, 75, 50),
    (366, True, 100, 100, 100, 100, 100, 100),
)


def _percent(label, text):
    return fields.Float(string=label, digits=(5, 2), help=text)


class O2cProvisionBand(models.Model):
    """One row of the matrix."""

    _name = "o2c.provision.band"
    _description = "Provision by Age and Grade"
    _order = "company_id, disputed, days_from"
    _rec_name = "days_from"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    disputed = fields.Boolean(
        string="In Dispute",
        help="The row counts for the part of an invoice that the customer disputes.",
    )
    days_from = fields.Integer(
        string="Days Late, From",
        required=True,
        help="The row counts from this many days after the due date, until the next "
        "row begins. Zero: also what is not due yet.",
    )
    percent_a = _percent("Grade A (%)", "Percentage for customers with grade A.")
    percent_b = _percent("Grade B (%)", "Percentage for customers with grade B.")
    percent_c = _percent("Grade C (%)", "Percentage for customers with grade C.")
    percent_d = _percent("Grade D (%)", "Percentage for customers with grade D.")
    percent_e = _percent("Grade E (%)", "Percentage for customers with grade E.")
    percent_none = _percent(
        "No Grade (%)", "Percentage for customers about whom too little is known."
    )

    _days_uniq = models.Constraint(
        "UNIQUE(company_id, disputed, days_from)",
        "There is a row for this number of days already. Change that one.",
    )
    _days_positive = models.Constraint(
        "CHECK(days_from >= 0)", "Days late begin at zero."
    )
    _percents = models.Constraint(
        "CHECK(LEAST(percent_a, percent_b, percent_c, percent_d, percent_e,"
        " percent_none) >= 0 AND GREATEST(percent_a, percent_b, percent_c, percent_d,"
        " percent_e, percent_none) <= 100)",
        "A percentage lies between 0 and 100.",
    )

    @api.model
    def _bands(self, company):
        """The matrix of a company, as the policy reads it.

        :return: list of :class:`Band`
        """
        return [
            Band(row.days_from, row.disputed, row._percents_by_grade())
            for row in self.sudo().search([("company_id", "=", company.id)])
        ]

    def _percents_by_grade(self):
        """{grade: percentage}."""
        self.ensure_one()
        fields_by_grade = {grade: f"percent_{grade.lower()}" for grade, _name in GRADES}
        return {
            grade: Decimal(str(self[name]))
            for grade, name in (fields_by_grade | {NO_GRADE: "percent_none"}).items()
        }

    def action_example(self):
        """Fill an empty matrix with an example, to be changed."""
        company = self.env.company.root_id
        self.check_access("create")
        if not self.search_count([("company_id", "=", company.id)], limit=1):
            grades = [f"percent_{grade.lower()}" for grade, _name in GRADES]
            names = ["days_from", "disputed", *grades, "percent_none"]
            self.create(
                [
                    {"company_id": company.id} | dict(zip(names, row, strict=True))
                    for row in EXAMPLE
                ]
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
