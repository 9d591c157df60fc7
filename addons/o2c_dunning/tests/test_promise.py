"""A promise keeps its invoices quiet until its day, and is remembered."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestPromise(DunningCommon):
    def setUp(self):
        super().setUp()
        self.invoice = self._due(self.sme, 1000, "2026-03-01")
        self.case = self.cases._case_of(self.invoice)
        self.promise = self.env["o2c.payment.promise"].create(
            {
                "case_id": self.case.id,
                "move_ids": self.invoice.ids,
                "date": "2026-03-20",
                "amount": 1000,
            }
        )

    def test_a_promise_is_not_more_than_what_is_owed(self):
        with self.assertRaisesRegex(ValidationError, "cannot be more"):
            self.promise.amount = 1000.01

    def test_it_pauses_until_its_date_plus_grace(self):
        self.assertFalse(self._nightly("2026-03-22").o2c_notice_ids)
        self.assertEqual(self._verdict(self.invoice).reason, "promised")
        self.assertEqual(self.promise.state, "open")

    def test_it_is_broken_the_day_after_and_the_ladder_goes_on(self):
        notice = self._nightly("2026-03-23").o2c_notice_ids
        self.assertEqual(self.promise.state, "broken")
        self.assertEqual(notice.step_days, 3)

    def test_it_is_kept_when_the_money_comes(self):
        self._pay(self.invoice, date="2026-03-19")
        self.assertEqual(self.promise.state, "kept")

    def test_a_part_payment_does_not_keep_it(self):
        self._pay(self.invoice, 400, date="2026-03-19")
        self._nightly("2026-03-21")
        self.assertEqual(self.promise.state, "open")
        self._nightly("2026-03-23")
        self.assertEqual(self.promise.state, "broken")

    def test_other_invoices_are_reminded_as_usual(self):
        other = self._due(self.sme, 300, "2026-03-05")
        notice = self._nightly("2026-03-08").o2c_notice_ids
        kinds = {line.move_id: line.kind for line in notice.line_ids}
        self.assertEqual(kinds, {self.invoice: "promised", other: "remind"})
        self.assertEqual(notice.amount, 300)

    def test_a_promise_of_a_part_leaves_only_that_part_in_peace(self):
        older = self._due(self.sme, 300, "2026-02-20")
        self.promise.sudo().write(
            {"amount": 500, "move_ids": [(4, older.id)], "amount_before": 1300}
        )
        notice = self._nightly("2026-03-08").o2c_notice_ids
        asked = {line.move_id: line.amount_asked for line in notice.line_ids}
        self.assertEqual(asked, {older: 0, self.invoice: 800})
        self.assertEqual(notice.line_ids.mapped("amount_promised"), [300, 200])
        self.assertEqual(notice.amount, 800)
        self.assertEqual(self._verdict(older).reason, "promised")
        content = notice._rendered()["content"]
        self.assertIn("You promised to pay this part", content)
        self.assertIn("800.00", content)

    def test_what_came_of_a_promise_is_no_longer_to_come(self):
        self.promise.amount = 500
        promised = self.cases._promised_moves(self.company, self.promise.date)
        self.assertEqual(promised[self.invoice.id][1], 500)
        self._pay(self.invoice, 300, date="2026-03-05")
        promised = self.cases._promised_moves(self.company, self.promise.date)
        self.assertEqual(promised[self.invoice.id][1], 200)

    def test_a_broken_promise_is_a_reason_to_hold_an_order(self):
        profiles = self.env["o2c.risk.profile"].sudo()
        self.assertFalse(profiles._blockers(self.company, self.sme.ids))
        self._nightly("2026-03-23")
        self.assertEqual(
            profiles._blockers(self.company, self.sme.ids),
            {self.sme.id: ["broken_promise"]},
        )
        self._pay(self.invoice, date="2026-03-24")
        self.assertFalse(profiles._blockers(self.company, self.sme.ids))

    def test_nobody_writes_that_it_was_kept(self):
        promise = self.promise.with_user(self.collector)
        with self.assertRaises(AccessError):
            promise.state = "kept"
        promise.action_withdraw()
        self.assertEqual(promise.state, "withdrawn")

    def test_a_customer_promises_a_day_to_come(self):
        with self.assertRaises(UserError):
            self.env["o2c.payment.promise"]._promise(
                self.invoice, self.invoice.invoice_date_due, 1000
            )
