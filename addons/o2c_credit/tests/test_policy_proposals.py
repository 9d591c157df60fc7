"""The policy proposes limits: a few a week, with arithmetic, decided by people."""

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestPolicyProposals(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._general_policy_only()
        cls.policies = cls.env["o2c.credit.policy"]
        cls.changes = cls.env["o2c.limit.change"]
        cls.cell = cls.env.ref("o2c_credit.o2c_credit_policy_b")
        cls.cell.limit_factor = 2
        cls.env.ref("o2c_credit.o2c_credit_policy_unrated").start_limit = 0
        cls.profile = cls.profiles._ensure(cls.company, cls.sme)
        cls._figures(cls.sme, 60000, "B")

    @classmethod
    def _figures(cls, partner, sales_year, grade):
        profile = cls.profiles._ensure(cls.company, partner)
        profile.grade = grade
        cls.env["o2c.customer.snapshot"].sudo().search(
            [("partner_id", "=", partner.id)]
        ).unlink()
        cls.env["o2c.customer.snapshot"].sudo().create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "as_of": cls.today,
                "sales_year": sales_year,
            }
        )
        return profile

    def _propose(self):
        return self.policies._propose_limits(self.company, self.today)

    def test_a_proposal_names_its_cell_and_its_arithmetic(self):
        change = self._propose()
        self.assertEqual(change.profile_id, self.profile)
        self.assertEqual((change.limit_kind, change.limit_amount), ("amount", 10000))
        self.assertEqual((change.source, change.cell_id), ("policy", self.cell))
        for part in ("60,000", "5,000", "× 2", "10,000", "1,000"):
            self.assertIn(part, change.arithmetic)
        self.assertEqual(
            change.review_date,
            self.today + relativedelta(months=self.cell.review_months),
        )
        self.assertEqual(self.profile.limit_amount, 1000)
        self.assertEqual(change.state, "proposed")

    def test_a_small_difference_is_left_alone(self):
        self._limit(self.sme, 8000)
        self.company.o2c_policy_margin = 25
        self.assertFalse(self._propose())
        self.company.o2c_policy_margin = 24.9
        self.assertTrue(self._propose())

    def test_running_twice_proposes_once(self):
        self.assertTrue(self._propose())
        self.assertFalse(self._propose())

    def test_what_was_refused_is_not_asked_again_next_night(self):
        change = self._propose()
        change.with_user(self.manager).action_refuse("Not now.")
        self.assertEqual(change.state, "refused")
        self.assertFalse(self._propose())

    def test_at_most_so_many_a_week_the_largest_difference_first(self):
        large = self._figures(self.corporate, 600000, "B")
        self.company.o2c_policy_proposals = 1
        self.assertEqual(self._propose().profile_id, large)
        self.assertFalse(self._propose())
        self.company.o2c_policy_proposals = 2
        self.assertEqual(self._propose().profile_id, self.profile)
        self.company.o2c_policy_proposals = 0
        self.assertFalse(self._propose())

    def test_a_person_gets_a_proposal_and_nothing_more(self):
        private = self._figures(self.consumer, 12000, "E")
        self._limit(self.consumer, 5000)
        change = self._propose().filtered(lambda one: one.profile_id == private)
        self.assertEqual((change.state, change.limit_kind), ("proposed", "cash"))
        self.assertEqual(private.limit_kind, "amount")

    def test_a_new_customer_is_offered_the_start_limit_of_his_row(self):
        cell = self.env.ref("o2c_credit.o2c_credit_policy_unrated")
        cell.start_limit = 750
        new = self._figures(self.public_body, 0, False)
        change = self._propose().filtered(lambda one: one.profile_id == new)
        self.assertEqual((change.limit_amount, change.cell_id), (750, cell))
        self.assertIn("750", change.arithmetic)

    def test_limits_without_review_date_get_one_within_the_rhythm(self):
        self.profile.review_date = False
        self.policies._schedule_reviews(self.company, self.today)
        self.assertGreater(self.profile.review_date, self.today)
        last = self.today + relativedelta(days=self.cell.review_months * 31)
        self.assertLessEqual(self.profile.review_date, last)
        before = self.profile.review_date
        self.policies._schedule_reviews(self.company, self.today)
        self.assertEqual(self.profile.review_date, before)

    def test_off_proposes_nothing(self):
        self._switch("off", "credit")
        self.patch(
            self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1000.0
        )
        self.policies._cron_propose()
        self.assertFalse(self.changes.search([("profile_id", "=", self.profile.id)]))

    def test_many_customers_cost_the_same_queries_to_weigh(self):
        self.company.o2c_policy_proposals = 100
        for number in range(20):
            partner = self._customer(f"Proef {number} B.V.", "sme")
            self._figures(partner, 1000, "B")
            self._limit(partner, 200)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.policies._advice_rows(self.company, self.today)
