"""What an auditor gets: who decided what, signed, and it adds up to the ledger."""

import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..tools.proof_book import ProofBook
from .ledger_common import FIRST, LAST, MovementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestProof(MovementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls._user("auditor", "o2c_insight.group_auditor")
        cls.exports = cls.env["o2c.proof.export"].with_user(cls.auditor)

    def _made(self, first=FIRST, last=LAST, **values):
        """An export that is ready: (record, {name: bytes}, workbook)."""
        export = self.exports.create({"first": first, "last": last, **values})
        self.env["o2c.proof.export"].sudo()._cron_make()
        self.assertEqual(export.state, "done", export.error)
        raw = export.sudo().attachment_id.raw
        self.assertEqual(hashlib.sha256(raw).hexdigest(), export.sha256)
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        book = load_workbook(io.BytesIO(files["proof.xlsx"]))
        return export, files, book

    def _rows(self, book, name):
        """A sheet as dicts by heading."""
        head, *rows = book[name].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=False)) for row in rows]

    def test_the_workbook_says_who_decided_what_and_why(self):
        self._everything_happens()
        profile = self._grade(self.sme, "B")
        with freeze_time("2026-05-18 10:00:00"):
            change = (
                self.env["o2c.limit.change"]
                .with_user(self.maker)
                .create(
                    {
                        "profile_id": profile.id,
                        "limit_kind": "amount",
                        "limit_amount": 5000,
                        "reason": "Good payer",
                    }
                )
            )
            change.action_approve()
        self._matrix((31, False, 10, 15))
        self.provisions.create({"company_id": self.company.id, "day": LAST})
        export, files, book = self._made()
        limits = self._rows(book, "Limit changes")
        self.assertEqual(
            [(row["Reason"], row["Amount"]) for row in limits],
            [("Good payer", 5000)],
        )
        [off] = self._rows(book, "Write-offs")
        self.assertEqual((off["Note"], off["Amount"]), ("Too little", 50))
        [provision] = self._rows(book, "Provisions")
        self.assertEqual(provision["State"], "Proposed")
        items = self._rows(book, "Provision per item")
        self.assertIn(self.before.name, [row["Document"] for row in items])
        self.assertTrue(all("Carried Over" in row for row in items))
        switches = self._rows(book, "Switches")
        self.assertFalse(switches, "switched today, after the period")
        told = {
            row["What"]: row["Amount"] for row in self._rows(book, "Reconciliation")
        }
        self.assertEqual(
            told["= Open after"], told["Balance of the receivable accounts"]
        )
        self.assertEqual((told["Not explained"], export.unexplained), (0, 0))
        self.assertEqual(
            json.loads(files["manifest.json"])["rows"]["ledger"],
            len(self._rows(book, "Journal items")),
        )

    def test_what_happened_outside_the_period_is_not_in_it(self):
        self.before.sudo().o2c_approved_at = "2026-03-31 21:59:59"
        self.inside.sudo().o2c_approved_at = "2026-03-31 22:00:00"
        _export, _files, book = self._made()
        # 22:00 in UTC is midnight in the Netherlands
        self.assertEqual(
            [row["Number"] for row in self._rows(book, "Approved invoices")],
            [self.inside.name],
        )

    def test_the_signature_holds_and_a_changed_byte_breaks_it(self):
        export, files, _book = self._made()
        key = serialization.load_pem_public_key(files["public_key.pem"])
        key.verify(files["SHA256SUMS.sig"], files["SHA256SUMS.txt"])
        with self.assertRaises(InvalidSignature):
            key.verify(files["SHA256SUMS.sig"], files["SHA256SUMS.txt"] + b" ")
        for line in files["SHA256SUMS.txt"].decode().splitlines():
            digest, name = line.split("  ")
            self.assertEqual(hashlib.sha256(files[name]).hexdigest(), digest)
        self.assertEqual(
            json.loads(files["manifest.json"])["key_fingerprint"],
            export.key_id.fingerprint,
        )

    def test_the_commands_in_the_readme_work(self):
        export, files, _book = self._made()
        commands = [
            line.strip()
            for line in files["README.txt"].decode().splitlines()
            if line.startswith("  sha256sum") or line.startswith("  openssl")
        ]
        self.assertEqual(len(commands), 3)
        with tempfile.TemporaryDirectory() as folder:
            for name, raw in files.items():
                (Path(folder) / name).write_bytes(raw)

            def said(command):
                return subprocess.run(
                    ["/bin/sh", "-c", command],
                    cwd=folder,
                    capture_output=True,
                    text=True,
                    timeout=20,
                )

            for command in commands:
                self.assertEqual(said(command).returncode, 0, command)
            self.assertIn(export.key_id.fingerprint, said(commands[2]).stdout)
            (Path(folder) / "proof.xlsx").write_bytes(b"other")
            self.assertNotEqual(said(commands[0]).returncode, 0)

    def test_a_replaced_key_signs_no_more_and_stays_readable(self):
        first, _files, _book = self._made()
        key = first.key_id
        with self.assertRaises(AccessError):
            key.with_user(self.auditor).action_replace()
        key.with_user(self.head).action_replace()
        second, _files, _book = self._made(last=date(2026, 4, 30))
        self.assertNotEqual(second.key_id, key)
        self.assertTrue(key.with_user(self.auditor).public_pem)
        with self.assertRaises(AccessError):
            key.with_user(self.head).read(["private_pem"])

    def test_who_may_order_and_read_it(self):
        for user in (self.reader, self.maker):
            with self.assertRaises(AccessError):
                self.exports.with_user(user).create({"first": FIRST, "last": LAST})
        export, _files, _book = self._made()
        self.assertIn("/web/content/", export.action_download()["url"])
        with self.assertRaises(AccessError):
            export.sudo().attachment_id.with_user(self.reader).read(["raw"])
        with self.assertRaises(UserError):
            export.with_user(self.head).row_count = 1
        with self.assertRaises(UserError):
            export.with_user(self.head).unlink()
        other = self.setup_other_company()["company"]
        stranger = self._user("stranger", "o2c_insight.group_auditor")
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        with self.assertRaises(AccessError):
            export.with_user(stranger).with_company(other).action_download()

    def test_one_order_of_a_period_at_a_time_and_none_of_the_future(self):
        self.exports.create({"first": FIRST, "last": LAST})
        with (
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.exports.create({"first": FIRST, "last": LAST})
        with self.assertRaisesRegex(ValidationError, "not over yet"):
            self.exports.create({"first": FIRST, "last": date(2026, 6, 4)})

    @mute_logger("odoo.addons.o2c_insight.models.proof.o2c_proof_making")
    def test_a_failure_is_said_and_can_be_tried_again(self):
        export = self.exports.create({"first": FIRST, "last": LAST})
        source = type(self.env["o2c.proof.source"])
        self.patch(source, "_value", self._broken)
        self._matrix((31, False, 10, 15))
        self.provisions.create({"company_id": self.company.id, "day": LAST})
        self.exports.sudo()._cron_make()
        self.assertEqual((export.state, export.error), ("failed", "no such thing"))
        self.assertEqual(export.sudo().run_id.state, "partly")
        with self.assertRaisesRegex(UserError, "still being made"):
            export.action_download()

    @staticmethod
    def _broken(*_args):
        raise ValueError("no such thing")

    def test_a_sheet_that_is_full_goes_on_in_another(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            with ProofBook(path, rows=4) as book:
                rows = [("=1+1", number, date(2026, 5, 1)) for number in range(7)]
                self.assertEqual(book.sheet("A/B", ["x", "y", "z"], rows), 7)
            found = load_workbook(path)
        self.assertEqual(found.sheetnames, ["A-B", "A-B (2)", "A-B (3)"])
        self.assertEqual([page.max_row for page in found], [4, 4, 2])
        self.assertEqual(found["A-B"]["A2"].data_type, "s", "text is no formula")

    def test_columns_are_as_wide_as_what_stands_in_them(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            with ProofBook(path, rows=3, day="dd-mm-yyyy") as book:
                long = "Because the customer has left the country. " * 5
                row = (date(2026, 5, 1), "Short name of somebody", 1234567.5, long, 3)
                columns = ["Date", "Customer", "Amount", "Reason", "Days"]
                book.sheet("All", columns, [row, row[:2], (*row[:2], 0.0)])
                book.sheet("None", columns, [])
            found = load_workbook(path)
        page = found["All"]
        widths = {
            column: round(dimension.width)
            for column, dimension in page.column_dimensions.items()
        }
        self.assertLess(widths["A"], 13, "a day is narrow")
        self.assertLess(widths["E"], 11)
        self.assertGreaterEqual(widths["B"], len("Short name of somebody"))
        self.assertLess(widths["B"], widths["D"])
        self.assertLess(widths["D"], 70, "what is longer is wrapped")
        self.assertTrue(page["D2"].alignment.wrap_text)
        self.assertFalse(page["B2"].alignment.wrap_text)
        self.assertEqual(page["A2"].number_format, "dd-mm-yyyy")
        self.assertTrue(page["A2"].is_date)
        amount = page["C2"]
        self.assertEqual((amount.value, amount.number_format), (1234567.5, "#,##0.00"))
        self.assertEqual(page.auto_filter.ref, "A1:E3")
        self.assertEqual(found["None"].auto_filter.ref, "A1:E1")

    def test_each_sheet_has_a_filter_and_a_heading_that_stays(self):
        _export, _files, book = self._made()
        self.assertGreater(len(book.sheetnames), 10)
        for page in book:
            with self.subTest(page.title):
                self.assertEqual(page.freeze_panes, "A2")
                self.assertTrue(page.auto_filter.ref.startswith("A1:"))
                amounts = [
                    cell
                    for row in page.iter_rows(min_row=2)
                    for cell in row
                    if isinstance(cell.value, float)
                ]
                self.assertFalse(
                    [one for one in amounts if one.number_format != "#,##0.00"]
                )
        day = book["Reconciliation"]["C2"]
        self.assertEqual((day.is_date, day.number_format), (True, "mm/dd/yyyy"))

    def test_the_workbook_is_in_the_language_that_was_chosen(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(
            ["o2c_base", "o2c_credit", "o2c_insight"], ["nl_NL"], overwrite=True
        )
        self.company.partner_id.lang = "nl_NL"
        export, files, book = self._made()
        self.assertEqual(export.lang, "nl_NL", "the company's, not who ordered it")
        self.assertIn("Aansluiting", book.sheetnames)
        page = book["Limietwijzigingen"]
        self.assertIn("Bedrijf", [cell.value for cell in page[1]])
        self.assertEqual(book["Aansluiting"]["C2"].number_format, "dd-mm-yyyy")
        self.assertEqual(json.loads(files["manifest.json"])["language"], "nl_NL")
        _export, _files, book = self._made(lang="en_US")
        self.assertIn("Limit changes", book.sheetnames)
        with self.assertRaisesRegex(ValidationError, "ja_JP is not installed"):
            self.exports.create({"first": FIRST, "last": LAST, "lang": "ja_JP"})

    def test_statements_do_not_grow_with_the_rows(self):
        def taken():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            list(self.movement._rows(self.company, FIRST, LAST))
            self.movement._statement(self.company, FIRST, LAST)
            for sheet in self.env["o2c.proof.source"]._sheets(
                self.company, FIRST, LAST
            ):
                list(sheet["rows"])
            return self.env.cr.sql_log_count - before

        self.before.sudo().o2c_approved_at = "2026-05-01 10:00:00"
        taken()
        few = taken()
        for _number in range(8):
            bill = self._due(self.sme, 100, "2026-05-01")
            bill.sudo().o2c_approved_at = "2026-05-01 10:00:00"
        self.assertLessEqual(taken(), few)
