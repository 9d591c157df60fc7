"""What open promises leave in peace: as much as was promised, the oldest due first."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...policy.promise import reached
from ...tools.amount import decimal


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _promised_moves(self, company, today, move_ids=None):
        """Last silent day and promised amount per invoice that an open promise reaches.

        :param company: the root company that collects
        :param date today: the date there; what should have come before it is asked
        :param move_ids: only these invoices; all of the company when not given
        :return: dict of move id to (date, amount in the invoice's currency)
        """
        rows = self._promise_rows(company, today)
        disputed = self._disputed_amounts(company) if rows else {}
        promises, told = defaultdict(list), {}
        for promise_id, until, amount, move_id, due, owed in rows:
            owed = decimal(owed) - decimal(disputed.get(move_id))
            promises[promise_id].append((move_id, due, owed))
            told[promise_id] = until, decimal(amount)
        found = {}
        for promise_id, owed in promises.items():
            until, amount = told[promise_id]
            left = [
                (move_id, due, owes - found.get(move_id, (until, decimal(0)))[1])
                for move_id, due, owes in owed
            ]
            for move_id, part in reached(amount, left).items():
                day, before = found.get(move_id, (until, decimal(0)))
                found[move_id] = max(day, until), before + part
        if move_ids is None:
            return found
        return {one: found[one] for one in move_ids if one in found}

    @api.model
    def _promise_rows(self, company, today):
        """Open promises with each invoice's due date and what it has open.

        What was paid since the promise was made is no longer to come, unless another
        promise about the same invoices was there: that may have taken it.
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                WITH owed AS (
                    SELECT r.promise_id, r.move_id,
                           min(COALESCE(l.date_maturity, l.date)) AS due,
                           sum(l.amount_residual_currency) AS amount
                      FROM o2c_payment_promise p
                      JOIN o2c_payment_promise_move_rel r ON r.promise_id = p.id
                      JOIN account_move_line l ON l.move_id = r.move_id
                     WHERE p.state = 'open' AND p.company_id = %(company)s
                       AND p.until >= %(today)s AND l.account_id = ANY(%(accounts)s)
                       AND l.parent_state = 'posted'
                       AND l.amount_residual_currency > 0
                     GROUP BY r.promise_id, r.move_id)
                SELECT p.id, p.until,
                       p.amount - CASE WHEN EXISTS (
                           SELECT 1 FROM o2c_payment_promise_beside_rel b
                            WHERE p.id IN (b.promise_id, b.other_id)) THEN 0
                       ELSE GREATEST(0, COALESCE(p.amount_before, 0)
                            - sum(owed.amount) OVER (PARTITION BY p.id)) END,
                       owed.move_id, owed.due, owed.amount
                  FROM owed JOIN o2c_payment_promise p ON p.id = owed.promise_id
                 ORDER BY p.date, p.id, owed.due, owed.move_id
                """,
                company=company.root_id.id,
                today=today,
                accounts=self._receivable_account_ids(),
            )
        )
