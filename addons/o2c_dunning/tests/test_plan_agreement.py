"""Who may agree to what: the policy, a second pair of eyes, signatories, the portal."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestPlanAgreement(TalkCommon):
    def _grade(self, grade):
        [profile] = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.grade = grade

    def test_within_the_policy_it_runs_at_once(self):
        # six months from 20 March: the seventh instalment is on 20 September
        self.assertEqual(self._plan(count=7).state, "running")

    def test_beyond_it_waits_for_a_manager_and_invoices_are_left_alone(self):
        plan = self._plan(count=8)
        self.assertEqual(plan.state, "waiting")
        self.assertIn("longer than 6 months", plan.wait_reason)
        self.assertFalse(self._night("2026-03-21").o2c_notice_ids)
        verdict = self._verdict(self.first)
        self.assertEqual(verdict.reason, "plan_waits")
        self.assertIn("A payment plan waits for approval", verdict.explanation)
        self.assertIn(plan.name, verdict.explanation)
        self.assertTrue(plan.activity_ids.filtered(lambda a: a.user_id == self.manager))

    def test_an_instalment_below_the_minimum_waits(self):
        self.assertEqual(self._plan(count=4, every="week").state, "running")
        small = self._due(self.corporate, 199.99, "2026-03-01")
        self.assertIn("below", self._plan(count=4, moves=small).wait_reason)
        exact = self._due(self.public_body, 200, "2026-03-01")
        self.assertEqual(self._plan(count=4, moves=exact).state, "running")

    def test_the_grade_decides_how_far_collectors_go(self):
        self._grade("D")
        plan = self._plan(count=4, first_amount=249.99)
        self.assertEqual(plan.state, "waiting")
        self.assertIn("25%", plan.wait_reason)
        plan.action_withdraw()
        self.assertEqual(self._plan(count=4, first_amount=250).state, "running")

    def test_without_any_policy_everything_is_approved(self):
        self.env["o2c.plan.policy"].search([]).unlink()
        self.assertEqual(self._plan(count=2).state, "waiting")

    def test_four_eyes(self):
        plan = self._plan(count=8)
        with self.assertRaises(AccessError):
            plan.action_approve()
        own = self._due(self.corporate, 900, "2026-03-01")
        with self._at("2026-03-20"):
            mine = self.plans.with_user(self.manager)._propose(
                own, count=9, start_date=date(2026, 3, 20)
            )
            mine.action_start()
            second = self._user("second", "o2c_base.group_collecting_manager")
            mine.invalidate_recordset(["may_approve", "approver_words"])
            own_eyes = mine.with_user(self.manager)
            self.assertFalse(own_eyes.may_approve, "no button that only refuses")
            self.assertIn(second.name, own_eyes.approver_words)
            self.assertTrue(mine.with_user(second).may_approve)
            self.assertFalse(mine.with_user(self.collector).may_approve)
            with self.assertRaisesRegex(UserError, "colleague"):
                mine.with_user(self.manager).action_approve()
            mine.with_user(second).action_approve()
            plan.with_user(self.manager).action_approve()
        self.assertEqual((mine.state, plan.state), ("running", "running"))
        self.assertEqual(mine.approved_by_id, second)

    def test_refused_it_ends_and_reminders_go_on(self):
        plan = self._plan(count=8)
        with self._at("2026-03-21"):
            plan.with_user(self.manager).action_refuse()
        self.assertEqual(plan.state, "refused")
        self.assertEqual(self._night("2026-03-22").o2c_notice_ids.amount, 1000)

    def test_a_plan_that_waited_too_long_starts_on_the_day_of_approval(self):
        plan = self._plan(count=8)
        with self._at("2026-03-25"):
            plan.with_user(self.manager).action_approve()
        self.assertEqual(plan.line_ids[0].due, date(2026, 3, 25))
        self.assertEqual(plan.started_on, date(2026, 3, 25))

    def test_a_day_in_the_past_is_refused(self):
        with self._at("2026-03-25"):
            plan = self.plans._propose(self.both, count=3, start_date=date(2026, 3, 24))
            with self.assertRaisesRegex(UserError, "past"):
                plan.action_start()

    def test_who_may_not_sign_makes_it_wait(self):
        self._switch("live", "credit")
        self.company.o2c_signatory_mode = "hold"
        self.company.o2c_signatory_amount = 0
        self.env["o2c.credit.report"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "date": "2026-03-01",
                "source": "Trade register",
                "person_ids": [
                    (0, 0, {"name": "A. Bakker", "signs": "amount", "amount": 500})
                ],
            }
        )
        plan = self._plan(signer="A. Bakker")
        self.assertEqual(plan.state, "waiting")
        self.assertIn("A. Bakker", plan.wait_reason)

    def test_a_customer_asks_in_the_portal(self):
        user = new_test_user(
            self.env,
            login="o2c_portal_plan",
            groups="base.group_portal",
            partner_id=self.sme_contact.id,
        )
        with self._at("2026-03-20"):
            plan = self.env["o2c.payment.plan"].with_user(user)
            plan = plan._request(self.both, 4).sudo()
            self.assertEqual(plan.state, "running")
            self.assertEqual(plan.source, "portal")
            self.assertEqual(plan.line_ids[0].due, date(2026, 4, 20))
            self.assertEqual(len(plan.line_ids), 4)
            self.assertEqual(plan.signer_id, self.sme_contact)
            with self.assertRaises(UserError):
                self.env["o2c.payment.plan"]._request(self.both, 0)

    def test_a_customer_who_asks_more_waits(self):
        with self._at("2026-03-20"):
            plan = self.env["o2c.payment.plan"]._request(self.both, 12, first=100)
        self.assertEqual(plan.state, "waiting")
        self.assertEqual(plan.line_ids[0].amount, 100)
        self.assertEqual(plan.line_ids[0].due, date(2026, 3, 20))

    def test_off_is_off(self):
        self._switch("off", "dunning")
        with self.assertRaises(UserError):
            self.env["o2c.payment.plan"]._request(self.both, 4)

    def test_the_calculator_works_out_what_he_can_pay(self):
        case = self.cases._case_of(self.both)
        with self._at("2026-03-20"):
            action = case.with_user(self.collector).action_plan()
            form = Form(
                self.env[action["res_model"]]
                .with_user(self.collector)
                .with_context(**action["context"])
            )
            self.assertEqual(form.total, 1000)
            form.basis = "amount"
            form.amount = 300
            form.first_amount = 100
            form.start_date = date(2026, 3, 20)
            wizard = form.save()
            self.assertEqual(wizard.preview.count("<tr>"), 4)
            self.assertFalse(wizard.warning)
            plan = self.env["o2c.payment.plan"].browse(wizard.action_make()["res_id"])
        self.assertEqual(plan.line_ids.mapped("amount"), [100, 300, 300, 300])
        self.assertEqual(plan.state, "running")

    def test_what_the_calculator_proposes_is_within_the_policy(self):
        row = self.env["o2c.plan.policy"]._row_for(self.company, self.sme)
        row.first_percent = 25
        odd = self._due(self.sme, 2635.57, "2026-02-01")
        case = self.cases._case_of(odd)
        with self._at("2026-03-20"):
            wizard = self.env["o2c.plan.proposal"].create({"case_id": case.id})
            total = round(wizard.total * 100)
            self.assertTrue(total % 4, "the share does not fit in whole cents")
            self.assertGreaterEqual(round(wizard.first_amount * 100) * 4, total)
            self.assertNotIn("25", wizard.warning or "")

    def test_the_calculator_warns_before_it_is_made(self):
        case = self.cases._case_of(self.both)
        with self._at("2026-03-20"):
            wizard = (
                self.env["o2c.plan.proposal"]
                .with_user(self.collector)
                .create({"case_id": case.id, "count": 24})
            )
            self.assertIn("longer", wizard.warning)
            wizard.first_amount = 2000
            self.assertFalse(wizard.possible)
            with self.assertRaises(UserError):
                wizard.action_make()
