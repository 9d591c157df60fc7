"""The printed month: its figures, definitions and charts."""

import re

from lxml import etree, html

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .month_common import MonthCommon


@tagged("post_install", "-at_install")
class TestMonthlyReport(MonthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        january = cls._bill(cls.sme, 100000, "2026-01-10", "2026-02-09")
        february = cls._bill(cls.sme, 80000, "2026-02-05", "2026-03-01")
        cls._bill(cls.corporate, 120000, "2026-03-31", "2026-04-30")
        cls._pay(january, 60000, "2026-02-09")
        cls._pay(january, 40000, "2026-03-01")
        cls._pay(february, 50000, "2026-03-11")
        cls.reports = cls.env["ir.actions.report"]

    @classmethod
    def _bill(cls, partner, amount, day, due):
        return cls._invoice(
            partner, amount, day, invoice_payment_term_id=False, invoice_date_due=due
        )

    def _page(self, row):
        page, kind = self.reports._render_qweb_html(
            "o2c_insight.report_monthly", row.ids
        )
        self.assertEqual(kind, "html")
        return html.fromstring(page)

    def _words(self, page):
        return re.sub(r"\s+", " ", page.text_content())

    def test_the_page_shows_the_month(self):
        self._rows("2026-02-01")
        row = self._total()
        page = self._page(row)
        words = self._words(page)
        self.assertIn("Receivables in March 2026", words)
        self.assertIn("Waterlelie Test B.V.", words)
        self.assertIn("These figures are final", words)
        self.assertIn("150,000", words)  # open
        self.assertIn("45.0", words)  # DSO
        self.assertIn("41.5", words)  # countback
        self.assertIn("75.0", words)  # CEI
        self.assertIn("Bakkerij Proef B.V.", words)
        self.assertIn("month before: 60.0", words)  # DSO of February
        charts = page.findall(".//svg")
        self.assertGreaterEqual(len(charts), 3)

    def test_a_page_breaks_between_parts_only(self):
        """Two charts in one block left half a page empty; a heading goes with what
        it is of."""
        self._due(self.corporate, 100, "2026-03-01")
        self._remind("2026-03-04")
        page = self._page(self._total())
        whole = "ancestor::div[contains(@style, 'page-break-inside:avoid')]"
        heads = page.xpath("//h3")
        self.assertGreater(len(heads), 8)
        blocks = [head.xpath(whole) for head in heads]
        for head, block in zip(heads, blocks, strict=True):
            self.assertEqual(len(block), 1, head.text_content())
            self.assertTrue(block[0].xpath(".//svg | .//td"), head.text_content())
        self.assertEqual(len({id(block[0]) for block in blocks}), len(heads))
        for chart in page.xpath("//svg[@role='img']"):
            self.assertEqual(len(chart.xpath(whole)), 1)
        notes = page.xpath("//td/sup[not(@style)]")
        self.assertEqual(
            [note.text for note in notes],
            [str(number) for number in range(1, len(notes) + 1)],
        )

    def test_every_figure_has_its_definition(self):
        self._due(self.corporate, 100, "2026-03-01")
        self._remind("2026-03-04")
        row = self._total()
        self.assertTrue(row.step_ids and row.debtor_ids)
        report = row._monthly()
        used = {row["note"] for row in report["top"] + report["ages"] + report["apart"]}
        used |= {row["note"] for part in report["sections"] for row in part["rows"]}
        used |= {number for _label, number in report["months"]["heads"]}
        used |= {number for _label, number in report["debtor_heads"]}
        used |= {number for _label, number in report["step_heads"]}
        self.assertEqual(used, set(range(1, len(report["notes"]) + 1)))
        for label, text in report["notes"]:
            self.assertGreater(len(text), 9, label)

    def test_a_month_without_figures_leaves_a_gap(self):
        self._rows("2026-01-01")
        row = self._total()
        report = row._monthly()
        self.assertEqual(len(report["months"]["rows"]), 3)
        self.assertEqual(report["months"]["rows"][-2][1:], ["–"] * 6)
        line = report["dso_chart"]["lines"][0]
        self.assertEqual((len(line["pieces"]), len(line["dots"])), (2, 2))
        for figure in report["top"]:
            self.assertEqual(figure["before"], "–")

    def test_what_has_no_meaning_is_a_dash(self):
        report = self._total("2025-08-01")._monthly()
        shown = {row["name"]: row["value"] for row in report["top"]}
        self.assertEqual(
            shown,
            {
                "receivables": "0",
                "overdue": "0",
                "dso": "–",
                "cei": "–",
                "on_time": "–",
            },
        )
        self._page(self._total("2025-08-01"))

    def test_the_report_stays_as_it_was(self):
        row = self._total()
        before = self._words(self._page(row))
        self._bill(self.sme, 50000, "2026-03-20", "2026-03-21")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._words(self._page(row)), before)

    def test_bars_have_the_height_of_their_amounts(self):
        report = self._total()._monthly()
        heights = [bar["box"][3] for bar in report["age_chart"]["bars"]]
        self.assertEqual([height > 0 for height in heights], [1, 1, 0, 0, 0])
        self.assertAlmostEqual(heights[0] / heights[1], 120 / 30, 1)

    def test_a_segment_is_printed_alone(self):
        row = self._rows().filtered(
            lambda one: one.segment_id == self.sme.o2c_segment_id
        )
        words = self._words(self._page(row))
        self.assertIn(f"Segment: {self.sme.o2c_segment_id.name}", words)
        self.assertIn("30,000", words)
        self.assertNotIn("Customers with most past due", words)

    def test_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        row = self._total().with_context(lang="nl_NL")
        report = row._monthly()
        self.assertEqual(report["top"][0]["value"], "150.000")
        self.assertIn("maart", row.period)

    def test_the_wizard_takes_the_last_month_that_ended(self):
        february, march = self._total("2026-02-01"), self._total()
        self._rows("2026-04-01")
        user = self._user("month_reader", "o2c_base.group_collector")
        form = Form(self.env["o2c.monthly.report"].with_user(user))
        self.assertEqual(form.snapshot_id, march)
        form.snapshot_id = february
        wizard = form.save()
        action = wizard.action_print()
        self.assertEqual(action["report_name"], "o2c_insight.report_monthly")
        self.assertEqual(action["context"]["active_ids"], february.ids)
        self.assertEqual(wizard.action_show()["res_id"], february.id)
        form.dimension = "segment"
        self.assertEqual(form.snapshot_id.dimension, "segment")
        with self.assertRaisesRegex(UserError, "Choose a month"):
            self.snapshots.browse().action_print()

    def test_a_seller_prints_his_own_figures_only(self):
        self._invoice(self.sme, 700, "2026-03-10", invoice_user_id=self.seller.id)
        rows = self._rows()
        total = rows.filtered(lambda one: one.dimension == "total")
        own = rows.filtered(lambda one: one.user_id == self.seller)
        report = own.with_user(self.seller)._monthly()
        self.assertEqual(report["top"][0]["value"], "700")
        self.assertFalse(report["debtors"])
        with self.assertRaises(AccessError):
            total.with_user(self.seller)._monthly()

    def test_statements_are_few_whatever_the_months(self):
        row = self._total()

        def printing():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["o2c.kpi.snapshot"].browse(row.id)._monthly()
            return self.env.cr.sql_log_count - before

        printing()
        few = printing()
        for month in range(4, 13):
            self._total(f"2025-{month:02}-01")
        self.assertLessEqual(printing(), few + 2)
        self.assertLessEqual(few, 25)

    def test_shapes_are_those_of_a_page(self):
        page = etree.tostring(self._page(self._total()), encoding="unicode")
        for script in ("<script", "<canvas", "javascript:"):
            body = page[page.index("article") :]
            self.assertNotIn(script, body)
