"""The invoicing lag against examples that were worked out by hand."""

from datetime import datetime, timedelta
from decimal import Decimal

from odoo.tests import freeze_time, tagged

from odoo.addons.o2c_billing.policy import invoicing_lag as policy

from .common import BillingCommon

DELIVERED = datetime(2026, 3, 2, 9)


class LagCommon(BillingCommon):
    """Events with moments of our choice, put straight into the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"o2c_internal_rate": 8, "o2c_lag_target": 1, "o2c_lag_benchmark": 3.5}
        )
        cls.number = 0

    @classmethod
    def _event(cls, amount, report=0.0, draft=0.0, approve=0.0, send=0.0, **values):
        """An event whose stages took so many days; None: that one is still open."""
        cls.number += 1
        moments, moment = [], values.pop("delivered_at", DELIVERED)
        delivered = moment
        for days in (report, draft, approve, send):
            moment = (
                None
                if days is None or moment is None
                else (moment + timedelta(days=days))
            )
            moments.append(moment)
        billable, drafted, posted, sent = moments
        event = (
            cls.env["o2c.billing.event"]
            .sudo()
            .create(
                {
                    "company_id": cls.company.id,
                    "source": "clearances",
                    "key": f"lag-{cls.number}",
                    "description": f"Clearance {cls.number}",
                    "partner_id": cls.sme.id,
                    "quantity": 1,
                    "amount": amount,
                    "delivered_at": delivered,
                    "date": delivered.date(),
                    "drafted_at": drafted,
                    "posted_at": posted,
                    "sent_at": sent,
                    "state": "sent"
                    if sent
                    else "posted"
                    if posted
                    else "to_approve"
                    if drafted
                    else "waiting",
                    **values,
                }
            )
        )
        event.flush_recordset()
        cls.env.cr.execute(
            "UPDATE o2c_billing_event SET create_date = %s WHERE id = %s",
            [billable or delivered, event.id],
        )
        event.invalidate_recordset()
        return event

    def _lag(self, *events):
        domain = [("company_id", "=", self.company.id)]
        if events:
            domain.append(("event_id", "in", [event.id for event in events]))
        return self.env["o2c.invoicing.lag"].search(domain, order="event_id")

    def _stages(self, event):
        stages = self.env["o2c.invoicing.stage"].search(
            [("event_id", "=", event.id)], order="id"
        )
        return {row.stage: row for row in stages}


@tagged("post_install", "-at_install")
class TestLagFigures(LagCommon):
    def test_each_stage_of_one_event(self):
        event = self._event(1000, report=0.5, draft=0.25, approve=2, send=1)
        row = self._lag(event)
        self.assertEqual(
            [
                row.days_report,
                row.days_draft,
                row.days_approve,
                row.days_send,
                row.days_total,
            ],
            [0.5, 0.25, 2, 1, 3.75],
        )
        self.assertTrue(row.finished)
        # 1,000 x 3.75 days x 8 % / 365
        self.assertAlmostEqual(row.cost, 0.82, 2)
        self.assertEqual(
            Decimal(str(round(row.cost, 2))),
            policy.cost(Decimal(1000), Decimal("3.75"), Decimal(8)),
        )
        stages = self._stages(event)
        self.assertEqual(list(stages), ["report", "draft", "approve", "send"])
        self.assertEqual([one.days for one in stages.values()], [0.5, 0.25, 2, 1])
        self.assertFalse(any(one.open for one in stages.values()))
        self.assertAlmostEqual(sum(one.cost for one in stages.values()), row.cost, 6)

    def test_the_lag_is_weighted_and_the_median_is_not(self):
        events = [
            self._event(10000, send=1),
            self._event(1000, send=12),
            self._event(500, send=2),
        ]
        [(weighted, median, cost)] = self.env["o2c.invoicing.lag"]._read_group(
            [("event_id", "in", [event.id for event in events])],
            [],
            ["days_total:avg", "median_total:avg", "cost:sum"],
        )
        # (10,000 x 1 + 1,000 x 12 + 500 x 2) / 11,500 = 23,000 / 11,500
        self.assertEqual(weighted, 2.0)
        self.assertEqual(median, 2.0)
        self.assertAlmostEqual(cost, 23000 * 0.08 / 365, 6)
        rows = [(Decimal(10000), Decimal(1)), (Decimal(1000), Decimal(12))]
        rows.append((Decimal(500), Decimal(2)))
        self.assertEqual(policy.weighted(rows), Decimal("2.00"))
        self.assertEqual(policy.median([days for _amount, days in rows]), Decimal(2))

    def test_a_month_is_the_month_in_which_the_invoice_left(self):
        self._event(100, send=1)
        self._event(300, send=5)
        self._event(100, send=31)
        groups = self.env["o2c.invoicing.lag"]._read_group(
            [("company_id", "=", self.company.id), ("finished", "=", True)],
            ["month:month"],
            ["days_total:avg", "median_total:avg", "__count"],
        )
        self.assertEqual(
            [(str(month), days, median, n) for month, days, median, n in groups],
            # (100 x 1 + 300 x 5) / 400 = 4
            [("2026-03-01", 4.0, 3.0, 2), ("2026-04-01", 31.0, 31.0, 1)],
        )

    def test_the_pivot_reads_the_same_figures(self):
        self._event(10000, send=1)
        self._event(1000, send=12)
        result = self.env["o2c.invoicing.lag"].formatted_read_grouping_sets(
            [("company_id", "=", self.company.id)],
            [[], ["cause"]],
            ["days_total:avg", "median_total:avg"],
        )
        self.assertEqual(result[0][0]["days_total:avg"], 2.0)
        self.assertEqual(result[0][0]["median_total:avg"], 6.5)

    def test_what_is_not_sent_counts_in_the_cost_and_not_in_the_average(self):
        sent = self._event(1000, send=2)
        with freeze_time("2026-03-12 09:00:00"):
            waiting = self._event(5000, draft=1, approve=None)
            rows = self._lag(sent, waiting)
            self.assertEqual([row.finished for row in rows], [True, False])
            self.assertAlmostEqual(rows[1].cost, 5000 * 10 * 0.08 / 365, 6)
            [(weighted,)] = self.env["o2c.invoicing.lag"]._read_group(
                [("id", "in", rows.ids)], [], ["days_total:avg"]
            )
            self.assertEqual(weighted, 2.0)
            stages = self._stages(waiting)
            self.assertEqual(list(stages), ["report", "draft", "approve"])
            self.assertTrue(stages["approve"].open)
            self.assertEqual(stages["approve"].days, 9)

    def test_returns_and_what_was_set_aside_have_no_lag(self):
        back = self._event(-500, send=1)
        free = self._event(0, send=1)
        aside = self._event(500, state="skipped")
        self.assertFalse(self._lag(back, free, aside))

    def test_moments_out_of_order_give_no_negative_days(self):
        event = self._event(100, draft=-2, send=3)
        row = self._lag(event)
        self.assertEqual((row.days_draft, row.days_total), (0, 1))

    def test_the_stages_of_what_was_sent_add_up_to_its_lag(self):
        """Worked out by hand, in days: report, draft, approve, send, total."""
        cases = [
            # known here 65 days after it was invoiced: the report took what there is
            (self._event(100, report=65, draft=-64, approve=0.5, send=0.5), 1, 0, 0.5),
            # invoiced and sent before the delivery: no day too many, no day too few
            (self._event(100, report=0, draft=-3, approve=1, send=1), 0, 0, 0),
            # posted later than sent: the sending took no time
            (self._event(100, report=1, draft=1, approve=3, send=-2), 1, 1, 1),
        ]
        for event, *parts in cases:
            row, stages = self._lag(event), self._stages(event)
            days = [row.days_report, row.days_draft, row.days_approve, row.days_send]
            self.assertEqual(days[:3], parts)
            self.assertEqual(sum(days), row.days_total)
            self.assertEqual([one.days for one in stages.values()], days)
            self.assertAlmostEqual(
                sum(one.cost for one in stages.values()), row.cost, 6
            )

    def test_the_stages_of_the_board_are_those_of_its_figures(self):
        with freeze_time("2026-04-10 12:00:00"):
            self._event(36500, report=2, send=1)
            # made in March and not sent yet: in neither
            self._event(36500, report=20, draft=1, approve=None)
            # delivered in March, sent in April: both count it in April
            self._event(73000, report=10, send=20)
            board = self.env["o2c.invoicing.lag"].get_board()
            months = self.env["o2c.invoicing.stage"]._read_group(
                [("company_id", "=", self.company.id), ("finished", "=", True)],
                ["month:month"],
                ["cost:sum"],
            )
        # at 8 %: 36,500 x 3 days = 24 and 73,000 x 30 days = 480
        self.assertIn("504", board["figures"]["cost"])
        self.assertEqual(
            [(str(month), round(cost, 2)) for month, cost in months],
            [("2026-03-01", 24.0), ("2026-04-01", 480.0)],
        )
        # 36,500 x 2 + 73,000 x 10 = 16 + 160; 36,500 x 1 + 73,000 x 20 = 8 + 320
        costs = {part["key"]: part["cost"] for part in board["stages"]}
        self.assertIn("176", costs["report"])
        self.assertIn("328", costs["send"])

    def test_the_mood_follows_target_and_benchmark(self):
        event = self._event(100, draft=1, approve=1.01, send=3.5)
        moods = [row.mood for row in self._stages(event).values()]
        self.assertEqual(moods, ["fresh", "fresh", "late", "very_late"])

    def test_the_board_tells_the_same(self):
        with freeze_time("2026-04-10 12:00:00"):
            self._event(10000, send=1)
            self._event(1000, send=12)
            self._event(2000, draft=None, delivered_at=datetime(2026, 4, 8, 12))
            board = self.env["o2c.invoicing.lag"].get_board()
        self.assertEqual(board["figures"]["count"], 2)
        self.assertEqual(board["figures"]["weighted"], "2.0")
        self.assertEqual(board["figures"]["tone"], "warn")
        self.assertEqual(len(board["months"]), 12)
        march = [one for one in board["months"] if one["key"] == "2026-03-01"]
        self.assertEqual(march[0]["weighted"], 2.0)
        self.assertEqual((board["target"], board["benchmark"]), (1.0, 3.5))
        self.assertEqual(board["stuck"]["count"], 1)
        self.assertEqual(board["stuck"]["rows"][0]["days"], "2.0")
        self.assertEqual(board["stuck"]["rows"][0]["tone"], "warn")
        keys = [part["key"] for part in board["stages"]]
        self.assertEqual(keys, ["report", "draft", "approve", "send"])

    def test_today_names_what_is_stuck(self):
        with freeze_time("2026-04-10 12:00:00"):
            self._event(2000, draft=None, delivered_at=datetime(2026, 4, 5, 12))
            self._event(700, draft=None, delivered_at=datetime(2026, 4, 10, 8))
            cards = {
                card["key"]: card
                for card in self.env["o2c.today"]._cards(
                    self.company, self.company._o2c_today()
                )
            }
        card = cards["billing_stuck"]
        self.assertIn("2,000", card["value"])
        self.assertEqual(card["tone"], "bad")
        self.assertEqual(len(card["rows"]), 1)

    def test_looking_at_the_open_ones_only_finds_the_same_open_stages(self):
        for missing in ("report", "draft", "approve", "send"):
            self._event(100, **{missing: None})
        self._event(500, 1, 1, 1, 1)
        kept = self._invoice(self.sme, 40, "2026-03-02", post=False)
        sent = self._invoice(self.sme, 50, "2026-03-02")
        sent.is_move_sent = True
        self.env.flush_all()
        stages = self.env["o2c.invoicing.stage"]
        narrow = stages.with_context(o2c_still_open=True)
        open_ones = [("open", "=", True)]
        found = stages.search(open_ones, order="id").ids
        self.assertEqual(narrow.search(open_ones, order="id").ids, found)
        self.assertGreater(len(found), 4)
        self.assertIn(kept, stages.browse(found).move_id)
        self.assertLess(narrow.search_count([]), stages.search_count([]))
