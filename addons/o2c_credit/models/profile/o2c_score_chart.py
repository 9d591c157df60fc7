"""The score of a customer drawn over two years."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

#: Of the score's history this much is drawn.
CHART_MONTHS = 24


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    score_chart = fields.Json(
        string="Score in Time",
        compute="_compute_score_chart",
        help="The score over two years; the bands are the grades.",
    )

    @api.depends("score", "grade", "graded_on")
    def _compute_score_chart(self):
        self.env["o2c.score.history"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT profile_id, date, score, grade FROM o2c_score_history
                 WHERE profile_id = ANY(%s) ORDER BY profile_id, date
                """,
                self.ids,
            )
        )
        known = {}
        for pid, day, score, grade in rows:
            known.setdefault(pid, []).append((day, score, grade))
        for profile in self:
            profile.score_chart = profile._draw_score(known.get(profile.id))

    def _draw_score(self, points):
        """What the chart shows: a step line, from the last step before its start."""
        if not points:
            return False
        card = self.env["o2c.score.card"]._policy_of(self.company_id)
        today = self.company_id._o2c_today()
        start = today - relativedelta(months=CHART_MONTHS)
        before = [point for point in points if point[0] < start][-1:]
        drawn = [(start, *point[1:]) for point in before]
        drawn += [point for point in points if point[0] >= start]
        return {
            "today": fields.Date.to_string(today),
            "bounds": [list(bound) for bound in card.bounds],
            "points": [
                {
                    "date": fields.Date.to_string(day),
                    "label": format_date(self.env, day),
                    "score": score,
                    "grade": grade,
                }
                for day, score, grade in drawn
            ],
        }
