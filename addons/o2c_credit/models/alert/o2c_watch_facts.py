"""What monitoring needs to know: one row per customer, in one statement."""

from odoo import api, models
from odoo.tools import SQL

from ...policy.watch import PAST, Ending, WatchFacts
from ..profile.o2c_exposure import to_money


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _watch_facts(self, root, today, partner_ids=None):
        """Facts of the customers of whom something may be worth an alert.

        :param root: ``res.company``, the head company
        :param date today: date in the company
        :param partner_ids: ids of commercial partners, or None for all
        :return: dict of profile id to :class:`WatchFacts`
        """
        self._flush_watch()
        rows = self.env.execute_query(self._watch_sql(root, today, partner_ids))
        names = (
            "grade grade_before grade_changed_on limit_kind limit exposure over_limit "
            "overdue overdue_days open_orders review_date report_on "
            "insolvent cover_ends cover_stops limit_ends advised_limit over_since "
            "natural_person contested"
        ).split()
        money = {
            "limit",
            "exposure",
            "over_limit",
            "overdue",
            "open_orders",
            "advised_limit",
        }
        facts = {}
        for profile_id, *values in rows:
            row = dict(zip(names, values, strict=True))
            row |= {name: to_money(row[name]) for name in money}
            row["overdue_days"] = row["overdue_days"] or 0
            for name in ("cover_ends", "cover_stops", "limit_ends"):
                row[name] = self._endings(root, today, row[name])
            facts[profile_id] = WatchFacts(**row)
        return facts

    @api.model
    def _endings(self, root, today, rows):
        """What ends, of JSON; amounts in company currency at today's rate."""
        found = []
        for key, amount, currency_id, on, name in rows or ():
            currency = self.env["res.currency"].browse(currency_id)
            if currency and currency != root.currency_id:
                amount = currency._convert(amount, root.currency_id, root, today)
            found.append(
                Ending(str(key), to_money(amount), self._to_date(on), name or "")
            )
        return tuple(found)

    @api.model
    def _to_date(self, text):
        return self._fields["review_date"].to_date(text)

    @api.model
    def _flush_watch(self):
        """Write what the statement is going to read."""
        self._flush_natural_persons()
        for model in (
            "o2c.risk.profile",
            "o2c.score.history",
            "o2c.credit.report",
            "o2c.credit.alert",
            "o2c.decision.contest",
            "o2c.credit.cover",
            "o2c.limit.change",
        ):
            self.env[model].flush_model()

    @api.model
    def _watch_sql(self, root, today, partner_ids):
        """One row per customer; only of whom something may be said."""
        return SQL(
            """
            WITH change AS (
                SELECT DISTINCT ON (profile_id) profile_id, before, date
                  FROM (SELECT profile_id, date, grade, lag(grade) OVER (
                                   PARTITION BY profile_id ORDER BY date) AS before
                          FROM o2c_score_history) step
                 WHERE before <> grade AND date > %(today)s - %(past)s
                 ORDER BY profile_id, date DESC
            ), report AS (
                SELECT partner_id, max(date) AS date FROM o2c_credit_report
                 WHERE company_id = %(root)s GROUP BY partner_id
            ), over AS (
                SELECT profile_id, min(opened_on) AS since FROM o2c_credit_alert
                 WHERE kind = 'over_limit' AND state IN ('open', 'noted')
                 GROUP BY profile_id
            ), %(endings)s
            SELECT profile.id, profile.grade, change.before, change.date,
                   COALESCE(profile.effective_kind, profile.limit_kind),
                   profile.effective_limit, figures.exposure,
                   figures.over_limit, figures.overdue, figures.overdue_days,
                   COALESCE(figures.delivered, 0) + COALESCE(figures.undelivered, 0),
                   profile.review_date, report.date, COALESCE(profile.insolvent, FALSE),
                   cover_end.found, cover_stop.found, limit_end.found,
                   figures.advised_limit, over.since, %(person)s,
                   EXISTS (SELECT FROM o2c_decision_contest contest
                            WHERE contest.partner_id = profile.partner_id
                              AND contest.company_id = profile.company_id
                              AND contest.state = 'open')
              FROM o2c_risk_profile profile
              JOIN res_partner customer ON customer.id = profile.partner_id
         LEFT JOIN o2c_customer_snapshot figures
                ON figures.partner_id = profile.partner_id
               AND figures.company_id = profile.company_id
         LEFT JOIN change ON change.profile_id = profile.id
         LEFT JOIN report ON report.partner_id = profile.partner_id
         LEFT JOIN over ON over.profile_id = profile.id
         LEFT JOIN cover_end ON cover_end.profile_id = profile.id
         LEFT JOIN cover_stop ON cover_stop.profile_id = profile.id
         LEFT JOIN limit_end ON limit_end.profile_id = profile.id
             WHERE profile.company_id = %(root)s AND %(which)s
               AND (customer.active OR figures.exposure > 0)
               AND (change.before IS NOT NULL OR figures.over_limit > 0
                    OR figures.overdue > 0 OR profile.insolvent
                    OR profile.review_date <= %(today)s
                    OR report.date < %(today)s - 28 AND figures.exposure > 0
                    OR cover_end.found IS NOT NULL OR cover_stop.found IS NOT NULL
                    OR limit_end.found IS NOT NULL)
             ORDER BY profile.id
            """,
            root=root.id,
            today=today,
            past=PAST,
            endings=self._endings_sql(root, today),
            person=self._natural_person_sql(SQL("%s", root.id)),
            which=SQL("TRUE")
            if partner_ids is None
            else SQL("profile.partner_id = ANY(%s)", list(partner_ids)),
        )

    @api.model
    def _endings_sql(self, root, today):
        """Common table expressions of what ends: covers and temporary limits."""
        window = SQL(
            "BETWEEN %(today)s - %(past)s AND %(today)s + 14", today=today, past=PAST
        )
        cover = """
            %(name)s AS (
                SELECT profile_id, jsonb_agg(jsonb_build_array(
                           id, amount, currency_id, %(day)s, reference) ORDER BY id)
                       AS found
                  FROM o2c_credit_cover
                 WHERE active AND company_id = %(root)s AND date_from <= %(today)s
                   AND %(day)s %(window)s
                 GROUP BY profile_id)
            """
        return SQL(
            """
            %(covers)s, %(stops)s, limit_end AS (
                SELECT profile_id, jsonb_agg(jsonb_build_array(
                           id, company_amount, NULL, date_until, '') ORDER BY id)
                       AS found
                  FROM o2c_limit_change
                 WHERE state IN ('applied', 'ended') AND company_id = %(root)s
                   AND date_until %(window)s
                 GROUP BY profile_id)
            """,
            covers=SQL(
                cover,
                name=SQL("cover_end"),
                day=SQL("date_until"),
                root=root.id,
                today=today,
                window=window,
            ),
            stops=SQL(
                cover,
                name=SQL("cover_stop"),
                day=SQL("stop_date"),
                root=root.id,
                today=today,
                window=window,
            ),
            root=root.id,
            window=window,
        )
