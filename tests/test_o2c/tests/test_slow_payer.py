from odoo.tests import tagged

from .common import StoryCase


@tagged("post_install", "-at_install")
class TestSlowPayer(StoryCase):
    def test_reminded_once_in_his_language_and_paid_from_the_link(self):
        with self._days_ago(40):
            order = self._order_arrives(10, "WEB-1002")
            order.with_user(self.seller).action_confirm()
            self._deliver(order)
            self._bill()
        invoice = order.invoice_ids
        self.assertEqual(invoice.state, "posted")

        self._night()
        notice = self.env["o2c.dunning.notice"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertEqual(len(notice), 1)
        if notice.state == "waiting":  # the first run of a company asks a person
            notice.action_approve()
            self._send_notices()
        self.assertEqual(notice.lang, "nl_NL")
        self.assertAlmostEqual(notice.amount, invoice.amount_residual, 2)
        self.assertIn(invoice.name, notice.content)
        self.assertIn("/pay/", notice.content)

        self._night()
        again = self.env["o2c.dunning.notice"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertEqual(again, notice, "the same night twice is one message")

        link = self._link_of(notice)
        self._pay_on_a_phone(link)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(notice.case_id.state, "closed")

        self._night()
        self.assertEqual(
            self.env["o2c.dunning.notice"].search_count(
                [("partner_id", "=", self.sme.id)]
            ),
            1,
        )

        self._rescore()
        snapshot = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id), ("company_id", "=", self.company.id)]
        )
        self.assertGreater(snapshot.days_late, 0)
