"""Invoices that bank lines name and on which nothing is open any more."""

from odoo import api, models
from odoo.tools import SQL

from ..policy import reference
from ..policy.money import Settled

#: Older invoices are not looked for: their numbers come back in other texts.
MEMORY_DAYS = 800


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _add_settled(self, company, book, lines, open_rows):
        """Tell the book which settled invoices these lines name, in one statement.

        An invoice of which the payment was registered and not confirmed by the bank is
        left out: the line may be just that payment.

        :param lines: ``BankRow`` of money that came in
        :param open_rows: dict of rows of open items
        """
        numbers = set()
        for line in lines:
            numbers |= reference.numbers_in(line.text)
        if not numbers:
            return
        self.env["account.partial.reconcile"].flush_model()
        for row in self.env.execute_query(
            SQL(
                """
                SELECT m.id, p.commercial_partner_id, m.name, paid.day,
                       m.payment_state = 'reversed'
                  FROM account_move m
                  JOIN res_partner p ON p.id = m.partner_id
                  LEFT JOIN LATERAL (
                       SELECT max(r.max_date) AS day,
                              bool_or(c.move_id = ANY(%(waiting)s)) AS waits
                         FROM account_move_line l
                         JOIN account_partial_reconcile r ON r.debit_move_id = l.id
                         JOIN account_move_line c ON c.id = r.credit_move_id
                        WHERE l.move_id = m.id) paid ON TRUE
                 WHERE m.company_id = ANY(%(companies)s)
                   AND m.move_type = 'out_invoice' AND m.state = 'posted'
                   AND m.payment_state IN ('paid', 'in_payment', 'reversed')
                   AND m.date >= %(since)s::date - %(memory)s
                   AND (upper(regexp_replace(m.name, '[^0-9A-Za-z]', '', 'g'))
                            = ANY(%(numbers)s)
                        OR regexp_replace(m.name, '[^0-9]', '', 'g')
                            = ANY(%(numbers)s))
                   AND paid.waits IS NOT TRUE
                 ORDER BY m.id
                """,
                waiting=[row[1] for row in open_rows.values() if row[12]],
                companies=self._family(company).ids,
                since=min(line.day for line in lines),
                memory=MEMORY_DAYS,
                numbers=sorted(numbers),
            )
        ):
            book.add_settled(Settled(*row))
