"""Orders that come in as files: decided per order, never twice."""

import io
from datetime import date
from unittest.mock import patch

from openpyxl import Workbook

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .intake_common import HEAD, IntakeCommon


@tagged("post_install", "-at_install")
class TestOrderImport(IntakeCommon):
    def test_lines_of_a_reference_become_one_quotation(self):
        intake = self._take(
            self._csv(
                "W1;K100;BALK-44;120;;12-03-2026;PO 1",
                "W1;K100;8712345678906;1,5;62,50;12-03-2026;PO 1",
                "W2;87654321;BALK-44;2;;;",
            )
        )
        self.assertEqual((intake.state, intake.made_count), ("done", 2))
        first, second = intake.order_ids.order_id.sorted("o2c_import_reference")
        self.assertEqual((first.partner_id, first.state), (self.sme, "draft"))
        self.assertEqual(first.client_order_ref, "PO 1")
        self.assertEqual(first.commitment_date.date(), date(2026, 3, 12))
        self.assertEqual(first.order_line.mapped("product_uom_qty"), [120, 1.5])
        self.assertEqual(first.order_line[1].price_unit, 62.5)
        self.assertEqual(second.client_order_ref, "W2")
        self.assertEqual(second.partner_id, self.sme)

    def test_imported_lines_get_the_agreed_price_and_its_reasons(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {100: 8.5}},
            partner_id=self.sme.id,
        )
        intake = self._take(self._csv("W1;NL 0000.99998.B57;BALK-44;120;;;"))
        line = intake.order_ids.order_id.order_line
        self.assertEqual(line.price_unit, 8.5)
        self.assertFalse(line.o2c_price_trace["manual"])

    def test_the_credit_verdict_stands_with_the_order(self):
        self._switch("live", "credit")
        profile = self.sme._o2c_profile(self.company) or self.env[
            "o2c.risk.profile"
        ].sudo().create({"partner_id": self.sme.id, "company_id": self.company.id})
        profile.sudo().insolvent = True
        order = self._take(self._csv("W1;K100;BALK-44;1;;;")).order_ids
        self.assertEqual(order.verdict, order.order_id.o2c_verdict)
        self.assertIn(order.verdict, ("hold", "stop"))

    def test_what_misses_for_the_invoice_is_named(self):
        self.sme.write({"email": False})
        self.sme_contact.email = False
        order = self._take(self._csv("W1;K100;BALK-44;1;;;")).order_ids
        self.assertEqual(order.state, "made")
        self.assertIn("no e-mail address", order.remark)

    def test_windows_files_and_dutch_headings_are_read(self):
        text = "Ordernummer,Klant,Artikel,Aantal,Omschrijving\nW1,K100,BALK-44,3,Één\n"
        for number, encoding in enumerate(("utf-8-sig", "cp1252", "utf-16")):
            intake = self._take(text.replace("W1", f"W{number}").encode(encoding))
            self.assertEqual(intake.order_ids.order_id.order_line.name, "Één")

    def test_a_workbook_gives_the_same(self):
        book = Workbook()
        book.active.append(["order", "klant", "artikel", "aantal", "leverdatum"])
        book.active.append(["W1", "K100", "BALK-44", 1250, date(2026, 3, 12)])
        book.active.append(["W1", "K100", 8712345678906, 1.5, None])
        out = io.BytesIO()
        book.save(out)
        order = self._take(out.getvalue(), "orders.xlsx").order_ids.order_id
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [1250, 1.5])
        self.assertEqual(order.commitment_date.date(), date(2026, 3, 12))

    # One bad order never loses a good one

    def test_a_good_order_is_made_and_a_bad_one_says_what_to_do(self):
        intake = self._take(
            self._csv(
                "W1;K100;BALK-44;3;;;",
                "W2;K100;BALK-44;veel;;;",
                "W3;K999;GEEN;-1;1.234;31-02-2026;",
                "W4;K999;GEEN;1;;;",
                "W5;;BALK-44;1;-3;;",
                ";K100;BALK-44;1;;;",
                "W6;K100;BALK-44;2;;;",
            )
        )
        self.assertEqual((intake.state, intake.made_count), ("mend", 2))
        self.assertEqual(
            self._states(intake),
            {
                "W1": "made",
                "W2": "mend",
                "W3": "mend",
                "W4": "mend",
                "W5": "mend",
                "": "mend",
                "W6": "made",
            },
        )
        self._asked(
            intake,
            "Line 3, quantity: “veel” is not a number",
            "Line 4, quantity: “-1” is not more than zero",
            "Line 4, price: “1.234” can mean two things",
            "Line 4, requested_date: “31-02-2026” is not a date",
            "Line 5, customer: “K999” was not found: choose what is meant",
            "Line 5, article: “GEEN” was not found",
            "Line 6, customer: is empty",
            "Line 6, price: “-3” is less than zero",
            "Line 7, order_reference: is empty",
        )

    def test_an_order_with_a_bad_line_is_not_made_without_it(self):
        intake = self._take(
            self._csv("W1;K100;BALK-44;3;;;", "W1;K100;BALK-44;veel;;;")
        )
        self.assertEqual(self._states(intake), {"W1": "mend"})

    def test_an_order_has_one_customer(self):
        intake = self._take(
            self._csv("W1;K100;BALK-44;1;;;", "W1;87654321;BALK-44;1;;;")
        )
        self._asked(intake, "Line 3, customer: “87654321”")

    def test_a_name_that_fits_two_customers_is_not_guessed(self):
        self.corporate.ref = "K100"
        intake = self._take(self._csv("W1;K100;BALK-44;1;;;"))
        self._asked(intake, "fits more than one")

    def test_customers_and_articles_that_are_closed_are_told_apart(self):
        self._customer("Weg B.V.", "sme", ref="K8", active=False)
        self.hour.sale_ok = False
        intake = self._take(
            self._csv("W1;K8;BALK-44;1;;;", "W2;K100;8712345678906;1;;;")
        )
        self._asked(
            intake,
            "Line 2, customer: “K8” is archived",
            "Line 3, article: “8712345678906” is no longer sold",
        )

    def test_units_and_currencies_are_those_of_article_and_prices(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        head = "order;klant;artikel;aantal;eenheid;valuta\n"
        intake = self._take(
            head + "W1;K100;BALK-44;2;DZN;EUR\n"
            "W2;K100;BALK-44;2;KGM;\n"
            "W3;K100;BALK-44;2;snuf;\n"
            "W4;K100;BALK-44;2;PCE;USD\n"
        )
        line = intake.order_ids.order_id.order_line
        self.assertEqual((line.product_uom_id, line.product_uom_qty), (dozen, 2))
        self._asked(
            intake,
            "Line 3, unit: “KGM”",
            "Line 4, unit: “snuf”",
            "Line 5, currency: “USD”: the prices of this customer",
        )

    def test_what_core_refuses_stops_no_other_order(self):
        normal = type(self.env["sale.order"]).create
        words = "W2 cannot be"

        def picky(orders, vals_list):
            if any(one.get("client_order_ref") == "W2" for one in vals_list):
                raise UserError(words)
            return normal(orders, vals_list)

        self.patch(type(self.env["sale.order"]), "create", picky)
        intake = self._take(
            self._csv(*(f"W{number};K100;BALK-44;1;;;" for number in (1, 2, 3)))
        )
        self.assertEqual(
            self._states(intake), {"W1": "made", "W2": "mend", "W3": "made"}
        )
        self._asked(intake, words)

    # Files that are no orders

    def test_files_that_are_no_orders_say_so(self):
        self._said(self._take(b"PK\x03\x04\x00\x00", "orders.xlsx"), "cannot be read")
        self._said(self._take(b"\x00\x01\x02", "orders.bin"), "neither a CSV")
        self._said(self._take(HEAD), "no order lines")
        self._said(self._take("naam;adres\nx;y\n"), "Line 1, naam", "quantity")
        self._said(self._take("[1"), "no complete JSON")
        self._asked(self._take(HEAD + "W1;K100;BALK-44;1;;;;;;x\n"), "Line 2", "cells")
        with self.assertRaisesRegex(UserError, "empty"):
            self._take(b"  \n")
        with self.assertRaisesRegex(UserError, "10 MB"):
            self._take(b"x" * (10 * 1024 * 1024 + 1))

    def test_more_lines_than_a_file_may_have(self):
        intake = self._take(HEAD + "W1;K100;BALK-44;1;;;\n" * 20001)
        self._said(intake, "more than 20000 lines")

    # Never twice

    def test_the_same_reference_is_taken_once(self):
        content = self._csv("W1;K100;BALK-44;1;;;")
        order = self._take(content).order_ids.order_id
        # another name of the same customer
        more = self._take(
            self._csv("W1;NL000099998B57;BALK-44;1;;;", "W2;K100;BALK-44;1;;;")
        )
        self.assertEqual(self._states(more), {"W1": "known", "W2": "made"})
        self.assertEqual(more.order_ids.sorted("number")[0].order_id, order)
        self.assertEqual((more.state, more.known_count), ("done", 1))

    def test_an_order_that_was_typed_by_hand_is_known(self):
        order = self._order(self.sme, [(self.wood, 1, 10.0)])
        order.client_order_ref = "W1"
        intake = self._take(self._csv("W1;K100;BALK-44;1;;;"))
        self.assertEqual(intake.order_ids.state, "known")
        self.assertEqual(intake.order_ids.order_id, order)

    def test_the_same_file_is_shown_not_made(self):
        content = self._csv("W1;K100;BALK-44;1;;;")
        first = self._take(content)
        action = self._page(content).action_import()
        self.assertEqual(action["params"]["next"]["res_id"], first.id)
        self.assertEqual(len(self.env["o2c.order.intake"].search([])), 1)

    def test_a_deleted_quotation_may_come_in_again(self):
        self._take(self._csv("W1;K100;BALK-44;1;;;")).order_ids.order_id.unlink()
        again = self._take(self._csv("W1;K100;BALK-44;2;;;"))
        self.assertEqual(again.order_ids.state, "made")

    def test_of_two_at_once_the_later_one_looks_again(self):
        """A snapshot that does not see the other: the key of the schema stops it, and
        the call is tried again by the server, which then finds what the first made."""
        content = self._csv("W1;K100;BALK-44;1;;;")
        self._take(content)
        intakes = type(self.env["o2c.order.intake"])
        with mute_logger("odoo.sql_db"):
            with patch.object(intakes, "_same_file", lambda me, *_args: me.browse()):
                with self.assertRaises(ConcurrencyError):
                    self._take(content)
            with patch.object(intakes, "_known_orders", lambda *_args: {}):
                with self.assertRaises(ConcurrencyError):
                    self._take(content + "\n")
        self.assertEqual(self.env["o2c.order.intake"].search_count([]), 1)
        self.assertEqual(
            self.env["sale.order"].search_count([("o2c_import_reference", "=", "W1")]),
            1,
        )
