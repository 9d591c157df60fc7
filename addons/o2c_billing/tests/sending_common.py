"""Invoices that are sent without a PDF maker and with a mail server that listens."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase

from .common import BillingCommon


class SendingCommon(BillingCommon):
    """Offers :meth:`_posted`, :meth:`_send`, :meth:`_log` and the mails that left."""

    def setUp(self):
        super().setUp()
        self.mails = []
        # No wkhtmltopdf in these tests: the report comes out as it went in.
        report = type(self.env["ir.actions.report"])

        def render(reports, _name, res_ids=None, data=None):
            return b"%PDF-1.4 test", "pdf"

        def split(reports, _name, content, _type):
            return {move.id: content for move in self.env["account.move"].search([])}

        # A mail server that takes everything.
        mail = type(self.env["ir.mail_server"])

        def deliver(server, message, *args, **kwargs):
            self.mails.append(message)
            return message["Message-Id"]

        self.startPatcher(patch.object(mail, "_disable_send", lambda server: False))
        self.startPatcher(patch.object(mail, "_connect__", lambda *a, **kw: None))
        self.startPatcher(patch.object(mail, "send_email", deliver))
        self.startPatcher(patch.object(report, "_pre_render_qweb_pdf", render))
        self.startPatcher(patch.object(report, "_get_splitted_report", split))

    def _posted(self, partner=None, **values):
        order = self._order(partner or self.sme, [(self.hour, 5, 60.0)], **values)
        order.order_line.tax_ids = self.env.ref(f"account.{self.company.id}_btw_21")
        order.action_confirm()
        order.order_line.qty_delivered = 5
        self._run_queue()
        return order.invoice_ids

    def _send(self):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run = env["account.move"]._o2c_send_queue(
                env["res.company"].browse(self.company.id)
            )
            run_id = run.id
        return self.env["o2c.run"].browse(run_id)

    def _prefer(self, partner, **values):
        return self.env["o2c.sending.preference"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "by_email": False,
                **values,
            }
        )

    def _later(self, invoices):
        """The time of the next try has come."""
        invoices.sudo().o2c_sending_ids.filtered("next_try").write(
            {"next_try": fields.Datetime.now() - timedelta(minutes=1)}
        )

    def _ways(self, invoice):
        """State per way of a document."""
        invoice.invalidate_recordset(["o2c_sending_ids"])
        rows = invoice.sudo().o2c_sending_ids
        return {row.channel: row.state for row in rows}

    def _log(self, invoice, channel=None):
        lines = self.env["o2c.delivery.log"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", invoice.id)]
        )
        if channel:
            lines = lines.filtered(lambda line: line.channel == channel)
        return lines.sorted("id").mapped("event")

    def _tasks(self, partner):
        return self.env["o2c.contact.task"].search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("state", "=", "open"),
            ]
        )


class SendingHttpCommon(SendingCommon, HttpCase):
    """The same with a server that answers; it shares the cursor of the test."""

    @contextmanager
    def enter_registry_test_mode(self):
        self.env.flush_all()
        try:
            yield
        finally:
            self.env.invalidate_all()
