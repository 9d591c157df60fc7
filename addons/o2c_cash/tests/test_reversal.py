"""Storno: the item is open again, the payment is known as taken back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestReversal(CashCommon):
    def setUp(self):
        super().setUp()
        self.invoice = self._invoice(self.sme, 300, "2026-02-01")
        self.paid = self._bank(
            300, f"/EREF/E2E-17/REMI/{self.invoice.name}/", account_number=IBAN
        )
        self._propose(self.paid).with_user(self.clerk).action_accept()
        self.back = self._bank(
            -300,
            "/RTRN/MD06//EREF/E2E-17/REMI/STORNO/",
            "2026-03-12",
            account_number=IBAN,
        )

    def test_it_is_found_by_its_end_to_end_id(self):
        match = self._propose(self.back)
        self.assertEqual((match.kind, match.certainty), ("reversal", "certain"))
        self.assertEqual(match.original_line_id, self.paid)
        self.assertEqual(match.reason_code, "MD06")
        self.assertIn("disputes", match.explanation)

    def test_the_item_is_open_again_and_the_two_lines_settle_each_other(self):
        before = self._picture(self.back.move_id, self.paid.move_id, self.invoice)
        match = self._propose(self.back)
        match.with_user(self.clerk).action_accept()
        self.assertEqual(self.invoice.payment_state, "not_paid")
        self.assertEqual(self.invoice.amount_residual, 300)
        taken = self.back._seek_for_lines()[2]
        came = self.paid._seek_for_lines()[2]
        self.assertEqual(taken.matched_credit_ids.credit_move_id, came)
        self.assertEqual(taken.matched_credit_ids.amount, 300)
        match.with_user(self.clerk).action_undo()
        after = self._picture(self.back.move_id, self.paid.move_id, self.invoice)
        # a full reconciliation made anew has a new id; nothing else differs
        self.assertEqual(self._without_ids(after), self._without_ids(before))
        self.assertEqual(self.invoice.payment_state, "paid")

    def _without_ids(self, pictures):
        return [
            (*picture[:-1], sorted(row[:-1] for row in picture[-1]))
            for picture in pictures
        ]

    def test_two_payments_of_the_same_amount_wait_for_a_person(self):
        other = self._invoice(self.corporate, 300, "2026-02-01")
        self._propose(self._bank(300, other.name)).with_user(self.clerk).action_accept()
        back = self._bank(-300, "STORNO", "2026-03-12")
        match = self._propose(back)
        self.assertEqual(match.certainty, "none")
        self.assertEqual(self._codes(match), ["reversal", "several_originals"])
        with self.assertRaisesRegex(UserError, "Choose the payment"):
            match.with_user(self.clerk).action_accept()
        match = match.with_user(self.clerk)
        offered = match.get_desk_match()["offered"]
        self.assertEqual(len(offered), 2)
        with self.assertRaises(UserError):
            match.desk_original(back.id)
        told = match.desk_original(self.paid.id)
        self.assertEqual(told["debtor"][0], self.sme.id)
        match.desk_accept()
        self.assertEqual(self.invoice.payment_state, "not_paid")
        self.assertEqual(other.payment_state, "paid")

    def test_number_name_and_amount_find_the_payment(self):
        """From an account that nobody knew, with another id of the bank."""
        other = self._invoice(self.corporate, 300, "2026-02-01")
        paid = self._bank(300, other.name, partner_name="Haven Proef B.V.")
        self._propose(paid).with_user(self.clerk).action_accept()
        told = {
            "partner_name": "HAVEN PROEF BV",
            "account_number": "NL44RABO0123456789",
        }
        text = f"/RTRN/AM04//EREF/R101/REMI/{other.name}/"
        match = self._propose(self._bank(-300, text, "2026-03-12", **told))
        self.assertEqual((match.certainty, match.original_line_id), ("likely", paid))
        self.assertIn("number_and_name", self._codes(match))

    def test_a_storno_dated_before_the_payment_says_so_and_lists_it(self):
        text = "/RTRN/MD06//EREF/E2E-17/REMI/STORNO/"
        match = self._propose(self._bank(-300, text, "2026-03-04"))
        self.assertEqual(match.certainty, "none")
        self.assertIn("later_original", self._codes(match))
        self.assertIn("later day", match.explanation)
        match = match.with_user(self.clerk)
        offered = match.get_desk_match()["offered"]
        self.assertEqual([one["line_id"] for one in offered], self.paid.ids)
        self.assertFalse(match.get_desk_match(search="nobody")["offered"])
        found = match.get_desk_match(search=self.sme.name[:6])["offered"]
        self.assertEqual(found, offered)
        match.desk_original(self.paid.id)
        match.desk_accept()
        self.assertEqual(self.invoice.payment_state, "not_paid")

    def test_the_words_of_other_imports_are_understood(self):
        """As the OCA's import of CAMT.053 writes them into the note."""
        back = self._bank(
            -300,
            "Direct debit",
            "2026-03-12",
            narration="Reversal Indicator (RvslInd): true\n"
            "Return Reason Code (RtrInf/Rsn/Cd): AC06\n"
            "End To End Id (Refs/EndToEndId): E2E-17",
        )
        match = self._propose(back)
        self.assertEqual((match.kind, match.certainty), ("reversal", "certain"))
        self.assertEqual(
            (match.original_line_id, match.reason_code), (self.paid, "AC06")
        )

    def test_money_that_we_paid_is_not_ours_to_match(self):
        line = self._bank(-300, "Huur maart", "2026-03-12")
        self.assertFalse(self._propose(line))
