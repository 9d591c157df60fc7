"""Key figures of a month, against examples worked out by hand."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.o2c_base.tests.common import O2cCommon


@tagged("post_install", "-at_install")
class TestKeyFigures(O2cCommon):
    """January sells 100,000, February 80,000, March 120,000 (31, 28 and 31 days).

    At the end of March 150,000 is open: all of March's invoice (due 30 April) and
    30,000 of February's (due 1 March: past due).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        january = cls._bill(cls.sme, 100000, "2026-01-10", "2026-02-09")
        february = cls._bill(cls.sme, 80000, "2026-02-05", "2026-03-01")
        cls.march = cls._bill(cls.corporate, 120000, "2026-03-31", "2026-04-30")
        cls._pay(january, 60000, "2026-02-09")
        cls._pay(january, 40000, "2026-03-01")
        cls._pay(february, 50000, "2026-03-11")
        cls.snapshots = cls.env["o2c.kpi.snapshot"].sudo()
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1
        )

    @classmethod
    def _bill(cls, partner, amount, day, due):
        return cls._invoice(
            partner, amount, day, invoice_payment_term_id=False, invoice_date_due=due
        )

    def _take(self, month, today):
        rows = self.snapshots._take(
            self.company, date.fromisoformat(month), date.fromisoformat(today)
        )
        return rows.filtered(lambda row: row.dimension == "total"), rows

    def test_a_month_by_hand(self):
        row, _rows = self._take("2026-03-01", "2026-04-15")
        self.assertTrue(row.final)
        self.assertEqual(str(row.as_of), "2026-03-31")
        self.assertEqual(
            (row.receivables, row.not_due, row.due_30, row.overdue),
            (150000, 120000, 30000, 30000),
        )
        # open at the end of February: 40,000 of January and 80,000 of February
        self.assertEqual((row.opening, row.sales, row.paid), (120000, 120000, 90000))
        # 150,000 / 300,000 x 90 days
        self.assertEqual((row.sales_period, row.days_period), (300000, 90))
        self.assertEqual(row.dso, 45)
        # 120,000 / 300,000 x 90 days
        self.assertEqual((row.dso_best, row.days_delinquent), (36, 9))
        # all of March (31 days) and 30/80 of February (28 days): 31 + 10.5
        self.assertEqual(row.dso_countback, 41.5)
        # (120 + 120 - 150) / (120 + 120 - 120)
        self.assertEqual(row.cei, 75)
        # 40,000 x 50 days and 50,000 x 34 days, from the invoice date
        self.assertAlmostEqual(row.days_to_pay, (40 * 50 + 50 * 34) / 90, 1)
        # 20 days late (due 9 February) and 10 days late (due 1 March)
        self.assertAlmostEqual(row.days_late, (40 * 20 + 50 * 10) / 90, 1)
        self.assertEqual(row.on_time, 0)

    def test_paid_on_the_due_date_is_in_time(self):
        row, _rows = self._take("2026-02-01", "2026-04-15")
        self.assertEqual((row.paid, row.on_time, row.days_late), (60000, 100, 0))

    def test_the_dimensions_add_up_to_the_company(self):
        total, rows = self._take("2026-03-01", "2026-04-15")
        for dimension in ("segment", "user", "team", "country", "currency"):
            part = rows.filtered(lambda row, kind=dimension: row.dimension == kind)
            for name in ("receivables", "sales", "opening", "paid", "overdue"):
                self.assertAlmostEqual(
                    sum(part.mapped(name)), total[name], 2, f"{dimension} {name}"
                )
        segments = {
            row.segment_id: row.receivables
            for row in rows
            if row.dimension == "segment"
        }
        self.assertEqual(segments[self.sme.o2c_segment_id], 30000)
        self.assertEqual(segments[self.corporate.o2c_segment_id], 120000)

    def test_the_present_month_counts_its_days_so_far(self):
        row, _rows = self._take("2026-03-01", "2026-03-15")
        self.assertFalse(row.final)
        self.assertEqual(str(row.as_of), "2026-03-15")
        # 30,000 open; 180,000 sold in 31 + 28 + 15 days
        self.assertEqual((row.receivables, row.days_period), (30000, 74))
        self.assertEqual(row.dso, 12.3)

    def test_without_sales_there_is_no_dso(self):
        row, _rows = self._take("2025-06-01", "2026-04-15")
        self.assertEqual((row.receivables, row.dso, row.dso_countback), (0, 0, 0))
        self.assertEqual(row.explanation, "")

    def test_a_month_that_ended_is_taken_once(self):
        today = date(2026, 4, 15)
        self.snapshots._take_missing(self.company, today)
        first = self._kept("2026-03-01")
        self.assertEqual(first.dso, 45)
        self.assertEqual(len(self._totals()), 14)
        # somebody books something in March afterwards
        self._bill(self.sme, 50000, "2026-03-20", "2026-04-19")
        self.snapshots._take_missing(self.company, date(2026, 4, 16))
        again = self._kept("2026-03-01")
        self.assertEqual((again, again.dso), (first, 45))
        now = self._kept("2026-04-01")
        self.assertEqual((str(now.as_of), now.final), ("2026-04-16", False))
        self.assertEqual(len(self._totals()), 14)
        self.snapshots._take_missing(self.company, date(2026, 5, 1))
        self.assertTrue(self._kept("2026-04-01").final)
        self.assertEqual(str(self._kept("2026-04-01").as_of), "2026-04-30")

    def test_one_month_that_fails_leaves_the_others(self):
        model = type(self.snapshots)
        origin = model._figures

        def broken(this, company, month, day):
            if month == date(2026, 1, 1):
                raise ValueError("Out of paper")
            return origin(this, company, month, day)

        self.patch(model, "_figures", broken)
        with self.assertLogs("odoo.addons.o2c_insight", "ERROR"):
            self.snapshots._take_missing(self.company, date(2026, 4, 15))
        run = (
            self.env["o2c.run"]
            .sudo()
            .search(
                [("kind", "=", "key_figures"), ("company_id", "=", self.company.id)]
            )
        )
        self.assertEqual(
            (run.state, run.done_count, run.failed_count), ("partly", 13, 1)
        )
        self.assertIn("January 2026: Out of paper", run.note_ids.mapped("text"))

    def test_two_at_once_take_nothing_twice(self):
        today = date(2026, 4, 15)
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext('o2c.kpi.snapshot'), %s)",
                [self.company.id],
            )
            self.snapshots._take_missing(self.company, today)
            self.assertFalse(self._totals(), "another one is at it")
            manager = self._user("kpi_manager", "o2c_base.group_credit_manager")
            with self.assertRaisesRegex(UserError, "being taken"):
                self.env["o2c.kpi.snapshot"].with_user(manager).action_take()
        self.snapshots._take_missing(self.company, today)
        self.assertEqual(len(self._totals()), 14)

    def test_what_was_interrupted_goes_on(self):
        commits = iter([1, 1, 1, 0])
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *_a, **_k: next(commits, 1),
        )
        today = date(2026, 4, 15)
        self.snapshots._take_missing(self.company, today)
        first = self._totals()
        self.assertEqual(len(first), 4)
        self.snapshots._take_missing(self.company, today)
        self.assertEqual(len(self._totals()), 14)
        self.assertEqual(first.exists(), first, "what was kept stays")
        run = self.env["o2c.run"].sudo().search([("kind", "=", "key_figures")])
        self.assertEqual((run.state, run.done_count, run.total), ("done", 14, 14))

    def test_a_company_without_anything(self):
        empty = self.setup_other_company()["company"]
        rows = self.snapshots._take(empty, date(2026, 3, 1), date(2026, 4, 15))
        self.assertEqual(rows.mapped("dimension"), ["total"])
        self.assertEqual((rows.receivables, rows.dso, rows.explanation), (0, 0, ""))

    def test_statements_do_not_grow_with_the_book(self):
        def taking():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._take("2026-03-01", "2026-04-15")
            return self.env.cr.sql_log_count - before

        taking()
        few = taking()
        for _number in range(10):
            self._bill(self.sme, 100, "2026-03-20", "2026-04-19")
        self.assertLessEqual(taking(), few)

    def test_the_sum_is_shown(self):
        row, _rows = self._take("2026-03-01", "2026-04-15")
        self.assertIn("x 90 days = 45.0 days", row.explanation)
        self.assertIn("= 75.0 %", row.explanation)

    def test_each_figure_opens_its_items(self):
        _total, rows = self._take("2026-03-01", "2026-04-15")
        row = rows.filtered(lambda one: one.segment_id == self.sme.o2c_segment_id)
        action = row.action_open_receivables()
        items = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .search(action["domain"])
        )
        self.assertEqual(sum(items.mapped("amount")), row.receivables)

    def test_promises_and_disputes(self):
        case = (
            self.env["o2c.dunning.case"]
            .sudo()
            .create(
                {
                    "partner_id": self.corporate.id,
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                }
            )
        )
        promises = self.env["o2c.payment.promise"].sudo()
        for state in ("kept", "broken", "broken", "open"):
            promise = promises.create(
                {
                    "case_id": case.id,
                    "date": "2026-03-20",
                    "amount": 100,
                    "move_ids": [Command.set(self.march.ids)],
                }
            )
            promise.flush_recordset()
            self.env.cr.execute(
                "UPDATE o2c_payment_promise SET state = %s WHERE id = %s",
                [state, promise.id],
            )
        self.env["o2c.dispute"].create(
            {
                "move_id": self.march.id,
                "scope": "amount",
                "amount": 6000,
                "raised_on": "2026-03-31",
            }
        )
        row, _rows = self._take("2026-03-01", "2026-04-15")
        self.assertAlmostEqual(row.promises_kept, 100 / 3, 1)
        self.assertEqual((row.dispute_rate, row.disputed), (5, 6000))

    def test_a_seller_starts_with_his_own_figures(self):
        """He has no totals: a filter on them would show him an empty list."""
        groups = {
            "sales_team.group_sale_salesman": False,
            "sales_team.group_sale_manager": True,
            "o2c_base.group_collector": True,
        }
        for number, (group, sees_totals) in enumerate(groups.items()):
            user = self._user(f"figures_{number}", group)
            for model in ("o2c.kpi.snapshot", "o2c.kpi.step"):
                arch = self.env[model].with_user(user).get_view(view_type="search")
                self.assertEqual('name="total"' in arch["arch"], sees_totals, group)

    def test_who_may_see_and_take_them(self):
        self._take("2026-03-01", "2026-04-15")
        seller = self._user("kpi_seller", "sales_team.group_sale_salesman")
        mine = self.env["o2c.kpi.snapshot"].with_user(seller)
        self.assertFalse(mine.search([]))
        with self.assertRaises(AccessError):
            mine.action_take()
        other = self.setup_other_company()["company"]
        stranger = self._user("kpi_other", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        seen = self.env["o2c.kpi.snapshot"].with_user(stranger).search([])
        self.assertNotIn(self.company, seen.sudo().company_id)

    def _totals(self):
        return self.snapshots.search(
            [("company_id", "=", self.company.id), ("dimension", "=", "total")]
        )

    def _kept(self, month):
        return self._totals().filtered(lambda row: str(row.month) == month)

    def test_what_has_no_meaning_is_left_out_of_averages(self):
        self.snapshots._take(self.company, date(2025, 6, 1), date(2026, 4, 15))
        self.snapshots._take(self.company, date(2026, 2, 1), date(2026, 4, 15))
        [(on_time, dso)] = self.snapshots._read_group(
            [("company_id", "=", self.company.id), ("dimension", "=", "total")],
            [],
            ["on_time:avg", "dso:avg"],
        )
        # February alone: 120,000 open / 180,000 sold x 90 days
        self.assertEqual((on_time, dso), (100, 60))

    def test_a_month_that_runs_says_so_and_days_are_called_days(self):
        march, _rows = self._take("2026-03-01", "2026-04-15")
        april, _rows = self._take("2026-04-01", "2026-04-15")
        self.assertEqual(march.period, "March 2026")
        self.assertEqual(april.period, "April 2026 (running)")
        ours = [("company_id", "=", self.company.id), ("dimension", "=", "total")]
        groups = self.snapshots.formatted_read_group(
            ours, ["month:month"], ["dso:avg"], order="month:month"
        )
        self.assertEqual(
            [group["month:month"] for group in groups],
            [("2026-03-01", "March 2026"), ("2026-04-01", "April 2026 (running)")],
        )
        [pivot] = self.snapshots.formatted_read_grouping_sets(
            ours, [["month:month"]], ["dso:avg"]
        )
        self.assertIn("running", pivot[-1]["month:month"][1])
        self.assertEqual(
            self.snapshots.fields_get(["dso"])["dso"]["string"], "DSO (Days)"
        )
