from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestDeliveryLog(O2cCommon):
    def setUp(self):
        super().setUp()
        self.invoices = self._invoice(self.sme, 100, "2026-03-01") + self._invoice(
            self.sme, 200, "2026-03-02"
        )
        self.log = self.env["o2c.delivery.log"]

    def test_the_last_sending_counts(self):
        for day in (3, 5):
            self.log._log(self.invoices, "email", "sent", at=datetime(2026, 3, day))
        with self.assertQueryCount(2):
            sent = self.log._last_sent("account.move", self.invoices.ids)
        self.assertEqual(set(sent), set(self.invoices.ids))
        self.assertEqual(sent[self.invoices[0].id], datetime(2026, 3, 5))

    def test_what_came_back_was_not_sent(self):
        self.log._log(self.invoices, "email", "sent", at=datetime(2026, 3, 3))
        self.log._log(self.invoices[0], "email", "bounced", at=datetime(2026, 3, 4))
        sent = self.log._last_sent("account.move", self.invoices.ids)
        self.assertEqual(list(sent), [self.invoices[1].id])
        self.log._log(self.invoices[0], "post", "sent", at=datetime(2026, 3, 6))
        sent = self.log._last_sent("account.move", self.invoices.ids)
        self.assertEqual(sent[self.invoices[0].id], datetime(2026, 3, 6))

    def test_one_way_that_arrived_is_enough(self):
        invoice = self.invoices[0]
        self.log._log(invoice, "email", "sent", at=datetime(2026, 3, 3))
        self.log._log(invoice, "post", "sent", at=datetime(2026, 3, 3))
        self.log._log(invoice, "email", "bounced", at=datetime(2026, 3, 4))
        sent = self.log._last_sent("account.move", invoice.ids)
        self.assertEqual(sent, {invoice.id: datetime(2026, 3, 3)})
        self.log._log(invoice, "post", "bounced", at=datetime(2026, 3, 5))
        self.assertFalse(self.log._last_sent("account.move", invoice.ids))

    def test_nothing_asked_nothing_queried(self):
        with self.assertQueryCount(0):
            self.assertEqual(self.log._last_sent("account.move", []), {})

    def test_nobody_rewrites_the_log(self):
        line = self.log._log(self.invoices[0], "email", "sent")
        user = self._user("biller", "o2c_base.group_billing_approver")
        line.with_user(user).read(["event"])
        with self.assertRaises(AccessError):
            line.with_user(user).write({"event": "bounced"})
        with self.assertRaises(AccessError):
            line.with_user(user).unlink()
