from odoo.tests import tagged

from .common import StoryCase


@tagged("post_install", "-at_install")
class TestGoodPayer(StoryCase):
    def test_ordered_delivered_invoiced_and_paid_before_anyone_had_to_ask(self):
        with self._days_ago(12):
            order = self._order_arrives(20, "WEB-1001")
            line = order.order_line
            self.assertAlmostEqual(line.price_unit, 88.2)  # 90 from 10 on, less 2 %
            order.with_user(self.seller).action_confirm()
            self.assertEqual(order.state, "sale")
            self._deliver(order)
            self._bill()
        invoice = order.invoice_ids
        self.assertEqual(invoice.state, "posted")
        self.assertAlmostEqual(invoice.amount_total, 20 * 88.2 * 1.21, 2)
        self.assertTrue(invoice.invoice_pdf_report_id)
        self.assertTrue(invoice.ubl_cii_xml_id)
        self.assertTrue(invoice.is_move_sent)

        self._night()
        notices = self.env["o2c.dunning.notice"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertFalse(notices, "nothing is due yet")

        self._pay_on_a_phone(self._link_of(invoice))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(invoice.amount_residual, 0)

        self._rescore()
        snapshot = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(snapshot.payments, 1)
        self.assertEqual(snapshot.days_late, 0)
        self.assertEqual(snapshot.exposure, 0)
        self.assertEqual(snapshot.confidence, "thin", "one payment is a thin history")
        self.assertIn(snapshot.grade, ("A", "B", "C"))
