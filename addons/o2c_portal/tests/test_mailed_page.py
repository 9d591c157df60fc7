"""Whatever mail brings the address of a pay page says that it was mailed."""

import re

from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon

ADDRESS = "crediteuren@proef.example"


@tagged("post_install", "-at_install")
class TestMailedPage(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"o2c_pay_links": True, "link_qr_code": True})
        cls.sme_contact.type = "invoice"
        cls.sme.email = "info@proef.example"
        cls.link = cls.links._for(cls.first)
        cls.proven = cls.link._mailed_url(ADDRESS)

    def _message(self, to, text=None, **values):
        """What leaves to these addresses: text and html."""
        url = self.link._url()
        text = text or f'<a href="{url}?other=5">Pay</a><img src="{url}/qr.png">'
        message = self.env["ir.mail_server"]._build_email__(
            "a@waterlelie.example", to, "x", text, subtype="html", **values
        )
        self.assertEqual(message["Subject"], "x")
        return message

    def _html(self, *args, **values):
        message = self._message(*args, **values)
        return message.get_body(("html",)).get_content()

    def test_a_mail_to_the_known_address_carries_the_proof_in_every_part(self):
        self.assertIn(f'href="{self.proven}?other=5"', self._html([ADDRESS]))
        named = self._html([f"Crediteuren <{ADDRESS.upper()}>"])
        self.assertIn(f'href="{self.proven}?other=5"', named)
        message = self._message([ADDRESS], f'<a href="{self.link._url()}">Pay</a>')
        self.assertIn(self.proven, message.get_body(("plain",)).get_content())

    def test_the_picture_inside_says_what_paper_says(self):
        """A picture travels on; only the words of the mail are a proof."""
        for text in (None, f'<img src="{self.proven}/qr.png">'):
            message = self._message([ADDRESS], text)
            (picture,) = [
                part
                for part in message.walk()
                if part.get_content_maintype() == "image"
            ]
            self.assertEqual(
                picture.get_content(), self.links._qr_png(self.link._url())
            )
            cid = picture["Content-ID"].strip("<>")
            self.assertIn(f'src="cid:{cid}"', message.get_body(("html",)).get_content())

    def test_who_reads_along_without_being_known_leaves_it_as_paper_is(self):
        for to, values in (
            (["vreemd@elders.example"], {}),
            ([ADDRESS, "vreemd@elders.example"], {}),
            ([ADDRESS], {"email_cc": ["collega@waterlelie.example"]}),
            ([ADDRESS], {"email_bcc": ["vreemd@elders.example"]}),
        ):
            html = self._html(to, **values)
            self.assertIn(f'href="{self.link._url()}?other=5"', html)
        both = self._html([ADDRESS, "info@proef.example"])
        self.assertIn(f'href="{self.proven}?other=5"', both)

    def test_only_our_own_address_gets_it(self):
        """Who leads customers elsewhere with a right code gains no proof."""
        code = self.link._code()
        for url in (
            f"https://evil.example/pay/{code}",
            f"https://pay.waterlelie.example.evil.example/pay/{code}",
            f"https://pay.waterlelie.example/x/pay/{code}",
            f"https://pay.waterlelie.example/pay/{code}0",
        ):
            html = self._html([ADDRESS], f'<a href="{url}">Pay</a>')
            self.assertIn(f'href="{url}"', html)

    def test_a_revoked_link_gets_none(self):
        url = self.link._url()
        self.link.with_user(self.collector).sudo().action_revoke()
        self.assertIn(f'"{url}"', self._html([ADDRESS], f'<a href="{url}">Pay</a>'))

    # the mails that bring one

    def _left(self, to=ADDRESS):
        """Mails that left to an address, as the mail server got them."""
        return [mail["body"] for mail in self._mails if to in "".join(mail["email_to"])]

    def _proven(self, body, link):
        """Whether a mail as it leaves proves something on a link."""
        html = self._html([ADDRESS], body)
        return f'href="{link._mailed_url(ADDRESS)}' in html

    def test_the_mail_of_an_invoice_has_the_button(self):
        with self.mock_mail_gateway():
            self.env["account.move.send"]._generate_and_send_invoices(
                self.first, sending_methods=["email"]
            )
        (body,) = self._left("info@proef.example")
        self.assertIn("View and pay", body)
        html = self._html(["info@proef.example"], body)
        self.assertIn(f'href="{self.link._mailed_url("info@proef.example")}"', html)

    def test_where_our_links_are_off_the_button_is_odoos(self):
        self.company.o2c_pay_links = False
        self.assertEqual(self.first._o2c_mailed_page(), "")
        self.company.o2c_pay_links = True
        self.assertEqual(self.first._o2c_mailed_page(), self.link._url())
        self.company.o2c_public_url = "http://localhost:8069"
        self.assertEqual(self.first._o2c_mailed_page(), "")
        self.company.o2c_public_url = "https://pay.waterlelie.example"
        self._pay(self.first)
        self.assertEqual(self.first._o2c_mailed_page(), "")

    def test_a_colleague_keeps_the_button_into_odoo(self):
        groups = self.first._notify_get_recipients_groups(
            self.env["mail.message"], "Invoice", {"partner_ids": self.sme.ids}
        )
        for name, _belongs, data in groups:
            url = (data.get("button_access") or {}).get("url", "")
            self.assertEqual("/pay/" in url, name != "user" and bool(url), name)

    def _planned(self):
        plan = self.plans._propose(
            self.first + self.second,
            count=4,
            start_date=self._day(3),
            source="portal",
            grace_days=60,
        )
        plan._begin(self.today)
        return plan

    def test_what_we_write_about_a_plan_leads_to_its_page(self):
        with self.mock_mail_gateway():
            plan = self._planned()
            self.env["mail.mail"].process_email_queue()
        link = self.links._for(plan)
        (body,) = self._left()
        self.assertIn(f'href="{link._url()}"', body)
        self.assertIn(f'src="{link._url()}/qr.png"', body)
        self.assertTrue(self._proven(body, link))
        line = plan.line_ids.sorted("number")[0]
        about = plan.with_context(o2c_instalment=line.id)
        letter = about._write_letter("plan_before", key="1")
        self.assertIn(f'href="{link._url()}"', letter.content)
        letter = plan._write_letter("plan_kept")
        self.assertIn(plan.name, letter.content)
        self.assertNotIn("/pay/", letter.content)

    def test_a_letter_on_paper_has_codes_and_no_proof(self):
        self.sme_contact.email = self.sme.email = False
        plan = self._planned()
        line = plan.line_ids.sorted("number")[0]
        about = plan.with_context(o2c_instalment=line.id)
        letter = about._write_letter("plan_before", key="1")
        self.assertEqual(letter.channel, "letter")
        link = self.links._for(plan)
        self.assertIn(
            self.links._picture(self.links._qr_png(link._url())), letter.content
        )
        self.assertIn("Scan with your bank app", letter.content)
        self.assertNotRegex(letter.content, re.escape(link._url()) + "-")

    def test_term_notes_have_the_page_and_their_own_amount_for_the_bank(self):
        plan = self._planned()
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("o2c_dunning.report_payment_plan", plan.ids)[0]
            .decode()
        )
        self.assertEqual(html.count("o2c_paper_code"), 8)
        account = self.company.partner_id.bank_ids[:1]
        for line in plan.line_ids:
            code = self.links._bank_code(
                account, line.amount, plan.currency_id, line.reference
            )
            self.assertIn(self.links._picture(code), html)
        self.company.o2c_pay_links = False
        line = plan.line_ids[0]
        texts = [code["text"] for code in plan._term_note_codes(line)]
        self.assertEqual(texts, ["Scan with your bank app"])

    def test_before_a_promised_day_the_one_invoice_can_be_paid(self):
        self._login()
        self._send(f"{ACCOUNT}/promise?document={self.first.id}", date=self._day(5))
        promise = self.promises.search([("move_ids", "in", self.first.ids)])
        letter = promise._write_letter("promise_before")
        self.assertIn(f'href="{self.link._url()}"', letter.content)
