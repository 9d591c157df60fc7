"""Booking and undoing: exactly the chosen items and amounts, and back."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestBooking(CashCommon):
    def _book(self, line, user=None):
        match = self._propose(line)
        match.with_user(user or self.clerk).action_accept()
        return match

    def test_the_suspense_line_makes_way_for_the_item(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        match = self._book(line)
        self.assertEqual(match.state, "booked")
        self.assertEqual(match.decided_by_id, self.clerk)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(line.partner_id, self.sme)
        liquidity, suspense, other = line._seek_for_lines()
        self.assertFalse(suspense)
        self.assertEqual((liquidity.balance, other.balance), (1210, -1210))

    def test_undo_restores_the_exact_state(self):
        first = self._invoice(self.sme, 100, "2026-02-01")
        second = self._invoice(self.sme, 250, "2026-02-02")
        line = self._bank(300, f"{first.name} {second.name}", account_number=IBAN)
        self._propose(line)
        before = self._picture(line.move_id, first, second)
        match = self._book(line)
        self.assertEqual(first.payment_state, "paid")
        self.assertEqual(second.amount_residual, 50)
        self.assertTrue(
            self.env["o2c.counter.account"]
            .sudo()
            .search([("partner_id", "=", self.sme.id)])
        )
        match.with_user(self.clerk).action_undo()
        self.assertEqual(self._picture(line.move_id, first, second), before)
        self.assertEqual(match.state, "undone")
        self.assertFalse(
            self.env["o2c.counter.account"]
            .sudo()
            .search([("partner_id", "=", self.sme.id)])
        )
        again = self._match(line)
        self.assertEqual((again.state, again.certainty), ("proposed", "likely"))

    def test_accepted_twice_it_is_booked_once(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        match = self._book(line)
        rows = line.line_ids
        match.with_user(self.clerk).action_accept()
        self.assertEqual(line.line_ids, rows)
        self.assertEqual(len(invoice._get_reconciled_amls()), 1)

    def test_a_part_leaves_the_rest_open(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        self._book(self._bank(60, invoice.name))
        self.assertEqual(
            (invoice.payment_state, invoice.amount_residual), ("partial", 40)
        )

    def test_too_much_stays_on_the_customers_account(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        line = self._bank(130, invoice.name)
        match = self._book(line)
        open_ = line._seek_for_lines()[2].filtered("amount_residual")
        self.assertEqual(open_.amount_residual, -30)
        self.assertEqual(open_.account_id, self.sme.property_account_receivable_id)
        self.assertEqual(open_.partner_id, self.sme)
        match.with_user(self.clerk).action_undo()
        self.assertEqual(invoice.amount_residual, 100)

    def test_a_credit_note_that_was_deducted(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        note = self._invoice(self.sme, 30, "2026-02-03", move_type="out_refund")
        self._book(self._bank(70, f"{invoice.name} -/- {note.name}"))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(note.payment_state, "paid")

    def test_the_chosen_item_and_not_the_oldest(self):
        old = self._invoice(self.sme, 100, "2026-01-01")
        new = self._invoice(self.sme, 100, "2026-02-01")
        self._book(self._bank(100, new.name))
        self.assertEqual((old.payment_state, new.payment_state), ("not_paid", "paid"))

    def test_a_discount_is_booked_with_the_vat_of_its_term(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2% 8 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "early_pay_discount_computation": "included",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", post=False, invoice_payment_term_id=term.id
        )
        invoice.invoice_line_ids.tax_ids = self.company_data["default_tax_sale"]
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 1210)
        line = self._bank(1185.8, invoice.name, "2026-03-09")
        before = self._picture(line.move_id, invoice)
        match = self._book(line)
        self.assertEqual(match.item_ids.discount, 24.2)
        self.assertEqual(invoice.payment_state, "paid")
        tax = line.line_ids.filtered("tax_line_id")
        self.assertAlmostEqual(tax.balance, 4.2)
        match.with_user(self.clerk).action_undo()
        self.assertEqual(self._picture(line.move_id, invoice), before)

    def test_a_small_difference_within_what_he_may_give_up(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        line = self._bank(95, invoice.name)
        match = self._propose(line)
        self.company.o2c_cash_difference = 4.99
        with self.assertRaises(AccessError):
            match.with_user(self.clerk).action_accept()
        self.assertEqual(match.state, "proposed")
        match.with_user(self.manager).action_accept()
        self.assertEqual(invoice.payment_state, "paid")
        given = line.line_ids.filtered(
            lambda row: row.account_id == self.company.o2c_cash_difference_account_id
        )
        self.assertEqual(given.balance, 5)

    def test_without_an_account_for_differences_it_says_so(self):
        """Also when it was taken away after the proposal."""
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        match = self._propose(self._bank(99, invoice.name))
        self.assertEqual(match.write_off, 1)
        self.company.o2c_cash_difference_account_id = False
        with self.assertRaisesRegex(UserError, "account for payment differences"):
            match.with_user(self.clerk).action_accept()

    def _dollars(self, rate_then, rate_now):
        usd = self.env.ref("base.USD")
        usd.active = True
        rates = (("2026-02-01", rate_then), ("2026-03-05", rate_now))
        for day, rate in rates:
            self.env["res.currency.rate"].create(
                {
                    "currency_id": usd.id,
                    "name": day,
                    "rate": rate,
                    "company_id": self.company.id,
                }
            )
        return usd

    def test_an_invoice_in_dollars_paid_in_dollars(self):
        usd = self._dollars(2.0, 1.6)
        invoice = self._invoice(self.sme, 1000, "2026-02-01", currency_id=usd.id)
        self.assertEqual(invoice.amount_residual_signed, 500)
        # the bank booked 620 euros for 1,000 dollars
        line = self._bank(
            620, invoice.name, foreign_currency_id=usd.id, amount_currency=1000
        )
        before = self._picture(line.move_id, invoice)
        match = self._book(line)
        self.assertEqual(invoice.payment_state, "paid")
        paid = line._seek_for_lines()[2]
        self.assertEqual((paid.amount_currency, paid.balance), (-1000, -620))
        rates = self.env["account.move.line"].search(
            [
                (
                    "move_id.journal_id",
                    "=",
                    self.company.currency_exchange_journal_id.id,
                ),
                ("account_id", "!=", paid.account_id.id),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertEqual(sum(rates.mapped("balance")), -120)
        match.with_user(self.clerk).action_undo()
        self.assertEqual(self._picture(line.move_id, invoice), before)

    def test_an_invoice_in_dollars_paid_in_euros(self):
        usd = self._dollars(2.0, 1.96)
        invoice = self._invoice(self.sme, 1000, "2026-02-01", currency_id=usd.id)
        line = self._bank(509.5, invoice.name)
        match = self._propose(line)
        self.assertEqual(self._codes(match), ["number", "other_money"])
        match.with_user(self.clerk).action_accept()
        self.assertEqual(invoice.payment_state, "paid")
        paid = line._seek_for_lines()[2]
        self.assertEqual((paid.amount_currency, paid.balance), (-1000, -509.5))

    def _close(self, day):
        """Core refuses while bank lines are open; other ways to close do not."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = %s WHERE id = %s",
            [day, self.company.id],
        )
        self.env.invalidate_all()

    def test_a_closed_period_says_what_to_do(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        match = self._propose(line)
        self._close("2026-03-31")
        with self.assertRaisesRegex(UserError, "closed until 03/31/2026"):
            match.with_user(self.clerk).action_accept()
        self.assertEqual(match.state, "proposed")
        self.assertFalse(line.is_reconciled)

    def test_what_is_booked_in_a_closed_period_stays(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        match = self._book(self._bank(1210, invoice.name))
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        with self.assertRaisesRegex(UserError, "closed until"):
            match.with_user(self.clerk).action_undo()
        self.assertEqual((match.state, invoice.payment_state), ("booked", "paid"))

    def test_an_item_that_was_paid_meanwhile(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        match = self._propose(self._bank(1210, invoice.name))
        self._pay(invoice)
        with self.assertRaisesRegex(UserError, "not open any more"):
            match.with_user(self.clerk).action_accept()

    def test_core_undo_is_told_to_the_match(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        match = self._book(line)
        line.action_undo_reconciliation()
        self.assertEqual(match.state, "undone")
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_he_paid_from_this_account_before(self):
        first = self._invoice(self.sme, 100, "2026-02-01")
        second = self._invoice(self.sme, 250, "2026-02-02")
        self._book(self._bank(100, first.name, account_number=IBAN))
        line = self._bank(250, "zonder kenmerk", account_number=IBAN)
        match = self._propose(line)
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_id, second)
        self.assertEqual(self._codes(match), ["learned", "only_amount_of_his"])
        known = self.env["o2c.counter.account"].with_user(self.clerk).search([])
        self.assertEqual((known.times, known.shared), (1, False))
        known.action_forget()
        self.assertEqual(self._propose(line).certainty, "likely")
        known.action_remember()
        self.assertEqual(self._propose(line).certainty, "certain")

    def test_the_auditor_reads_who_booked_a_bank_line(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        match = self._book(line)
        source = self.env["o2c.proof.source"].sudo()
        sheets = source._sheets(self.company, match.date, match.date)
        [sheet] = [one for one in sheets if one["key"] == "bank_lines"]
        [row] = [dict(zip(sheet["columns"], row, strict=True)) for row in sheet["rows"]]
        self.assertEqual(
            (row["Decided By"], row["State"], row["Amount"]),
            (self.clerk.display_name, "Booked", 1210),
        )
