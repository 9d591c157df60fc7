"""A customer asks, a colleague says yes, and bank details never change that way."""

import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import o2c_change_request
from .common import PayHttpCommon

DETAILS = "/my/account-overview/details"


@tagged("post_install", "-at_install")
class TestOwnData(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.foreign = cls._invoice(cls.corporate, 50.0, "2026-01-05")
        cls.user = cls._portal_user("contact", cls.sme_contact)
        cls.clerk = cls._user("clerk", "o2c_base.group_billing_user")
        cls.wishes = cls.env["o2c.change.request"].sudo()

    def _asked(self, kind, partner=None, move=None, **values):
        return self.wishes._ask(self.user, partner or self.sme, kind, values, move)

    def _approve(self, wish):
        wish.with_user(self.clerk).sudo(False).action_approve()

    def _task(self):
        return (
            self.env["o2c.contact.task"]
            .sudo()
            .search(
                [("partner_id", "=", self.sme.id), ("company_id", "=", self.company.id)]
            )
        )

    def _send(self, kind, **values):
        page = self.url_open(DETAILS).text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(f"{DETAILS}/{kind}", data={"csrf_token": csrf, **values})

    def test_nothing_changes_before_a_colleague_says_yes(self):
        wish = self._asked(
            "address",
            street="Nieuweweg 2",
            zip="3526 KL",
            city="Utrecht",
            country_id=str(self.sme.country_id.id),
        )
        self.assertEqual(self.sme.street, "Proefstraat 1")
        self.assertEqual(set(wish.changes), {"street", "zip", "city"})
        self.assertIn("Proefstraat 1 → Nieuweweg 2", wish.summary)
        self.assertIn("Nieuweweg 2", self._task().note)
        self._approve(wish)
        self.assertEqual((self.sme.street, self.sme.city), ("Nieuweweg 2", "Utrecht"))
        self.assertEqual((wish.state, wish.decided_by_id), ("done", self.clerk))
        self.assertEqual(self._task().state, "done")
        self.assertIn(self.clerk.name, self.sme.message_ids[0].body)

    def test_the_task_waits_for_the_last_wish(self):
        first = self._asked("phone", phone="+31 30 765 43 21")
        second = self._asked("email", email="nieuw@proef.example")
        self._approve(first)
        self.assertEqual(self._task().state, "open")
        second.answer = "Please call us."
        second.with_user(self.clerk).sudo(False).action_refuse()
        self.assertEqual(self._task().state, "done")
        self.assertEqual(self.sme.email, "post@proef.example")

    def test_a_refusal_needs_an_answer(self):
        wish = self._asked("phone", phone="+31 30 765 43 21")
        with self.assertRaises(UserError):
            wish.with_user(self.clerk).sudo(False).action_refuse()
        self.assertEqual(wish.state, "open")

    def test_the_same_wish_again_replaces_the_first(self):
        first = self._asked("phone", phone="+31 30 765 43 21")
        again = self._asked("phone", phone="+31 30 765 43 22")
        self.assertEqual(first, again)
        self.assertEqual(first.changes, {"phone": "+31 30 765 43 22"})
        self.assertFalse(self._asked("email", email=self.sme.email))

    def test_a_change_of_a_colleague_is_not_written_over(self):
        wish = self._asked("phone", phone="+31 30 765 43 21")
        self.sme.phone = "+31 30 111 11 11"
        with self.assertRaises(UserError) as caught:
            self._approve(wish)
        self.assertIn("+31 30 111 11 11", str(caught.exception))
        self.assertEqual(wish.state, "open")

    def test_the_invoice_shows_the_order_number_that_he_sent(self):
        """Asked, then approved; before that there is a link and no empty value."""
        path = f"/my/account-overview/document/{self.invoice.id}"
        self.authenticate("contact", "contact")

        def told():
            text = self._text(self.url_open(path))
            return text.split("Your reference")[1].split("What happened")[0]

        self.assertIn("Add your order number", told())
        self.assertNotIn("–", told())
        self.assertEqual(self._text(self._send_reference("PO 17")).count("–"), 0)
        self.assertIn("PO 17 is looked at Change", told())
        wish = self.wishes.search([("move_id", "=", self.invoice.id)])
        self.assertEqual(wish.summary, "Own order number: PO 17")
        self._approve(wish)
        self.assertIn("PO 17 Change", told())
        note = self.invoice.message_ids.filtered(lambda one: "PO 17" in one.body)
        self.assertNotIn("was:", note.body)

    def _send_reference(self, ref):
        query = f"?kind=reference&document={self.invoice.id}"
        page = self.url_open(f"{DETAILS}{query}").text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{DETAILS}/reference",
            data={"csrf_token": csrf, "document": self.invoice.id, "ref": ref},
        )

    def test_an_order_number_comes_on_the_invoice_and_its_papers_are_made_anew(self):
        send = self.env["account.move.send"]
        send._generate_and_send_invoices(self.invoice, sending_methods=[])
        sent = self.invoice.invoice_pdf_report_id
        self.assertTrue(sent)
        before = sent.raw
        wish = self._asked("reference", move=self.invoice, ref="PO 2026-17")
        self._approve(wish)
        self.assertEqual(self.invoice.ref, "PO 2026-17")
        now = self.invoice.invoice_pdf_report_id
        self.assertTrue(now)
        self.assertNotEqual(now, sent)
        self.assertEqual(sent.raw, before)
        self.assertIn("before correction", sent.name)
        note = self.invoice.message_ids.filtered(lambda one: "PO 2026-17" in one.body)
        self.assertIn(sent, note.attachment_ids)
        self.assertIn(self.user.name, note.body)

    def test_language_channel_einvoice_and_contact(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self._approve(self._asked("language", lang="nl_NL"))
        self.assertEqual(self.sme.lang, "nl_NL")
        self._approve(self._asked("channel", invoice_sending_method="manual"))
        self.assertEqual(self.sme.invoice_sending_method, "manual")
        self._approve(
            self._asked(
                "einvoice",
                invoice_edi_format="nlcius",
                peppol_eas="0106",
                peppol_endpoint="87654321",
            )
        )
        self.assertEqual(self.sme.invoice_edi_format, "nlcius")
        self.assertEqual(self.sme.peppol_endpoint, "87654321")
        self._approve(
            self._asked("contact", name="Anna", email="anna@proef.example", phone="")
        )
        self.assertIn(
            ("Anna", "invoice"), self.sme.child_ids.mapped(lambda c: (c.name, c.type))
        )

    def test_bank_details_never_come_this_way(self):
        with self.assertRaises(ValidationError):
            self._asked("reference", move=self.invoice, ref="NL91 ABNA 0417 1643 00")
        wish = self._asked(
            "phone",
            phone="+31 30 765 43 21",
            bank_ids="1",
            acc_number="NL91ABNA0417164300",
        )
        self.assertEqual(set(wish.changes), {"phone"})
        wish.changes = wish.changes | {"acc_number": "NL91ABNA0417164300"}
        self.assertEqual(set(wish._values()), {"phone"})

    def test_bad_values_get_a_sentence(self):
        for kind, values, word in (
            ("email", {"email": "nobody"}, "post@example.com"),
            ("phone", {"phone": "call me"}, "+31"),
            (
                "address",
                {
                    "street": "A 1",
                    "zip": "12",
                    "city": "B",
                    "country_id": self.sme.country_id.id,
                },
                "1234 AB",
            ),
            ("reference", {"ref": ""}, "fill in"),
        ):
            with self.assertRaises(ValidationError) as caught:
                self._asked(
                    kind, move=self.invoice if kind == "reference" else None, **values
                )
            self.assertIn(word, str(caught.exception))

    def test_there_is_an_end_to_what_is_asked_in_a_day(self):
        self._asked("phone", phone="+31 30 765 43 21")
        with patch.object(o2c_change_request, "MOST_PER_DAY", 1):
            with self.assertRaises(ValidationError):
                self._asked("email", email="nieuw@proef.example")

    def test_only_billing_and_credit_decide(self):
        wish = self._asked("phone", phone="+31 30 765 43 21")
        for groups in ("o2c_base.group_collector", "sales_team.group_sale_salesman"):
            user = self._user(groups.split(".")[1], groups)
            with self.assertRaises(AccessError):
                wish.with_user(user).sudo(False).action_approve()
        with self.assertRaises(AccessError):
            wish.with_user(self.user).sudo(False).read(["changes"])
        self.assertEqual(wish.state, "open")

    # over the web

    def test_the_form_sends_a_wish_and_shows_its_status(self):
        self.authenticate("contact", "contact")
        text = self._text(
            self._send("email", contact=self.sme.id, email="nieuw@proef.example")
        )
        self.assertIn("We look at it", text)
        self.assertIn("is looked at", text)
        wish = self.wishes.search([("customer_id", "=", self.sme.id)])
        self.assertEqual(wish.asked_by_id, self.user)
        self._approve(wish)
        self.assertIn("done", self._text(self.url_open(DETAILS)))

    def test_of_another_customer_nothing_can_be_asked(self):
        self.authenticate("contact", "contact")
        self._send("email", contact=self.corporate.id, email="x@proef.example")
        self._send("reference", document=self.foreign.id, ref="X")
        self._send("nonsense", contact=self.sme.id, email="x@proef.example")
        self.assertFalse(self.wishes.search([("customer_id", "=", self.corporate.id)]))
        self.assertFalse(self.wishes.search([("move_id", "=", self.foreign.id)]))

    def test_a_contact_with_his_own_documents_asks_for_himself_only(self):
        self.sme_contact.o2c_own_documents = True
        self.authenticate("contact", "contact")
        self._send("email", contact=self.sme.id, email="x@proef.example")
        self.assertFalse(self.wishes.search([("partner_id", "=", self.sme.id)]))
        self._send("email", contact=self.sme_contact.id, email="x@proef.example")
        self.assertTrue(self.wishes.search([("partner_id", "=", self.sme_contact.id)]))

    def test_what_was_not_on_the_form_cannot_be_chosen(self):
        self.authenticate("contact", "contact")
        for kind, values in (
            ("channel", {"invoice_sending_method": "snailmail"}),
            ("language", {"lang": "xx_XX"}),
            (
                "address",
                {"street": "A 1", "zip": "1234 AB", "city": "B", "country_id": "99999"},
            ),
            (
                "address",
                {"street": "A 1", "zip": "1234 AB", "city": "B", "country_id": "x"},
            ),
        ):
            text = self._text(self._send(kind, contact=self.sme.id, **values))
            self.assertIn("choose from the list", text)
        self.assertFalse(self.wishes.search([("customer_id", "=", self.sme.id)]))

    def test_without_the_token_of_the_page_nothing_is_asked(self):
        self.authenticate("contact", "contact")
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"{DETAILS}/email",
                data={"contact": self.sme.id, "email": "x@proef.example"},
            )
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.wishes.search([("customer_id", "=", self.sme.id)]))

    def test_a_person_gets_all_that_is_kept_about_him_and_of_nobody_else(self):
        self._asked("phone", phone="+31 30 765 43 21")
        self.authenticate("contact", "contact")
        self.url_open(f"/my/account-overview/document/{self.invoice.id}")
        answer = self.url_open("/my/account-overview/my-data")
        data = json.loads(answer.content)
        self.assertEqual(data["contact"]["email"], self.sme_contact.email)
        self.assertEqual(data["change_requests"][0]["kind"], "phone")
        self.assertEqual(data["seen_and_downloaded"][0]["document"], self.invoice.name)
        self.assertNotIn(self.corporate.name, answer.text)
        self.assertNotIn(self.sme.email, answer.text)
