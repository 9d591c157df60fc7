"""Plans, holds, disputes, bank lines and lag of a month, counted by hand."""

from odoo.tests import tagged
from odoo.tools import SQL

from .month_common import MonthCommon


@tagged("post_install", "-at_install")
class TestWorkFigures(MonthCommon):
    def test_plans_that_ended_in_the_month(self):
        for state, ended_on in (
            ("kept", "2026-03-01"),
            ("kept", "2026-03-31"),
            ("broken", "2026-03-15"),
            ("withdrawn", "2026-03-15"),  # agreed otherwise: no promise was broken
            ("kept", "2026-04-01"),
            ("broken", "2026-02-28"),
        ):
            self._plan(self._invoice(self.sme, 100, "2026-01-10"), state, ended_on)
        row = self._total()
        self.assertEqual((row.plans_ended, row.plans_met), (3, 2))
        self.assertEqual(row.plans_kept, 66.7)
        self.assertIn("Plans kept: 2 of 3 that ended = 66.7 %", row.explanation)
        plans = self._documents(row.action_open_plans())
        self.assertEqual(len(plans), 3)

    def _march_of_holds(self):
        """Released after 30 hours; paid after 6; limit raised after 12; cancelled; one
        that waits still; one that was only watched."""
        paid = self._invoice(self.corporate, 500, "2026-02-01")
        self._pay(paid, 500, "2026-03-10")
        for partner, amount, opened, closed, state in (
            (self.sme, 1000, "02 08", "2026-03-03 14:00:00", "released"),
            (self.corporate, 2000, "10 08", "2026-03-10 14:00:00", "resolved"),
            (self.public_body, 3000, "20 06", "2026-03-20 18:00:00", "resolved"),
            (self.sme, 4000, "05 08", "2026-03-25 08:00:00", "cancelled"),
            (self.sme, 5000, "30 08", False, "open"),
            (self.sme, 9000, "30 08", False, "watch"),
        ):
            self._hold(partner, amount, f"2026-03-{opened}:00:00", closed, state)

    def test_holds_and_how_long_they_took(self):
        self._march_of_holds()
        rows = self._rows()
        row = rows.filtered(lambda one: one.dimension == "total")
        self.assertEqual((row.holds_opened, row.holds_amount), (5, 15000))
        self.assertEqual(
            (row.holds_ended, row.holds_released, row.holds_paid, row.holds_declined),
            (4, 1, 1, 1),
        )
        # (30 + 6 + 12) hours over the three that could go on
        self.assertEqual(row.hold_hours, 16)
        for kind in ("released", "paid", "declined"):
            self.assertEqual(row[f"holds_{kind}_share"], 25)
        self.assertIn(
            "4 = 1 released + 1 solved by payment + 1 cancelled + 1 solved in another",
            row.explanation,
        )
        self.assertIn("16.0 on average over 3 orders", row.explanation)
        self.assertEqual(len(self._documents(row.action_open_holds())), 5)
        sme = rows.filtered(lambda one: one.segment_id == self.sme.o2c_segment_id)
        self.assertEqual(
            (sme.holds_opened, sme.holds_ended, sme.hold_hours), (3, 2, 30)
        )
        seller = rows.filtered(lambda one: one.user_id == self.seller)
        self.assertEqual(seller.holds_opened, 5)

    def test_the_clock_of_the_company_says_which_month(self):
        # 23:30 UTC on 28 February is half past midnight on 1 March in the Netherlands
        self._hold(
            self.sme, 1000, "2026-02-28 23:30:00", "2026-03-31 21:59:59", "released"
        )
        # 22:00 UTC on 31 March is midnight: summer time has begun
        self._hold(self.sme, 700, "2026-03-31 22:00:00")
        march, april = self._total(), self._total("2026-04-01", "2026-05-15")
        february = self._total("2026-02-01")
        self.assertEqual(
            (february.holds_opened, march.holds_opened, april.holds_opened), (0, 1, 1)
        )
        self.assertEqual((march.holds_ended, april.holds_ended), (1, 0))
        self.assertEqual(
            [len(self._documents(row.action_open_holds())) for row in (march, april)],
            [1, 1],
        )
        self.company.partner_id.tz = "America/New_York"
        self.assertEqual(self._total("2026-02-01").holds_opened, 1)

    def test_an_invoice_that_leaves_at_night_counts_where_the_company_is(self):
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", delivery_date="2026-02-26"
        )
        self._switch("live", "billing")
        self.env.flush_all()
        # half past midnight on 1 March
        self.env.cr.execute(
            "UPDATE account_move SET o2c_sent_at = %s, create_date = %s, "
            "is_move_sent = TRUE WHERE id = %s",
            ["2026-02-28 23:30:00", "2026-02-27 09:00:00", invoice.id],
        )
        self.env.invalidate_all()
        february, march = self._total("2026-02-01"), self._total()
        self.assertEqual((february.lag_amount, march.lag_amount), (0, 1000))
        # from midnight at the begin of 26 February: 3 days and half an hour
        self.assertAlmostEqual(march.lag_days, 3.0, 1)
        rate = self.company.o2c_internal_rate
        self.assertAlmostEqual(
            march.lag_cost, 1000 * (3 + 0.5 / 24) * rate / 36500, places=2
        )
        self.assertIn("waited 3.0 days on average", march.explanation)
        self.assertEqual(self._documents(march.action_open_lag()).move_id, invoice)
        self.assertFalse(self._documents(february.action_open_lag()))

    def test_disputes_by_amount_and_by_number(self):
        invoices = [self._invoice(self.sme, 1000, "2026-03-10") for _one in range(4)]
        old = self._invoice(self.sme, 500, "2026-01-10")
        self._dispute(invoices[0], 300, "2026-03-12")
        self._dispute(invoices[0], 200, "2026-03-13")
        self._dispute(old, 100, "2026-02-01", closed_on="2026-03-01")
        self._dispute(old, 100, "2026-03-02", closed_on="2026-03-12")
        row = self._total()
        self.assertEqual((row.raised, row.disputes_raised), (600, 3))
        # 600 / 4,000; two invoices of four
        self.assertEqual((row.dispute_rate, row.disputed_share), (15, 50))
        # 28 and 10 days
        self.assertEqual((row.disputes_closed, row.dispute_days), (2, 19))
        self.assertEqual(len(self._documents(row.action_open_disputes())), 4)
        self.assertIn("= 15.0 %", row.explanation)
        self.assertIn("2 / 4 invoices = 50.0 %", row.explanation)

    def test_bank_receipts_that_are_matched(self):
        invoice = self._invoice(self.sme, 400, "2026-02-10")
        self._bank_line(400, "2026-03-05", matched_with=invoice)
        self._bank_line(250, "2026-03-31")
        self._bank_line(350, "2026-03-06")
        self._bank_line(-80, "2026-03-07")  # money that leaves
        self._bank_line(70, "2026-04-01")
        rows = self._rows()
        row = rows.filtered(lambda one: one.dimension == "total")
        self.assertEqual((row.bank_lines, row.bank_matched_lines), (3, 1))
        self.assertEqual((row.bank_amount, row.bank_matched), (1000, 33.3))
        self.assertIn("Matched: 1 of 3 bank receipts = 33.3 %", row.explanation)
        self.assertEqual(len(self._documents(row.action_open_bank())), 3)
        euros = rows.filtered(lambda one: one.dimension == "currency")
        self.assertEqual(euros.mapped("bank_lines"), [3])
        self.assertFalse(
            any(
                one.bank_lines
                for one in rows
                if one.dimension not in ("total", "currency")
            )
        )

    def test_a_quiet_month_has_no_shares(self):
        self._invoice(self.sme, 100, "2026-03-10")
        row = self._total("2025-08-01")
        self.assertEqual(row.explanation, "")
        self.env.flush_all()
        empty = (
            "plans_kept",
            "promises_kept",
            "hold_hours",
            "holds_released_share",
            "disputed_share",
            "bank_matched",
        )
        for name in empty:
            self.env.cr.execute(
                SQL(
                    "SELECT %s IS NULL FROM o2c_kpi_snapshot WHERE id = %s",
                    SQL.identifier(name),
                    row.id,
                )
            )
            self.assertEqual(self.env.cr.fetchone(), (True,), f"{name}: NULL, not 0")

    def test_a_company_with_one_invoice(self):
        self._invoice(
            self.sme,
            1000,
            "2026-03-31",
            invoice_payment_term_id=False,
            invoice_date_due="2026-03-31",
        )
        row = self._total()
        self.assertEqual((row.receivables, row.not_due, row.overdue), (1000, 1000, 0))
        # 1,000 / 1,000 x 90 days; all of March is open, nothing before it
        self.assertEqual((row.dso, row.dso_countback, row.dso_best), (90, 31, 90))
        self.assertEqual((row.invoices, row.debtor_ids.ids), (1, []))

    def test_regions_add_up(self):
        utrecht = self.env["res.country.state"].create(
            {
                "name": "Utrecht",
                "code": "UT-T",
                "country_id": self.env.ref("base.nl").id,
            }
        )
        self.sme.state_id = utrecht
        self._invoice(self.sme, 600, "2026-03-10")
        self._invoice(self.corporate, 400, "2026-03-10")
        regions = self._rows().filtered(lambda one: one.dimension == "state")
        self.assertEqual(
            {one.state_id: one.sales for one in regions},
            {utrecht: 600, self.env["res.country.state"]: 400},
        )
        row = regions.filtered("state_id")
        self.assertIn("Utrecht", row.display_name)
        self.assertEqual(
            self._documents(row.action_open_invoices()).commercial_partner_id, self.sme
        )

    def test_paid_in_time_shows_its_amounts(self):
        invoice = self._invoice(
            self.sme,
            1000,
            "2026-02-01",
            invoice_payment_term_id=False,
            invoice_date_due="2026-03-03",
        )
        self._pay(invoice, 600, "2026-03-03")
        self._pay(invoice, 400, "2026-03-13")
        row = self._total()
        self.assertEqual((row.paid, row.paid_on_time, row.on_time), (1000, 600, 60))
        # 400 x 10 days / 1,000
        self.assertEqual(row.days_late, 4)
        self.assertIn("= 60.0 %", row.explanation)
        around = self._invoice(self.sme, 300, "2026-01-01")
        self._pay(around, 100, "2026-02-27")
        self._pay(around, 200, "2026-04-02")
        self.assertEqual(self._documents(row.action_open_paid()), invoice)

    def test_customers_with_most_past_due_are_kept(self):
        for number in range(12):
            partner = self._customer(f"Klant {number}", "sme")
            self._invoice(
                partner,
                100 + number,
                "2026-02-01",
                invoice_payment_term_id=False,
                invoice_date_due="2026-03-01",
            )
        row = self._total()
        self.assertEqual(len(row.debtor_ids), 10)
        first = row.debtor_ids[0]
        self.assertEqual(
            (first.label, first.overdue, first.days_late), ("Klant 11", 111, 30)
        )
        items = self._documents(first.action_open_items())
        self.assertEqual(sum(items.mapped("amount")), 111)

    def test_statements_do_not_grow(self):
        def taking():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._rows()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        invoice = self._invoice(self.sme, 100, "2026-03-01")
        self._hold(self.sme, 100, "2026-03-02 08:00:00")
        self._plan(invoice, "kept", "2026-03-10")
        self._bank_line(10, "2026-03-05")
        taking()
        few = taking()
        for number in range(8):
            partner = self._customer(f"Meer {number}", "sme")
            more = self._invoice(partner, 100, "2026-03-01")
            self._hold(partner, 100, "2026-03-02 08:00:00")
            self._plan(more, "broken", "2026-03-10")
            self._bank_line(10, "2026-03-05")
        self.assertLessEqual(taking(), few + 2)
        self.assertLessEqual(few, 90)

    def _dispute(self, invoice, amount, raised_on, closed_on=False):
        return self.env["o2c.dispute"].create(
            {
                "move_id": invoice.id,
                "scope": "amount",
                "amount": amount,
                "raised_on": raised_on,
                "closed_on": closed_on,
                "state": "settled" if closed_on else "open",
            }
        )

    def _documents(self, action):
        """What an action shows."""
        model = self.env[action["res_model"]].with_context(**action["context"])
        model.invalidate_model()
        return model.search(action["domain"])
