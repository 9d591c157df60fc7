"""What collectors may agree about paying in instalments, per grade."""

from odoo import api, fields, models

from odoo.addons.o2c_credit.models.profile.o2c_risk_profile import GRADES

from ...policy.payment_plan import Bounds
from ...tools.amount import decimal

INTEREST_MODES = [
    ("waived", "Waived when the plan is kept"),
    ("owed", "Only what was owed when it began"),
    ("charged", "Runs on during the plan"),
]


class O2cPlanPolicy(models.Model):
    """One row of the policy; the row of the customer's grade goes before the general
    one, a company's own before a shared one."""

    _name = "o2c.plan.policy"
    _description = "Payment Plan Policy"
    _order = "company_id, grade, id"

    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only in this company. Empty: in every company without an own row.",
    )
    grade = fields.Selection(
        GRADES, help="Customers with this grade. Empty: everybody without an own row."
    )
    max_months = fields.Integer(
        string="Months at Most",
        required=True,
        default=6,
        help="From the day of the agreement to the last instalment. Zero: every plan "
        "needs approval.",
    )
    min_instalment = fields.Float(
        string="Instalment at Least",
        required=True,
        default=50.0,
        help="Smallest amount of an instalment, in company currency.",
    )
    first_percent = fields.Float(
        string="At Once (%)",
        help="Share of the total that must come within a week.",
    )
    grace_days = fields.Integer(
        string="Grace",
        required=True,
        default=5,
        help="Days after the day of an instalment before the plan is broken.",
    )
    interest_mode = fields.Selection(
        INTEREST_MODES,
        string="Interest",
        required=True,
        default="waived",
        help="Proposed for a new plan. For a natural person interest never runs on.",
    )

    _row_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), COALESCE(grade, ''))",
        "There is already a row for this company and grade. Change that one.",
    )
    _sane = models.Constraint(
        "CHECK(max_months BETWEEN 0 AND 60 AND min_instalment >= 0"
        " AND first_percent BETWEEN 0 AND 100 AND grace_days BETWEEN 0 AND 60)",
        "Months are 0 to 60, a share 0 to 100 percent, grace 0 to 60 days.",
    )

    @api.depends("grade", "company_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.grade or self.env._("Every grade")

    @api.model
    def _row_for(self, company, partner):
        """The row that holds for a customer.

        :return: ``o2c.plan.policy``, in sudo; empty when nothing was laid down
        """
        root = company.root_id
        profiles = self.env["o2c.risk.profile"].sudo()
        grade = profiles.search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("company_id", "=", root.id),
            ],
            limit=1,
        ).grade
        rows = self.sudo().search(
            [
                ("company_id", "in", (False, root.id)),
                ("grade", "in", (False, grade)),
            ]
        )
        return rows.sorted(lambda one: (not one.grade, not one.company_id))[:1]

    def _bounds(self, rate=1.0):
        """The row as the policy reads it; without a row everything needs approval.

        :param float rate: what one unit of company currency is in the plan's currency
        """
        return Bounds(
            max_months=self.max_months if self else 0,
            min_instalment=decimal(round((self.min_instalment or 0.0) * rate, 2)),
            first_percent=decimal(self.first_percent),
        )
