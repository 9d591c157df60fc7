"""Contacts of a customer see what their company owes, and nobody else's."""

from unittest.mock import patch

from lxml import html

from odoo.tests import tagged

from ..models import o2c_account_documents
from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestAccountOverview(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._o2c_today()
        cls.late = cls._invoice(
            cls.sme,
            300.0,
            "2026-01-05",
            invoice_payment_term_id=False,
            invoice_date_due="2026-02-05",
        )
        cls.soon = cls._invoice(cls.sme_contact, 200.0, today)
        cls.paid = cls._invoice(cls.sme, 50.0, "2026-01-05")
        cls._pay(cls.paid)
        cls.foreign = cls._invoice(cls.corporate, 999.0, "2026-01-05")
        cls.user = cls._portal_user("contact", cls.sme_contact)
        cls.overview = cls.env["o2c.account.overview"].with_user(cls.user)

    def _accounts(self):
        return self.overview._accounts(self.user.partner_id)

    def _shown(self, kind="open", **options):
        found = self.overview._documents(self.user.partner_id, kind, **options)
        return [row["move"].id for row in found["rows"]]

    def test_open_overdue_and_paid_of_the_whole_company(self):
        (account,) = self._accounts()
        self.assertEqual((account["open"], account["overdue"]), (500.0, 300.0))
        self.assertEqual(self._shown(), [self.late.id, self.soon.id])
        self.assertEqual(self._shown("overdue"), [self.late.id])
        self.assertEqual(self._shown("paid"), [self.paid.id])
        self.assertEqual(len(self._shown("all")), 3)
        self.assertEqual(self._shown("nonsense"), self._shown("open"))

    def test_credit_notes_lower_what_is_to_pay(self):
        self._invoice(self.sme, 120.0, "2026-03-01", move_type="out_refund")
        (account,) = self._accounts()
        self.assertEqual((account["credit"], account["to_pay"]), (120.0, 380.0))

    def test_currencies_have_their_own_account(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self._invoice(self.sme, 70.0, "2026-01-05", currency_id=usd.id)
        accounts = {one["currency"].name: one["open"] for one in self._accounts()}
        self.assertEqual(accounts, {"EUR": 500.0, "USD": 70.0})

    def test_the_page_pays_what_is_late_and_offers_all(self):
        self.authenticate("contact", "contact")
        page = self.url_open("/my/account-overview?show=all")
        text = self._text(page)
        for part in ("300.00", "500.00", self.late.name, self.paid.name):
            self.assertIn(part, text)
        self.assertNotIn(self.foreign.name, text)
        link = self.links._for(self.sme)
        self.assertIn(f"/pay/{link._code()}?item={self.late.id}.1", page.text)
        self.assertIn(self.late.payment_reference, text)

    def test_the_first_page_says_what_to_pay_now(self):
        self.authenticate("contact", "contact")
        text = self._text(self.url_open("/my/home"))
        self.assertIn("To pay now", text)
        self.assertIn("300.00", text)

    def test_who_owes_nothing_is_thanked(self):
        partner = self.env["res.partner"].create({"name": "Niets open B.V."})
        self._portal_user("clean", partner)
        self.authenticate("clean", "clean")
        self.assertIn(
            "Nothing is open", self._text(self.url_open("/my/account-overview"))
        )

    def test_overdue_invoices_of_the_company_are_seen_by_its_contacts(self):
        self.authenticate("contact", "contact")
        text = self._text(self.url_open("/my/invoices?filterby=overdue_invoices"))
        self.assertIn(self.late.name, text)
        self.assertNotIn(self.foreign.name, text)
        self.assertEqual(self.url_open("/my/invoices/overdue").status_code, 200)

    def test_overdue_invoices_to_two_addresses_go_to_the_account(self):
        self._invoice(
            self.sme_contact,
            20.0,
            "2026-01-05",
            invoice_payment_term_id=False,
            invoice_date_due="2026-02-06",
        )
        self.authenticate("contact", "contact")
        response = self.url_open("/my/invoices/overdue")
        self.assertTrue(response.url.endswith("/my/account-overview"))

    def test_in_dispute_and_promised_are_told_apart(self):
        self.env["o2c.dispute"].sudo().create(
            {"move_id": self.late.id, "amount": 120.0, "cause": "price"}
        )
        accounts = self._accounts()
        self.overview._add_sums(self.user.partner_id, accounts)
        self.assertEqual(accounts[0]["disputed"], 120.0)
        self.assertEqual(accounts[0]["promised"], 0.0)
        self.assertEqual(self._shown("disputed"), [self.late.id])
        self.assertEqual(self._shown("promised"), [])
        found = self.overview._documents(self.user.partner_id, "disputed")
        words = [text for _tone, text in found["rows"][0]["words"]]
        self.assertIn("in dispute", words)

    def test_where_all_that_is_open_is_disputed_nothing_is_asked(self):
        for move in (self.late, self.soon):
            self.env["o2c.dispute"].sudo().create(
                {"move_id": move.id, "amount": move.amount_residual, "cause": "price"}
            )
        (account,) = self._accounts()
        self.assertEqual(self.overview._pay(account), {})
        self.authenticate("contact", "contact")
        text = self._text(self.url_open("/my/account-overview"))
        self.assertIn("you do not have to pay it now", text)
        self.assertNotIn("Nothing is late", text)
        self.assertNotIn("past its due date", text)
        self.assertNotIn("Pay online", text)
        page = self._text(self._open_page(self.links._for(self.sme)))
        self.assertIn("What is still open is on hold or in dispute.", page)

    def test_what_is_paid_is_listed_with_what_it_was(self):
        self.authenticate("contact", "contact")
        page = self.url_open("/my/account-overview?show=paid")
        (table,) = html.fromstring(page.text).xpath("//table")
        heads = [head.text_content().strip() for head in table.xpath(".//thead//th")]
        self.assertEqual(heads, ["Document", "Date", "Due", "Total"])
        (row,) = table.xpath(".//tbody/tr")
        self.assertIn("50.00", row.text_content())
        self.assertNotIn("0.00 ", row.text_content().replace("50.00", ""))

    def test_only_what_was_promised_counts_as_announced(self):
        late, older = self.late, self._invoice(self.sme, 100.0, "2026-01-02")
        self.env["o2c.payment.promise"].sudo()._promise(
            late | older, self.company._o2c_today(), 250.0
        )
        accounts = self._accounts()
        self.overview._add_sums(self.user.partner_id, accounts)
        self.assertEqual(accounts[0]["promised"], 250.0)
        words = {
            row["move"]: [text for _tone, text in row["words"]]
            for row in self.overview._document_rows(late | older)
        }
        self.assertNotIn("of which announced", str(words[older]))
        self.assertIn("150.00", str(words[late]))

    def test_the_oldest_open_instalment_says_how_late_it_is(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (10, 4000)
                ],
            }
        )
        move = self._invoice(
            self.sme, 90.0, "2026-01-05", invoice_payment_term_id=terms.id
        )
        (row,) = self.overview._document_rows(move)
        first = min(move.line_ids.filtered("date_maturity").mapped("date_maturity"))
        self.assertEqual(row["due"], first)
        self.assertEqual(row["late"], (self.company._o2c_today() - first).days)
        self.assertIn(move.id, self._shown("overdue"))

    def test_disputes_of_other_customers_do_not_show(self):
        self.env["o2c.dispute"].sudo().create(
            {"move_id": self.foreign.id, "amount": 99.0, "cause": "price"}
        )
        self.assertEqual(self._shown("disputed"), [])

    def test_search_by_number_reference_and_amount(self):
        self.late.ref = "PO-4711"
        for text in (self.late.name, "po-4711", "300", "300,00", "€ 300.00"):
            self.assertEqual(self._shown("all", search=text), [self.late.id], text)
        self.assertEqual(self._shown("all", search="%"), self._shown("all", search="%"))
        self.assertEqual(self._shown("all", search=self.foreign.name), [])

    def test_orders_of_the_list(self):
        self.assertEqual(self._shown("open", sort="amount")[0], self.late.id)
        self.assertEqual(self._shown("open", sort="name")[0], self.late.id)
        self.assertEqual(self._shown("open", sort="date")[0], self.soon.id)
        self.assertEqual(
            self._shown("open", sort="id; drop table"), self._shown("open")
        )

    def test_pages_are_leafed_through_and_never_past_the_end(self):
        with patch.object(o2c_account_documents, "PER_PAGE", 2):
            first = self._shown("all", sort="name")
            second = self._shown("all", sort="name", page=2)
            self.assertEqual((len(first), len(second)), (2, 1))
            self.assertFalse(set(first) & set(second))
            self.assertEqual(self._shown("all", sort="name", page=99), second)

    def test_the_page_works_without_javascript_and_names_its_parts(self):
        self.authenticate("contact", "contact")
        page = self.url_open("/my/account-overview?show=all&search=INV&sort=name").text
        tree = html.fromstring(page)
        for control in tree.xpath(
            "//form[@method='get']//*[self::input or self::select]"
        ):
            if control.get("type") != "hidden" and control.get("name") in (
                "search",
                "sort",
            ):
                self.assertTrue(control.xpath("ancestor::label"), control.get("name"))
        self.assertTrue(tree.xpath("//nav//a[@aria-current='page']"))
        self.assertEqual(len(tree.xpath("//main//h1 | //div[@id='wrap']//h1")), 1)
        self.assertTrue(tree.xpath("//table/caption"))
        self.assertTrue(tree.xpath("//th[@scope='row']"))

    def test_a_large_account_asks_no_more_queries_than_a_small_one(self):
        """S10: at most 1.2 times the queries, whatever the number of invoices."""
        self.authenticate("contact", "contact")

        def count(path):
            self.url_open(path)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.url_open(path).status_code, 200)
            return self.env.cr.sql_log_count - before

        link = self.links._for(self.sme)
        paths = ("/my/account-overview", "/my/home", self._path(link))
        statement = "/my/account-overview/statement?kind=csv&since=2025-01-01"
        small = {path: count(path) for path in (*paths, statement)}
        self.assertTrue(all(small.values()), small)
        for _number in range(40):
            self._invoice(self.sme, 10.0, "2026-01-05")
        for path, queries in small.items():
            self.assertLessEqual(count(path), queries * 1.2, path)

    # one document

    def test_a_document_tells_its_story_and_brings_its_papers(self):
        self._pay(self.late, 100.0)
        self.env["o2c.delivery.log"]._log(
            self.late, "email", "sent", detail="crediteuren@proef.example"
        )
        self.authenticate("contact", "contact")
        path = f"/my/account-overview/document/{self.late.id}"
        page = self.url_open(path)
        text = self._text(page)
        for part in ("Issued", "Sent by e-mail to crediteuren@proef.example", "100.00"):
            self.assertIn(part, text)
        self.assertIn(f"{path}/pdf", page.text)
        self.assertIn(f"/pay/{self.links._for(self.late)._code()}", page.text)

    def test_what_a_credit_note_was_used_for(self):
        refund = self._invoice(self.sme, 120.0, "2026-03-01", move_type="out_refund")
        lines = (refund + self.late).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        steps = [step["text"] for step in self.overview._timeline(refund)]
        self.assertTrue(any(self.late.name in text for text in steps), steps)
        steps = [step["text"] for step in self.overview._timeline(self.late)]
        self.assertTrue(any(refund.name in text for text in steps), steps)

    def test_a_foreign_and_an_unknown_document_look_alike(self):
        self.authenticate("contact", "contact")
        for number in (self.foreign.id, 2**31 - 1):
            for part in ("", "/pdf", "/ubl"):
                path = f"/my/account-overview/document/{number}{part}"
                answer = self.url_open(path, allow_redirects=False)
                self.assertEqual(answer.status_code, 303, path)
                self.assertTrue(
                    answer.headers["Location"].endswith("/my/account-overview")
                )
        self.assertFalse(self._events(self.foreign))

    def test_who_saw_what_is_logged_once_in_a_while(self):
        self.authenticate("contact", "contact")
        path = f"/my/account-overview/document/{self.late.id}"
        self.url_open(path)
        self.url_open(path)
        log = (
            self.env["o2c.delivery.log"]
            .sudo()
            .search([("res_id", "=", self.late.id), ("res_model", "=", "account.move")])
        )
        self.assertEqual(
            log.mapped(lambda one: (one.channel, one.event, one.detail)),
            [("portal", "seen", "contact")],
        )

    def test_the_pdf_is_a_download_and_logged(self):
        self.authenticate("contact", "contact")
        pdf = {"filename": "invoice.pdf", "filetype": "pdf", "content": b"%PDF-1.4"}
        kind = type(self.env["account.move"])
        with patch.object(kind, "_get_invoice_legal_documents", return_value=pdf):
            answer = self.url_open(f"/my/account-overview/document/{self.late.id}/pdf")
        self.assertEqual(answer.content, b"%PDF-1.4")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("downloaded", self._events(self.late))

    # roles of contacts

    def test_a_contact_who_sees_only_his_own_documents(self):
        self.sme_contact.o2c_own_documents = True
        self.assertEqual(self._shown("all"), [self.soon.id])
        (account,) = self._accounts()
        self.assertEqual((account["open"], account["overdue"]), (200.0, 0.0))
        self.assertFalse(self.overview._pay(account))
        self.authenticate("contact", "contact")
        path = f"/my/account-overview/document/{self.late.id}"
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303)
        for path in (
            "/my/account-overview/statement",
            f"/my/invoices/{self.late.id}",
        ):
            answer = self.url_open(path, allow_redirects=False)
            self.assertIn(answer.status_code, (302, 303), path)
        link = self.links._for(self.sme)
        self.assertEqual(self.url_open(self._path(link)).status_code, 404)
        self.assertNotIn(self.late.name, self.url_open("/my/invoices").text)
