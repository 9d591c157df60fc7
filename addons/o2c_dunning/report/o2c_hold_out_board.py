"""Do the other words work? Per step that tries them, with how sure that is."""

from odoo import api, models
from odoo.tools import SQL, format_date, formatLang

from ..policy.proportion import MINIMUM, compare


class O2cNoticeResult(models.Model):
    _inherit = "o2c.notice.result"

    @api.model
    def get_hold_out(self):
        """The trials of the user's company.

        :return: dict with ``company``, ``minimum`` and ``steps``
        """
        self.env.user._o2c_check_collector()
        company = self.env.company.root_id
        counts = self._trial_counts(company)
        steps = self.env["o2c.dunning.step"].sudo()
        running = steps.search(
            [
                ("hold_since", "!=", False),
                ("ladder_id.company_id", "in", [False, company.id]),
            ]
        )
        return {
            "company": company.name,
            "minimum": MINIMUM,
            "steps": [
                self._trial_row(step, counts)
                for step in running
                if step.hold_share or (step.id, "other") in counts
            ],
        }

    @api.model
    def _trial_counts(self, company):
        """Customers per step and arm, and how many of them paid all within 14 days.

        Each customer counts once per step, with his first reminder since the trial
        began: two reminders to the same customer are not two answers. Reminders whose
        14 days are not over, and those that came back, have no answer yet.

        :return: dict of (step id, arm) to (customers who paid, customers)
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT step_id, arm, sum(paid_14), count(*)
                  FROM (SELECT DISTINCT ON (r.step_id, r.partner_id)
                               r.step_id, r.arm, r.paid_14
                          FROM (%s) r
                          JOIN o2c_dunning_step s ON s.id = r.step_id
                         WHERE r.company_id = %s AND r.arm IS NOT NULL
                           AND r.delivered = 1 AND r.over_14
                           AND r.sent_on >= s.hold_since
                         ORDER BY r.step_id, r.partner_id, r.sent_on, r.id) one
                 GROUP BY step_id, arm
                """,
                self._table_query,
                company.id,
            )
        )
        return {(step, arm): (int(paid), count) for step, arm, paid, count in rows}

    @api.model
    def _trial_row(self, step, counts):
        """One step: both groups, the difference, and what may be said of it."""
        usual = counts.get((step.id, "standard"), (0, 0))
        other = counts.get((step.id, "other"), (0, 0))
        found = compare(usual, other)
        tones = dict(step._fields["tone"]._description_selection(self.env))
        return {
            "id": step.id,
            "name": step.display_name,
            "ladder": step.ladder_id.display_name,
            "period": self._trial_period(step),
            "verdict": found.verdict,
            "words": self._trial_words(found),
            "groups": [
                self._trial_group("standard", tones[step.tone], usual, found.first),
                self._trial_group(
                    "other",
                    step.hold_text_id.display_name
                    or tones.get(step.hold_tone, self.env._("Other words")),
                    other,
                    found.second,
                ),
            ],
        }

    @api.model
    def _trial_period(self, step):
        """On how many, and since when."""
        if not step.hold_share:
            return self.env._("Ended")
        return self.env._(
            "On %(share)s%% of the customers since %(day)s",
            share=step.hold_share,
            day=format_date(self.env, step.hold_since),
        )

    @api.model
    def _trial_group(self, arm, label, figures, interval):
        """One group for the graph, in percents."""
        paid, count = figures
        return {
            "arm": arm,
            "label": label,
            "paid": paid,
            "count": count,
            "share": interval and round(interval.share * 100, 1),
            "low": interval and round(interval.low * 100, 1),
            "high": interval and round(interval.high * 100, 1),
            "text": interval
            and self.env._(
                "%(share)s%% paid (%(paid)s of %(count)s), between %(low)s%% and "
                "%(high)s%%",
                share=self._percent(interval.share),
                paid=paid,
                count=count,
                low=self._percent(interval.low),
                high=self._percent(interval.high),
            ),
        }

    @api.model
    def _trial_words(self, found):
        """The conclusion in a sentence that promises no more than it knows."""
        gap = found.difference
        if found.verdict == "few":
            return self.env._(
                "Too few to say: at least %s customers in each group, two weeks after "
                "their reminder.",
                MINIMUM,
            )
        between = {
            "low": self._percent(gap.low),
            "high": self._percent(gap.high),
        }
        if found.verdict == "none":
            return self.env._(
                "No difference that could not be chance: between %(low)s and %(high)s "
                "points.",
                **between,
            )
        if found.verdict == "better":
            return self.env._(
                "The other words do better: between %(low)s and %(high)s points more "
                "customers pay.",
                **between,
            )
        return self.env._(
            "The other words do worse: between %(low)s and %(high)s points.", **between
        )

    @api.model
    def _percent(self, share):
        """A share in whole and tenth percents, as the user writes numbers."""
        return formatLang(self.env, share * 100, digits=1)

    @api.model
    def action_open_arm(self, step_id, arm):
        """The reminders behind one bar.

        :param int step_id: ``o2c.dunning.step``
        :param str arm: standard or other
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_notice_result_action"
        )
        return action | {
            "domain": [
                ("step_id", "=", step_id),
                ("arm", "=", arm),
                ("company_id", "=", self.env.company.root_id.id),
            ],
            "views": [(False, "list"), (False, "pivot")],
            "context": {},
        }
