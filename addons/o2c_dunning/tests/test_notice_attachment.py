"""What goes along: stored documents, once each, and nothing rendered on the way."""

from unittest.mock import patch

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestNoticeAttachment(DunningCommon):
    def _stored(self, invoice, field="invoice_pdf_report_file"):
        """A document as core keeps it on an invoice."""
        return self.env["ir.attachment"].create(
            {
                "name": f"{invoice.name}.{field}".replace("/", "_"),
                "raw": b"%PDF-1.4 proef",
                "res_model": "account.move",
                "res_id": invoice.id,
                "res_field": field,
            }
        )

    def _sent_with(self, day):
        """Attachments of the mails that a night queues, nothing being rendered."""
        report = type(self.env["ir.actions.report"])
        with patch.object(report, "_render", side_effect=AssertionError):
            notice = self._remind(day)
        self.assertEqual(notice.state, "sent")
        return notice.mail_message_id.attachment_ids

    def test_the_stored_invoice_goes_along(self):
        self.standard.step_ids[0].attach_invoice = True
        paper = self._stored(self._due(self.sme, 1000, "2026-03-01"))
        self._due(self.sme, 500, "2026-03-01")  # no PDF in the books
        self.assertEqual(self._sent_with("2026-03-04"), paper)

    def test_ubl_only_when_asked(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._stored(invoice)
        ubl = self._stored(invoice, "ubl_cii_xml_file")
        self.standard.step_ids[0].attach_ubl = True
        self.assertEqual(self._sent_with("2026-03-04"), ubl)

    def test_without_the_choice_nothing_goes_along(self):
        self._stored(self._due(self.sme, 1000, "2026-03-01"))
        self.assertFalse(self._sent_with("2026-03-04"))

    def test_one_statement_whatever_the_number_of_reminders(self):
        self.standard.step_ids[0].attach_invoice = True
        for partner in (self.sme, self.corporate, self.public_body):
            self._stored(self._due(partner, 1000, "2026-03-01"))
        notices = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(len(notices), 3)
        notices._attachments()
        counts = []
        for some in (notices[:1], notices):
            before = self.cr.sql_log_count
            found = some._attachments()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(
                [len(papers) for papers in found.values()], [1] * len(some)
            )
        self.assertEqual(counts[0], counts[1])
