"""What stands first on the work list, and why."""

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestWorkRank(WorkCommon):
    def test_amount_age_and_grade_make_the_rank_and_it_says_so(self):
        case = self._case(amount=1000, due="2026-02-01")
        # 1000 x 0.5 (no grade) x 1.3 (31 days)
        self.assertEqual(case.work_rank, 650)
        self.env["o2c.risk.profile"].sudo().create(
            {
                "partner_id": case.partner_id.id,
                "company_id": self.company.id,
                "grade": "C",
            }
        )
        self.cases._rank_cases(self.company, self.today)
        self.assertEqual(case.work_rank, 780)
        words = case.work_reasons_text
        for part in ("1,000\xa0€ overdue", "31 days late", "grade C"):
            self.assertIn(part, words)

    def test_a_broken_promise_lifts_and_an_open_one_sinks_a_case(self):
        case = self._case()
        promise = self.env["o2c.payment.promise"].create(
            {"case_id": case.id, "date": "2026-03-10", "amount": 1000}
        )
        with self._at():
            self._settle()
        self.assertEqual(case.work_rank, 65)
        promise.sudo().write({"state": "broken", "settled_on": "2026-03-12"})
        with self._at():
            self._settle()
        self.assertEqual(case.work_rank, 975)
        self.assertIn("broke a promise", case.work_reasons_text)
        kept = self.env["o2c.payment.promise"].create(
            {"case_id": case.id, "date": "2026-03-20", "amount": 10}
        )
        kept.sudo().write({"state": "kept", "settled_on": "2026-03-20"})
        with self._at():
            self._settle()
        self.assertEqual(case.work_rank, 650)

    def test_what_is_disputed_is_no_money_for_a_call(self):
        case = self._case()
        self.env["o2c.dispute"].create(
            {
                "move_id": case.open_line_ids.move_id.id,
                "cause": "price",
                "amount": 400,
            }
        )
        with self._at():
            self._settle()
        self.assertEqual(case.work_rank, 390)

    def test_another_currency_weighs_at_its_worth(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 2,
            }
        )
        invoice = self._due(self.sme, 1000, "2026-02-01", currency_id=usd.id)
        case = self.cases._case_of(invoice)
        case._refresh_amounts(self.company, self.today)
        self.assertEqual(case.amount_due, 1000)
        self.assertEqual(case.work_rank, 325)

    def test_the_weights_of_a_company_go_before_the_shared_ones(self):
        case = self._case()
        self.weights.copy({"company_id": self.company.id, "chance_none": 1.0})
        self.cases._rank_cases(self.company, self.today)
        self.assertEqual(case.work_rank, 1300)

    def test_a_weight_below_zero_or_a_chance_above_one_is_refused(self):
        for wrong in ({"broken_promise": -1}, {"chance_a": 1.2}, {"next_other": 0}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.weights.write(wrong)
                self.env.flush_all()

    def test_the_night_ranks_everybody_and_a_paid_case_weighs_nothing(self):
        first = self._case("Groot B.V.", 5000)
        second = self._case("Klein B.V.", 100)
        self._nightly("2026-03-04")
        self.assertGreater(first.work_rank, second.work_rank)
        self.assertTrue(second.work_rank)
        self._pay(first.open_line_ids.move_id, date="2026-03-05")
        self._nightly("2026-03-05")
        self.assertEqual((first.state, first.work_rank), ("closed", 0))
        self.assertFalse(first.work_reasons_text)

    def test_a_case_of_another_company_is_left_alone(self):
        case = self._case()
        before = case.work_rank
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        self.cases._rank_cases(other, self.today)
        self.assertEqual(case.work_rank, before)
