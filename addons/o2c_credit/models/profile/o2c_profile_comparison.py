"""A customer beside his sector and beside the bureau, in plain words."""

from dataclasses import replace

from odoo import models

from ...policy.score import score_customer
from ...policy.sector import beside_bureau


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    def _sector_words(self, figures, found):
        """The customer beside the median of his sector, with how many they are."""
        median, others = found or (None, 0)
        result = self._beside_sector(figures, median, others)
        sector = dict(self._fields["section"]._description_selection(self.env)).get(
            self.section
        )
        if result.code == "unknown":
            if not self.section:
                return self.env._("No sector code yet, so nothing to compare with.")
            return self.env._("%s: he has not paid an invoice yet.", sector)
        if result.code == "too_few":
            if others == 1:
                return self.env._(
                    "%s: only one other customer, too few to compare.", sector
                )
            return self.env._(
                "%(sector)s: only %(count)s other customers, too few to compare.",
                sector=sector,
                count=others,
            )
        facts = {
            "sector": sector,
            "count": others,
            "median": self._days(float(median)),
            "own": self._days(figures.days_late - figures.disputed_days),
            "difference": self._days(float(result.difference)),
        }
        texts = {
            "slower": self.env._(
                "%(sector)s: he pays %(own)s late, the middle one of %(count)s others "
                "%(median)s late. That is %(difference)s slower than his sector.",
                **facts,
            ),
            "faster": self.env._(
                "%(sector)s: he pays %(own)s late, the middle one of %(count)s others "
                "%(median)s late. That is %(difference)s faster than his sector.",
                **facts,
            ),
            "same": self.env._(
                "%(sector)s: he pays %(own)s late, the middle one of %(count)s others "
                "%(median)s late. He pays like his sector.",
                **facts,
            ),
        }
        return texts[result.code]

    def _bureau_words(self, figures, facts, card):
        """Our own experience beside the bureau's figure."""
        if not figures.has_bureau_score or not self._may_read_reports():
            return False
        own = score_customer(
            replace(facts, bureau=None, insolvent=False), figures.as_of, card
        ).score
        bureau = figures.bureau_score
        result = beside_bureau(own, bureau)
        texts = {
            "no_own": self.env._(
                "The bureau gives %s; we have no experience of our own yet.", bureau
            ),
            "same": self.env._(
                "The bureau gives %(bureau)s, our own experience %(own)s: they agree.",
                bureau=bureau,
                own=own,
            ),
            "stricter": self.env._(
                "The bureau gives %(bureau)s, our own experience %(own)s: he pays us "
                "better than the bureau expects.",
                bureau=bureau,
                own=own,
            ),
            "milder": self.env._(
                "The bureau gives %(bureau)s, our own experience %(own)s: he pays us "
                "worse than the bureau expects.",
                bureau=bureau,
                own=own,
            ),
        }
        lines = [texts[result.code]]
        if self.payment_score:
            lines.append(
                self.env._(
                    "Of his paying to others the bureau says %s of 100.",
                    self.payment_score,
                )
            )
        return "\n".join(lines)
