"""Agreed prices from files."""

import base64
import csv
import io
import time
from datetime import date

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceImport(BillingCommon):
    def setUp(self):
        super().setUp()
        self.wood.default_code = "BALK-44"
        self.hour.barcode = "8712345678906"
        self.agreement = self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {100: 8.5}},
            partner_id=self.sme.id,
            date_from="2026-01-01",
            date_to="2026-12-31",
        )

    def _wizard(self, content, filename="prijzen.csv", **values):
        if isinstance(content, str):
            content = content.encode()
        return self.env["o2c.price.import"].create(
            {
                "agreement_id": self.agreement.id,
                "file": base64.b64encode(content),
                "filename": filename,
                **values,
            }
        )

    def _look(self, content, **values):
        wizard = self._wizard(content, **values)
        wizard.action_look()
        return wizard

    def _advice(self, content):
        wizard = self._look(content)
        [line] = wizard.problem_ids
        return line.number, line.columns, line.advice

    def test_new_changed_and_same_prices_are_told_apart_before_anything_is_written(
        self,
    ):
        wizard = self._look(
            "artikel;prijs;staffel 1 vanaf;staffel 1 prijs;korting\n"
            "BALK-44;8,75;100;8,25;\n"
            "8712345678906;;;;5\n"
        )
        self.assertEqual((wizard.new_count, wizard.update_count), (1, 1))
        self.assertEqual(self.agreement.line_ids.fixed_price, 9.0)
        wizard.action_import()
        wood, hour = self.agreement.line_ids
        self.assertEqual(wood.fixed_price, 8.75)
        self.assertEqual(wood.tier_ids.mapped("fixed_price"), [8.25])
        self.assertEqual((hour.product_id, hour.percentage), (self.hour, 5.0))
        again = self._look(
            "artikel;prijs;staffel 1 vanaf;staffel 1 prijs\nBALK-44;8,75;100;8,25\n"
        )
        self.assertEqual((again.new_count, again.update_count), (0, 0))
        self.assertEqual(again.same_count, 1)

    def test_from_a_date_the_old_price_stays_for_before(self):
        wizard = self._look("article;price\nBALK-44;8.75\n", date_from="2026-07-01")
        wizard.action_import()
        old, new = self.agreement.line_ids.sorted("id")
        self.assertEqual((old.fixed_price, old.date_to), (9.0, date(2026, 6, 30)))
        self.assertEqual((new.fixed_price, new.date_from), (8.75, date(2026, 7, 1)))
        self.assertEqual(
            [
                self._order(
                    self.sme, [(self.wood, 1, None)], date_order=day
                ).order_line.price_unit
                for day in ("2026-06-30 12:00:00", "2026-07-01 12:00:00")
            ],
            [9.0, 8.75],
        )
        later = self._look("article;price\nBALK-44;8.5\n", date_from="2026-07-01")
        self.assertIn("later day", later.problem_ids.advice)

    def test_a_price_that_counts_the_order_is_another_price(self):
        self.agreement.line_ids.basis = "order"
        wizard = self._look("article;price\nBALK-44;8.75\n")
        self.assertEqual((wizard.new_count, wizard.update_count), (1, 0))

    def test_a_workbook_is_read_with_its_numbers_and_dates(self):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Article", "Price", "Valid from", "Tier 1 from", "Tier 1 value"])
        sheet.append(["BALK-44", 8.755, date(2026, 2, 1), 1000, 1.234])
        content = io.BytesIO()
        book.save(content)
        wizard = self._look(content.getvalue(), filename="prijzen.xlsx")
        self.assertFalse(wizard.problem_ids)
        wizard.action_import()
        line = self.agreement.line_ids.sorted("id")[-1]
        self.assertEqual(line.date_from, date(2026, 2, 1))
        self.assertEqual(round(line.tier_ids.fixed_price, 2), 1.23)
        self.assertEqual(line.tier_ids.quantity, 1000)

    def test_every_usual_encoding_is_read(self):
        group = self.env["o2c.discount.group"].create(
            {"name": "Café", "scope": "article"}
        )
        text = "artikelgroep;korting\nCafé;5\n"
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            wizard = self._look(text.encode(encoding))
            self.assertFalse(wizard.problem_ids, encoding)
        wizard.action_import()
        self.assertIn(group, self.agreement.line_ids.article_group_id)

    def test_files_that_cannot_be_read_say_what_to_do(self):
        for content, words in (
            (b"   \n", "empty"),
            (b"\xd0\xcf\x11\xe0 old", "old or protected"),
            (b"PK\x03\x04 broken", "save it again"),
            (b"\x00\x01\x02\xff" * 10, "unknown encoding"),
            (b"colour;size\nred;1\n", "must name a column"),
            (b"article;price\n", "no rows"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._look(content)

    def test_every_problem_names_row_column_and_what_to_do(self):
        head = (
            "article;category;price;discount;kind;valid from;tier 1 from;tier 1 value\n"
        )
        for row, column, words in (
            ("NIETS;;5;;;;;", "article", "No article"),
            (";Onbekend;5;;;;;", "category", "no category"),
            ("BALK-44;;1.234;;;;;", "price", "two numbers"),
            ("BALK-44;;tien;;;;;", "price", "not a number"),
            ("BALK-44;;-5;;;;;", "price", "negative"),
            ("BALK-44;;5;5;;;;", "price", "not both"),
            ("BALK-44;;;;;;;", "price", "Fill in"),
            ("BALK-44;;;150;;;;", "discount", "at most 100"),
            ("BALK-44;;5;;iets;;;", "kind", "goods or service"),
            ("BALK-44;;5;;;31-02-2026;;", "date_from", "not a date"),
            ("BALK-44;;5;;;2025-01-01;;", "date_from", "outside"),
            ("BALK-44;;5;;;;100;", "tier 1", "quantity and a value"),
        ):
            number, columns, advice = self._advice(head + row)
            self.assertEqual((number, columns), (2, column), row)
            self.assertIn(words, advice)

    def test_the_same_price_twice_in_a_file_points_at_the_first(self):
        number, _columns, advice = self._advice(
            "article;price\nBALK-44;5\n8712345678906;6\nBALK-44;7\n"
        )
        self.assertEqual(number, 4)
        self.assertIn("row 2", advice)

    def test_unknown_groups_and_forms_are_named(self):
        for head in ("article group", "customer group", "subscription form"):
            _number, _columns, advice = self._advice(f"{head};price\nGeen;5\n")
            self.assertIn("Make it first", advice)

    def test_an_article_of_another_company_is_unknown(self):
        other = self._create_company(name="Other")
        self._article("Elders", 1.0, default_code="ELDERS", company_id=other.id)
        self.assertIn("No article", self._advice("article;price\nELDERS;5\n")[2])

    def test_two_articles_with_one_reference_are_not_guessed(self):
        self._article("Nog een", 1.0, default_code="BALK-44")
        self.assertIn("Several", self._advice("article;price\nBALK-44;5\n")[2])

    def test_with_one_problem_nothing_is_imported(self):
        wizard = self._look("article;price\nBALK-44;5\nNIETS;6\n")
        with self.assertRaisesRegex(UserError, "Nothing was imported"):
            wizard.action_import()
        self.assertEqual(self.agreement.line_ids.fixed_price, 9.0)

    def test_problems_as_a_file_start_no_formula(self):
        wizard = self._look("article;price\n=cmd();5\n")
        text = base64.b64decode(wizard.problems_file).decode("utf-8-sig")
        self.assertIn("'=cmd()", text)

    def test_an_unused_column_is_named(self):
        self.assertEqual(
            self._look("article;price;kleur\nBALK-44;5;rood\n").unused, "kleur"
        )

    def test_what_is_exported_is_the_same_when_imported(self):
        self.agreement.line_ids.copy(
            {"product_id": False, "categ_id": self.categ_deep.id, "kind": "goods"}
        )
        wizard = self._wizard("x")
        wizard.action_export()
        again = self._look(base64.b64decode(wizard.problems_file))
        self.assertFalse(again.problem_ids)
        self.assertEqual((again.same_count, again.new_count), (2, 0))

    def test_the_template_is_understood(self):
        url = self._wizard("x").action_template()["url"]
        with open(self._path(url), encoding="utf-8") as lines:
            rows = list(csv.reader(lines, delimiter=";"))
        self.assertEqual(rows[0][0], "article")
        wizard = self._wizard("\n".join(";".join(row) for row in rows))
        wizard.action_look()
        self.assertFalse(wizard.unused)
        codes = wizard.problem_ids.mapped("columns")
        self.assertLessEqual(set(codes), {"category"})

    def _path(self, url):
        from odoo.tools import file_path

        return file_path(url.lstrip("/"))

    def test_a_closed_agreement_takes_no_prices(self):
        wizard = self._wizard("article;price\nBALK-44;5\n")
        self.agreement.action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            wizard.action_look()

    def test_only_an_approver_imports(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.env["o2c.price.import"].with_user(user).create(
                {"agreement_id": self.agreement.id}
            )

    def test_ten_thousand_rows_are_a_set(self):
        products = self.env["product.product"].create(
            [
                {"name": f"A{n}", "default_code": f"A-{n}", "type": "consu"}
                for n in range(300)
            ]
        )
        self.assertEqual(len(products), 300)

        def text(count):
            return "article;price;from quantity;tier 1 from;tier 1 value\n" + "".join(
                f"A-{n % 300};{n + 1};{n // 300};1000000;1\n" for n in range(count)
            )

        self._look(text(300))
        before = self.env.cr.sql_log_count
        self._look(text(300))
        few = self.env.cr.sql_log_count - before
        start, before = time.monotonic(), self.env.cr.sql_log_count
        wizard = self._look(text(10000))
        many = self.env.cr.sql_log_count - before
        self.assertEqual(wizard.new_count, 10000)
        self.assertLessEqual(many, few + 20)
        wizard.action_import()
        self.assertEqual(len(self.agreement.line_ids), 10001)
        self.assertLess(time.monotonic() - start, 120)
