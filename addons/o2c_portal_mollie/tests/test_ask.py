"""Mollie's messages: before the return, twice, never, and about nothing we know."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WEBHOOK, MollieCommon

CONTROLLER = "odoo.addons.payment_mollie.controllers.main"
PROVIDER = "odoo.addons.payment.models.payment_provider"


@tagged("post_install", "-at_install")
class TestAsk(MollieCommon):
    def _later(self, **time):
        return freeze_time(fields.Datetime.add(fields.Datetime.now(), **time))

    def _night(self):
        self.env.flush_all()
        with self.registry.cursor() as cr:
            self.env(cr=cr)["payment.transaction"].sudo()._cron_o2c_ask()
        self.env.invalidate_all()

    def test_the_message_comes_before_the_customer_is_back(self):
        _values, transaction = self._begin()
        self.fake.report("tr_0000000001", "paid")
        self.assertEqual(self._webhook(transaction).status_code, 200)
        self.assertEqual(transaction.state, "done")
        transaction._post_process()
        self.assertEqual(self.invoice.payment_state, "paid")
        asked = self.fake.asked("GET")
        self.assertEqual(self._state(), "/payment/status")
        self.assertEqual(self.fake.asked("GET"), asked, "what is known is not asked")
        self.assertIn("Paid, thank you", self._text(self._open_page(self.link)))

    def test_the_message_comes_twice_and_is_booked_once(self):
        _values, transaction = self._begin()
        self.fake.report("tr_0000000001", "paid")
        for _time in range(2):
            self.assertEqual(self._webhook(transaction).status_code, 200)
            transaction._post_process()
        self.assertEqual(self.invoice.payment_state, "paid")
        payments = self.env["account.payment"].search(
            [("payment_transaction_id", "=", transaction.id)]
        )
        self.assertEqual(len(payments), 1)

    @mute_logger("odoo.addons.payment.models.payment_transaction")
    def test_a_message_about_something_unknown_is_taken_and_changes_nothing(self):
        _values, transaction = self._begin()
        self.fake.report("tr_0000000001", "paid")
        self.assertEqual(self._webhook("S00042").status_code, 200)
        self.assertEqual(self.url_open(WEBHOOK, data={"id": "tr_x"}).status_code, 200)
        self.assertEqual(transaction.state, "draft")

    def test_a_forged_message_pays_nothing(self):
        _values, transaction = self._begin()
        self.assertEqual(self._webhook(transaction, "tr_paid").status_code, 200)
        self.assertNotEqual(transaction.state, "done")

    @mute_logger(CONTROLLER, PROVIDER)
    def test_a_message_that_cannot_be_checked_is_not_believed(self):
        _values, transaction = self._begin()
        self.fake.report("tr_0000000001", "paid")
        for trouble in (503, 429, "drop", "nonsense"):
            self.fake.fail = [trouble]
            self.assertEqual(self._webhook(transaction).status_code, 200, trouble)
            self.assertEqual(transaction.state, "draft", trouble)

    def test_no_message_ever_comes_and_the_payment_is_booked_all_the_same(self):
        _values, transaction = self._begin()
        self.fake.report("tr_0000000001", "paid")
        self._night()
        self.assertEqual(transaction.state, "draft", "he may still be at his bank")
        with self._later(minutes=17):
            self._night()
        self.assertEqual(transaction.state, "done")
        transaction._post_process()
        self.assertEqual(self.invoice.payment_state, "paid")

    def test_who_turned_back_at_mollie_holds_the_invoice_no_longer(self):
        _values, transaction = self._begin()
        transaction._set_pending()
        self.fake.report("tr_0000000001", "expired")
        with self._later(minutes=17):
            self._night()
            self.assertEqual(transaction.state, "cancel")
            self.assertFalse(self.link._choose().reason)

    @mute_logger(PROVIDER)
    def test_one_silence_ends_the_round_and_the_next_asks_again(self):
        transactions = [self._begin()[1] for _time in range(3)]
        for number in self.fake.payments:
            self.fake.report(number, "expired")
        with self._later(minutes=17):
            self.fake.fail = [429]
            asked = self.fake.asked("GET")
            self._night()
            self.assertEqual(self.fake.asked("GET"), asked + 1)
            self._night()
            self.assertEqual(
                [one.state for one in transactions], ["draft", "cancel", "cancel"]
            )
        with self._later(hours=2):
            self._night()
        self.assertEqual(transactions[0].state, "cancel")
        with self._later(hours=4):
            asked = self.fake.asked("GET")
            self._night()
            self.assertEqual(self.fake.asked("GET"), asked)
