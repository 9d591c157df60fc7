"""Proofs and codes: what an attacker makes of them (doc/threats-portal.md)."""

import logging
import re

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..policy import mailed_code
from ..tools.quiet_log import LinkFilter
from .desk_common import DeskCommon
from .test_desk_link import ADDRESS


@tagged("post_install", "-at_install")
class TestDeskProof(DeskCommon):
    def setUp(self):
        super().setUp()
        self.link = self.links._for(self.first)
        self.paper = self._path(self.link)
        self.visits = self.env["o2c.mail.code"].sudo()

    def _code_for(self, visit="visit"):
        """A code of the link as it lies in the mail."""
        self.visits._ask(self.link, visit)
        mail = self.env["mail.mail"].sudo().search([("email_to", "=", ADDRESS)])
        return re.search(r"\d{3} \d{3}", mail.sorted("id")[-1].body_html).group()

    # proofs

    def test_a_made_up_proof_proves_nothing_and_the_link_still_pays(self):
        right = self.link._mailed_url(ADDRESS).rsplit("-", 1)[1]
        other = self.links._for(self.second)._mailed_url(ADDRESS).rsplit("-", 1)[1]
        paper = self.link._code().split("-")[1]
        for wrong in ("0" * 20, paper, other, right[:-1] + "!", right + "0", "x"):
            self.assertEqual(self.url_open(f"{self.paper}-{wrong}").status_code, 200)
            answer = self.url_open(f"{self.paper}/promise", allow_redirects=False)
            self.assertIn("/code", answer.headers["Location"], wrong)
        self.assertFalse(self.receipts.search([]))

    def test_a_proof_ends_with_the_address_and_with_the_link(self):
        path = self.link._mailed_url(ADDRESS)
        self.url_open(path[path.index("/pay/") :])
        self.assertIn("/promise", self.url_open(f"{self.paper}/promise").url)
        self.sme_contact.email = "nieuw@proef.example"
        self.assertIn("/code", self.url_open(f"{self.paper}/promise").url)
        self.sme_contact.email = ADDRESS
        self.assertIn("/promise", self.url_open(f"{self.paper}/promise").url)
        self.link.with_user(self.collector).sudo().action_revoke()
        self.assertEqual(self.url_open(path[path.index("/pay/") :]).status_code, 404)

    def test_a_mail_to_an_address_that_is_not_known_is_as_paper(self):
        self.assertEqual(self.link._mailed_url("elders@x.example"), self.link._url())
        self.assertEqual(self.link._mailed_url(""), self.link._url())

    def test_the_proof_is_not_in_the_servers_log(self):
        path = self.link._mailed_url(ADDRESS)
        record = logging.makeLogRecord({"msg": f"GET {path} HTTP/1.1"})
        LinkFilter().filter(record)
        for secret in path.rsplit("/", 1)[1].split("-")[1:]:
            self.assertNotIn(secret, record.getMessage())

    # codes

    def test_a_code_is_hashed_short_lived_and_used_once(self):
        code = self._code_for()
        record = self.visits.search([])
        self.assertNotIn(code.replace(" ", ""), str(record.read()))
        self.assertEqual(len(record.digest), 64)
        late = fields.Datetime.add(fields.Datetime.now(), minutes=11)
        self.assertFalse(self.visits._check(self.link, "visit", code, late))
        self.assertEqual(self.visits._check(self.link, "visit", code), self.sme_contact)
        self.assertFalse(self.visits._check(self.link, "visit", code))

    def test_a_code_is_tried_five_times(self):
        code = self._code_for()
        wrong = "000000" if not code.startswith("000") else "111111"
        for _try in range(mailed_code.TRIES):
            self.assertFalse(self.visits._check(self.link, "visit", wrong))
        self.assertFalse(self.visits._check(self.link, "visit", code))
        again = self._code_for()
        for typed in ("", "12345", "abcdef", "1 OR 1=1"):
            self.assertFalse(self.visits._check(self.link, "visit", typed))
        self.assertTrue(self.visits._check(self.link, "visit", again))

    def test_a_code_belongs_to_the_browser_that_asked_and_to_its_link(self):
        code = self._code_for()
        other = self.links._for(self.second)
        for link, visit in (
            (self.link, "elsewhere"),
            (self.link, ""),
            (self.link, None),
            (other, "visit"),
        ):
            self.assertFalse(self.visits._check(link, visit, code))

    def test_codes_have_a_pace_and_the_answer_does_not_say_so(self):
        pages = []
        for _time in range(5):
            self.authenticate(None, None)
            page = self.url_open(f"{self.paper}/code")
            token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
            page = self.url_open(
                f"{self.paper}/code", data={"csrf_token": token.group(1)}
            )
            pages.append(re.sub(r"[0-9a-f]{40}o\d+", "", self._text(page)))
        self.assertEqual(len(set(pages)), 1)
        self.assertEqual(len(self.visits.search([])), 3)
        later = fields.Datetime.add(fields.Datetime.now(), minutes=16)
        with freeze_time(later):
            self.visits._ask(self.link, "visit")
        self.assertEqual(len(self.visits.search([])), 4)

    def test_the_page_of_the_code_never_asks_for_or_names_an_address(self):
        page = self.url_open(f"{self.paper}/code?email={ADDRESS}&then=//evil.example")
        self.assertNotIn(ADDRESS, page.text)
        self.assertNotIn("crediteuren", page.text)
        self.assertNotIn("evil", page.text)
        self.assertNotIn('type="email"', page.text)
        self.sme.email = self.sme_contact.email = False
        text = self._text(self.url_open(f"{self.paper}/code"))
        self.assertIn("We have no e-mail address of yours", text)

    def test_a_mail_address_that_changed_ends_what_a_code_opened(self):
        page = self.url_open(f"{self.paper}/code?then=promise")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        self.url_open(f"{self.paper}/code", data={"csrf_token": token})
        mail = self.env["mail.mail"].sudo().search([("email_to", "=", ADDRESS)])
        code = re.search(r"\d{3} \d{3}", mail.body_html).group()
        data = {"csrf_token": token, "typed": code, "then": "promise"}
        page = self.url_open(f"{self.paper}/code/check", data=data)
        self.assertTrue(page.url.endswith("/promise"))
        self.sme_contact.email = "nieuw@proef.example"
        self.assertIn("/code", self.url_open(f"{self.paper}/promise").url)
