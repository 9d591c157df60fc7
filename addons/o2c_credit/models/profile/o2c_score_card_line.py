"""One reason of the score card and what it weighs."""

from decimal import Decimal

from odoo import api, fields, models

from ...policy.score_card import Scale

REASONS = [
    ("days_late", "Days late (weighted by amount)"),
    ("on_time", "Paid on time (% of the money)"),
    ("trend", "Days later than half a year before"),
    ("overdue_now", "Overdue now (days of the oldest item)"),
    ("bureau", "Score of the credit bureau (0 to 100)"),
    ("relation", "Years that we know each other"),
    ("disputes_lost", "Disputes where the customer was wrong"),
    ("promises_broken", "Promises to pay that were broken"),
    ("payments_reversed", "Payments that the bank took back"),
]


class O2cScoreCardLine(models.Model):
    """What one reason weighs: a straight line between the best and the worst."""

    _name = "o2c.score.card.line"
    _description = "Reason of the Score"
    _order = "sequence, id"

    card_id = fields.Many2one(
        "o2c.score.card", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    reason = fields.Selection(REASONS, required=True)
    best_at = fields.Float(
        digits=(16, 1), help="From here on the points of the best are given."
    )
    best = fields.Integer(string="Best (points)", help="Points at best; 0 gives none.")
    worst_at = fields.Float(
        digits=(16, 1), help="From here on the points of the worst are given."
    )
    worst = fields.Integer(
        string="Worst (points)", help="Points at worst, usually below zero."
    )
    neutral_at = fields.Char(
        string="No Points At",
        compute="_compute_neutral_at",
        help="Between best and worst runs a straight line; here it gives no points.",
    )

    _reason_uniq = models.Constraint(
        "UNIQUE(card_id, reason)", "Each reason stands on the card once."
    )
    _scale_has_length = models.Constraint(
        "CHECK(best_at <> worst_at)", "Best and worst are two different values."
    )
    _points_range = models.Constraint(
        "CHECK(best >= worst AND best <= 100 AND worst >= -100)",
        "The best gives at least the points of the worst, both from -100 to 100.",
    )

    @api.depends_context("lang")
    @api.depends("best_at", "best", "worst_at", "worst")
    def _compute_neutral_at(self):
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        for line in self:
            at = line.best_at != line.worst_at and line._scale().neutral_at()
            known = isinstance(at, Decimal)
            line.neutral_at = lang.format("%.1f", float(at)) if known else ""

    @api.model_create_multi
    def create(self, vals_list):
        self.env["o2c.score.card"]._check_may_change()
        return super().create(vals_list)

    def write(self, vals):
        """Each change of a weight stands in the chatter of its card."""
        self.env["o2c.score.card"]._check_may_change()
        before = {line: line._in_words() for line in self}
        result = super().write(vals)
        for line, words in before.items():
            if line._in_words() != words:
                line.card_id.message_post(
                    body=self.env._(
                        "%(before)s was changed to: %(after)s",
                        before=words,
                        after=line._in_words(),
                    )
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_noted(self):
        self.env["o2c.score.card"]._check_may_change()
        for line in self:
            line.card_id.message_post(
                body=self.env._("%s no longer counts.", line._in_words())
            )

    def _in_words(self):
        self.ensure_one()
        name = dict(self._fields["reason"]._description_selection(self.env))
        return (
            f"{name.get(self.reason)}: {self.best_at:g} → {self.best:+d}, "
            f"{self.worst_at:g} → {self.worst:+d}"
        )

    def _scale(self):
        return Scale(
            Decimal(str(self.best_at)),
            Decimal(self.best),
            Decimal(str(self.worst_at)),
            Decimal(self.worst),
        )
