"""Open items of other ledgers: looked at, taken as a set, counted, never booked."""

import base64
import io
from datetime import timedelta
from decimal import Decimal

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.o2c_base.tests.common import O2cCommon

HEAD = "factuur;klant;datum;vervaldatum;bedrag;openstaand;valuta\n"


@tagged("post_install", "-at_install")
class TestMemoItems(O2cCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("o2c_base.group_credit_manager")
        cls.controller = cls._user("controller", "o2c_base.group_credit_controller")
        cls.source = cls.env["o2c.memo.source"].create(
            {"name": "Oud systeem", "company_id": cls.company.id}
        )
        cls.today = cls.company._o2c_today()

    def _row(self, number, amount="100,00", customer="87654321", **values):
        cells = {"day": "01-02-2026", "due": "03-03-2026", "currency": "", **values}
        return (
            f"{number};{customer};{cells['day']};{cells['due']};"
            f"{amount};{amount};{cells['currency']}\n"
        )

    def _page(self, *rows, content=None, user=None, **values):
        content = content or (HEAD + "".join(rows)).encode()
        return (
            self.env["o2c.memo.import"]
            .with_user(user or self.controller)
            .create(
                {
                    "company_id": self.company.id,
                    "source_id": self.source.id,
                    "filename": "open.csv",
                    "file": base64.b64encode(content),
                    **values,
                }
            )
        )

    def _take(self, *rows, **values):
        page = self._page(*rows, **values)
        page.action_look()
        page.action_import()
        return page

    def _open(self):
        return {
            item.number: item.open_amount
            for item in self.source.item_ids.filtered(lambda one: one.state == "open")
        }

    def _counts(self, page):
        return (
            page.new_count,
            page.changed_count,
            page.same_count,
            page.gone_count,
            page.bad_count,
        )

    def test_the_newest_file_is_the_book(self):
        self._take(*(self._row(f"V{number}") for number in range(4)))
        page = self._page(
            self._row("V0"), self._row("V1", "40,00"), self._row("V2"), self._row("V9")
        )
        page.action_look()
        self.assertEqual(self._counts(page), (1, 1, 2, 1, 0))
        self.assertEqual(page.total, 340)
        self.assertEqual(
            {line.number: line.kind for line in page.line_ids},
            {"V1": "changed", "V3": "gone", "V9": "new"},
        )
        self.assertEqual(len(self._open()), 4, "nothing is written before it is taken")
        page.action_import()
        self.assertEqual(self._open(), {"V0": 100, "V1": 40, "V2": 100, "V9": 100})
        gone = self.source.item_ids.filtered(lambda one: one.number == "V3")
        self.assertEqual(
            (gone.state, gone.closed_on, gone.open_company, gone.last_open),
            ("closed", self.today, 0, 100),
        )
        self.assertEqual(self.source.open_amount, 340)
        refresh = self.source.refresh_ids[0]
        self.assertEqual(
            (refresh.new_count, refresh.changed_count, refresh.gone_count),
            (1, 1, 1),
        )
        self.assertEqual((refresh.user_id, refresh.amount), (self.controller, 340))
        self.assertTrue(refresh.file)

    def test_the_same_file_again_changes_nothing(self):
        rows = [self._row("V1"), self._row("V2")]
        self._take(*rows)
        before = self.source.item_ids.mapped("write_date")
        page = self._take(*rows)
        self.assertEqual(self._counts(page), (0, 0, 2, 0, 0))
        self.assertEqual(self.source.item_ids.mapped("write_date"), before)

    def test_what_comes_back_is_open_again(self):
        self._take(self._row("V1"), self._row("V2"), self._row("V3"))
        self._take(self._row("V1"), self._row("V2"))
        self._take(self._row("V1"), self._row("V2"), self._row("V3"))
        self.assertEqual(len(self._open()), 3)
        self.assertFalse(any(self.source.item_ids.mapped("closed_on")))

    def test_a_file_that_closes_more_than_half_asks_first(self):
        self._take(*(self._row(f"V{number}") for number in range(4)))
        half = self._page(self._row("V0"), self._row("V1"))
        half.action_look()
        self.assertFalse(half.asks)
        page = self._page(self._row("V0"))
        page.action_look()
        self.assertTrue(page.asks)
        self.assertEqual(page.gone_amount, 300)
        with self.assertRaisesRegex(UserError, "closes 3 of 4 open items"):
            page.action_import()
        self.assertEqual(len(self._open()), 4)
        page.close_many = True
        page.action_import()
        self.assertEqual(len(self._open()), 1)

    def test_a_row_with_a_problem_closes_nothing(self):
        self._take(self._row("V1"), self._row("V2"), self._row("V3"))
        page = self._page(
            self._row("V1"), self._row("V2", "veel"), self._row("V3", "50,00")
        )
        page.action_look()
        self.assertEqual(self._counts(page), (0, 1, 1, 0, 1))
        with self.assertRaisesRegex(UserError, "the first is row 3"):
            page.action_import()
        page.leave_out = True
        page.action_import()
        self.assertEqual(self._open(), {"V1": 100, "V2": 100, "V3": 50})

    def test_a_row_without_a_number_stops_the_file(self):
        self._take(self._row("V1"), self._row("V2"))
        page = self._page(self._row("V1"), self._row(""), leave_out=True)
        page.action_look()
        self.assertTrue(page.unclear)
        with self.assertRaisesRegex(UserError, "nobody can tell what is gone"):
            page.action_import()
        self.assertEqual(len(self._open()), 2)

    def test_each_problem_says_what_to_do(self):
        self.env["res.partner"].create({"name": "Dubbel", "ref": "D1"})
        self.env["res.partner"].create({"name": "Dubbel", "ref": "D2"})
        booked = self._invoice(self.sme, 100, "2026-02-01")
        page = self._page(
            self._row("V1", customer="niemand"),
            self._row("V2", customer="Dubbel"),
            self._row("V3", currency="XYZ"),
            self._row("V4", due="01-01-2026"),
            self._row("V5", day="31-02-2026"),
            self._row("V6"),
            self._row("V6"),
            self._row(booked.name),
            self._row("V7", "x;y"),
        )
        page.action_look()
        words = {
            line.number: line.advice for line in page.line_ids if line.kind == "bad"
        }
        for number, part in (
            ("V1", "“niemand” was not found"),
            ("V2", "fits more than one"),
            ("V3", "“XYZ” is no active currency"),
            ("V4", "before the date"),
            ("V5", "“31-02-2026” is not a date"),
            ("V6", "stands in row 7 too"),
            (booked.name, "would count twice"),
            ("V7", "is not a number"),
        ):
            self.assertIn(part, words[number])
        self.assertEqual(page.new_count, 1)
        self.assertTrue(page.problems_file)

    def test_files_that_cannot_be_read(self):
        for content, words in (
            (b"PK\x03\x04" + b"\x00" * 20, "cannot be read"),
            (b"\x00\x01\x02", "unknown encoding"),
            (HEAD.encode(), "no rows"),
            (b"  ", "empty"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._page(content=content).action_look()

    def test_a_workbook_and_other_currencies(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 2.0,
            }
        )
        book = Workbook()
        book.active.append(["number", "customer", "date", "open", "currency"])
        book.active.append(["V1", 87654321, self.today, 1250.5, "USD"])
        book.active.append(["C1", self.sme.name, self.today, -100, None])
        out = io.BytesIO()
        book.save(out)
        self._take(content=out.getvalue())
        items = {item.number: item for item in self.source.item_ids}
        self.assertEqual(
            (items["V1"].open_amount, items["V1"].open_company), (1250.5, 625.25)
        )
        self.assertEqual(items["C1"].partner_id, self.sme)
        self.assertEqual(self.source.open_amount, 525.25)

    def test_a_file_without_columns_says_which(self):
        page = self._page(content=b"nummer;klant\nV1;87654321\n")
        with self.assertRaisesRegex(UserError, r"no row has: date \(datum.*; open \("):
            page.action_look()

    def test_an_older_or_later_file_is_not_taken(self):
        self._take(self._row("V1"))
        for day, words in (
            (self.today - timedelta(days=1), "A newer file"),
            (self.today + timedelta(days=1), "still to come"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._page(self._row("V1"), as_of=day).action_look()

    def test_what_changed_since_the_preview_is_looked_at_again(self):
        first = self._page(self._row("V1"))
        first.action_look()
        self._take(self._row("V1"))
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            first.action_import()

    # Seen in what a customer owes

    def test_exposure_counts_what_is_open_there(self):
        profiles = self.env["o2c.risk.profile"]
        self._invoice(self.sme, 1000, "2026-02-01")
        self._take(self._row("V1", "250,00"), self._row("C1", "-50,00"))
        exposure = profiles._exposure(self.company, self.sme.ids)[self.sme.id]
        self.assertEqual(exposure.receivables, Decimal("1000.00"))
        self.assertEqual(exposure.others["other_ledgers"], Decimal("200.00"))
        self.assertEqual(exposure.total, Decimal("1200.00"))
        self._take(self._row("V1", "250,00"))
        exposure = profiles._exposure(self.company, self.sme.ids)[self.sme.id]
        self.assertEqual(exposure.total, Decimal("1250.00"))
        self.assertFalse(self.env["account.move"].search([("ref", "in", ("V1", "C1"))]))

    def test_a_verdict_knows_of_them(self):
        self._switch("live", "credit")
        profile = self.sme._o2c_profile(self.company) or self.env[
            "o2c.risk.profile"
        ].sudo().create({"partner_id": self.sme.id, "company_id": self.company.id})
        profile.sudo().write({"limit_kind": "amount", "limit_amount": 1000})
        before = self.sme.o2c_credit_verdict(100)[0]["headroom"]
        self._take(self._row("V1", "250,00"))
        self.assertEqual(self.sme.o2c_credit_verdict(100)[0]["headroom"], before - 250)

    # Who

    def test_who_may(self):
        self._take(self._row("V1"))
        collector = self._user("collector", "o2c_base.group_collector")
        item = self.source.item_ids
        self.assertEqual(item.with_user(collector).open_amount, 100)
        with self.assertRaises(AccessError):
            self._page(self._row("V1"), user=collector)
        with self.assertRaises(AccessError):
            item.with_user(self.controller).open_amount = 1
        seller = self._user("seller", "sales_team.group_sale_salesman")
        portal = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        for user in (seller, portal):
            with self.assertRaises(AccessError):
                self.env["o2c.memo.item"].with_user(user).search([])
        other = self._create_company(name="Other")
        foreign = self.env["o2c.memo.source"].create(
            {"name": "Elders", "company_id": other.id}
        )
        self.assertFalse(foreign.with_user(self.controller)._filtered_access("read"))

    # In sets

    def test_10_and_1000_rows_take_the_same_statements(self):
        def statements(number):
            page = self._page(
                *(self._row(f"V{count}") for count in range(number)), user=self.env.user
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page._check_may_import()
            page._plan(page._raw_rows())
            return self.cr.sql_log_count - before

        statements(1)
        self.assertEqual(statements(10), statements(1000))
