"""The run costs a bounded number of statements, whatever the number of customers."""

from odoo import fields
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestQueryCount(DunningCommon):
    def _book(self, count):
        for number in range(count):
            partner = self._customer(f"Klant {number}", "sme")
            self._due(partner, 100 + number, "2026-03-01")

    def _queries(self, day):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run = self.cases._run(self.company, fields.Date.to_date(day))
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, len(run.o2c_notice_ids)

    def _after(self, day):
        """Statements of giving out and weighing the cases after the run."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.cases._after_run(self.company, fields.Date.to_date(day))
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_ten_times_the_customers_cost_no_more_statements(self):
        self.company.o2c_dunning_max_notices = 1000
        self._book(3)
        few, written = self._queries("2026-03-04")
        self.assertEqual(written, 3)
        self._book(30)
        many, written = self._queries("2026-03-04")
        self.assertEqual(written, 30)
        self.assertLessEqual(many, few + 5)
        # SPEED S2: 50 and one per 500 rows; the first run filled the caches
        self.assertLessEqual(many, 50)

    def test_the_work_list_costs_the_same_for_ten_times_the_cases(self):
        self.company.o2c_dunning_max_notices = 1000
        team = self.env["o2c.collecting.team"].create(
            {"name": "Incasso", "company_id": self.company.id}
        )
        team.member_ids = [(0, 0, {"user_id": self.collector.id})]
        counts = []
        for size in (3, 30):
            self._book(size)
            self._queries("2026-03-04")
            counts.append(self._after("2026-03-04"))
            ranked = self.cases.search_count(
                [("company_id", "=", self.company.id), ("work_rank", ">", 0)]
            )
            self.assertGreaterEqual(ranked, size)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[1], 25)

    def test_queueing_mails_costs_little_per_mail(self):
        self.company.o2c_dunning_max_notices = 1000
        self._book(2)
        now = fields.Datetime.to_datetime("2026-03-04 08:00:00")
        counts = []
        for size in (0, 20):
            self._book(size)
            self._nightly("2026-03-04")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.notices._send_queue(self.company, now)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 20)
