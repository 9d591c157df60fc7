"""Files in which customers say what a transfer is for: their rows are read."""

import io
from decimal import Decimal
from unittest.mock import patch

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..policy import specification
from .common import PayCommon


@tagged("post_install", "-at_install")
class TestSpecification(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.second = cls._invoice(cls.sme, 40.0, "2026-02-05", ref="PO 4500017")
        cls.credit = cls._invoice(cls.sme, 15.0, "2026-02-06", move_type="out_refund")
        cls.link = cls.links._for(cls.sme)
        cls.notes = cls.env["o2c.remittance.note"].sudo()

    def _note(self, *rows, name="a.csv"):
        content = "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")
        return self.notes._receive(self.link, name, content)

    def _rows(self, note):
        return [
            (line.row, line.move_id, line.amount, line.problem or "")
            for line in note.line_ids
        ]

    def _told(self):
        return self.env["o2c.money.in"]._specifications(self.company)

    def test_a_table_is_read_and_told_to_who_matches_money(self):
        note = self._note(
            ("Betaling van maart",),
            ("Factuur", "Omschrijving", "Korting", "Betaald"),
            (self.first.name, "klussen", "2,00", "98,00"),
            ("po 4500017", "", "", "40,00"),
            (self.credit.name, "", "", "-15,00"),
            ("Totaal", "", "", "123,00"),
        )
        self.assertEqual((note.reading, note.reading_problem), ("whole", False))
        self.assertEqual(
            self._rows(note),
            [
                (3, self.first, 98, ""),
                (4, self.second, 40, ""),
                (5, self.credit, -15, ""),
            ],
        )
        self.assertEqual((note.read_amount, note.open_count), (123, 0))
        self.assertEqual(note.line_ids.mapped("left"), [100, 40, -15])
        [told] = self._told()
        self.assertEqual(told["amount"], Decimal("123.00"))
        self.assertEqual(
            told["parts"][0], (self.first.id, Decimal("98.00"), Decimal("2.00"))
        )
        self.assertEqual((told["debtor"], told["unknown"]), (self.sme.id, []))

    def test_a_workbook_without_names_above_its_columns(self):
        book, out = Workbook(), io.BytesIO()
        book.active.append(["12-01", f"factuur {self.first.name}", 60.5])
        book.active.append([None])
        book.active.append(["15-01", f"factuur {self.second.name}", 40])
        book.save(out)
        note = self.notes._receive(self.link, "a.xlsx", out.getvalue())
        self.assertEqual(
            self._rows(note),
            [(1, self.first, 60.5, ""), (3, self.second, 40, "")],
        )

    def test_every_row_that_is_not_clear_is_told_with_its_number(self):
        other = self._invoice(self.corporate, 70.0, "2026-01-05")
        paid = self._invoice(self.sme, 9.0, "2026-01-05")
        self._pay(paid)
        note = self._note(
            ("factuurnummer", "valuta", "bedrag"),
            (self.first.name, "EUR", "100"),
            ("F-2025-77", "", "12,50"),
            (other.name, "", "70"),
            (paid.name, "", "9"),
            (self.second.name, "USD", "40"),
            (self.credit.name, "", "15"),
            (self.first.name, "", "1"),
            ("", "", "3"),
        )
        self.assertEqual(note.reading, "partly")
        self.assertEqual(
            [(line.row, line.problem or "") for line in note.line_ids],
            [
                (2, ""),
                (3, "unknown"),
                (4, "foreign"),
                (5, "paid"),
                (6, "money"),
                (7, "sign"),
                (8, "twice"),
                (9, "document"),
            ],
        )
        self.assertFalse(self._told(), "a row in other money hides the sum")
        note = self._note(("nummer", "bedrag"), (self.first.name, "100"), ("X9", "5"))
        [told] = self._told()
        self.assertEqual((told["amount"], told["unknown"]), (Decimal(105), ["X9"]))
        note.state = "ignored"
        self.assertFalse(note.hidden_words)
        note = self._note(
            ("nummer", "bedrag"), (self.first.name, "100"), ("X9", "veel")
        )
        self.assertFalse(self._told(), "a row without an amount hides it as well")
        self.assertIn("The amount of row 3 (X9) cannot be read", note.hidden_words)
        self.assertIn("Ask the customer", note.hidden_words)
        note.state = "ignored"
        self.assertFalse(note.hidden_words, "nothing to do any more")

    def test_a_total_that_is_not_the_sum_is_told(self):
        note = self._note(
            ("nummer", "bedrag"), (self.first.name, "100"), ("Totaal", "101")
        )
        self.assertEqual((note.reading, note.reading_problem), ("partly", "total"))

    def test_a_file_that_cannot_be_read_is_kept_for_the_eyes(self):
        for name, content, reading, problem in (
            ("a.pdf", b"%PDF-1.7 x", "none", False),
            ("b.txt", b"wij betalen alles", "failed", specification.EMPTY),
            ("c.csv", b"x;1\n" * 5001, "failed", specification.TOO_MANY),
        ):
            note = self.notes._receive(self.link, name, content)
            self.assertEqual((note.reading, note.reading_problem), (reading, problem))
            self.assertFalse(note.line_ids)
        self.assertFalse(self._told())
        self.patch(
            type(self.notes),
            "_parts",
            lambda _self, _content: {
                "[Content_Types].xml": 9,
                "xl/workbook.xml": 9,
            },
        )
        note = self.notes._receive(self.link, "d.xlsx", b"PK\x03\x04 nothing")
        self.assertEqual((note.reading, note.reading_problem), ("failed", "damaged"))

    def test_a_file_on_which_reading_breaks_is_kept(self):
        broken = patch.object(specification, "read", side_effect=ZeroDivisionError)
        with broken, mute_logger("odoo.addons.o2c_portal.models.o2c_remittance_note"):
            note = self._note(("nummer", "bedrag"), (self.first.name, "100"))
        self.assertEqual((note.reading, note.state), ("failed", "new"))
        note.action_read()
        self.assertEqual(note.reading, "whole")

    def test_the_choice_of_the_page_counts_where_the_file_says_another_sum(self):
        choice = f"{self.first.id}.1"
        for paid, told in (("100", []), ("90", [{Decimal("100.00")}])):
            content = f"nummer;bedrag\n{self.first.name};{paid}\n".encode()
            note = self.notes._receive(self.link, "a.csv", content, choice)
            self.assertEqual(note.amount, 100)
            found = self.env["o2c.money.in"]._instalments(self.company)
            self.assertEqual([amounts for _ref, _moves, amounts in found], told)
            note.state = "ignored"

    def test_it_is_read_again_when_a_document_was_posted_since(self):
        late = self._invoice(
            self.sme, 25.0, "2026-02-07", post=False, name="V/2026/0777"
        )
        note = self._note(("nummer", "bedrag"), ("V/2026/0777", "25"))
        self.assertEqual(note.line_ids.problem, "unknown")
        late.action_post()
        collector = self._user("reads", "o2c_base.group_collector")
        mine = note.with_user(collector).sudo(False)
        mine.action_read()
        self.assertEqual((note.reading, note.line_ids.move_id), ("whole", late))
        mine.action_read()
        self.assertEqual(len(note.line_ids), 1, "read again it says the same once")
        mine.action_done()
        with self.assertRaises(UserError):
            mine.action_read()
        with self.assertRaises(AccessError):
            mine.line_ids.write({"amount": 1})

    def test_it_is_used_once_and_waits_again_when_that_is_undone(self):
        note = self._note(("nummer", "bedrag"), (self.first.name, "100"))
        money = self.env["o2c.money.in"]
        keys = [self._told()[0]["key"], "other,5"]
        money._specifications_used(self.env["res.company"], keys)
        self.assertEqual(note.state, "new", "another company's word does not count")
        money._specifications_used(self.company, keys)
        self.assertEqual(note.state, "done")
        self.assertFalse(self._told())
        money._specifications_used(self.company, keys, used=False)
        self.assertEqual(note.state, "new")
        note.state = "ignored"
        money._specifications_used(self.company, keys, used=False)
        self.assertEqual(note.state, "ignored")
