"""A limit changes by proposal and decision, within one's authority."""

import csv

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import file_open

from .common import LimitCommon


@tagged("post_install", "-at_install")
class TestLimitChange(LimitCommon):
    def test_a_proposal_changes_nothing_and_an_approval_does(self):
        change = self._propose(5000)
        self.assertEqual((change.state, change.direction), ("proposed", "raise"))
        self.assertEqual((change.before_kind, change.before_amount), ("amount", 1000))
        self.assertEqual(change.proposer_id, self.controller)
        self.assertEqual(self._counts(), ("amount", 1000))
        change.with_user(self.manager).action_approve()
        self.assertEqual((change.state, change.decider_id), ("applied", self.manager))
        self.assertEqual(self._counts(), ("amount", 5000))
        self.assertEqual(self.profile.limit_amount, 5000)
        self.assertEqual(self._core(self.sme), 5000)
        said = self.profile.message_ids.mapped("body")
        self.assertTrue(any("Pays well." in body for body in said), said)

    def test_the_three_kinds_of_limit_stay_three_things(self):
        self._propose("cash").with_user(self.manager).action_approve()
        self.assertEqual(self._counts(), ("cash", 0))
        self.assertEqual(self._core(self.sme), 0.01)
        self._propose(None).with_user(self.manager).action_approve()
        self.assertEqual(self._counts(), ("none", 0))
        self.assertEqual(self._core(self.sme), 0)
        self.assertIsNone(self._facts().headroom)
        with self.assertRaises(ValidationError):
            self._propose(0)

    def test_a_newer_proposal_of_the_same_source_replaces_the_figures(self):
        first = self._propose(5000, review_date=self.today)
        second = self._propose(6000, user=self.manager)
        self.assertEqual(first, second)
        self.assertEqual((first.limit_amount, first.review_date), (6000, False))
        self.assertEqual(first.proposer_id, self.manager, "who set the figures")
        other = self._propose(7000, source="policy")
        self.assertNotEqual(first, other)
        both = self.changes.search([("profile_id", "=", self.profile.id)])
        self.assertEqual(len(both), 2)

    def test_many_proposals_cost_no_query_each(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Klant {n}", "is_company": True} for n in range(40)]
        )
        made = self.profiles._ensure(self.company, partners)
        vals = [
            {
                "profile_id": profile.id,
                "limit_kind": "amount",
                "limit_amount": 100.0,
                "reason": "Policy.",
                "source": "policy",
            }
            for profile in made
        ]
        self.changes.sudo()._propose([dict(one) for one in vals[:2]])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        changes = self.changes.sudo()._propose(vals)
        self.env.flush_all()
        self.assertEqual(changes.profile_id, made)
        self.assertLess(self.env.cr.sql_log_count - before, 160)

    def test_a_controller_decides_up_to_his_amount_and_may_always_lower(self):
        mine = self._propose(10000)
        mine.with_user(self.controller).action_approve()
        self.assertEqual(self._counts(), ("amount", 10000))
        large = self._propose(10000.01)
        self.assertFalse(large.with_user(self.controller).may_decide)
        with self.assertRaisesRegex(AccessError, "10,000"):
            large.with_user(self.controller).action_approve()
        large.with_user(self.manager).action_approve()
        unlimited = self._propose(None)
        with self.assertRaises(AccessError):
            unlimited.with_user(self.controller).action_approve()
        unlimited.with_user(self.manager).action_approve()
        lower = self._propose(50000)
        self.assertEqual(lower.direction, "lower")
        lower.with_user(self.controller).action_approve()
        self.assertEqual(self._counts(), ("amount", 50000))

    def test_the_authority_is_weighed_against_what_counts_now(self):
        self._propose(None).with_user(self.manager).action_approve()
        change = self._propose(90000)  # a lowering, when it was proposed
        self._propose("cash", source="alert").with_user(self.manager).action_approve()
        with self.assertRaises(AccessError):
            change.with_user(self.controller).action_approve()

    def test_above_the_amount_two_people_decide(self):
        change = self._propose(25001, user=self.manager)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            change.with_user(self.manager).action_approve()
        second = self._user("manager2", "o2c_base.group_credit_manager")
        change.with_user(second).action_approve()
        self.assertFalse(change.decided_alone)
        exactly = self._propose(25000, partner=self.public_body, user=self.manager)
        self._propose("cash", partner=self.public_body, source="policy").with_user(
            second
        ).action_approve()
        exactly.with_user(self.manager).action_approve()
        self.assertEqual(self._counts(0, self.public_body), ("amount", 25000))

    def test_who_edits_a_proposal_has_proposed_it(self):
        change = self._propose(90000)
        change.with_user(self.manager).limit_amount = 95000
        self.assertEqual(change.proposer_id, self.manager)
        change.with_user(self.controller).reason = "Pays very well."
        self.assertEqual(change.proposer_id, self.manager, "words are no figures")
        with self.assertRaises(AccessError):
            change.with_user(self.manager).action_approve()

    def test_the_only_one_with_the_authority_may_approve_alone_and_it_is_kept(self):
        group = self.env.ref("o2c_base.group_credit_manager")
        others = group.all_user_ids - self.manager - self.env.ref("base.user_root")
        others.write({"group_ids": [Command.unlink(group.id)]})
        self.env.ref("base.user_admin").active = False
        others.filtered(lambda user: group in user.all_group_ids).active = False
        change = self._propose(90000, user=self.manager)
        change.with_user(self.manager).action_approve()
        self.assertTrue(change.decided_alone)
        said = "".join(self.profile.message_ids.mapped("body"))
        self.assertIn("nobody else has the authority", said)

    def test_four_eyes_can_be_switched_off(self):
        self.company.o2c_limit_four_eyes = False
        change = self._propose(90000, user=self.manager)
        change.with_user(self.manager).action_approve()
        self.assertEqual(change.state, "applied")

    def test_bulk_approval_takes_what_it_may_and_names_the_rest(self):
        small = self._propose(2000)
        large = self._propose(20000, partner=self.corporate)
        self._propose("cash", partner=self.corporate, source="alert").with_user(
            self.manager
        ).action_approve()
        told = (small | large).with_user(self.controller).action_approve()
        self.assertEqual((small.state, large.state), ("applied", "proposed"))
        self.assertIn("1 approved, 1 left", told["params"]["title"])

    def test_a_refusal_has_a_reason_and_a_decision_is_taken_once(self):
        change = self._propose(5000)
        asked = change.with_user(self.controller).action_refuse()
        self.assertEqual(asked["res_model"], "o2c.limit.refusal")
        wizard = (
            self.env["o2c.limit.refusal"]
            .with_user(self.controller)
            .create({"change_ids": [Command.set(change.ids)], "reason": "First pay."})
        )
        wizard.action_refuse()
        self.assertEqual(
            (change.state, change.decision_reason), ("refused", "First pay.")
        )
        with self.assertRaises(UserError):
            change.with_user(self.manager).action_approve()

    def test_only_the_proposer_or_a_manager_withdraws(self):
        other = self._user("controller2", "o2c_base.group_credit_controller")
        change = self._propose(5000)
        with self.assertRaises(AccessError):
            change.with_user(other).action_withdraw()
        change.with_user(self.controller).action_withdraw()
        self.assertEqual(change.state, "withdrawn")

    def test_a_seller_is_refused_over_rpc_whatever_he_calls(self):
        change = self._propose(5000)
        seller = change.with_user(self.seller)
        for call in (
            lambda: seller.action_approve(),
            lambda: seller.action_refuse("no"),
            lambda: seller.action_withdraw(),
            lambda: seller.write({"state": "applied"}),
            lambda: seller.with_context(o2c_bypass=True).action_approve(),
            lambda: seller.read(["reason"]),
            lambda: self.changes.with_user(self.seller).create(
                {"profile_id": self.profile.id, "limit_amount": 9, "reason": "me"}
            ),
            lambda: self.env["o2c.limit.proposal"]
            .with_user(self.seller)
            .create({"profile_id": self.profile.id}),
            lambda: self.env["o2c.credit.cover"]
            .with_user(self.seller)
            .create({"profile_id": self.profile.id, "amount": 9}),
            lambda: self.env["o2c.credit.group"].with_user(self.seller).search([]),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(change.state, "proposed")

    def test_nobody_writes_a_decision(self):
        change = self._propose(5000)
        for vals in (
            {"state": "applied"},
            {"proposer_id": self.manager.id},
            {"decider_id": self.manager.id},
            {"direction": "lower"},
            {"before_kind": "none"},
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                change.with_user(self.manager).write(vals)
        with self.assertRaises(AccessError):
            change.with_user(self.manager).unlink()
        change.with_user(self.manager).action_approve()
        with self.assertRaises(AccessError):
            change.with_user(self.manager).limit_amount = 9
        made = self.changes.with_user(self.controller).create(
            {
                "profile_id": self.profiles._ensure(self.company, self.corporate).id,
                "limit_amount": 9000,
                "reason": "Import",
                "state": "applied",
                "proposer_id": self.manager.id,
            }
        )
        self.assertEqual((made.state, made.proposer_id), ("proposed", self.controller))

    def test_a_collector_reads_the_profile_without_the_proposals(self):
        self._propose(5000)
        collector = self._user("collector", "o2c_base.group_collector")
        with Form(self.profile.with_user(collector)) as form:
            self.assertIn("1,000", form.limit_words)
        with self.assertRaises(AccessError):
            self.changes.with_user(collector).search([]).mapped("reason")

    def test_another_company_neither_sees_nor_decides(self):
        change = self._propose(5000)
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertFalse(self.changes.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            change.with_user(stranger).action_approve()

    def test_a_file_of_proposals_is_imported_with_the_columns_of_its_template(self):
        template = self.changes.get_import_templates()[0]["template"]
        with file_open(template.lstrip("/")) as file:
            header = next(csv.reader(file))
        row = [self.sme.name, "amount", "7000", "EUR", str(self.today), "", "", "Year"]
        loaded = self.changes.with_user(self.controller).load(header, [row])
        self.assertFalse(loaded["messages"])
        change = self.changes.browse(loaded["ids"])
        self.assertEqual((change.profile_id, change.state), (self.profile, "proposed"))
        self.assertEqual((change.limit_amount, change.direction), (7000, "raise"))

    def test_a_person_is_only_lowered_by_a_person(self):
        self._limit(self.consumer, 500)
        lower = self._propose(100, partner=self.consumer, source="policy")
        self.assertTrue(lower.natural_person)
        with self.assertRaisesRegex(AccessError, "natural person"):
            lower.with_user(self.env.ref("base.user_root")).action_approve()
        lower.with_user(self.controller).action_approve()
        self.assertEqual(lower.decider_id, self.controller)
