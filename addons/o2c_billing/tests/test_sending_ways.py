"""By preference of the customer and of the address: several ways at once."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.o2c_base.tools.local_form import money_text

from .sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestSendingWays(SendingCommon):
    def test_the_address_comes_before_the_customer(self):
        self._prefer(self.sme, by_email=True)
        self._prefer(self.sme_contact, by_post=True)
        invoice = self._posted()
        self.assertEqual(invoice.partner_id, self.sme_contact)
        self.assertEqual(self._ways(invoice), {"post": "waiting"})
        other = self._posted(self.corporate)
        self.assertEqual(self._ways(other), {"email": "waiting"})

    def test_several_ways_each_have_their_own_state(self):
        self._prefer(self.sme, by_email=True, by_post=True, by_portal=True)
        invoice = self._posted()
        self._send()
        self.assertEqual(
            self._ways(invoice), {"email": "sent", "portal": "sent", "post": "todo"}
        )
        self.assertEqual(invoice.o2c_send_state, "todo")
        self.assertTrue(invoice.o2c_sent_at)
        self.assertEqual(invoice.o2c_event_ids.state, "sent")
        self.assertIn("Print batch", invoice.o2c_send_reason)
        self.assertTrue(invoice.is_move_sent)
        names = dict(
            self.env["o2c.sending"]._fields["channel"]._description_selection(self.env)
        )
        left = invoice.o2c_send_left
        self.assertTrue(left.startswith(f"Sent by: {names['email']}"), left)
        self.assertTrue(left.endswith(invoice.o2c_send_reason), left)
        self.assertNotIn("Not sent", left)

    def test_the_bar_says_not_sent_only_when_no_way_arrived(self):
        self._prefer(self.sme, by_post=True)
        invoice = self._posted()
        self.assertFalse(invoice.o2c_send_left, "it waits: nothing to do")
        self._send()
        self.assertEqual(invoice.o2c_send_left, f"Not sent: {invoice.o2c_send_reason}")
        invoice.o2c_sending_ids.action_by_hand()
        self.assertFalse(invoice.o2c_send_left)

    def test_only_the_button_that_applies_is_shown(self):
        biller = self._user("biller", "o2c_base.group_billing_user")
        self._prefer(self.sme, by_post=True)
        invoice = self._posted().with_user(biller)
        self.assertTrue(invoice.display_send_button)
        self._send()
        invoice.invalidate_recordset()
        self.assertEqual(invoice.o2c_send_state, "todo")
        self.assertFalse(invoice.display_send_button)
        invoice.action_o2c_sent_by_hand()
        invoice.invalidate_recordset()
        self.assertTrue(invoice.display_send_button)

    def test_core_s_own_field_and_the_preference_stay_in_step(self):
        preference = self._prefer(self.sme, by_post=True)
        customer = self.sme.with_company(self.company)
        self.assertEqual(customer.invoice_sending_method, "manual")
        customer.invoice_sending_method = "email"
        self.assertEqual(preference._ways(), ("email",))
        preference.write(
            {"by_email": False, "by_upload": True, "upload_url": "https://x"}
        )
        self.assertEqual(customer.invoice_sending_method, "manual")
        customer.invoice_sending_method = "manual"
        self.assertEqual(preference._ways(), ("upload",))
        with self.assertRaises(ValidationError):
            preference.by_upload = False
        with self.assertRaises(ValidationError):
            preference.upload_url = "javascript:alert(1)"

    def test_the_wizard_of_core_ticks_what_the_customer_prefers(self):
        send = self.env["account.move.send"]
        invoice = self._posted()
        self.assertEqual(send._get_default_sending_methods(invoice), {"email"})
        self._prefer(self.sme, by_post=True)
        self.assertEqual(send._get_default_sending_methods(invoice), {"manual"})
        self._switch("off", "billing")
        self.sme.with_company(self.company).invoice_sending_method = "email"
        self.assertEqual(send._get_default_sending_methods(invoice), {"email"})

    def test_before_the_company_is_live_core_s_field_is_left_alone(self):
        self._switch("watch", "billing")
        customer = self.sme.with_company(self.company)
        self._prefer(self.sme, by_post=True)
        self.assertEqual(customer.invoice_sending_method, "email")
        self._switch("live", "billing")
        self.assertEqual(customer.invoice_sending_method, "manual")

    def test_the_portal_with_a_notice_mails_no_document(self):
        self._prefer(self.sme, by_portal=True)
        invoice = self._posted()
        self._send()
        self.assertEqual(self._ways(invoice), {"portal": "sent"})
        [mail] = self.mails
        self.assertIn(invoice.name, mail["Subject"])
        self.assertFalse(list(mail.iter_attachments()))
        self.assertIn("access_token", mail.get_body(("html",)).get_content())
        self.assertTrue(invoice.invoice_pdf_report_id)

    def test_the_portal_without_a_notice_mails_nothing(self):
        self._prefer(self.sme, by_portal=True, portal_notice=False)
        invoice = self._posted()
        self._send()
        self.assertEqual(self._ways(invoice), {"portal": "sent"})
        self.assertFalse(self.mails)
        self.assertEqual(self._log(invoice), ["queued", "sent"])

    def test_copies_go_along_and_their_bounce_is_no_bounce(self):
        keeper = self._customer("Boekhoudkantoor", "sme", email="boek@houd.example")
        orderer = self.env["res.partner"].create(
            {"name": "Inkoop", "parent_id": self.sme.id, "email": "inkoop@x.example"}
        )
        self._prefer(
            self.sme,
            by_email=True,
            copy_ids=[Command.set(keeper.ids)],
            copy_to_orderer=True,
        )
        invoice = self._posted(orderer)
        self._send()
        row = invoice.o2c_sending_ids
        self.assertEqual(
            row.message_id.notified_partner_ids, self.sme_contact | keeper | orderer
        )
        row.message_id.notification_ids.filtered(
            lambda note: note.res_partner_id == keeper
        ).sudo().notification_status = "bounce"
        self._send()
        self.assertEqual(self._ways(invoice), {"email": "sent"})
        self.assertEqual(self._tasks(keeper).problem, "email_bounced")
        self._tasks(keeper).action_done()
        self._send()
        self.assertFalse(self._tasks(keeper), "told once")

    def test_the_order_specification_goes_along(self):
        self._prefer(self.sme, by_email=True, with_order=True)
        invoice = self._posted()
        report = type(self.env["ir.actions.report"])
        with patch.object(
            report, "_render_qweb_pdf", lambda *a, **kw: (b"%PDF order", "pdf")
        ):
            self._send()
        [mail] = self.mails
        names = [part.get_filename() for part in mail.iter_attachments()]
        order = invoice.invoice_line_ids.sale_line_ids.order_id
        self.assertIn(f"{order.name}.pdf", names)
        self.assertEqual(len(names), 2)

    def test_the_mail_asks_what_is_left_to_pay(self):
        invoice = self._posted()
        self._pay(invoice, invoice.amount_total / 4)
        self._send()
        [mail] = self.mails
        text = mail.get_body(("html",)).get_content()
        asked = money_text(self.env, invoice.amount_residual, invoice.currency_id)
        self.assertIn(f"Please pay <strong>{asked}</strong>", text)
        self.assertIn("of it already", text)

    def test_each_company_and_customer_has_its_own_text(self):
        core = self.env.ref("account.email_template_edi_invoice")
        mine = core.copy({"name": "Ours", "subject": "From us {{ object.name }}"})
        theirs = core.copy({"name": "Theirs", "subject": "For you {{ object.name }}"})
        self.company.o2c_invoice_template_id = mine
        self._prefer(self.corporate, by_email=True, mail_template_id=theirs.id)
        invoice, other = self._posted(), self._posted(self.corporate)
        self._send()
        subjects = {mail["Subject"] for mail in self.mails}
        self.assertEqual(subjects, {f"From us {invoice.name}", f"For you {other.name}"})

    def test_each_company_has_its_own_layout(self):
        send = self.env["account.move.send"]
        core = self.env.ref("account.account_invoices")
        own = self.env.ref("account.account_invoices_without_payment")
        own.is_invoice_report = True
        invoice = self._posted()
        self.company.o2c_invoice_report_id = own
        self.assertEqual(send._get_default_pdf_report_id(invoice), own)
        self.sme.invoice_template_pdf_report_id = core
        self.assertEqual(send._get_default_pdf_report_id(invoice), core)
        self.sme.invoice_template_pdf_report_id = False
        self._switch("off", "billing")
        self.assertEqual(send._get_default_pdf_report_id(invoice), core)

    def test_a_language_that_is_not_there_stops_one_document_only(self):
        self.sme.lang = self.sme_contact.lang = False
        bad, good = self._posted(), self._posted(self.corporate)
        # a language that somebody took away by hand
        self.env.cr.execute(
            "UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s",
            [self.sme_contact.id],
        )
        self.sme_contact.invalidate_recordset()
        self._send()
        self.assertEqual(good.o2c_send_state, "sent")
        self.assertEqual(bad.o2c_send_state, "failed")
        self.assertIn("xx_XX", bad.o2c_send_reason)
        self.sme_contact.lang = "en_US"
        self._later(bad)
        self._send()
        self.assertEqual(bad.o2c_send_state, "sent")

    def test_an_archived_contact_is_passed_over(self):
        invoice = self._posted()
        self.sme_contact.active = False
        self._send()
        row = invoice.o2c_sending_ids
        self.assertEqual((row.partner_id, row.state), (self.sme, "sent"))
        last = self._posted()
        (self.sme | self.sme_contact).active = False
        self._send()
        self.assertEqual(last.o2c_send_state, "blocked")
        self.assertIn("archived", last.o2c_send_reason)

    def test_two_companies_do_not_send_each_other_s(self):
        other = self.setup_other_company()["company"]
        self._switch("live", "billing", company=other)
        invoice = self._posted()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            env["account.move"]._o2c_send_queue(env["res.company"].browse(other.id))
        self.assertEqual(self._ways(invoice), {"email": "waiting"})
        self._prefer(self.sme, by_post=True, company_id=other.id)
        self.assertEqual(self._ways(self._posted()), {"email": "waiting"})

    def test_rows_are_not_edited_and_not_seen_by_others(self):
        invoice = self._posted()
        self._send()
        row = invoice.o2c_sending_ids
        biller = self._user("biller", "o2c_base.group_billing_user")
        with self.assertRaises(UserError):
            row.with_user(biller).write({"state": "sent"})
        row.with_user(biller).write({"user_id": biller.id})
        seller = self._user("seller", "sales_team.group_sale_salesman")
        self.assertFalse(row.with_user(seller).has_access("read"))
        preference = self._prefer(self.corporate, by_post=True)
        self.assertFalse(preference.with_user(seller).has_access("write"))
        other = self.setup_other_company()["company"]
        biller.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        found = self.env["o2c.sending"].with_user(biller)
        self.assertFalse(
            found.with_context(allowed_company_ids=other.ids).search(
                [("id", "=", row.id)]
            )
        )

    def test_a_document_back_in_draft_goes_all_its_ways_again(self):
        invoice = self._posted()
        self._send()
        invoice.button_draft()
        self.assertFalse(invoice.o2c_send_state)
        self.assertFalse(invoice.o2c_sent_at)
        invoice.is_move_sent = False
        invoice.action_post()
        self.assertEqual(invoice.o2c_send_state, "waiting")
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        self.assertEqual(len(self.mails), 2)

    def test_planning_asks_as_often_for_many_as_for_one(self):
        moves = self.env["account.move"]
        for _number in range(4):
            moves += self._invoice(self.sme, 100, "2026-03-01")
        sendings = self.env["o2c.sending"]
        self._plan_count(sendings, moves[:1])
        one = self._plan_count(sendings, moves[1])
        many = self._plan_count(sendings, moves[2:])
        self.assertLessEqual(many, one + 2)

    def _plan_count(self, sendings, moves):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        sendings._plan(moves)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
