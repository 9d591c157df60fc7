"""Transfers of which the customer wrote what they pay."""

from decimal import Decimal

from odoo import Command
from odoo.tests import tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestSpecification(CashCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._account_of(cls.sme)
        cls.first = cls._invoice(cls.sme, 100, "2026-02-01")
        cls.second = cls._invoice(cls.sme, 250, "2026-02-02")
        cls.note = cls._invoice(cls.sme, 30, "2026-02-03", move_type="out_refund")
        cls._invoice(cls.sme, 200, "2026-02-04")

    def _told(self, *parts, **more):
        """The customer's list, and what cash tells about its use."""
        parts = [
            (move.id, Decimal(str(paid)), Decimal(str(off)))
            for move, paid, off in parts
        ]
        amount = sum((paid for _move, paid, _off in parts), Decimal(0))
        told = {
            "key": "list,1",
            "name": "maart.csv",
            "debtor": self.sme.id,
            "amount": amount,
            "currency_id": self.company.currency_id.id,
            "reference": False,
            "parts": parts,
            "unknown": [],
        } | more
        used = []
        kind = type(self.env["o2c.money.in"])
        self.patch(kind, "_specifications", lambda _self, _company: [told])
        self.patch(
            kind,
            "_specifications_used",
            lambda _self, _company, keys, used_=True: used.append((keys, used_)),
        )
        return used

    def _shares(self, match):
        return {item.move_id: (item.amount, item.discount) for item in match.item_ids}

    def test_each_document_gets_what_the_list_says(self):
        self._told((self.first, 100, 0), (self.second, 130, 0), (self.note, -30, 0))
        line = self._bank(200, "betaling", account_number=IBAN)
        match = self._propose(line)
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(self._codes(match), ["specified"])
        self.assertEqual(
            self._shares(match),
            {self.first: (100, 0), self.second: (130, 0), self.note: (-30, 0)},
            "not the only item of 200, which the amount alone would have found",
        )
        self.assertIn("maart.csv", match.explanation)
        self.assertEqual(self._propose(line), match, "said again it is the same")

    def test_booking_uses_the_list_and_undoing_frees_it(self):
        used = self._told((self.first, 100, 0), (self.second, 130, 0))
        line = self._bank(230, account_number=IBAN)
        match = self._propose(line)
        match.with_user(self.clerk).action_accept()
        self.assertEqual(match.state, "booked")
        self.assertEqual(self.second.amount_residual, 120)
        self.assertEqual(used, [(["list,1"], True)])
        match.with_user(self.clerk).action_undo()
        self.assertEqual(used[1:], [(["list,1"], False)])
        self.assertEqual(self.second.amount_residual, 250)
        again = self._match(line)
        self.assertEqual(self._codes(again), ["specified"])
        again.with_user(self.clerk).action_accept()
        line.action_undo_reconciliation()
        self.assertEqual(used[-1], (["list,1"], False), "also when core undoes it")

    def test_one_list_is_for_one_line(self):
        self._told((self.second, 60, 0))
        first = self._bank(60, account_number=IBAN)
        second = self._bank(60, "nog een", "2026-03-06", account_number=IBAN)
        self._propose()
        self.assertEqual(self._codes(self._match(first)), ["specified"])
        self.assertNotIn("specified", self._codes(self._match(second)))
        self._match(first).state = "accepted"
        self._propose()
        self.assertNotIn("specified", self._codes(self._match(second)))

    def test_another_sum_another_account_and_another_number_are_not_it(self):
        self._told((self.first, 100, 0), (self.second, 130, 0))
        self._account_of(self.corporate, "NL20INGB0001234567")
        other = self._invoice(self.corporate, 230, "2026-02-01")
        for line in (
            self._bank(231, account_number=IBAN),
            self._bank(230, account_number="NL20INGB0001234567"),
            self._bank(230, other.name, "2026-03-07", account_number=IBAN),
        ):
            self.assertNotIn("specified", self._codes(self._propose(line)))

    def test_its_reference_proves_it_from_any_account(self):
        self._told((self.first, 100, 0), (self.second, 130, 0), reference="RF64PL9")
        line = self._bank(230, "RF64 PL9", account_number="NL20INGB0001234567")
        self.assertEqual(self._propose(line).certainty, "certain")
        line.unlink()
        line = self._bank(230)
        match = self._propose(line)
        self.assertEqual(match.certainty, "likely", "nobody known, only the sum")
        self.assertEqual(match.item_ids.move_id, self.first | self.second)

    def test_what_was_not_recognised_stays_on_his_account_and_is_named(self):
        amount = Decimal(170)
        self._told((self.first, 100, 0), amount=amount, unknown=["F-77"])
        match = self._propose(self._bank(170, account_number=IBAN))
        self.assertEqual((match.certainty, match.rest), ("likely", 70))
        self.assertIn("F-77", match.explanation)

    def test_more_than_is_open_is_not_booked_by_itself(self):
        self._told((self.first, 100, 0), (self.second, 250, 0))
        self._pay(self.second, amount=50)
        match = self._propose(self._bank(350, account_number=IBAN))
        self.assertEqual((match.certainty, match.rest), ("likely", 50))
        self.assertEqual(self._codes(match), ["specified", "account", "specified_less"])
        self.assertIn(self.second.name, match.explanation)

    def test_a_discount_counts_when_it_was_offered(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2% 8 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        third = self._invoice(
            self.sme, 1000, "2026-03-01", invoice_payment_term_id=term.id
        )
        self._told((self.first, 100, 0), (third, 980, 20))
        line = self._bank(1080, "maart", "2026-03-09", account_number=IBAN)
        match = self._propose(line)
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(self._shares(match), {self.first: (100, 0), third: (980, 20)})
        match.with_user(self.clerk).action_accept()
        self.assertEqual((third.amount_residual, self.first.amount_residual), (0, 0))
        self._told((self.second, 230, 20))
        match = self._propose(self._bank(230, "april", account_number=IBAN))
        self.assertEqual(match.certainty, "likely")
        self.assertIn("specified_off", self._codes(match))
        self.assertEqual(self._shares(match), {self.second: (230, 0)})

    def test_a_choice_by_hand_leaves_the_list_alone(self):
        used = self._told((self.first, 100, 0), (self.second, 130, 0))
        match = self._propose(self._bank(230, account_number=IBAN))
        item = self.second.line_ids.filtered("date_maturity")
        mine = match.with_user(self.clerk)
        mine.desk_choose([{"line_id": item.id, "amount": 230}])
        mine.action_accept()
        self.assertEqual((match.state, self.second.amount_residual), ("booked", 20))
        self.assertFalse(used)
