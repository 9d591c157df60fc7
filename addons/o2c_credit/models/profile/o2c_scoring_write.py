"""Writing scores in bulk, and the night that does it."""

import json
import logging

from odoo import api, models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

#: Customers per transaction of the nightly run.
CHUNK = 4000
#: Columns of the figures that come from profile and policy, each with its SQL.
COMPLETED = {
    "grade": SQL("profile.grade"),
    "score": SQL("CASE WHEN profile.confidence <> 'none' THEN profile.score END"),
    "confidence": SQL("profile.confidence"),
    "section": SQL("profile.section"),
    "limit_kind": SQL("profile.effective_kind"),
    "effective_limit": SQL("profile.effective_limit"),
    "cover": SQL("COALESCE(profile.cover_amount, 0)"),
    "headroom": SQL(
        """
        CASE WHEN profile.effective_kind <> 'none'
             THEN profile.effective_limit - snapshot.exposure
                  + COALESCE(profile.cover_amount, 0) END
        """
    ),
    "over_limit": SQL(
        """
        CASE WHEN profile.effective_kind <> 'none'
             THEN GREATEST(snapshot.exposure - profile.effective_limit
                           - COALESCE(profile.cover_amount, 0), 0)
             ELSE 0 END
        """
    ),
    "advised_limit": SQL(
        """
        CASE WHEN policy.grade = 'unrated' THEN policy.start_limit
             ELSE round(policy.limit_factor::numeric * snapshot.sales_year / 12, -2)
             END
        """
    ),
}


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _write_profiles(self, root, today, scored):
        """Insert missing profiles, update those whose score or grade changed."""
        scored = [one for one in scored if one.to_write]
        if not scored:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO o2c_risk_profile (
                       partner_id, company_id, score, grade, pending_grade,
                       pending_grade_on, reasons, confidence, insolvent, graded_on,
                       o2c_sector_code, section,
                       limit_kind, limit_amount, effective_kind, effective_limit,
                       create_uid, write_uid, create_date, write_date)
                SELECT partner_id, %(root)s, score, grade, pending, pending_on,
                       reasons::jsonb, confidence, insolvent, %(today)s,
                       sector, section, 'none', 0, 'none', 0,
                       %(uid)s, %(uid)s, now(), now()
                  FROM unnest(%(partners)s::int[], %(scores)s::int[],
                              %(grades)s::varchar[], %(pendings)s::varchar[],
                              %(pending_ons)s::date[], %(reasons)s::text[],
                              %(confidences)s::varchar[], %(insolvents)s::bool[],
                              %(sectors)s::varchar[], %(sections)s::varchar[])
                       AS new (partner_id, score, grade, pending, pending_on, reasons,
                               confidence, insolvent, sector, section)
                ON CONFLICT (partner_id, company_id) DO UPDATE
                   SET score = EXCLUDED.score, grade = EXCLUDED.grade,
                       pending_grade = EXCLUDED.pending_grade,
                       pending_grade_on = EXCLUDED.pending_grade_on,
                       reasons = EXCLUDED.reasons, confidence = EXCLUDED.confidence,
                       insolvent = EXCLUDED.insolvent, graded_on = EXCLUDED.graded_on,
                       o2c_sector_code = CASE WHEN %(keep_sector)s
                            THEN o2c_risk_profile.o2c_sector_code
                            ELSE EXCLUDED.o2c_sector_code END,
                       section = CASE WHEN %(keep_sector)s
                            THEN o2c_risk_profile.section
                            ELSE EXCLUDED.section END,
                       write_date = EXCLUDED.write_date
                 WHERE (o2c_risk_profile.score, o2c_risk_profile.grade,
                        o2c_risk_profile.pending_grade,
                        o2c_risk_profile.pending_grade_on,
                        o2c_risk_profile.reasons, o2c_risk_profile.confidence,
                        o2c_risk_profile.insolvent)
                       IS DISTINCT FROM
                       (EXCLUDED.score, EXCLUDED.grade, EXCLUDED.pending_grade,
                        EXCLUDED.pending_grade_on, EXCLUDED.reasons,
                        EXCLUDED.confidence, EXCLUDED.insolvent)
                    OR NOT %(keep_sector)s
                       AND o2c_risk_profile.o2c_sector_code
                           IS DISTINCT FROM EXCLUDED.o2c_sector_code
                RETURNING id
                """,
                root=root.id,
                today=today,
                uid=self.env.uid,
                partners=[one.partner_id for one in scored],
                scores=[one.score for one in scored],
                grades=[one.grading.grade for one in scored],
                pendings=[one.grading.pending for one in scored],
                pending_ons=[one.grading.pending_on for one in scored],
                reasons=[json.dumps(one.reasons) for one in scored],
                confidences=[one.confidence for one in scored],
                insolvents=[one.insolvent for one in scored],
                sectors=[one.sector for one in scored],
                sections=[one.section for one in scored],
                # what a controller filled in stays; what no report says stays too
                keep_sector=SQL(
                    "(o2c_risk_profile.sector_by_hand IS TRUE"
                    " OR EXCLUDED.o2c_sector_code IS NULL)"
                ),
            )
        )

    @api.model
    def _write_history(self, root, today, scored):
        """One row for each customer whose score, grade or confidence moved."""
        moved = [one.partner_id for one in scored if one.changed]
        if not moved:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO o2c_score_history
                       (profile_id, date, score, grade, confidence, reasons)
                SELECT id, %(today)s, score, grade, confidence, reasons
                  FROM o2c_risk_profile
                 WHERE company_id = %(root)s AND partner_id = ANY(%(partners)s)
                   AND confidence <> 'none'
                ON CONFLICT (profile_id, date) DO UPDATE
                   SET score = EXCLUDED.score, grade = EXCLUDED.grade,
                       confidence = EXCLUDED.confidence, reasons = EXCLUDED.reasons
                RETURNING id
                """,
                root=root.id,
                today=today,
                partners=moved,
            )
        )

    @api.model
    def _complete_snapshots(self, root, today, partner_ids):
        """Put limit, headroom and grade next to the figures."""
        moved = self._write_limits_today(root, today, partner_ids)
        self.sudo().browse(moved)._push_core_limit()
        columns = SQL(", ").join(SQL.identifier(name) for name in COMPLETED)
        fresh = SQL(", ").join(COMPLETED[name] for name in COMPLETED)
        # the snapshot is joined once: joined with itself, statistics of an empty table
        # made PostgreSQL compare every row with every row
        self.env.execute_query(
            SQL(
                """
                UPDATE o2c_customer_snapshot snapshot
                   SET (%(columns)s) = ROW(%(fresh)s)
                  FROM o2c_risk_profile profile
                  JOIN res_partner customer ON customer.id = profile.partner_id
             LEFT JOIN LATERAL (%(policy)s) policy ON TRUE
                 WHERE profile.partner_id = snapshot.partner_id
                   AND profile.company_id = snapshot.company_id
                   AND profile.company_id = %(root)s
                   AND snapshot.company_id = %(root)s
                   AND snapshot.partner_id = ANY(%(partners)s)
                   AND (%(present)s) IS DISTINCT FROM (%(fresh)s)
                RETURNING snapshot.id
                """,
                columns=columns,
                fresh=fresh,
                present=SQL(", ").join(
                    SQL("snapshot.%s", SQL.identifier(name)) for name in COMPLETED
                ),
                policy=self.env["o2c.credit.policy"]._cell_sql(root),
                root=root.id,
                partners=list(partner_ids),
            )
        )

    @api.model
    def _customers_to_score(self, root, today):
        """Ids of commercial partners whose figures are not of today."""
        self._flush_exposure()
        self.flush_model()
        self._spare_compiling()
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(ctes)s
                SELECT customer.id
                  FROM res_partner customer
             LEFT JOIN o2c_customer_snapshot snapshot
                    ON snapshot.partner_id = customer.id
                   AND snapshot.company_id = %(root)s
                 WHERE %(population)s
                   AND snapshot.as_of IS DISTINCT FROM %(today)s
                 ORDER BY customer.id
                """,
                ctes=self._exposure_ctes(root, today, None),
                root=root.id,
                population=self._population_sql(root, None),
                today=today,
            )
        )
        return [pid for (pid,) in rows]

    @api.model
    def _cron_rescore(self):
        """Every night, for each company where credit watches or is live.

        What was done today is skipped, so a run that was killed goes on where it
        stopped; one customer's failure is noted and does not stop the rest.
        """
        for company in self.env["res.company"]._o2c_companies(
            "credit", modes=("watch", "live")
        ):
            if company.root_id == company:
                profiles = self.with_company(company).with_context(
                    tz=company._o2c_zone(), allowed_company_ids=company.ids
                )
                if not profiles._rescore_company(company, company._o2c_today()):
                    return

    @api.model
    def _rescore_company(self, company, today):
        """Score all customers of a company in steps that are committed.

        :return: whether there is time left for the next company
        """
        todo = self._customers_to_score(company, today)
        if not todo:
            return True
        run = self.env["o2c.run"]._start(
            "credit_rescore", company, today, total=len(todo)
        )
        cron = self.env["ir.cron"]
        left = cron._commit_progress(remaining=len(todo))
        for chunk in split_every(CHUNK, todo, list):
            done = self._rescore_chunk(company, today, chunk, run)
            run._advance(done=done, failed=len(chunk) - done)
            left = cron._commit_progress(processed=len(chunk))
            if not left:
                return False
        run._finish()
        cron._commit_progress()
        return bool(left)

    @api.model
    def _rescore_chunk(self, company, today, partner_ids, run):
        """Score a set; when it fails, halve it until the culprit stands alone.

        :return: number of customers that were scored
        """
        try:
            with self.env.cr.savepoint():
                return self._rescore(company, today, partner_ids)
        except Exception as error:  # noqa: BLE001 - any failure is one customer's
            if len(partner_ids) > 1:
                half = len(partner_ids) // 2
                return self._rescore_chunk(
                    company, today, partner_ids[:half], run
                ) + self._rescore_chunk(company, today, partner_ids[half:], run)
            _logger.warning("Scoring of customer %s failed", partner_ids, exc_info=True)
            run._note("error", str(error), self.env["res.partner"].browse(partner_ids))
            return 0
