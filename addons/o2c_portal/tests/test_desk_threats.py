"""What an attacker tries at the desk (doc/threats-portal.md)."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import o2c_customer_desk
from .desk_common import ACCOUNT, DeskCommon
from .test_desk_link import ADDRESS

KINDS = ("plan", "promise", "dispute", "question")


@tagged("post_install", "-at_install")
class TestDeskThreats(DeskCommon):
    def setUp(self):
        super().setUp()
        self.link = self.links._for(self.first)
        self.paper = self._path(self.link)

    def _nothing_came_in(self):
        for records in (self.plans, self.promises, self.disputes, self.questions):
            self.assertFalse(records.search([]), records._name)
        self.assertFalse(self.receipts.search([]))

    # somebody else's

    def test_of_another_customer_nothing_can_be_said(self):
        self._login()
        foreign_line = str(self.foreign.invoice_line_ids.id)
        mine = f"?document={self.first.id}"
        cases = (
            ("plan", f"{mine}&months=3", {"item": [str(self.foreign.id)]}),
            ("promise", mine, {"item": [str(self.foreign.id)], "date": self._day(1)}),
            (
                "dispute",
                mine,
                {"document": str(self.foreign.id), "scope": "invoice"},
            ),
            ("dispute", mine, {"scope": "lines", "line": [foreign_line]}),
        )
        for kind, query, values in cases:
            values = {"cause": "price", "text": "x", **values}
            page = self._send(f"{ACCOUNT}/{kind}{query}", **values)
            self.assertIn(page.status_code, (200, 422), kind)
            self.assertNotIn(self.foreign.name, page.text)
        for kind in KINDS:
            answer = self.url_open(
                f"{ACCOUNT}/{kind}?document={self.foreign.id}", allow_redirects=False
            )
            self.assertEqual(answer.headers["Location"].split("/my")[1], ACCOUNT[3:])
        self._nothing_came_in()

    def test_a_foreign_and_an_unknown_request_look_alike(self):
        plan = self.plans._request(self.foreign, 3)
        dispute = self.disputes._dispute(self.foreign, 10, "price")
        question = self.questions._ask(self.corporate, self.foreign, "Geheim")
        promise = self.promises._promise(self.foreign, self.today, 10)
        self._login()
        for kind, record in zip(KINDS, (plan, promise, dispute, question), strict=True):
            seen = set()
            for number in (record.id, 2**31 - 1):
                path = f"{ACCOUNT}/requests/{kind}/{number}"
                answer = self.url_open(path, allow_redirects=False)
                self.assertEqual(answer.status_code, 303)
                seen.add(answer.headers["Location"])
            self.assertEqual(len(seen), 1, kind)
        self.assertNotIn("Geheim", self.url_open(f"{ACCOUNT}/requests").text)

    def test_another_company_of_ours_stays_apart_at_the_desk(self):
        self.disputes._dispute(self.first, 10, "price", note="Geheim")
        other = self.env["res.company"].sudo().create({"name": "Elders B.V."})
        self.user.sudo().write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self._login()
        self.assertNotIn("Geheim", self.url_open(f"{ACCOUNT}/requests").text)
        answer = self.url_open(
            f"{ACCOUNT}/dispute?document={self.first.id}", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)

    def test_a_contact_without_the_role_speaks_about_his_own_only(self):
        self.sme_contact.o2c_own_documents = True
        own = self._due(self.sme_contact, 50, self._day(-10))
        self.disputes._dispute(self.first, 10, "price", note="Geheim")
        self._login()
        page = self.url_open(f"{ACCOUNT}/plan")
        self.assertIn(own.name, page.text)
        self.assertNotIn(self.first.name, page.text)
        self.assertNotIn("Geheim", self.url_open(f"{ACCOUNT}/requests").text)
        action, data = self._filled(page, item=[str(own.id), str(self.first.id)])
        self.url_open(action, data=data)
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(plan.move_ids, own)

    def test_a_mailed_link_shows_nothing_of_other_documents(self):
        url = self.link._mailed_url(ADDRESS)
        self.url_open(url[url.index("/pay/") :])
        both = self.first + self.second
        self.promises._promise(both, self.today, sum(both.mapped("amount_residual")))
        own = self.promises._promise(self.first, self.today, 11)
        page = self.url_open(f"{self.paper}/requests")
        self.assertNotIn(self.second.name, page.text)
        self.assertEqual(page.text.count("/requests/promise/"), 1)
        self.assertIn(f"/requests/promise/{own.id}", page.text)
        answer = self.url_open(f"{self.paper}/plan", allow_redirects=False)
        self.assertIn("/code", answer.headers["Location"])
        self._send(
            f"{self.paper}/promise",
            item=[str(self.second.id), str(self.first.id)],
            date=self._day(1),
        )
        promise = self.promises.search([], order="id desc", limit=1)
        self.assertEqual(promise.move_ids, self.first)

    # the forms

    def test_without_the_token_of_the_page_the_desk_takes_nothing(self):
        self._login()
        url = self.link._mailed_url(ADDRESS)
        for base in (ACCOUNT, url[url.index("/pay/") :]):
            page = self.url_open(f"{ACCOUNT}/question")
            _action, data = self._filled(page, text="Hallo")
            for gone in ("csrf_token", "form"):
                if base != ACCOUNT:
                    self.authenticate(None, None)
                broken = {name: one for name, one in data.items() if name != gone}
                with mute_logger("odoo.http"):
                    answer = self.url_open(f"{base}/question", data=broken)
                self.assertGreaterEqual(answer.status_code, 400)
                self._login()
        self._nothing_came_in()

    def test_a_form_number_of_somebody_else_tells_nothing(self):
        self._login()
        page = self.url_open(f"{ACCOUNT}/question")
        action, data = self._filled(page, text="Geheim")
        self.url_open(action, data=data)
        stranger = self.env["res.partner"].create(
            {"name": "Vreemde", "parent_id": self.corporate.id}
        )
        self._portal_user("stranger", stranger)
        self.authenticate("stranger", "stranger")
        page = self.url_open(f"{ACCOUNT}/question")
        action, mine = self._filled(page, text="Ook", form=data["form"])
        answer = self.url_open(action, data=mine)
        self.assertEqual(answer.status_code, 422)
        self.assertNotIn("Geheim", answer.text)
        self.assertEqual(len(self.questions.search([])), 1)

    def test_wrong_files_stay_outside(self):
        self._login()
        path = f"{ACCOUNT}/dispute?document={self.first.id}"
        right = {"scope": "invoice", "cause": "price", "text": "x"}
        for name, content in (
            ("a.svg", b"<svg onload='alert(1)'/>"),
            ("a.html", b"<script>alert(1)</script>"),
            ("a.jpg", b"<script>alert(1)</script>"),
            ("a.png", b"\xff\xd8\xff"),
            ("a.pdf", b"MZ"),
            ("a.exe", b"MZ"),
            ("a.pdf", b"%PDF-" + b"0" * (5 * 1024 * 1024)),
            ("a.pdf", b""),
        ):
            files = [("files", (name, content, "image/jpeg"))]
            page = self._send(path, files=files, **right)
            self.assertTrue(self._errors(page), name)
        many = [("files", (f"{n}.pdf", b"%PDF-x", "")) for n in range(6)]
        self.assertTrue(self._errors(self._send(path, files=many, **right)))
        self._nothing_came_in()

    def test_a_file_is_a_download_for_who_may_see_the_dispute(self):
        self._login()
        files = [("files", ("../../<b>.pdf", b"%PDF-1.7 x", "text/html"))]
        self._send(
            f"{ACCOUNT}/dispute?document={self.first.id}",
            files=files,
            scope="invoice",
            cause="price",
            text="x",
        )
        dispute = self.disputes.search([])
        file = self.env["ir.attachment"].sudo()
        file = file.search([("res_model", "=", "o2c.dispute")])
        path = f"{ACCOUNT}/requests/dispute/{dispute.id}/file/"
        answer = self.url_open(f"{path}{file.id}")
        self.assertEqual(answer.content, b"%PDF-1.7 x")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        secret = self.env["ir.attachment"].sudo()
        secret = secret.create({"name": "x", "raw": b"secret", "public": False})
        answer = self.url_open(f"{path}{secret.id}", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    def test_there_is_an_end_to_what_is_sent_in_a_day(self):
        self._login()
        with patch.object(o2c_customer_desk, "MOST_PER_DAY", 2):
            for number in range(3):
                page = self._send(f"{ACCOUNT}/question", text=f"Vraag {number}")
        self.assertEqual(page.status_code, 422)
        self.assertIn("go on tomorrow", self._text(page))
        self.assertEqual(len(self.questions.search([])), 2)

    def test_what_is_typed_at_the_desk_is_text(self):
        self._login()
        evil = "<script>alert(1)</script>"
        page = self._send(f"{ACCOUNT}/question?document={self.first.id}", text=evil)
        question = self.questions.search([])
        self.assertNotIn(evil, page.text)
        for path in (
            "/requests",
            f"/document/{self.first.id}",
            "/question?text=" + evil,
        ):
            self.assertNotIn(evil, self.url_open(f"{ACCOUNT}{path}").text, path)
        self._send(f"{ACCOUNT}/requests/question/{question.id}", text=evil)
        for message in question.message_ids:
            self.assertNotIn("<script>", message.body)
        query = "?months=%22%3E%3Cscript%3Ealert(1)&first=%22%3E%3Cscript%3Ealert(1)"
        self.assertNotIn(
            "<script>alert(1)", self.url_open(f"{ACCOUNT}/plan{query}").text
        )

    def test_pages_of_the_desk_are_not_kept_framed_or_told_to_others(self):
        self._login()
        for path in (*(f"/{kind}" for kind in KINDS), "/requests"):
            headers = self.url_open(f"{ACCOUNT}{path}").headers
            self.assertEqual(headers["Cache-Control"], "no-store", path)
            self.assertEqual(headers["X-Frame-Options"], "DENY", path)
        self.authenticate(None, None)
        for path in ("/code", "/requests", "/promise"):
            headers = self.url_open(f"{self.paper}{path}").headers
            self.assertEqual(headers["Referrer-Policy"], "no-referrer", path)
            self.assertEqual(headers["X-Frame-Options"], "DENY", path)
            self.assertEqual(headers["Cache-Control"], "no-store", path)

    # inside

    def test_portal_users_reach_nothing_of_it_by_calling_the_server(self):
        for model in ("o2c.desk.receipt", "o2c.mail.code"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.user).search([])
        for user in (self.user, self.collector):
            with self.assertRaises(AccessError):
                self.env["o2c.mail.code"].with_user(user).search([])
        with self.assertRaises(AccessError):
            self.receipts.with_user(self.collector).sudo(False).create(
                {
                    "token": "0" * 32,
                    "partner_id": self.sme.id,
                    "company_id": self.company.id,
                    "kind": "plan",
                    "proof": "login",
                }
            )
