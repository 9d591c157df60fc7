"""What is open in the ledger: what customers owe, and what we owe them."""

from odoo import api, models
from odoo.tools import SQL


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _receivable_ids(self, company):
        """Accounts on which customers owe, as constants for the planner."""
        return (
            self.env["account.account"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("account_type", "=", "asset_receivable"),
                    ("company_ids", "parent_of", company.ids),
                ]
            )
            .ids
        )

    @api.model
    def _open_rows(self, company, mine=None, debtors=None, owed=False):
        """Open items of one company and its branches: receivables, and payments that
        Odoo knows of and the bank did not confirm yet. What another match holds is
        taken off.

        :param mine: ids of matches whose own items count as open
        :param debtors: ids of customers; all of them when None
        :param bool owed: what we owe customers instead: credit notes, money that is
            over, and refunds that were registered
        """
        some = SQL()
        if debtors is not None:
            some = SQL("AND p.commercial_partner_id = ANY(%s)", list(debtors))
        for model in ("account.move.line", "account.move", "o2c.cash.item"):
            self.env[model].flush_model()
        return self.env.execute_query(
            SQL(
                """
                WITH held AS (
                    SELECT i.move_line_id, sum(i.amount + COALESCE(i.discount, 0)) held
                      FROM o2c_cash_item i
                     WHERE i.match_id = ANY(%(holding)s)
                     GROUP BY 1)
                SELECT l.id, l.move_id, p.commercial_partner_id, l.currency_id,
                       l.amount_residual_currency - COALESCE(held.held, 0),
                       l.amount_residual, COALESCE(l.date_maturity, l.date),
                       m.name, m.payment_reference, m.ref, l.discount_date,
                       CASE WHEN l.discount_date IS NULL
                              OR l.amount_residual_currency <> l.amount_currency
                            THEN 0
                            ELSE l.amount_currency - l.discount_amount_currency END,
                       pay.name, pay.memo, pay.payment_reference
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_partner p ON p.id = l.partner_id
                  LEFT JOIN held ON held.move_line_id = l.id
                  LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
                 WHERE l.company_id = ANY(%(companies)s)
                   AND l.parent_state = 'posted'
                   AND l.reconciled IS NOT TRUE
                   AND (%(which)s)
                   AND l.amount_residual_currency <> COALESCE(held.held, 0)
                   %(some)s
                """,
                companies=self._family(company).ids,
                which=self._which(company, owed),
                holding=self._holding_ids(company, mine),
                some=some,
            )
        )

    @api.model
    def _holding_ids(self, company, mine=None):
        """Matches on which a person decided and that are not booked: their items are
        not free. Asked first, so that they stand in the statement as constants: right
        after many proposals were made the database thinks that there are none, and a
        join would compare each with each (40 s for 10,000).
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM o2c_cash_match
                 WHERE company_id = ANY(%s) AND NOT id = ANY(%s)
                   AND (state = 'accepted' OR state = 'proposed' AND by_hand)
                """,
                self._family(company.sudo().root_id).ids,
                list(mine or ()),
            )
        )
        return [key for (key,) in rows]

    @api.model
    def _family(self, company):
        """A company with its branches: money on the bank account of the head office
        pays the invoices of all of them."""
        return company.sudo().search([("id", "child_of", company.id)])

    @api.model
    def _which(self, company, owed):
        """What counts as an open item: what customers owe, or what we owe them."""
        accounts = self._receivable_ids(company)
        if owed:
            return SQL(
                """
                l.account_id = ANY(%(accounts)s) AND l.amount_residual < 0
                OR pay.payment_type = 'outbound' AND pay.partner_type = 'customer'
                   AND l.account_id = pay.outstanding_account_id
                   AND l.account_id <> ALL(%(accounts)s)
                """,
                accounts=accounts,
            )
        return SQL(
            """
            m.statement_line_id IS NULL
            AND (l.account_id = ANY(%(accounts)s) AND m.origin_payment_id IS NULL
                 OR pay.payment_type = 'inbound'
                    AND l.account_id = pay.outstanding_account_id
                    AND l.account_id <> ALL(%(accounts)s))
            """,
            accounts=accounts,
        )
