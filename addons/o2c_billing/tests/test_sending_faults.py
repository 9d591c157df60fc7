"""What goes wrong stays with its document, and nothing leaves twice."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .sending_common import SendingCommon


class Killed(BaseException):
    """The process is gone."""


@tagged("post_install", "-at_install")
class TestSendingFaults(SendingCommon):
    def _killed_after_the_hand_over(self, row):
        """The mail server takes the mail and the process dies: what was committed
        before the hand-over is all that is left."""
        mail, cron = type(self.env["mail.mail"]), type(self.env["ir.cron"])
        original = mail.send
        committed = []

        def send_and_die(mails, *args, **kwargs):
            original(mails, *args, **kwargs)
            raise Killed

        def commit(_cron, *args, **kwargs):
            self.env.flush_all()
            committed[:] = [self.env.cr.savepoint(flush=False)]
            return 10

        with (
            patch.object(mail, "send", send_and_die),
            patch.object(cron, "_commit_progress", commit),
        ):
            killed = False
            try:
                row._step()
            except Killed:
                killed = True
        self.assertTrue(killed)
        committed[0].rollback()

    def test_killed_after_the_mail_server_took_it_never_twice(self):
        invoice = self._posted()
        row = (
            self.env["o2c.sending"]
            ._in_company(self.company)
            .browse(invoice.o2c_sending_ids.id)
        )
        self._killed_after_the_hand_over(row)
        self.env.invalidate_all()
        self.assertEqual(len(self.mails), 1)
        self.assertTrue(row.handed_at)
        self.env["mail.mail"].sudo().process_email_queue()
        self.assertEqual(len(self.mails), 1, "out of reach of Odoo's own outbox")
        row._step()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual((row.state, row.waits_for), ("blocked", "person"))
        self.assertIn("mail server was given", invoice.o2c_send_reason)
        self.assertFalse(self._send())
        invoice.action_o2c_send_again()
        self._send()
        self.assertEqual(len(self.mails), 2, "a person decides")
        self.assertEqual(invoice.o2c_send_state, "sent")

    def test_the_mail_server_goes_down_half_way(self):
        first, second, third = (self._posted() for _one in range(3))
        server = type(self.env["ir.mail_server"])
        calls = []

        def connect(*args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                raise MailDeliveryException("down")

        with patch.object(server, "_connect__", connect):
            run = self._send()
        self.assertEqual((run.done_count, run.failed_count), (2, 1))
        self.assertEqual(
            [one.o2c_send_state for one in (first, second, third)],
            ["sent", "failed", "sent"],
        )
        self._later(second)
        self._send()
        self.assertEqual(second.o2c_send_state, "sent")
        self.assertEqual(len(self.mails), 3)

    def test_a_row_in_other_hands_is_left_alone(self):
        invoice = self._posted()
        rows = type(self.env["o2c.sending"])
        with patch.object(
            rows, "try_lock_for_update", lambda rows, **kw: rows.browse()
        ):
            self._send()
        self.assertEqual(self._ways(invoice), {"email": "waiting"})
        self.assertFalse(self.mails)

    def test_what_another_worker_sent_meanwhile_is_not_sent_again(self):
        invoice = self._posted()
        self._send()
        rows = type(self.env["o2c.sending"])
        sent = invoice.sudo().o2c_sending_ids
        with patch.object(rows, "_due", lambda model, company: sent.ids):
            self._send()
        self.assertEqual(len(self.mails), 1)

    def test_queueing_many_documents_writes_them_at_once(self):
        moves = self.env["account.move"]
        for _number in range(5):
            moves += self._invoice(self.sme, 100, "2026-03-01")
        writes = []
        model = type(moves)
        original = model.write

        def write(records, vals):
            if "o2c_send_state" in vals:
                writes.append(len(records))
            return original(records, vals)

        with patch.object(model, "write", write):
            moves._o2c_queue_to_send()
        self.assertEqual(writes, [5])

    def test_a_poisoned_document_does_not_hold_up_core_s_batch(self):
        moves = self.env["account.move"]
        for _number in range(3):
            moves += self._posted()
        bad = moves[1]
        moves.write(
            {
                "sending_data": {
                    "author_user_id": self.env.uid,
                    "author_partner_id": self.env.user.partner_id.id,
                }
            }
        )
        sender = type(self.env["account.move.send"])
        original = sender._hook_invoice_document_before_pdf_report_render
        poison = "poisoned"

        def hook(model, invoice, data):
            if invoice == bad:
                raise ValidationError(poison)
            return original(model, invoice, data)

        with (
            patch.object(
                sender, "_hook_invoice_document_before_pdf_report_render", hook
            ),
            self.enter_registry_test_mode(),
            self.registry.cursor() as cr,
        ):
            self.env(cr=cr)["account.move"]._cron_account_move_send(job_count=10)
        self.assertEqual(moves.mapped("o2c_send_state"), ["sent", "failed", "sent"])
        self.assertIn("poisoned", bad.o2c_send_reason)
        self.assertFalse(any(moves.mapped("sending_data")), "not tried for ever")

    def test_where_billing_is_off_core_s_batch_is_core_s(self):
        self._switch("off", "billing")
        moves = self._invoice(self.sme, 10, "2026-03-01")
        moves += self._invoice(self.sme, 10, "2026-03-01")
        moves.write({"sending_data": {"author_user_id": self.env.uid}})
        sender = type(self.env["account.move.send"])
        with (
            patch.object(
                sender,
                "_hook_invoice_document_before_pdf_report_render",
                side_effect=ValidationError("poisoned"),
            ),
            self.assertRaises(ValidationError),
        ):
            self.env["account.move.send"]._generate_and_send_invoices(
                moves, from_cron=True
            )
        self.assertFalse(self.env["o2c.sending"].search([("move_id", "in", moves.ids)]))

    def test_a_mail_sent_from_the_invoice_is_followed_to_the_mail_server(self):
        invoice = self._posted()
        self.env["account.move.send"]._generate_and_send_invoices(
            invoice, sending_methods=["email"]
        )
        self.env["mail.mail"].sudo().process_email_queue()
        self.assertEqual(self._log(invoice), ["queued", "sent", "accepted"])

    def test_documents_from_before_are_taken_along(self):
        invoice = self._posted()
        invoice.sudo().o2c_sending_ids.unlink()
        self.assertEqual(invoice.o2c_send_state, "waiting")
        self._send()
        self.assertEqual(self._ways(invoice), {"email": "sent"})

    def test_a_term_must_stand_on_the_document(self):
        self.sme.with_company(self.company).property_payment_term_id = False
        invoice = self._posted()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "blocked")
        self.assertIn("term", invoice.o2c_send_reason)
        self.assertEqual(len(invoice.activity_ids), 1)
        self._later(invoice)
        self._send()
        self.assertEqual(len(invoice.activity_ids), 1, "one activity, not one an hour")
