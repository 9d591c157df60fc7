"""The book holds what Odoo itself would have written."""

import random

from odoo.tools import SQL

from .common import TODAY


class BookTests:
    """Run by :class:`~.test_demo.TestDemo`, which has a book."""

    # ------------------------------------------------------------ the ledger

    def _one(self, query):
        [[value]] = self.env.execute_query(query)
        return value

    def test_every_entry_is_in_balance(self):
        self.assertEqual(
            self._one(
                SQL(
                    """SELECT COUNT(*) FROM (
                        SELECT move_id FROM account_move_line
                         GROUP BY move_id HAVING SUM(balance) <> 0) x"""
                )
            ),
            0,
        )

    def test_what_is_open_is_what_is_not_matched(self):
        wrong = self.env.execute_query(
            SQL(
                """SELECT l.id
                     FROM account_move_line l
                     JOIN account_account a ON a.id = l.account_id
                LEFT JOIN (
                    SELECT id, SUM(x) x, SUM(y) y FROM (
                        SELECT debit_move_id id, amount x, debit_amount_currency y
                          FROM account_partial_reconcile
                     UNION ALL
                        SELECT credit_move_id, -amount, -credit_amount_currency
                          FROM account_partial_reconcile) s GROUP BY id
                    ) p ON p.id = l.id
                    WHERE a.account_type = 'asset_receivable'
                      AND (l.amount_residual <> l.balance - COALESCE(p.x, 0)
                       OR l.amount_residual_currency
                          <> l.amount_currency - COALESCE(p.y, 0))"""
            )
        )
        self.assertFalse(wrong)

    def test_the_book_has_something_of_everything(self):
        states = set(self.moves.mapped("payment_state"))
        self.assertLessEqual({"paid", "partial", "not_paid", "reversed"}, states)
        self.assertTrue(self.count["exchange differences"])
        self.assertTrue(self.count["credit notes"])
        self.assertEqual(self.count["open orders"], 20)
        overdue = self.moves.filtered(
            lambda move: move.amount_residual and move.invoice_date_due < TODAY
        )
        self.assertGreater(len(overdue), 5)

    def test_numbers_of_a_year_have_no_gap(self):
        for prefix in set(self.moves.mapped("sequence_prefix")):
            numbers = (
                self.moves.filtered(lambda move, p=prefix: move.sequence_prefix == p)
                .sorted("sequence_number")
                .mapped("sequence_number")
            )
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)), prefix)

    def test_the_same_seed_draws_the_same_book(self):
        book = self.env["o2c.demo.book"].with_company(self.company)
        scene = self.env["o2c.demo.scene"]._scene(
            self.company, 40, TODAY, 24, 3, {"partner": {}}
        )
        drawn = [
            [
                (doc.day, doc.buyer.partner, doc.total)
                for doc in book._documents(scene, 50, TODAY, 24, self._dice())
            ]
            for _time in range(2)
        ]
        self.assertEqual(drawn[0], drawn[1])

    def _dice(self):
        return random.Random(5).random
