from datetime import date

from odoo.tests import tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestRun(O2cCommon):
    def test_an_interrupted_run_is_picked_up_again(self):
        runs = self.env["o2c.run"]
        first = runs._start("other", self.company, date(2026, 3, 1), total=10)
        first._advance(done=4)
        again = runs._start("other", self.company, date(2026, 3, 1), total=6)
        self.assertEqual(first, again)
        self.assertEqual(again.total, 10)
        self.assertEqual(again.progress, 40.0)

    def test_a_run_of_a_later_date_closes_the_interrupted_one(self):
        runs = self.env["o2c.run"]
        first = runs._start("other", self.company, date(2026, 3, 1), total=10)
        second = runs._start("other", self.company, date(2026, 3, 2), total=10)
        self.assertNotEqual(first, second)
        self.assertEqual(first.state, "partly")
        self.assertEqual(first.note_ids.level, "warning")

    def test_failures_show_in_the_state(self):
        run = self.env["o2c.run"]._start("other", self.company, date(2026, 3, 1), 2)
        run._advance(done=1, failed=1)
        run._note("error", "No address", self.sme)
        run._finish()
        self.assertEqual(run.state, "partly")
        self.assertEqual(run.progress, 100.0)
        self.assertEqual(run.note_ids.partner_id, self.sme)

    def test_an_empty_run_is_complete(self):
        run = self.env["o2c.run"]._start("other", self.company, date(2026, 3, 1), 0)
        run._finish()
        self.assertEqual((run.state, run.progress), ("done", 100.0))
