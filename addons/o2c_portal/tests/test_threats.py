"""What an attacker tries (doc/threats-portal.md); the rest is with its subject."""

import json
import logging
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.quiet_log import LOGGERS, LinkFilter
from .common import PayHttpCommon

ACCOUNT = "/my/account-overview"


@tagged("post_install", "-at_install")
class TestThreats(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(
            cls.sme, 100.0, "2026-01-05", ref="<script>alert(1)</script>"
        )
        cls.foreign = cls._invoice(cls.corporate, 50.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)
        cls.user = cls._portal_user("contact", cls.sme_contact)

    def test_the_servers_log_holds_no_token(self):
        token = self.link._code().split("-")[1]
        path = self._path(self.link)
        for name in LOGGERS:
            logger = logging.getLogger(name)
            (mask,) = [one for one in logger.filters if isinstance(one, LinkFilter)]
            for message, values in (
                ('"%s" %s', (f"GET {path} HTTP/1.1", 200)),
                (f"no token for '{path}/remittance'", ()),
                ("redirect=%s", (path.replace("/", "%2F"),)),
            ):
                record = logger.makeRecord(
                    name, logging.INFO, "", 0, message, values, None
                )
                self.assertTrue(mask.filter(record))
                self.assertNotIn(token, record.getMessage())
                self.assertIn(self.link._code().split("-")[0], record.getMessage())

    def test_a_form_of_another_site_starts_no_payment(self):
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"{self._path(self.link)}/start/all",
                data={"amount": "100", "provider_id": self.provider.id},
            )
        self.assertGreaterEqual(answer.status_code, 400)
        self.assertFalse(self.link.transaction_ids)

    def test_nobody_is_sent_to_another_site(self):
        evil = "https://evil.example"
        self._start_over_http(self.link, amount=100.0, landing_route=evil)
        transaction = self.link.transaction_ids
        self.assertEqual(transaction.landing_route, "/pay/back")
        for path in (f"/pay/back?redirect={evil}", f"/pay/back?code={evil}"):
            answer = self.url_open(path, allow_redirects=False)
            self.assertNotIn("evil", answer.headers["Location"])
        all_link = self.links._for(self.sme)
        self.opener.cookies.clear()
        answer = self.url_open(
            f"{self._path(all_link)}?redirect={evil}&item={evil}", allow_redirects=False
        )
        self.assertNotIn("evil", answer.headers["Location"])

    def test_what_is_typed_elsewhere_is_text_on_our_pages(self):
        self.authenticate("contact", "contact")
        for path in (
            f"{ACCOUNT}?search=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&show=all",
            f"{ACCOUNT}?show=all",
            f"{ACCOUNT}/document/{self.invoice.id}",
            f"{ACCOUNT}/details?kind=reference&document={self.invoice.id}",
        ):
            self.assertNotIn("<script>alert(1)", self.url_open(path).text, path)

    def test_pages_of_the_account_are_not_kept_framed_or_told_to_others(self):
        self.authenticate("contact", "contact")
        for path in (
            ACCOUNT,
            f"{ACCOUNT}/document/{self.invoice.id}",
            f"{ACCOUNT}/details",
            f"{ACCOUNT}/my-data",
            f"{ACCOUNT}/statement?kind=csv",
        ):
            headers = self.url_open(path).headers
            self.assertEqual(headers["Cache-Control"], "no-store", path)
            self.assertEqual(headers["X-Frame-Options"], "DENY", path)
            self.assertEqual(headers["Referrer-Policy"], "same-origin", path)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff", path)

    def test_without_login_the_account_is_closed(self):
        for path in (
            "",
            "/details",
            "/my-data",
            "/statement",
            f"/document/{self.invoice.id}",
        ):
            answer = self.url_open(f"{ACCOUNT}{path}", allow_redirects=False)
            self.assertEqual(answer.status_code, 303, path)
            self.assertIn("/web/login", answer.headers["Location"])

    def test_a_user_who_moved_to_another_customer_sees_the_new_one_only(self):
        self.authenticate("contact", "contact")
        self.assertIn(self.invoice.name, self.url_open(f"{ACCOUNT}?show=all").text)
        self.sme_contact.parent_id = self.corporate
        text = self.url_open(f"{ACCOUNT}?show=all").text
        self.assertNotIn(self.invoice.name, text)
        self.assertIn(self.foreign.name, text)
        path = self._path(self.links._for(self.sme))
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_another_company_of_ours_stays_apart(self):
        other = self.env["res.company"].sudo().create({"name": "Elders B.V."})
        self.user.sudo().write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        self.authenticate("contact", "contact")
        self.assertNotIn(self.invoice.name, self.url_open(f"{ACCOUNT}?show=all").text)
        answer = self.url_open(
            f"{ACCOUNT}/document/{self.invoice.id}", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)

    def test_amounts_that_break_programs_are_refused(self):
        for text in ("0", "-1", "1e12", "1.001", "NaN", "Infinity", "9" * 400):
            with mute_logger("odoo.http"):
                answer = self._post_start(self._path(self.link), f"all~{text}", 1.0)
            self.assertIn("error", answer, text)
        self.assertFalse(self.link.transaction_ids)

    def test_a_link_tells_the_same_to_who_knows_an_address_and_who_does_not(self):
        """No page of ours asks for an e-mail address or says whether one is known."""
        all_link = self.links._for(self.sme)
        answers = {
            self.url_open(
                f"{self._path(all_link)}?email={mail}", allow_redirects=False
            ).headers["Location"]
            for mail in (self.sme.email, "nobody@elsewhere.example")
        }
        self.assertEqual(len(answers), 1)

    def test_paying_the_same_twice_at_once_charges_once(self):
        first = self._post_start(self._path(self.link), amount=100.0)
        self.assertIn("result", first)
        self.opener.cookies.clear()
        with mute_logger("odoo.http"):
            second = self._post_start(self._path(self.link), amount=100.0)
        self.assertIn("under way", json.dumps(second))
        self.assertEqual(len(self.link.transaction_ids), 1)

    def test_a_merged_customer_keeps_his_links(self):
        second = self._customer("Bakkerij Proef (dubbel)", "sme")
        invoice = self._invoice(second, 40.0, "2026-01-05")
        link = self.links._for(invoice)
        code = link._code()
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        with patch.object(type(self.env.cr), "commit", lambda cursor: None):
            wizard._merge((second + self.sme).ids, self.sme)
        self.env.invalidate_all()
        self.assertEqual(self.links._open(code), link)
        self.assertEqual(link.partner_id, self.sme)
        self.assertEqual(float(link._choose().amount), 40.0)

    def test_all_that_a_merged_customer_owes_is_one_page_at_both_addresses(self):
        """Both had a link to all they owe: paper of either asks the whole."""
        second = self._customer("Bakkerij Proef (dubbel)", "sme")
        self._invoice(second, 40.0, "2026-01-05")
        links = self.links._for(second) | self.links._for(self.sme)
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        with patch.object(type(self.env.cr), "commit", lambda cursor: None):
            wizard._merge((second + self.sme).ids, self.sme)
        self.env.invalidate_all()
        self.assertEqual(links.partner_id, self.sme)
        self.authenticate("contact", "contact")
        for link in links:
            self.assertEqual(float(link._choose().amount), 140.0)
            self.assertIn("140.00", self.url_open(self._path(link)).text)
            self.assertEqual(link.action_open_document()["res_id"], self.sme.id)

    def test_a_session_that_ended_while_a_form_was_open_asks_to_log_in(self):
        self.authenticate("contact", "contact")
        page = self.url_open(f"{ACCOUNT}/details")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        self.authenticate(None, None)
        self.opener.cookies.clear()
        answer = self.url_open(
            f"{ACCOUNT}/question",
            data={"csrf_token": token, "form": "0" * 32, "text": "x"},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        questions = self.env["o2c.question"].sudo()
        self.assertFalse(questions.search([("partner_id", "=", self.sme.id)]))
