"""The statement: opening, movements, closing, with a code to pay what is open today."""

import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestStatement(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_pay_links = True
        cls.old = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.invoice = cls._invoice(cls.sme, 250.0, "2026-02-10", ref="=PO")
        cls._pay(cls.old, 60.0, "2026-02-20")
        cls.refund = cls._invoice(
            cls.sme_contact, 30.0, "2026-02-25", move_type="out_refund"
        )
        cls.foreign = cls._invoice(cls.corporate, 999.0, "2026-02-10")
        cls.user = cls._portal_user("contact", cls.sme_contact)
        cls.statements = cls.env["o2c.account.statement"]

    def _made(self, since, until):
        euro = self.company.currency_id
        since, until = self.statements._period(self.company, since, until)
        return self.statements._statement(self.sme, self.company, euro, since, until)

    def test_opening_movements_and_closing(self):
        made = self._made("2026-02-01", "2026-02-28")
        self.assertEqual(made["opening"], 100.0)
        self.assertEqual(
            [(row["name"], row["amount"], row["balance"]) for row in made["rows"]],
            [
                (self.invoice.name, 250.0, 350.0),
                (made["rows"][1]["name"], -60.0, 290.0),
                (self.refund.name, -30.0, 260.0),
            ],
        )
        self.assertEqual(made["closing"], 260.0)
        self.assertEqual(made["rows"][0]["text"], "Invoice")

    def test_a_day_belongs_to_one_period(self):
        first = self._made("2026-01-01", "2026-02-10")
        second = self._made("2026-02-11", "2026-02-28")
        self.assertEqual(first["closing"], second["opening"])
        self.assertEqual(first["closing"], 350.0)

    def test_what_is_typed_wrong_means_the_last_quarter(self):
        today = self.company._o2c_today()
        since, until = self.statements._period(self.company, "x", "2026-13-01")
        self.assertEqual((until, (until - since).days), (today, 90))

    def test_a_period_the_wrong_way_round_is_said_and_not_guessed(self):
        with self.assertRaisesRegex(UserError, "first day lies after the last one"):
            self.statements._period(self.company, "2026-03-01", "2026-01-01")
        self.authenticate("contact", "contact")
        path = "/my/account-overview/statement?since=2026-03-01&until=2026-01-01"
        for kind in ("pdf", "csv"):
            page = self.url_open(f"{path}&kind={kind}")
            self.assertIn("The first day lies after the last one", page.text, kind)
        page = self.url_open("/my/account-overview")
        self.assertNotIn("The first day lies after", page.text)
        send = self.env["o2c.statement.send"].new(
            {"since": "2026-03-01", "until": "2026-01-01"}
        )
        with self.assertRaisesRegex(UserError, "first day lies after the last one"):
            send._onchange_period()

    def test_the_table_over_the_web_is_the_customers_and_runs_nothing(self):
        self.authenticate("contact", "contact")
        path = (
            "/my/account-overview/statement?kind=csv&since=2026-02-01&until=2026-02-28"
        )
        answer = self.url_open(path)
        text = answer.content.decode("utf-8-sig")
        self.assertIn("text/csv", answer.headers["Content-Type"])
        self.assertIn(self.invoice.name, text)
        self.assertIn("'=PO", text)
        self.assertIn("260.00", text)
        self.assertNotIn(self.foreign.name, text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        link = self.links._for(self.sme)
        self.assertIn("downloaded", self._events(link))

    def test_the_table_is_written_as_his_spreadsheet_reads_it(self):
        """A Dutch one takes 4.265 for four thousand, and '-60,00 for a text."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.authenticate("contact", "contact")
        path = (
            "/my/account-overview/statement?kind=csv&since=2026-02-01&until=2026-02-28"
        )
        for lang, amounts in (
            ("nl", (";250,00;350,00;", ";-60,00;290,00;", ";-30,00;260,00;")),
            ("en", (",250.00,350.00,", ",-60.00,290.00,", ",-30.00,260.00,")),
        ):
            text = self.url_open(f"/{lang}{path}").content.decode("utf-8-sig")
            for amount in amounts:
                self.assertIn(amount, text, lang)
            self.assertIn("'=PO", text)
            self.assertNotIn("'-", text)

    def test_another_account_than_his_own_leads_back(self):
        self.authenticate("contact", "contact")
        for account in ("999.1", "x", "1.1.1"):
            path = f"/my/account-overview/statement?account={account}"
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, account)

    def test_the_pdf_is_made_for_that_customer_and_period(self):
        self.authenticate("contact", "contact")
        reports = type(self.env["ir.actions.report"])
        pdf = (b"%PDF-1.4", "pdf")
        with patch.object(reports, "_render_qweb_pdf", return_value=pdf) as render:
            answer = self.url_open(
                "/my/account-overview/statement?since=2026-02-01&until=2026-02-28"
            )
        self.assertEqual(answer.content, b"%PDF-1.4")
        self.assertEqual(render.call_args.args[1], self.sme.ids)
        self.assertEqual(str(render.call_args.kwargs["data"]["since"]), "2026-02-01")

    def _printed(self, **data):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "o2c_portal.report_statement", self.sme.ids, data=data
        )
        return content.decode()

    def test_on_paper_two_codes_one_for_the_page_one_for_the_bank(self):
        printed = self._printed(since="2026-01-01")
        link = self.links._for(self.sme)
        png = base64.b64encode(self.links._qr_png(link._url())).decode()
        self.assertIn(png, printed)
        self.assertIn(link._page()["bank"]["qr"], printed)
        self.assertIn(link.reference_printed, printed)
        self.assertIn(self.invoice.name, printed)
        self.assertIn("290.00", printed)

    def test_an_old_period_or_a_dead_address_has_no_code(self):
        self.assertNotIn(
            "Or scan", self._printed(since="2026-01-01", until="2026-02-28")
        )
        self.company.o2c_public_url = "https://10.0.0.1"
        self.assertNotIn("Or scan", self._printed(since="2026-01-01"))
