"""Natural persons: who they are, the letter, the contest, what is kept."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestNaturalPerson(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contests = cls.env["o2c.decision.contest"]
        cls.letters = cls.env["o2c.decision.letter"]
        cls.profile = cls._limit(cls.consumer, 100)

    def _hold(self):
        order = self._quote(self.consumer, 500)
        order.action_confirm()
        return order.sudo().o2c_hold_id

    def _contest(self, **values):
        return self.contests.with_user(self.controller).create(
            {
                "partner_id": self.consumer.id,
                "contested_by": "P. Proef",
                "text": "I paid in January.",
                "reviewer_id": self.manager.id,
                **values,
            }
        )

    def _persons(self, *partners):
        ids = [partner.id for partner in partners]
        return self.profiles._natural_persons(self.company, ids)

    def test_consumers_are_persons_companies_are_not(self):
        self.assertEqual(
            self._persons(self.consumer, self.sme, self.corporate), {self.consumer.id}
        )

    def test_a_sole_trader_is_known_by_his_report_where_the_company_says_so(self):
        report = {"partner_id": self.sme.id, "source": "KVK"}
        self.env["o2c.credit.report"].create({**report, "legal_form": "Eenmanszaak"})
        self.assertEqual(self._persons(self.sme), {self.sme.id})
        self.company.o2c_sole_traders_are_persons = False
        self.assertFalse(self._persons(self.sme))
        self.company.o2c_sole_traders_are_persons = True
        self.env["o2c.credit.report"].create({**report, "legal_form": "B.V."})
        self.assertFalse(self._persons(self.sme), "the newest report counts")

    def test_what_a_colleague_said_counts_first(self):
        self.profile.person_kind = "legal"
        self.assertFalse(self._persons(self.consumer))
        self.profiles._ensure(self.company, self.sme).person_kind = "person"
        self.assertEqual(self._persons(self.sme), {self.sme.id})

    def test_it_is_one_statement_for_any_number(self):
        self.env.flush_all()
        self._persons(self.consumer)
        with self.assertQueryCount(1):
            self._persons(self.consumer, self.sme, self.corporate, self.public_body)

    def test_the_letter_says_why_who_decides_and_how_to_contest(self):
        hold = self._hold()
        action = hold.with_user(self.controller).action_letter()
        letter = self.letters.browse(action["res_id"])
        self.assertIn("on account", letter.reasons)
        self.assertNotIn("score", letter.reasons.lower())
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("o2c_credit.report_decision_letter", letter.ids)[0]
            .decode()
        )
        self.assertIn(letter.decided_by_id.name, html)
        self.assertIn("You do not agree?", html)
        self.assertIn(hold.order_id.name, html)
        for word in ("grade", "insolvent", "E-grade"):
            self.assertNotIn(word, html.lower().replace("upgrade", ""))

    def test_the_letter_leaves_by_a_click_and_is_logged(self):
        hold = self._hold()
        letter = self.letters.browse(
            hold.with_user(self.controller).action_letter()["res_id"]
        )
        self.assertEqual(letter.state, "draft")
        letter.with_user(self.controller).action_mail()
        log = self.env["o2c.delivery.log"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(log.partner_id, self.consumer)
        self.assertEqual(set(log.mapped("channel")), {"email"})
        with self.assertRaises(UserError):
            letter.with_user(self.controller).reasons = "Other"

    def test_a_refused_limit_gets_a_letter_that_names_who_decided(self):
        change = (
            self.env["o2c.limit.change"]
            .with_user(self.controller)
            ._propose(
                [
                    {
                        "profile_id": self.profile.id,
                        "limit_kind": "amount",
                        "limit_amount": 5000,
                        "reason": "He asks",
                    }
                ]
            )
        )
        change.with_user(self.manager).action_refuse("Not yet")
        action = change.with_user(self.controller).action_letter()
        letter = self.letters.browse(action["res_id"])
        self.assertEqual(letter.subject_kind, "refused")
        self.assertEqual(letter.decided_by_id, self.manager)

    def test_a_contest_has_a_named_reviewer_a_deadline_and_an_activity(self):
        contest = self._contest()
        self.assertEqual(contest.activity_ids.user_id, self.manager)
        self.assertEqual((contest.deadline - contest.received_on).days, 30)
        with self.assertRaises(ValidationError):
            self._contest(reviewer_id=self.seller.id)

    def test_who_decided_does_not_look_again(self):
        hold = self._hold()
        hold.with_user(self.controller)._release("Fine")
        with self.assertRaises(ValidationError):
            self._contest(
                source_ref=f"o2c.credit.hold,{hold.id}", reviewer_id=self.controller.id
            )

    def test_who_has_to_decide_does_not_look_again_either(self):
        hold = self._hold()
        self.assertEqual((hold.state, hold.user_id), ("open", self.controller))
        source = f"o2c.credit.hold,{hold.id}"
        for values in ({"source_ref": source}, {}):
            with self.assertRaisesRegex(ValidationError, "somebody else looks again"):
                self._contest(reviewer_id=self.controller.id, **values)
        contest = self.contests.with_user(self.controller).create(
            {
                "partner_id": self.consumer.id,
                "contested_by": "P. Proef",
                "text": "I paid in January.",
                "source_ref": source,
            }
        )
        self.assertNotEqual(contest.reviewer_id, self.controller)
        self.assertTrue(
            contest.reviewer_id.has_group("o2c_base.group_credit_controller")
        )
        hold.user_id = self.manager
        contest.with_user(self.manager).answer = "We looked again."
        with self.assertRaisesRegex(AccessError, "somebody else answers"):
            contest.with_user(self.manager).action_kept()

    def test_a_firm_of_one_answers_and_the_record_says_so(self):
        hold = self._hold()
        nobody = self.env["res.users"]
        with patch.object(
            self.registry["o2c.decision.contest"],
            "_other_reviewers",
            lambda self, involved: nobody,
        ):
            contest = self._contest(
                source_ref=f"o2c.credit.hold,{hold.id}", reviewer_id=self.controller.id
            ).with_user(self.controller)
            contest.answer = "I looked again."
            contest.action_kept()
        self.assertEqual(contest.state, "closed")
        self.assertTrue(contest.reviewed_alone)

    def test_while_it_is_open_nothing_is_lowered(self):
        contest = self._contest()
        profile = self.profile.with_user(self.manager)
        for vals in ({"limit_kind": "cash"}, {"limit_amount": 99}):
            with self.assertRaisesRegex(UserError, "contests"):
                profile.sudo().write(vals)
        profile.sudo().limit_amount = 200
        change = (
            self.env["o2c.limit.change"]
            .with_user(self.controller)
            ._propose(
                [{"profile_id": profile.id, "limit_kind": "cash", "reason": "Late"}]
            )
        )
        with self.assertRaisesRegex(UserError, "contests"):
            change.with_user(self.manager).action_approve()
        contest.with_user(self.manager).answer = "You were right."
        contest.with_user(self.manager).action_changed()
        change.with_user(self.manager).action_approve()
        self.assertEqual(change.state, "applied")

    def test_an_answer_is_given_by_the_reviewer_with_words(self):
        contest = self._contest()
        with self.assertRaises(UserError):
            contest.with_user(self.manager).action_kept()
        contest.with_user(self.controller).answer = "We looked again."
        with self.assertRaises(AccessError):
            contest.with_user(self.controller).action_kept()
        contest.with_user(self.manager).action_kept()
        self.assertEqual((contest.state, contest.outcome), ("closed", "kept"))
        self.assertFalse(contest.activity_ids)
        with self.assertRaises(AccessError):
            contest.with_user(self.manager).write({"state": "open"})

    def _age(self, days):
        """Old data of a consumer, and the same of a company."""
        day = self.today - timedelta(days=days)
        made = {}
        for partner in (self.consumer, self.sme):
            profile = self.profiles._ensure(self.company, partner)
            history = (
                self.env["o2c.score.history"]
                .sudo()
                .create({"profile_id": profile.id, "date": day, "score": 40})
            )
            report = self.env["o2c.credit.report"].create(
                {"partner_id": partner.id, "source": "Bureau", "date": day}
            )
            made[partner] = (history, report)
        return made

    def test_old_data_of_persons_go_when_switched_on_and_of_companies_stay(self):
        made = self._age(800)
        preview = self.env["o2c.retention.preview"].with_user(self.manager).search([])
        self.assertEqual(preview.partner_id, self.consumer)
        self.assertEqual(set(preview.mapped("what")), {"history", "report"})
        clean = self.env["o2c.retention.preview"]._clean
        self.assertEqual(clean(self.company, self.today), {}, "off by default")
        self.company.o2c_person_retention = True
        clean(self.company, self.today)
        self.assertFalse(any(record.exists() for record in made[self.consumer]))
        self.assertTrue(all(record.exists() for record in made[self.sme]))

    def test_what_is_younger_than_the_period_stays(self):
        made = self._age(700)
        self.company.o2c_person_retention = True
        self.env["o2c.retention.preview"]._clean(self.company, self.today)
        self.assertTrue(all(record.exists() for record in made[self.consumer]))
        self.company.o2c_person_retention_months = 12
        self.env["o2c.retention.preview"]._clean(self.company, self.today)
        self.assertFalse(any(record.exists() for record in made[self.consumer]))

    def test_closed_holds_contests_and_letters_go_open_ones_stay(self):
        hold = self._hold()
        hold.with_user(self.controller).action_letter()
        hold.with_user(self.manager)._release("Fine")
        waits = self._hold()
        contest = self._contest()
        old = self.today - timedelta(days=900)
        hold._record({"closed_on": old})
        waits._record({"opened_on": old})
        contest.sudo().received_on = old
        letter = self.letters.search([("partner_id", "=", self.consumer.id)])
        letter.sudo().date = old
        self.company.o2c_person_retention = True
        removed = self.env["o2c.retention.preview"]._clean(self.company, self.today)
        self.assertEqual(removed, {"o2c.credit.hold": 1, "o2c.decision.letter": 1})
        self.assertTrue(waits.exists() and contest.exists())
        self.assertFalse(hold.exists() or letter.exists())

    def test_the_clean_up_leaves_a_run_that_says_what_went(self):
        self._age(800)
        self.company.o2c_person_retention = True
        with patch.object(type(self.env["ir.cron"]), "_commit_progress") as left:
            left.return_value = 100.0
            self.env["o2c.retention.preview"]._clean_company(self.company, self.today)
        run = self.env["o2c.run"].search([("kind", "=", "person_retention")])
        self.assertEqual((run.state, run.done_count), ("done", 2))

    def test_sellers_and_other_companies_see_nothing(self):
        self._contest()
        self._hold().with_user(self.controller).action_letter()
        other = self.env["res.company"].create({"name": "Andere B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        for model in (self.contests, self.letters):
            with self.assertRaises(AccessError):
                model.with_user(self.seller).search([])
            self.assertFalse(model.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self._hold().with_user(self.seller).action_letter()
        with self.assertRaises(AccessError):
            self.env["o2c.retention.preview"].with_user(self.controller).search([])
