"""The score card of a company: what each reason weighs, where grades begin."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ...policy.score_card import SCALES, Scale, ScoreCard


class O2cScoreCard(models.Model):
    """One card for every company, or one of a company's own."""

    _name = "o2c.score.card"
    _description = "Score Card"
    _inherit = ["mail.thread"]
    _order = "company_id, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        tracking=True,
        domain="[('parent_id', '=', False)]",
        help="Empty: for every company that has no card of its own.",
    )
    start = fields.Integer(
        string="Everybody Starts At",
        default=lambda self: ScoreCard.start,
        tracking=True,
        help="Points of a customer of whom nothing is known; the reasons below add to "
        "it or take away. The score stays between 0 and 100.",
    )
    bound_a = fields.Integer(
        string="A From", default=80, tracking=True, help="Score from which it is an A."
    )
    bound_b = fields.Integer(
        string="B From", default=65, tracking=True, help="Score from which it is a B."
    )
    bound_c = fields.Integer(
        string="C From", default=50, tracking=True, help="Score from which it is a C."
    )
    bound_d = fields.Integer(
        string="D From",
        default=35,
        tracking=True,
        help="Score from which it is a D; below it is an E.",
    )
    margin = fields.Integer(
        default=lambda self: ScoreCard.margin,
        tracking=True,
        help="A grade changes only when two nights find the score this many points "
        "beyond the bound. Insolvency counts at once.",
    )
    full_history = fields.Integer(
        string="Payments for a Full History",
        default=lambda self: ScoreCard.full_history,
        tracking=True,
        help="With fewer payments, how he pays weighs in proportion and the history is "
        "called thin (less than half) or fair.",
    )
    sector_minimum = fields.Integer(
        string="Others in a Sector, at Least",
        default=5,
        tracking=True,
        help="With fewer other customers of the same sector no comparison is shown: "
        "three customers are no sector.",
    )
    line_ids = fields.One2many(
        "o2c.score.card.line",
        "card_id",
        string="Reasons",
        copy=True,
        default=lambda self: self._default_lines(),
    )
    may_change = fields.Boolean(compute="_compute_may_change")

    _company_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0))",
        "This company has a score card already. Change that one.",
    )
    _bounds_descend = models.Constraint(
        "CHECK(100 >= bound_a AND bound_a > bound_b AND bound_b > bound_c"
        " AND bound_c > bound_d AND bound_d > 0)",
        "A begins above B, B above C, C above D, all between 1 and 100.",
    )
    _numbers_range = models.Constraint(
        "CHECK(start BETWEEN 0 AND 100 AND margin BETWEEN 0 AND 20"
        " AND full_history BETWEEN 1 AND 100 AND sector_minimum BETWEEN 2 AND 1000)",
        "Start from 0 to 100, margin from 0 to 20, a full history from 1 to 100 "
        "payments, a sector from 2 customers.",
    )

    @api.model
    def _default_lines(self):
        return [
            fields.Command.create({"reason": reason, **_scale_values(scale)})
            for reason, scale in SCALES.items()
        ]

    @api.depends("company_id")
    def _compute_display_name(self):
        for card in self:
            card.display_name = card.company_id.name or self.env._("All companies")

    @api.depends_context("uid")
    def _compute_may_change(self):
        self.may_change = self.env.user.has_group("o2c_base.group_credit_manager")

    @api.constrains("company_id")
    def _check_head_company(self):
        for card in self:
            if card.company_id.root_id != card.company_id:
                raise ValidationError(
                    self.env._(
                        "Customers are scored at the head company %s.",
                        card.company_id.root_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_change()
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_change()
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is for another company: this one."""
        vals_list = super().copy_data(default)
        for vals in vals_list:
            vals.setdefault("company_id", False)
            vals["company_id"] = vals["company_id"] or self.env.company.root_id.id
        return vals_list

    def _check_may_change(self):
        """Grades decide about customers, so only a credit manager weighs them."""
        if self.env.su or self.env.user.has_group("o2c_base.group_credit_manager"):
            return
        raise AccessError(
            self.env._("The score card is kept by a credit manager. Ask yours.")
        )

    @api.model
    def _of(self, company):
        """The card that counts for a company: its own, or the shared one.

        :param company: ``res.company``; its root counts
        :return: ``o2c.score.card`` in sudo, may be empty
        """
        return self.sudo().search(
            [("company_id", "in", (company.root_id.id, False))],
            order="company_id",  # NULL comes last
            limit=1,
        )

    @api.model
    def _policy_of(self, company):
        """The card of a company as the policy reads it, in one query.

        :param company: ``res.company``; its root counts
        :return: ``ScoreCard``; the policy's own defaults when there is no card
        """
        self.flush_model()
        self.env["o2c.score.card.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.start, card.bound_a, card.bound_b, card.bound_c,
                       card.bound_d, card.margin, card.full_history,
                       line.reason, line.best_at, line.best, line.worst_at, line.worst
                  FROM (SELECT * FROM o2c_score_card
                         WHERE company_id = %s OR company_id IS NULL
                         ORDER BY company_id LIMIT 1) card
             LEFT JOIN o2c_score_card_line line ON line.card_id = card.id
                """,
                company.root_id.id,
            )
        )
        if not rows:
            return ScoreCard()
        start, *bounds, margin, full_history = rows[0][:7]
        return ScoreCard(
            start=start,
            bounds=tuple(zip("ABCD", bounds, strict=True)),
            margin=margin,
            full_history=full_history,
            scales={
                reason: Scale(*(Decimal(str(number)) for number in numbers))
                for reason, *numbers in (row[7:] for row in rows)
                if reason
            },
        )


def _scale_values(scale):
    return {
        "best_at": float(scale.best_at),
        "best": int(scale.best),
        "worst_at": float(scale.worst_at),
        "worst": int(scale.worst),
    }
