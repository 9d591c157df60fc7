"""What a customer does with a link is known: opened, started, not finished."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import PayCommon


@tagged("post_install", "-at_install")
class TestFeedback(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)
        cls.cron = cls.env.ref("o2c_portal.ir_cron_abandoned")

    def _events(self):
        return (
            self.env["o2c.delivery.log"]
            .sudo()
            .search(
                [("res_model", "=", "account.move"), ("res_id", "=", self.invoice.id)],
                order="id",
            )
            .mapped("event")
        )

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.sudo().method_direct_trigger()
        self.env.invalidate_all()

    def test_who_turns_back_at_the_bank_is_known_once(self):
        transaction = self._start(self.link)
        self._reported(transaction, "cancel")
        self._reported(transaction, "cancel")
        self.assertEqual(self._events(), ["abandoned"])
        self.assertTrue(transaction.o2c_abandoned_at)

    def test_a_payment_of_which_nothing_is_heard_lapses_and_still_books_later(self):
        transaction = self._start(self.link)
        self._run()
        self.assertEqual(self._events(), [])
        later = fields.Datetime.add(fields.Datetime.now(), minutes=16)
        with freeze_time(later):
            self._run()
            self._run()
        self.assertEqual(self._events(), ["abandoned"])
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self.invoice.payment_state, "paid")

    def test_what_is_paid_is_not_unfinished(self):
        self._paid_online(self.link)
        later = fields.Datetime.add(fields.Datetime.now(), minutes=60)
        with freeze_time(later):
            self._run()
        self.assertNotIn("abandoned", self._events())
