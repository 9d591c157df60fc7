"""A number that is written whole: paid already, or the first one of a list."""

from odoo.tests import tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestNamedWhole(CashCommon):
    def _payment_with_the_tail_of(self, invoice, amount):
        """A registered payment of a stranger, numbered as the invoice but for its
        prefix."""
        paid = self._pay(self._invoice(self.corporate, amount, "2026-02-01"))
        paid.move_id.name = "PX1/" + "/".join(invoice.name.split("/")[1:])
        paid.flush_recordset()
        return paid

    def test_paid_twice_stays_with_the_customer_who_paid(self):
        """A payment of a stranger with the same tail took it, and he was asked."""
        self._account_of(self.sme)
        invoice = self._invoice(self.sme, 1506.45, "2026-02-01")
        first = self._bank(1506.45, invoice.name, account_number=IBAN)
        self._propose(first).with_user(self.clerk).action_accept()
        self._payment_with_the_tail_of(invoice, 1984.10)
        for own in (IBAN, False):
            line = self._bank(
                1506.45, invoice.name, "2026-03-06", account_number=own, ref=own
            )
            match = self._propose(line)
            self.assertEqual(self._codes(match)[0], "paid_already")
            self.assertEqual(match.debtor_id, self.sme)
            self.assertEqual((match.item_ids.ids, match.rest), ([], 1506.45))
            self.assertIn(f"{invoice.name} is already paid on", match.explanation)
            self.assertIn("03/05/2026", match.explanation)
            asked = match.with_user(self.clerk).desk_ask()["context"]
            self.assertEqual(asked["default_partner_ids"], self.sme.ids)
        match.with_user(self.clerk).desk_accept()
        rest = line._seek_for_lines()[2]
        self.assertEqual((rest.amount_residual, rest.partner_id), (-1506.45, self.sme))

    def test_a_known_account_never_leads_to_a_part_of_a_strangers_number(self):
        self._account_of(self.sme)
        invoice = self._invoice(self.sme, 1506.45, "2026-02-01")
        paid = self._payment_with_the_tail_of(invoice, 1984.10)
        invoice.button_draft()
        text = f"Z/{'/'.join(invoice.name.split('/')[1:])}"
        line = self._bank(1984.10, text, account_number=IBAN)
        match = self._propose(line)
        self.assertEqual((match.debtor_id, match.item_ids.ids), (self.sme, []))
        unknown = self._propose(self._bank(1984.10, text, "2026-03-07"))
        self.assertEqual(unknown.item_ids.move_id, paid.move_id)

    def test_the_bank_confirms_a_payment_that_was_registered(self):
        """Its invoice is paid in the books; that is no second payment."""
        invoice = self._invoice(self.sme, 640, "2026-02-01")
        paid = self._pay(invoice, date="2026-03-01")
        match = self._propose(self._bank(640, invoice.name))
        self.assertEqual(match.item_ids.move_id, paid.move_id)

    def test_a_list_that_goes_on_with_last_digits(self):
        """Only the first was found, the rest of the money stayed on account."""
        moves = self.env["account.move"]
        for amount in (103.46, 250.10, 339.78):
            moves |= self._invoice(self.sme, amount, "2026-02-01")
        first, second, third = moves.mapped("name")
        text = f"{first}, {second[-3:]} en {third[-3:]}"
        match = self._propose(self._bank(693.34, text))
        self.assertEqual((match.certainty, match.item_ids.move_id), ("likely", moves))
        self.assertEqual((self._codes(match), match.rest), (["listed", "exact"], 0))
        self._account_of(self.sme)
        own = self._bank(693.34, text, account_number=IBAN)
        match.statement_line_id.unlink()
        match = self._propose(own)
        self.assertEqual((match.certainty, match.item_ids.move_id), ("certain", moves))

    def test_who_pays_for_two_customers_stands_under_his_own_name(self):
        first = self._invoice(self.corporate, 100, "2026-02-01")
        second = self._invoice(self.sme, 250, "2026-02-02")
        text = f"{first.name} {second.name}"
        match = self._propose(self._bank(350, text, partner_name=self.sme.name))
        self.assertEqual(self._codes(match)[0], "several_customers")
        self.assertEqual(match.debtor_id, self.sme)
