"""By post and at the customer's supplier portal: a person carries it."""

import base64
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from .sending_common import SendingCommon


def paper(pages):
    """A PDF with so many empty pages."""
    writer = PdfFileWriter()
    for _page in range(pages):
        writer.addBlankPage(width=595, height=842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestPrintBatch(SendingCommon):
    def setUp(self):
        super().setUp()
        self._prefer(self.sme, by_post=True)
        report = type(self.env["ir.actions.report"])

        def split(reports, _name, content, _type):
            return {move.id: paper(2) for move in self.env["account.move"].search([])}

        self.startPatcher(patch.object(report, "_get_splitted_report", split))
        self.startPatcher(
            patch.object(report, "_render_qweb_pdf", lambda *a, **kw: (paper(1), "pdf"))
        )

    def _batch(self, number=2):
        invoices = self.env["account.move"]
        for _one in range(number):
            invoices += self._posted()
        self._send()
        return invoices, invoices.o2c_sending_ids.batch_id

    def test_letters_collect_in_one_pdf_with_a_list_on_top(self):
        invoices, batch = self._batch()
        self.assertEqual((len(batch), batch.state, batch.letters), (1, "open", 2))
        self.assertFalse(invoices.ubl_cii_xml_id)
        action = batch.action_print()
        self.assertEqual(
            (action["tag"], action["params"]["id"], action["params"]["field"]),
            ("o2c_billing.download", batch.id, "pdf"),
            "saved, and the form is read again",
        )
        pdf = PdfFileReader(io.BytesIO(base64.b64decode(batch.pdf)))
        self.assertEqual(pdf.getNumPages(), 1 + 2 * 2)
        self.assertEqual((batch.pages, batch.prints, batch.state), (4, 1, "printed"))
        batch.action_print()
        self.assertEqual((batch.prints, batch.state), (2, "printed"))
        self.assertEqual(invoices.mapped("o2c_send_state"), ["todo", "todo"])
        self.assertFalse(any(invoices.mapped("is_move_sent")), "core would say sent")

    def test_posted_by_somebody_on_a_day(self):
        invoices, batch = self._batch()
        with self.assertRaises(UserError):
            batch.action_posted()
        batch.action_print()
        biller = self._user("biller", "o2c_base.group_billing_user")
        batch.with_user(biller).action_posted()
        self.assertEqual((batch.state, batch.posted_by_id), ("posted", biller))
        self.assertTrue(batch.posted_at)
        self.assertEqual(invoices.mapped("o2c_send_state"), ["sent", "sent"])
        self.assertEqual(self._log(invoices[0]), ["queued", "sent"])
        batch.action_posted()
        self.assertEqual(self._log(invoices[0]), ["queued", "sent"], "once")
        self.assertEqual(invoices[0].o2c_event_ids.state, "sent")

    def test_a_printed_batch_takes_no_more_letters(self):
        _invoices, batch = self._batch()
        batch.action_print()
        _more, next_batch = self._batch(1)
        self.assertNotEqual(batch, next_batch)

    def test_a_letter_that_came_back_asks_for_another_address(self):
        invoices, batch = self._batch()
        batch.action_print()
        batch.action_posted()
        with self.assertRaises(UserError):
            batch.came_back = "INV/nothing"
            batch.action_came_back()
        batch.came_back = f" {invoices[0].name}"
        batch.action_came_back()
        self.assertEqual(self._ways(invoices[0]), {"post": "returned"})
        self.assertEqual(invoices[0].o2c_send_state, "blocked")
        self.assertEqual(self._log(invoices[0])[-1], "bounced")
        task = self._tasks(self.sme)
        self.assertEqual(task.problem, "post_returned")
        # the next document waits
        later = self._posted()
        self.assertEqual(self._ways(later), {"post": "blocked"})
        # mended: both go on
        self.sme.street = "Nieuwe Kade 9"
        self.assertEqual(task.state, "done")
        self._send()
        self.assertEqual(self._ways(invoices[0]), {"post": "todo"})
        self.assertEqual(self._ways(later), {"post": "todo"})

    def test_a_letter_is_taken_out_of_the_batch(self):
        invoices, batch = self._batch()
        invoices[0].o2c_sending_ids.action_take_out()
        self.assertEqual(batch.letters, 1)
        self.assertEqual(self._ways(invoices[0]), {"post": "waiting"})

    def test_an_incomplete_address_is_not_printed(self):
        self.sme.city = False
        invoice = self._posted()
        self._send()
        self.assertEqual(self._ways(invoice), {"post": "blocked"})
        self.assertEqual(self._tasks(self.sme).problem, "address_missing")

    def test_only_billers_print_and_nobody_edits(self):
        _invoices, batch = self._batch()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            batch.with_user(seller).action_print()
        biller = self._user("biller", "o2c_base.group_billing_user")
        with self.assertRaises(UserError):
            batch.with_user(biller).write({"state": "posted"})


@tagged("post_install", "-at_install")
class TestUpload(SendingCommon):
    def setUp(self):
        super().setUp()
        self.uploader = self._user("uploader", "o2c_base.group_billing_user")
        self._prefer(
            self.sme,
            by_upload=True,
            upload_url="https://leveranciers.proef.example",
            upload_user_id=self.uploader.id,
            upload_days=3,
        )

    def test_an_upload_is_a_task_and_counts_with_its_proof(self):
        invoice = self._posted()
        self._send()
        row = invoice.o2c_sending_ids
        self.assertEqual((row.state, row.user_id), ("todo", self.uploader))
        self.assertEqual((row.deadline - self.company._o2c_today()).days, 3)
        self.assertEqual(invoice.activity_ids.user_id, self.uploader)
        self.assertTrue(invoice.invoice_pdf_report_id)
        self.assertFalse(invoice.o2c_sent_at)
        mine = row.with_user(self.uploader)
        self.assertEqual(mine.action_open_upload()["url"], row.upload_url)
        with self.assertRaises(UserError):
            mine.action_uploaded()
        mine.proof = "SUP-2026-17"
        mine.action_uploaded()
        self.assertEqual(invoice.o2c_send_state, "sent")
        self.assertFalse(invoice.activity_ids)
        line = self.env["o2c.delivery.log"].search(
            [("res_id", "=", invoice.id), ("channel", "=", "upload")], limit=1
        )
        self.assertEqual((line.event, line.detail), ("sent", "SUP-2026-17"))

    def test_a_file_is_proof_too(self):
        invoice = self._posted()
        self._send()
        row = invoice.o2c_sending_ids
        row.proof_ids = self.env["ir.attachment"].create({"name": "shot.png"})
        row.action_uploaded()
        self.assertEqual(row.state, "sent")

    def test_today_shows_what_a_person_must_carry(self):
        self._posted()
        self._send()
        today = self.env["o2c.today"].with_user(self.uploader)
        cards = {
            card["key"]: card
            for card in today._cards(self.company, self.company._o2c_today())
        }
        self.assertEqual(cards["billing_to_carry"]["value"], "1")
