"""The score told to a reader: reasons, what would change it, behaviour, sector."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...policy.way import ways


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    score_story = fields.Json(
        string="Points",
        compute="_compute_score_story",
        help="The points behind the score, and what would change the grade.",
    )
    behaviour_text = fields.Text(string="How He Pays", compute="_compute_score_story")
    sector_text = fields.Text(string="In His Sector", compute="_compute_score_story")
    bureau_text = fields.Text(
        string="Beside the Bureau", compute="_compute_score_story"
    )
    confidence_text = fields.Char(
        string="History Behind It", compute="_compute_score_story"
    )

    @api.depends_context("lang")
    @api.depends("score", "grade", "pending_grade", "reasons", "section", "graded_on")
    def _compute_score_story(self):
        figures = self._figures()
        medians = self._sector_medians()
        for profile in self:
            own = figures.get((profile.partner_id.id, profile.company_id.id))
            if not own:
                profile.score_story = False
                profile.behaviour_text = profile.sector_text = False
                profile.bureau_text = profile.confidence_text = False
                continue
            card = self.env["o2c.score.card"]._policy_of(profile.company_id)
            facts = own._score_facts()
            profile.score_story = profile._tell_score(own, facts, card)
            profile.behaviour_text = own._behaviour_words()
            profile.sector_text = profile._sector_words(own, medians.get(profile.id))
            profile.bureau_text = profile._bureau_words(own, facts, card)
            profile.confidence_text = profile._confidence_words(own)

    def _figures(self):
        """Last night's figures of these customers, in one query.

        :return: dict of (partner id, company id) to ``o2c.customer.snapshot``, in sudo
        """
        figures = (
            self.env["o2c.customer.snapshot"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        )
        return {(one.partner_id.id, one.company_id.id): one for one in figures}

    def _tell_score(self, figures, facts, card):
        """Reasons and ways of one profile, in the reader's language."""
        found = ways(facts, self.grade or None, figures.as_of, card)
        if self.pending_grade:
            found = ()
        rated = self.confidence not in (False, "none")
        return {
            "start": card.start,
            "score": self.score if rated else None,
            "reasons": [
                {
                    "code": code,
                    "label": self._score_reason(code),
                    "detail": self._score_detail(code, figures),
                    "points": points,
                }
                for code, points in self.reasons or ()
            ],
            "coming": self.pending_grade
            and self.env._(
                "Becomes %(grade)s when one more night finds the same.",
                grade=self.pending_grade,
            ),
            "ways": [
                {
                    "grade": way.grade,
                    "up": way.code != "late",
                    "text": self._way_words(way, figures),
                }
                for way in found
            ],
        }

    @api.model
    def _way_words(self, way, figures):
        """What must happen, in plain words. Hook for ways of other add-ons."""
        overdue = self.env["o2c.today"]._money(figures.overdue, figures.currency_id)
        several = way.count > 1
        texts = {
            "on_time": self.env._("%s invoices paid on time", way.count)
            if several
            else self.env._("One invoice paid on time"),
            "pay_overdue": self.env._("Pay the %s that is overdue", overdue),
            "pay_overdue_on_time": self.env._(
                "Pay the %(amount)s that is overdue, then %(count)s invoices on time",
                amount=overdue,
                count=way.count,
            )
            if several
            else self.env._(
                "Pay the %s that is overdue, then one invoice on time", overdue
            ),
            "bureau": self.env._(
                "A credit report with a score of %s or more", way.count
            ),
            "solvent": self.env._("A newer report that says: no longer insolvent"),
            "late": self.env._("%s more invoices paid 30 days late", way.count)
            if several
            else self.env._("One more invoice paid 30 days late"),
        }
        return texts.get(way.code, way.code)

    @api.model
    def _score_reason(self, code):
        texts = {
            "trend": self.env._("slower or faster than half a year before"),
            "disputes_lost": self.env._("disputes where he was wrong"),
            "promises_broken": self.env._("promises to pay that he broke"),
            "payments_reversed": self.env._("payments that the bank took back"),
        }
        return texts.get(code) or super()._score_reason(code)

    @api.model
    def _score_detail(self, code, figures):
        """The figure behind the points of a reason. Hook for other add-ons."""
        net = figures.days_late - figures.disputed_days
        texts = {
            "days_late": lambda: self._days(net),
            "on_time": lambda: f"{figures.on_time * 100:.0f}%",
            "trend": lambda: figures._trend_words(),
            "overdue_now": lambda: self.env._(
                "%(amount)s, the oldest %(days)s",
                amount=self.env["o2c.today"]._money(
                    figures.overdue, figures.currency_id
                ),
                days=self._days(figures.overdue_days),
            ),
            "bureau": lambda: self._may_read_reports() and str(figures.bureau_score),
            "relation": lambda: self.env._(
                "since %s", format_date(self.env, figures.since)
            ),
            "disputes_lost": lambda: str(figures.disputes_lost),
            "promises_broken": lambda: str(figures.promises_broken),
            "payments_reversed": lambda: str(figures.payments_reversed),
        }
        return (code in texts and texts[code]()) or ""

    @api.model
    def _may_read_reports(self):
        """What a bureau says is for credit; a collector reads the points alone."""
        return self.env.user.has_group("o2c_base.group_credit_controller")

    @api.model
    def _days(self, days):
        """A number of days with one decimal where it matters."""
        days = round(abs(days), 1)
        if days == 1:
            return self.env._("1 day")
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return self.env._("%s days", lang.format(f"%.{days % 1 > 0:d}f", days))

    def _confidence_words(self, figures):
        """How much history is behind the grade, said plainly."""
        report = figures.has_bureau_score
        count = figures.payments
        texts = {
            "thin": self.env._("Thin: %s payments and no report", count)
            if count != 1
            else self.env._("Thin: one payment and no report"),
            "fair": self.env._("Fair: %s payments and a credit report", count)
            if report
            else self.env._("Fair: %s payments", count),
            "good": self.env._("Good: %s payments", count),
        }
        if figures.insolvent:
            return self.env._("Insolvency decides, whatever he paid")
        return texts.get(self.confidence) or self.env._(
            "Nothing known: no payment and no report yet"
        )
