"""Stale contact data: the next document waits or goes another way; mended, it goes."""

from unittest.mock import patch

from odoo.tests import tagged

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestStaleData(SendingCommon):
    def _bounce(self, invoice, reason="550 no such user"):
        note = invoice.sudo().o2c_sending_ids.message_id.notification_ids
        note.write({"notification_status": "bounce", "failure_reason": reason})
        self._send()

    def test_after_a_bounce_the_next_document_waits_and_both_go_when_mended(self):
        first = self._posted()
        self._send()
        self._bounce(first)
        self.assertEqual(self._ways(first), {"email": "returned"})
        self.assertIn("550 no such user", first.o2c_send_reason)
        second = self._posted()
        self.assertEqual(self._ways(second), {"email": "blocked"})
        self.assertIn("came back", second.o2c_send_reason)
        self.assertTrue(self._tasks(self.sme))
        self._later(second)
        self._send()
        self.assertEqual(len(self.mails), 1)
        self.sme_contact.email = "nieuw@proef.example"
        self.assertFalse(self._tasks(self.sme))
        self._send()
        self.assertEqual((first | second).mapped("o2c_send_state"), ["sent", "sent"])
        self.assertEqual(len(self.mails), 3)
        self.assertEqual(
            self._log(first),
            ["queued", "sent", "accepted", "bounced", "sent", "accepted"],
        )

    def test_with_another_way_of_the_company_it_goes_at_once(self):
        self.company.o2c_other_way = "post"
        first = self._posted()
        self._send()
        self._bounce(first)
        self.assertEqual(self._ways(first), {"email": "dropped", "post": "todo"})
        second = self._posted()
        self.assertEqual(self._ways(second), {"post": "waiting"})
        self.assertEqual(second.o2c_sending_ids.instead_of, "email")
        self._send()
        self.assertEqual((first | second).mapped("o2c_send_state"), ["todo", "todo"])
        self.assertTrue(self._tasks(self.sme), "the address is mended all the same")

    def test_without_an_e_mail_address_it_goes_by_the_other_way(self):
        self.company.write({"o2c_other_way": "post", "o2c_last_way": "portal"})
        partner = self._customer("Zonder Mail B.V.", "sme", email=False)
        invoice = self._posted(partner)
        self._send()
        self.assertEqual(self._ways(invoice), {"email": "dropped", "post": "waiting"})
        self._send()
        self.assertEqual(invoice.o2c_send_state, "todo")
        partner.city = False
        last = self._posted(partner)
        self._send()
        self.assertEqual(self._ways(last), {"email": "dropped", "portal": "waiting"})

    def test_taking_the_proposed_address_sends_what_waits(self):
        invoice = self._posted()
        self._send()
        self._bounce(invoice)
        [problem] = self._tasks(self.sme).problem_ids
        self.assertIn(self.sme.email, problem.proposal)
        problem.action_take_proposal()
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent")

    def test_one_way_is_enough_for_reminders(self):
        self._prefer(self.sme, by_email=True, by_portal=True, portal_notice=False)
        invoice = self._posted()
        self._send()
        row = invoice.o2c_sending_ids.filtered(lambda one: one.channel == "email")
        row.message_id.notification_ids.sudo().notification_status = "bounce"
        self._send()
        self.assertEqual(self._ways(invoice), {"email": "returned", "portal": "sent"})
        log = self.env["o2c.delivery.log"]
        self.assertIn(invoice.id, log._last_sent("account.move", invoice.ids))

    # the network, as the add-on for it would answer

    def _network(self, **answers):
        sendings = type(self.env["o2c.sending"])
        return (
            patch.object(sendings, "_on_network", lambda row: answers.get("on", True)),
            patch.object(sendings, "_network_state", lambda row: answers["state"]),
            patch.object(
                sendings, "_generate", lambda row, methods, **kw: methods == ["peppol"]
            ),
        )

    def test_the_network_says_that_it_arrived(self):
        self._prefer(self.sme, by_network=True)
        invoice = self._posted()
        on, state, generate = self._network(state="processing")
        with on, state, generate:
            self._send()
        self.assertEqual(self._ways(invoice), {"einvoice": "sent"})
        on, state, generate = self._network(state="done")
        with on, state, generate:
            self._send()
            self._send()
        self.assertEqual(self._log(invoice), ["queued", "sent", "accepted"])

    def test_without_a_preference_who_is_on_the_network_gets_both(self):
        invoice = self._posted()
        sendings = type(self.env["o2c.sending"])
        with patch.object(sendings, "_on_network", lambda row: True):
            self._send()
        self.assertEqual(self._ways(invoice), {"email": "sent", "einvoice": "waiting"})
        on, state, generate = self._network(state="processing")
        with on, state, generate:
            self._send()
        self.assertEqual(invoice.o2c_send_state, "sent")

    def test_the_network_refuses_and_the_document_goes_another_way(self):
        self.company.o2c_other_way = "email"
        self._prefer(self.sme, by_network=True)
        invoice = self._posted()
        on, state, generate = self._network(state="processing")
        with on, state, generate:
            self._send()
        on, state, generate = self._network(state="error")
        with on, state, generate:
            self.env["o2c.sending"]._in_company(self.company)._read_network(
                self.company
            )
        self.assertEqual(
            self._ways(invoice), {"einvoice": "dropped", "email": "waiting"}
        )
        self.assertEqual(self._tasks(self.sme).problem, "einvoice_rejected")
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent")
        self.assertEqual(self._log(invoice, "einvoice"), ["queued", "sent", "rejected"])

    def test_without_the_network_the_file_goes_with_the_mail(self):
        self.sme.invoice_edi_format = "nlcius"
        self._prefer(self.sme, by_network=True)
        invoice = self._posted()
        self._send()
        self.assertEqual(
            self._ways(invoice), {"email": "sent"}, invoice.o2c_send_reason
        )
        [mail] = self.mails
        names = [part.get_filename() for part in mail.iter_attachments()]
        self.assertTrue(any(name.endswith(".xml") for name in names), names)
        self._prefer(self.corporate, by_network=True, by_email=True)
        other = self._posted(self.corporate)
        self._send()
        self.assertEqual(self._ways(other), {"einvoice": "dropped", "email": "sent"})

    def test_a_letter_that_snailmail_did_not_print_was_not_sent(self):
        self._prefer(self.sme, by_post=True)
        sendings = type(self.env["o2c.sending"])
        invoice = self._posted()
        with (
            patch.object(sendings, "_has_snailmail", lambda row: True),
            patch.object(sendings, "_generate", lambda row, methods: True),
            patch.object(
                type(self.env["account.move.send"]),
                "_is_applicable_to_move",
                lambda *_args, **_kwargs: True,
            ),
        ):
            self._send()
        self.assertEqual(self._ways(invoice), {"post": "sent"})
        with patch.object(
            sendings, "_snailmail_refused", lambda rows: {invoice.id: "CREDIT_ERROR"}
        ):
            self._send()
        self.assertEqual(self._ways(invoice), {"post": "returned"})
        self.assertIn("CREDIT_ERROR", invoice.o2c_send_reason)
        log = self.env["o2c.delivery.log"]
        self.assertFalse(log._last_sent("account.move", invoice.ids))
        self.assertEqual(self._tasks(self.sme).problem, "other")
