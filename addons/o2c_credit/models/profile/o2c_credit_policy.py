"""What the house does for a grade and a segment, as rows anyone can read."""

from odoo import api, fields, models
from odoo.tools import SQL

from .o2c_risk_profile import GRADES


class O2cCreditPolicy(models.Model):
    """One cell: grade × segment. The most specific cell counts."""

    _name = "o2c.credit.policy"
    _description = "Credit Policy"
    _order = "company_id, segment_id, grade, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        help="Empty: for every company that has no cell of its own.",
    )
    grade = fields.Selection(
        [*GRADES, ("unrated", "Not rated yet")],
        required=True,
        help="Not rated yet is a row of its own: a new customer is not a bad one.",
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment",
        ondelete="cascade",
        help="Empty: for every segment that has no cell of its own.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    limit_factor = fields.Float(
        default=1.0,
        help="Advised limit: this many times the average sales per month. Zero: cash "
        "only.",
    )
    start_limit = fields.Monetary(
        help="Advised limit of a customer who was not rated yet. Zero: nothing is "
        "advised.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        ondelete="restrict",
        check_company=True,
        help="Longest payment term on a new quotation; the customer's own one counts "
        "when it is shorter. Empty: the customer's own one.",
    )
    down_payment = fields.Float(
        string="Advance Payment (%)",
        help="Part of an order that the customer pays before it is confirmed. A "
        "consumer is never asked more than half, unless he agreed to more.",
    )
    over_limit = fields.Selection(
        [("warn", "Warn"), ("hold", "Hold"), ("stop", "Stop")],
        string="Over the Limit",
        required=True,
        default="hold",
        help="Warn: the order passes and the reason is shown. Hold: it waits for a "
        "credit controller. Stop: it waits for a credit manager.",
    )
    overdue = fields.Selection(
        [("ignore", "Ignore"), ("warn", "Warn"), ("hold", "Hold"), ("stop", "Stop")],
        required=True,
        default="hold",
        help="What an overdue amount above the company's threshold does.",
    )
    review_months = fields.Integer(
        string="Review Every (Months)",
        default=12,
        help="How often somebody looks at the limit again. Zero: no review date is "
        "set.",
    )

    _cell_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), COALESCE(segment_id, 0), grade)",
        "This cell of the policy exists already. Change that one.",
    )
    _down_payment_range = models.Constraint(
        "CHECK(down_payment >= 0 AND down_payment <= 100)",
        "An advance payment is between 0 and 100 percent of the order.",
    )
    _limit_factor_positive = models.Constraint(
        "CHECK(limit_factor >= 0 AND start_limit >= 0 AND review_months >= 0)",
        "Factor, start limit and months of the policy cannot be negative.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for cell in self:
            cell.currency_id = (cell.company_id or self.env.company).currency_id

    @api.depends("grade", "segment_id")
    def _compute_display_name(self):
        grades = dict(self._fields["grade"]._description_selection(self.env))
        for cell in self:
            segment = cell.segment_id.name or self.env._("all segments")
            cell.display_name = f"{grades.get(cell.grade)} · {segment}"

    @api.model
    def _cell_sql(self, company):
        """The cell for the row ``customer`` (partner) and ``profile``, most specific
        first. Of consumers at most half is asked up front (7:26(2) BW), unless one
        agreed to more himself.

        :param company: ``res.company``, the root
        """
        self.flush_model()
        return SQL(
            """
            SELECT cell.id, cell.over_limit, cell.overdue, cell.limit_factor,
                   cell.grade, cell.start_limit, cell.payment_term_id,
                   cell.review_months, cell.down_payment AS asked_up_front,
                   CASE WHEN segment.natural_person
                        THEN LEAST(cell.down_payment,
                                   GREATEST(50, profile.agreed_up_front))
                        ELSE cell.down_payment END AS down_payment,
                   COALESCE(segment.natural_person, FALSE) AS consumer
              FROM o2c_credit_policy cell
         LEFT JOIN o2c_customer_segment segment
                ON segment.id = customer.o2c_segment_id
             WHERE cell.grade = COALESCE(profile.grade, 'unrated')
               AND (cell.company_id IS NULL OR cell.company_id = %s)
               AND (cell.segment_id IS NULL
                    OR cell.segment_id = customer.o2c_segment_id)
             ORDER BY cell.company_id NULLS LAST, cell.segment_id NULLS LAST
             LIMIT 1
            """,
            company.id,
        )
