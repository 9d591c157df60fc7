"""A customer takes back a dispute that he made by mistake."""

from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from .desk_common import ACCOUNT, DeskCommon

REQUESTS = f"{ACCOUNT}/requests"


@tagged("post_install", "-at_install")
class TestDisputeBack(DeskCommon):
    def setUp(self):
        super().setUp()
        self.dispute = self.disputes._dispute(
            self.first, 100, "price", note="Too dear", source="portal"
        )
        self.path = f"{REQUESTS}/dispute/{self.dispute.id}"

    def _form(self, page):
        """Address and fields of the button, None without one."""
        forms = html.fromstring(page.text).xpath(
            "//form[@method='post'][contains(@action,'/back')]"
        )
        if not forms:
            return None
        fields = forms[0].xpath(".//input[@name]")
        return forms[0].get("action"), {
            field.get("name"): field.get("value") for field in fields
        }

    def _take_back(self, path=None):
        action, data = self._form(self.url_open(path or self.path))
        return self.url_open(action, data=data, method="POST")

    def _case(self):
        return self.env["o2c.dunning.case"].sudo()._case_of(self.first)

    def test_it_is_as_if_it_was_never_raised(self):
        self._login()
        self.assertTrue(self.first._o2c_disputed_amounts(self.today))
        self.assertIn("€100.00 of", self._text(self.url_open(self.path)))
        page = self._take_back()
        self.assertIn("You took it back", self._text(page))
        self.assertEqual(self.dispute.state, "withdrawn")
        self.assertFalse(self.first._o2c_disputed_amounts(self.today))
        self.assertFalse(self.dispute.letter_ids)
        self.assertFalse(self.dispute.activity_ids)
        self.assertFalse(self._form(page), "once is enough")
        self.assertEqual(self._judged(self.first), "remind")

    def test_who_handles_it_hears_it_and_the_history_stays(self):
        case = self._case()
        case._seen()
        self._login()
        self._take_back()
        self.assertEqual((case.news, case.state), ("taken_back", case.state))
        self.assertNotEqual(case.state, "answered")
        self.assertEqual(case.news_words, "Took a dispute back")
        said = self.dispute.message_ids.filtered(
            lambda one: one.message_type == "comment"
        )
        self.assertIn("by mistake", said.body)
        self.assertEqual(said.author_id, self.sme_contact)
        self.assertTrue(self.dispute.user_id)
        self.assertIn(self.dispute.user_id.partner_id, said.notified_partner_ids)
        self.assertIn("Too dear", self._text(self.url_open(self.path)))
        receipt = self.receipts.search([("res_id", "=", self.dispute.id)], limit=1)
        self.assertEqual(
            (receipt.kind, receipt.contact_id, receipt.proof),
            ("taken_back", self.sme_contact, "login"),
        )

    def test_what_else_he_asked_stays_news_beside_it(self):
        case = self._case()
        self.questions._ask(self.sme, self.first, "Where is it?")
        self._login()
        self._take_back()
        self.assertEqual(case.news_words, "Took a dispute back · Asked a question")

    def test_sent_twice_it_is_taken_back_once(self):
        self._login()
        action, data = self._form(self.url_open(self.path))
        for _again in range(2):
            self.assertEqual(self.url_open(action, data=data).status_code, 200)
        found = self.receipts.search([("kind", "=", "taken_back")])
        self.assertEqual(len(found), 1)
        # and in another window
        data["form"] = "0" * 32
        self.assertEqual(self.url_open(action, data=data).status_code, 200)

    def test_what_is_decided_cannot_be_taken_back(self):
        self._login()
        action, data = self._form(self.url_open(self.path))
        self.dispute.with_user(self.manager).action_credit()
        self.assertFalse(self._form(self.url_open(self.path)))
        page = self.url_open(action, data=data)
        self.assertEqual(page.status_code, 422)
        self.assertIn("Somebody decided about this meanwhile", self._text(page))
        self.assertEqual(self.dispute.state, "open")

    def test_what_a_collector_wrote_down_is_not_his_to_take_back(self):
        self._login()
        action, data = self._form(self.url_open(self.path))
        self.dispute.source = "call"
        self.assertFalse(self._form(self.url_open(self.path)))
        self.assertEqual(self.url_open(action, data=data).status_code, 422)
        self.assertEqual(self.dispute.state, "open")

    def test_a_dispute_of_somebody_else_cannot_be_taken_back(self):
        self._login()
        action, data = self._form(self.url_open(self.path))
        other = self.disputes._dispute(self.foreign, 9, "price", source="portal")
        for number in (other.id, 999999999):
            foreign = action.replace(f"/{self.dispute.id}/", f"/{number}/")
            page = self.url_open(foreign, data=data, allow_redirects=False)
            self.assertEqual(page.status_code, 303)
            self.assertTrue(page.headers["Location"].endswith(REQUESTS))
        self.assertEqual(other.state, "open")
        self._portal_user("stranger", self.corporate)
        self.authenticate("stranger", "stranger")
        self.url_open(action, data=data | {"csrf_token": self._csrf()})
        self.assertEqual(self.dispute.state, "open")

    def _csrf(self):
        page = self.url_open(f"{ACCOUNT}/question")
        return html.fromstring(page.text).xpath("//input[@name='csrf_token']/@value")[0]

    @mute_logger("odoo.http")
    def test_without_the_token_of_the_page_or_by_looking_nothing_happens(self):
        self._login()
        action, data = self._form(self.url_open(self.path))
        self.assertEqual(self.url_open(action).status_code, 405)
        data.pop("csrf_token")
        self.assertEqual(self.url_open(action, data=data).status_code, 400)
        self.assertEqual(self.dispute.state, "open")

    def test_a_mailed_link_takes_back_and_a_paper_does_not(self):
        link = self.links._for(self.first)
        path = f"{self._path(link)}/requests/dispute/{self.dispute.id}"
        url = link._mailed_url("crediteuren@proef.example")
        self.url_open(url[url.index("/pay/") :])
        action, data = self._form(self.url_open(path))
        # another visit, with the paper
        self.authenticate(None, None)
        paper = self.url_open(self._path(link))
        self.assertEqual(paper.status_code, 200)
        token = html.fromstring(
            self.url_open(f"{self._path(link)}/code?then=requests").text
        ).xpath("//input[@name='csrf_token']/@value")[0]
        self.url_open(action, data=data | {"csrf_token": token})
        self.assertEqual(self.dispute.state, "open")
        self.authenticate(None, None)
        self.url_open(url[url.index("/pay/") :])
        self.assertIn("You took it back", self._text(self._take_back(path)))
        self.assertEqual(self.dispute.state, "withdrawn")
