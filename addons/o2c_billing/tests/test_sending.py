"""Invoices leave the way the customer wants, or say why not."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSending(SendingCommon):
    def test_an_invoice_of_the_queue_is_sent_by_email_once(self):
        invoice = self._posted()
        self.assertEqual(invoice.o2c_send_state, "waiting")
        run = self._send()
        self.assertEqual((run.done_count, run.failed_count), (1, 0))
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        self.assertTrue(invoice.is_move_sent)
        self.assertTrue(invoice.invoice_pdf_report_id)
        self.assertEqual(invoice.o2c_event_ids.state, "sent")
        self.assertGreaterEqual(invoice.o2c_event_ids.days_total, 0)
        self.assertEqual(self._log(invoice), ["queued", "sent", "accepted"])
        self.assertFalse(self._send())

    def test_before_the_first_batch_is_approved_nothing_leaves(self):
        self.company.o2c_billing_automatic = False
        invoice = self._posted()
        invoice.with_user(
            self._user("approver", "o2c_base.group_billing_approver")
        ).action_o2c_approve()
        self.assertEqual(invoice.state, "posted")
        self.assertFalse(invoice.o2c_send_state)
        self.assertFalse(self._send())
        invoice.action_o2c_send_again()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)

    def test_an_invoice_without_address_waits_with_an_owner_and_a_task(self):
        partner = self._customer("Zonder Post B.V.", "sme", email=False)
        invoice, other = self._posted(partner), self._posted()
        self.company.o2c_responsible_id = self.env.user
        self._send()
        self.assertEqual(invoice.o2c_send_state, "blocked")
        self.assertIn("e-mail", invoice.o2c_send_reason)
        self.assertTrue(invoice.o2c_send_user_id)
        self.assertEqual(other.o2c_send_state, "sent")
        task = self.env["o2c.contact.task"].search([("partner_id", "=", partner.id)])
        self.assertEqual(task.problem, "email_missing")
        self.assertIn(invoice.name, task.note)
        partner.email = "nu@wel.example"
        self.assertEqual((task.state, invoice.o2c_send_state), ("done", "waiting"))
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)

    def test_a_customer_who_wants_his_order_number_waits_for_it(self):
        self.sme.o2c_order_reference_required = True
        invoice = self._posted()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "blocked")
        self.assertIn("order number", invoice.o2c_send_reason)
        invoice.invoice_line_ids.sale_line_ids.order_id.client_order_ref = "PO-7"
        invoice.action_o2c_send_again()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)

    def test_the_mail_server_is_down_and_the_invoice_is_tried_again(self):
        invoice = self._posted()
        with patch.object(
            type(self.env["ir.mail_server"]),
            "_connect__",
            side_effect=MailDeliveryException("down"),
        ):
            self._send()
        self.assertEqual(invoice.o2c_send_state, "failed")
        self.assertTrue(invoice.o2c_send_next_try)
        self.assertIn("down", invoice.o2c_send_reason)
        self.assertEqual(self._log(invoice), ["queued", "failed"])
        self.assertFalse(self._send())
        messages = invoice.message_ids
        self._later(invoice)
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        self.assertEqual(invoice.message_ids, messages, "the same mail, not another")
        self.assertEqual(self._log(invoice), ["queued", "failed", "sent", "accepted"])

    def test_a_mail_that_comes_back_asks_for_another_address(self):
        invoice = self._posted()
        self._send()
        note = invoice.o2c_send_message_id.notification_ids
        note.sudo().write(
            {"notification_status": "bounce", "failure_type": "mail_bounce"}
        )
        self._send()
        self.assertEqual(invoice.o2c_send_state, "blocked")
        self.assertEqual(self._log(invoice)[-1], "bounced")
        self.assertTrue(
            self.env["o2c.contact.task"].search([("problem", "=", "email_bounced")])
        )

    def test_a_report_that_fails_stays_with_its_invoice(self):
        first, second = self._posted(), self._posted()
        sender = type(self.env["account.move.send"])
        original = sender._prepare_invoice_pdf_report

        broken = "wkhtmltopdf failed"

        def prepare(model, invoices_data):
            if first in invoices_data:
                raise UserError(broken)
            return original(model, invoices_data)

        with patch.object(sender, "_prepare_invoice_pdf_report", prepare):
            run = self._send()
        self.assertEqual((run.done_count, run.failed_count), (1, 1))
        self.assertEqual(first.o2c_send_state, "failed")
        self.assertIn("wkhtmltopdf", first.o2c_send_reason)
        self.assertEqual(second.o2c_send_state, "sent")

    def test_by_hand_means_by_hand(self):
        self.sme.invoice_sending_method = "manual"
        invoice = self._posted()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "blocked")
        self.assertFalse(invoice.o2c_send_next_try)
        invoice.action_o2c_sent_by_hand()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        self.assertEqual(invoice.o2c_event_ids.state, "sent")

    def test_what_a_person_sent_is_not_sent_again(self):
        invoice = self._posted()
        self.env["account.move.send"]._generate_and_send_invoices(
            invoice, sending_methods=["email"]
        )
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        self.assertFalse(self._send())

    def test_an_e_invoice_goes_along_for_who_wants_it(self):
        self.sme.invoice_edi_format = "nlcius"
        invoice = self._posted()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        self.assertTrue(invoice.ubl_cii_xml_id)
        names = invoice.o2c_send_message_id.attachment_ids.mapped("name")
        self.assertTrue(any(name.endswith(".xml") for name in names), names)

    def test_an_e_invoice_without_kvk_waits_for_it(self):
        partner = self._customer("Zonder KvK B.V.", "sme")
        partner.invoice_edi_format = "nlcius"
        invoice = self._posted(partner)
        self._send()
        self.assertEqual(invoice.o2c_send_state, "blocked")
        self.assertIn("KvK", invoice.o2c_send_reason)
        task = self.env["o2c.contact.task"].search([("partner_id", "=", partner.id)])
        self.assertEqual(task.problem, "registration_missing")

    def test_off_and_watch_send_nothing(self):
        invoice = self._posted()
        for mode in ("watch", "off"):
            self._switch(mode, "billing")
            self.assertFalse(self._send())
        self.assertEqual(invoice.o2c_send_state, "waiting")

    def test_a_seller_does_not_work_the_send_queue(self):
        invoice = self._posted()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            invoice.with_user(seller).action_o2c_sent_by_hand()
