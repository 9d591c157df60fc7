"""One mail a day with everything and a list: bundling of sending, not of invoices."""

import csv
import io

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestBundle(SendingCommon):
    def setUp(self):
        super().setUp()
        self._prefer(self.sme, by_email=True, rhythm="daily")
        self.company.o2c_bundle_hour = 16.5

    def _two(self):
        return self._posted() + self._posted()

    def _texts(self, mail):
        return {part.get_filename(): part for part in mail.iter_attachments()}

    def test_all_invoices_of_the_day_leave_in_one_mail_with_a_csv(self):
        with freeze_time("2026-03-03 09:00:00"):
            invoices = self._two()
            self._send()
            self.assertFalse(self.mails)
            self.assertTrue(all(invoices.mapped("invoice_pdf_report_id")))
            self.assertEqual(set(invoices.mapped("o2c_send_state")), {"waiting"})
            self.assertFalse(any(invoices.mapped("is_move_sent")))
            self.assertIn("e-mail of", invoices[0].o2c_send_reason)
        with freeze_time("2026-03-03 15:29:00"):
            self._send()
            self.assertFalse(self.mails)
        with freeze_time("2026-03-03 15:31:00"):  # 16:31 in Utrecht
            self._send()
            self.assertEqual(set(invoices.mapped("o2c_send_state")), {"sent"})
            [mail] = self.mails
            files = self._texts(mail)
            self.assertEqual(len([f for f in files if f.endswith(".pdf")]), 2)
            text = files["2026-03-03.csv"].get_payload(decode=True).decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";"))
            self.assertEqual([row[0] for row in rows[1:]], invoices.mapped("name"))
            self.assertEqual(rows[1][-1], "363.00")
            self._send()
            self.assertEqual(len(self.mails), 1)
        bundle = invoices.o2c_sending_ids.bundle_id
        self.assertEqual((len(bundle), bundle.partner_id), (1, self.sme_contact))
        self.assertTrue(bundle.sent_at)
        self.assertEqual(self._log(invoices[0]), ["queued", "sent", "accepted"])

    def test_each_invoice_leads_to_its_own_page_where_there_are_such_pages(self):
        moves = type(self.env["account.move"])
        self.patch(
            moves,
            "_o2c_pay_page_address",
            lambda move: f"https://pay.example/{move.id}" if move == first else None,
        )
        with freeze_time("2026-03-03 09:00:00"):
            first, second = self._two()
            self._send()
        with freeze_time("2026-03-03 15:40:00"):
            self._send()
        [mail] = self.mails
        html = mail.get_body(("html",)).get_content()
        self.assertIn(f'href="https://pay.example/{first.id}"', html)
        self.assertIn(second.name, html)
        self.assertNotIn(f"pay.example/{second.id}", html)

    def test_what_is_late_goes_tomorrow_so_one_mail_a_day(self):
        with freeze_time("2026-03-03 09:00:00"):
            first = self._posted()
            self._send()
            first.o2c_sending_ids.action_bundle_now()
            self._send()
            self.assertEqual(first.o2c_send_state, "sent")
            second = self._posted()
            self._send()
        with freeze_time("2026-03-03 15:40:00"):
            self._send()
            self.assertEqual(second.o2c_send_state, "waiting")
        with freeze_time("2026-03-04 15:40:00"):
            self._send()
            self.assertEqual(second.o2c_send_state, "sent")
        self.assertEqual(len(self.mails), 2)
        with self.assertRaises(UserError):
            second.o2c_sending_ids.action_bundle_now()

    def test_one_without_data_does_not_hold_up_the_others(self):
        self.sme.o2c_order_reference_required = True
        with freeze_time("2026-03-03 09:00:00"):
            bad = self._posted()
            good = self._posted(client_order_ref="PO-1")
            self._send()
        with freeze_time("2026-03-03 15:40:00"):
            self._send()
            self.assertEqual(
                (bad.o2c_send_state, good.o2c_send_state), ("blocked", "sent")
            )

    def test_a_bundle_that_comes_back_came_back_for_each(self):
        with freeze_time("2026-03-03 09:00:00"):
            invoices = self._two()
            self._send()
        with freeze_time("2026-03-03 15:40:00"):
            self._send()
            note = invoices.o2c_sending_ids.message_id.notification_ids
            note.sudo().notification_status = "bounce"
            self._send()
            self.assertEqual(set(invoices.mapped("o2c_send_state")), {"blocked"})
            self.assertEqual(len(self._tasks(self.sme).problem_ids), 1)
        with freeze_time("2026-03-04 09:00:00"):
            self.sme_contact.email = "goed@proef.example"
            self._send()
        with freeze_time("2026-03-04 15:40:00"):
            self._send()
            self.assertEqual(set(invoices.mapped("o2c_send_state")), {"sent"})

    def test_weekly_waits_for_its_day(self):
        self.env["o2c.sending.preference"].search([]).write(
            {"rhythm": "weekly", "weekday": "4"}
        )
        with freeze_time("2026-03-03 09:00:00"):
            invoice = self._posted()
            self._send()
            row = invoice.o2c_sending_ids
            self.assertEqual(str(row.next_try), "2026-03-06 15:30:00")
