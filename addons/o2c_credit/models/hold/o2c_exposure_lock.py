"""Two orders at the same moment never both slip through.

Odoo runs REPEATABLE READ: a transaction that waited for a lock still sums the old
figures. So each verdict first *changes* the customer's row here; the loser of a race
gets a serialization failure, which Odoo retries with fresh figures.
"""

import weakref

import psycopg2.errors

from odoo import api, fields, models
from odoo.service.model import MAX_TRIES_ON_CONCURRENCY_FAILURE
from odoo.tools import SQL

#: Serialization failures seen per cursor: the last of Odoo's tries holds the order.
_failures = weakref.WeakKeyDictionary()


class O2cExposureLock(models.Model):
    """A narrow row per customer and company; the profile is never locked.

    The holdings of the customers come first, each by its own row, so that verdicts on
    two members wait for each other; then the customers in the order of their ids.
    """

    _name = "o2c.exposure.lock"
    _description = "Exposure Lock"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    seq = fields.Integer(required=True, default=0)

    _partner_company_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id)", "One lock per customer and company."
    )

    @api.model
    def _take(self, company, partner_ids):
        """Take the rows of some customers, in the order of their ids.

        :param company: ``res.company``, the root
        :param partner_ids: ids of commercial partners
        :return: False when all of Odoo's tries were lost to other transactions: the
            figures cannot be trusted and the orders should be held; True otherwise
        """
        cursor = self.env.cr
        last_try = _failures.get(cursor, 0) >= MAX_TRIES_ON_CONCURRENCY_FAILURE - 1
        try:
            if last_try:
                with cursor.savepoint(flush=False):
                    self._touch(company, partner_ids)
            else:
                self._touch(company, partner_ids)
        except psycopg2.errors.SerializationFailure:
            _failures[cursor] = _failures.get(cursor, 0) + 1
            if not last_try:
                raise
            return False
        return True

    @api.model
    def _touch(self, company, partner_ids):
        self.env.cr.execute(
            SQL(
                """
                WITH house AS MATERIALIZED (
                    SELECT id FROM o2c_credit_group
                     WHERE active AND id IN (
                           SELECT member.group_id
                             FROM o2c_credit_group_member member
                             JOIN o2c_credit_group_company works
                                  USING (group_id)
                            WHERE member.partner_id = ANY(%(partners)s)
                              AND works.company_id = %(company)s)
                     ORDER BY id FOR NO KEY UPDATE
                ), taken AS (
                    UPDATE o2c_credit_group SET lock_seq = COALESCE(lock_seq, 0) + 1
                     WHERE id IN (SELECT id FROM house)
                 RETURNING id
                )
                INSERT INTO o2c_exposure_lock (partner_id, company_id, seq)
                SELECT partner_id, %(company)s, 0
                  FROM unnest(%(partners)s) AS partner_id
                 WHERE (SELECT count(*) FROM taken) >= 0
                 ORDER BY partner_id
                ON CONFLICT (partner_id, company_id)
                DO UPDATE SET seq = o2c_exposure_lock.seq + 1
                """,
                company=company.id,
                partners=sorted(partner_ids),
            ),
            log_exceptions=False,
        )
