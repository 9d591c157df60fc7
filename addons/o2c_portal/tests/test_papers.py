"""The bookkeeper's papers: list of a choice, receipt, what a transfer is for."""

import io
import zipfile
from decimal import Decimal
from unittest.mock import patch

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.o2c_base.tools.local_form import day_text

from ..models import o2c_remittance_note
from ..policy import upload
from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestPapers(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._invoice(cls.sme, 100.0, "2026-01-05", ref="=HYPERLINK(1)")
        cls.second = cls._invoice(cls.sme, 40.0, "2026-02-05")
        cls.link = cls.links._for(cls.first)
        cls.all_link = cls.links._for(cls.sme)
        cls.notes = cls.env["o2c.remittance.note"].sudo()

    def test_a_business_sees_the_bank_transfer_first_a_consumer_does_not(self):
        text = self._text(self._open_page(self.link))
        self.assertLess(text.index("By bank transfer"), text.index("iDEAL"))
        private = self.links._for(self._invoice(self.consumer, 10.0, "2026-01-05"))
        text = self._text(self._open_page(private))
        self.assertLess(text.index("iDEAL"), text.index("Or transfer it yourself"))
        self.assertNotIn("For your bookkeeping", text)

    def test_the_list_says_amounts_and_one_reference_for_the_set(self):
        rows = self.all_link._selection_rows()
        self.assertEqual(
            [row[0] for row in rows[1:]], [self.first.name, self.second.name]
        )
        self.assertEqual(
            [row[5] for row in rows[1:]], [Decimal("100.00"), Decimal("40.00")]
        )
        self.assertEqual({row[9] for row in rows[1:]}, {self.all_link.reference})
        one = self.all_link._selection_rows([(self.second.id, 1)])
        self.assertEqual([row[0] for row in one[1:]], [self.second.name])
        self.assertEqual(len(self.all_link._selection_rows([(1, 1)])), 1)

    def test_the_list_over_the_web_runs_nothing_in_a_spreadsheet(self):
        answer = self.url_open(f"{self._path(self.link)}/selection.csv")
        self.assertIn("text/csv", answer.headers["Content-Type"])
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("'=HYPERLINK", answer.content.decode("utf-8-sig"))
        wrong = self._path(self.link)[:-1] + "!"
        self.assertEqual(self.url_open(f"{wrong}/selection.csv").status_code, 404)
        self.assertEqual(
            self.url_open(f"{self._path(self.all_link)}/selection.csv").status_code, 404
        )
        self.assertIn("downloaded", self._events(self.first))

    def test_the_receipt_is_for_who_paid_in_this_visit(self):
        self._start_over_http(self.link, amount=100.0)
        transaction = self.link.transaction_ids
        self._reported(transaction)
        transaction._post_process()
        path = f"{self._path(self.link)}/receipt/{transaction.id}"
        self.assertIn(path, self._open_page(self.link).text)
        reports = type(self.env["ir.actions.report"])
        pdf = (b"%PDF-1.4", "pdf")
        with patch.object(reports, "_render_qweb_pdf", return_value=pdf) as render:
            answer = self.url_open(path)
            self.assertEqual(answer.content, b"%PDF-1.4")
            self.assertEqual(render.call_args.args[1], transaction.ids)
            self.authenticate(None, None)
            self.opener.cookies.clear()
            self.assertEqual(self.url_open(path).status_code, 404)

    def _receipt(self, transaction, **data):
        """The words of a receipt."""
        reports = self.env["ir.actions.report"].sudo()
        content, _kind = reports._render_qweb_html(
            "o2c_portal.report_receipt", transaction.ids, data=data
        )
        words = html.fromstring(content).text_content().split()
        return " ".join(words).replace("\N{NO-BREAK SPACE}", " ")

    def test_the_receipt_says_who_paid_whom_when_how_and_what(self):
        self._invoice(self.sme, 30.0, "2026-02-06", move_type="out_refund")
        transaction = self._paid_online(self.all_link)
        told = self._receipt(transaction)
        day = day_text(self.env, transaction.payment_id.date, long=True)
        for words in (
            f"Paid by {self.sme.name}",
            f"Paid to {self.company.name}",
            f"Date {day}",
            "Paid with iDEAL",
            f"Our reference {transaction.reference}",
            f"Invoice {self.first.name} =HYPERLINK(1) €100.00",
            f"Invoice {self.second.name} €40.00",
            "-€30.00",
            "Paid €110.00",
        ):
            self.assertIn(words, told)
        for words in (self.provider.name, transaction.payment_id.memo, "Customer:"):
            self.assertNotIn(words, told)

    def test_the_receipt_is_in_the_language_he_reads(self):
        self.env["res.lang"]._activate_lang("de_DE")
        transaction = self._paid_online(self.link)
        self.assertIn("100,00 €", self._receipt(transaction, reader_lang="de_DE"))

    def _send(self, name, content, token=True):
        page = self._open_page(self.link).text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{self._path(self.link)}/remittance",
            data={"csrf_token": csrf} if token else {"x": "1"},
            files={"note": (name, content, "application/pdf")},
        )

    def test_a_file_comes_in_once_with_its_reference(self):
        answer = self._send("../betaling.pdf", b"%PDF-1.7 x")
        self.assertIn("we received your file", self._text(answer))
        self._send("again.pdf", b"%PDF-1.7 x")
        note = self.notes.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(len(note), 1)
        self.assertEqual((note.filename, note.link_id), ("betaling.pdf", self.link))
        self.assertEqual(note.reference, self.link._page()["bank"]["reference"])
        stored = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", note._name), ("res_field", "=", "content")])
        )
        self.assertEqual(
            (stored.raw, stored.mimetype), (b"%PDF-1.7 x", "application/pdf")
        )

    def test_what_was_chosen_is_told_to_who_matches_the_money(self):
        first = self._invoice(self.sme, 70.0, "2026-01-05")
        second = self._invoice(self.sme, 31.5, "2026-01-06")
        link = self.links._for(self.sme)
        choice = f"{first.id}.1_{second.id}.1"
        content = b"%PDF-1.7 chosen"
        note = self.notes._receive(link, "a.pdf", content, choice)
        self.assertEqual((note.amount, note.move_ids), (101.5, first | second))
        self.assertEqual(note.reference, link.reference)
        told = self.env["o2c.money.in"]._instalments(self.company)
        self.assertEqual(
            told, [(link.reference, (first | second).ids, {Decimal("101.50")})]
        )
        note.sudo().action_done()
        self.assertFalse(self.env["o2c.money.in"]._instalments(self.company))
        for wrong in ("0.0", "all~-5", "nonsense"):
            content = f"%PDF-1.7 {wrong}".encode()
            note = self.notes._receive(link, "a.pdf", content, wrong)
            self.assertFalse(note.amount)

    def test_a_wrong_kind_an_empty_and_a_large_file_are_refused(self):
        for name, content, word in (
            ("a.pdf", b"<html>", "Please send a PDF"),
            ("a.svg", b"<svg/>", "Please send a PDF"),
            ("a.txt", b"x" * (upload.MOST_BYTES + 1), "larger than 5 MB"),
            ("a.pdf", b"", "empty"),
        ):
            self.assertIn(word, self._text(self._send(name, content)))
        self.assertFalse(self.notes.search([("partner_id", "=", self.sme.id)]))

    def test_without_the_token_of_the_page_nothing_comes_in(self):
        with mute_logger("odoo.http"):
            answer = self._send("a.pdf", b"%PDF-1.7", token=False)
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.notes.search([("partner_id", "=", self.sme.id)]))

    def test_a_workbook_with_macros_or_a_bomb_is_refused(self):
        def book(*names, size=1):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
                for name in ("[Content_Types].xml", "xl/workbook.xml", *names):
                    made.writestr(name, b"0" * size)
            return stream.getvalue()

        self.assertTrue(self.notes._receive(self.link, "a.xlsx", book()))
        bomb = book(size=upload.MOST_UNPACKED // 2 + 1)
        self.assertLess(len(bomb), upload.MOST_BYTES)
        for content in (book("xl/vbaProject.bin"), bomb, b"PK\x03\x04x"):
            with self.assertRaises(UserError):
                self.notes._receive(self.link, "b.xlsx", content)

    def test_there_is_an_end_to_what_one_customer_sends_in_a_day(self):
        with patch.object(o2c_remittance_note, "MOST_PER_DAY", 1):
            self.notes._receive(self.link, "a.txt", b"one")
            with self.assertRaises(UserError):
                self.notes._receive(self.link, "b.txt", b"two")

    def test_roles_see_and_finish_them_others_do_not(self):
        note = self.notes._receive(self.link, "a.txt", b"one")
        collector = self._user("notes", "o2c_base.group_collector")
        mine = note.with_user(collector).sudo(False)
        self.assertEqual(mine.filename, "a.txt")
        mine.action_done()
        self.assertEqual(note.state, "done")
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            note.with_user(seller).sudo(False).read(["filename"])

    def test_a_method_is_shown_by_its_own_name_and_logo(self):
        self.ideal.name = "iDEAL | Wero"
        page = self._open_page(self.link).text
        self.assertIn("iDEAL | Wero", page)
        self.assertIn(f"/web/image/payment.method/{self.ideal.id}/", page)
