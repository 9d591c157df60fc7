"""A limit changes by decision, counts by date, falls back by itself."""

import csv
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import file_open

from odoo.addons.o2c_credit.hooks import uninstall_hook

from .common import CreditCommon


class LimitCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["o2c.limit.change"]
        cls.profile = cls.sme._o2c_profile(cls.company)

    @classmethod
    def _propose(cls, amount, user=None, partner=None, **values):
        """A proposal by the controller; "cash" or None are limits too."""
        profile = cls.profiles._ensure(cls.company, partner or cls.sme)
        kind = {"cash": "cash", None: "none"}.get(amount, "amount")
        return (
            cls.env["o2c.limit.change"]
            .with_user(user or cls.controller)
            ._propose(
                [
                    {
                        "profile_id": profile.id,
                        "limit_kind": kind,
                        "limit_amount": amount if kind == "amount" else 0.0,
                        "reason": "Pays well.",
                        **values,
                    }
                ]
            )
        )

    def _facts(self, partner=None, today=None, company=None):
        self.env.flush_all()
        partner = partner or self.sme
        return self.profiles._credit_facts(
            company or self.company, partner.ids, today or self.today
        )[partner.id]

    def _counts(self, days=0, partner=None):
        """What counts that many days from today, read from the dates."""
        facts = self._facts(partner, self.today + timedelta(days=days))
        return (facts.limit_kind, float(facts.limit))

    def _on_day(self, days):
        """A clock at noon, that many days from today."""
        return freeze_time(f"{self.today + timedelta(days=days)} 12:00:00")

    def _job(self):
        with self.enter_registry_test_mode():
            self.env.ref("o2c_credit.ir_cron_limits").method_direct_trigger()
        self.env.invalidate_all()

    def _core(self, partner):
        return partner.with_company(self.company).credit_limit


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


@tagged("post_install", "-at_install")
class TestLimitDates(LimitCommon):
    def test_a_temporary_limit_counts_through_its_last_day_and_falls_back(self):
        change = self._propose(3000, date_until=self.today + timedelta(days=9))
        change.with_user(self.manager).action_approve()
        self.assertEqual(self.profile.limit_amount, 1000, "what was agreed stays")
        self.assertEqual(self._counts(0), ("amount", 3000))
        self.assertEqual(self._core(self.sme), 3000)
        # no job ran in between
        self.assertEqual(self._counts(9), ("amount", 3000))
        self.assertEqual(self._counts(10), ("amount", 1000))
        self.assertIn("until", self.profile.limit_words)

    def test_a_change_of_tomorrow_counts_tomorrow_without_any_job(self):
        change = self._propose(4000, date_from=self.today + timedelta(days=1))
        change.with_user(self.manager).action_approve()
        self.assertEqual(change.state, "approved")
        self.assertEqual(self._counts(0), ("amount", 1000))
        self.assertEqual(self._counts(1), ("amount", 4000))
        self.assertEqual(self._core(self.sme), 1000)

    def test_one_minute_past_midnight_in_the_company_the_new_limit_decides(self):
        # Amsterdam is an hour ahead: 23:01 in UTC is the day of the change there
        with freeze_time("2026-12-14 12:00:00"):
            change = self._propose(4000, date_from="2026-12-15")
            change.with_user(self.manager).action_approve()
            order = self._quote(self.sme, 3500)
        with freeze_time("2026-12-14 22:59:00"):
            order.invalidate_recordset()
            self.assertEqual(order._o2c_verdict().verdict, "hold")
        with freeze_time("2026-12-14 23:01:00"):
            order.invalidate_recordset()
            self.assertEqual(order._o2c_verdict().verdict, "pass")

    def test_the_job_writes_down_what_started_and_ended(self):
        later = self._propose(4000, date_from=self.today + timedelta(days=1))
        later.with_user(self.manager).action_approve()
        busy = self._propose(
            9000, source="alert", date_until=self.today + timedelta(days=1)
        )
        busy.with_user(self.manager).action_approve()
        self.assertEqual(self._core(self.sme), 9000)
        with self._on_day(1):
            self._job()
            self.assertEqual((later.state, busy.state), ("applied", "applied"))
            self.assertEqual(self.profile.limit_amount, 4000)
            self.assertEqual(self.profile.effective_limit, 9000, "temporary still")
        with self._on_day(2):
            self._job()
            self._job()  # twice is harmless
            self.assertEqual(busy.state, "ended")
            self.assertEqual(self.profile.effective_limit, 4000)
            self.assertEqual(self._core(self.sme), 4000)

    def test_cash_only_ends_a_temporary_limit(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        self._propose(2000).with_user(self.manager).action_approve()
        self.assertEqual(self._counts(0), ("amount", 3000), "a raise leaves it alone")
        self._propose("cash").with_user(self.manager).action_approve()
        self.assertEqual(self._counts(0), ("cash", 0))
        self.assertEqual(self._core(self.sme), 0.01)

    def test_a_limit_in_dollars_is_judged_in_euros_at_the_rate_of_the_day(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "=", usd.id)]).unlink()
        for days, rate in ((-30, 2.0), (1, 4.0)):
            rates.create(
                {
                    "currency_id": usd.id,
                    "name": self.today + timedelta(days=days),
                    "rate": rate,
                    "company_id": self.company.id,
                }
            )
        change = self._propose(8000, currency_id=usd.id)
        self.assertEqual(change.company_amount, 4000)
        change.with_user(self.manager).action_approve()
        self.assertEqual(self.profile.limit_amount, 8000)
        self.assertEqual(self.profile.agreed_currency_id, usd)
        self.assertEqual(self._counts(0), ("amount", 4000))
        self.assertEqual(self._counts(1), ("amount", 2000))
        self.assertEqual(self._core(self.sme), 4000)
        self.assertEqual(self._quote(self.sme, 4000)._o2c_verdict().verdict, "pass")
        self.assertEqual(self._quote(self.sme, 4001)._o2c_verdict().verdict, "hold")
        with self._on_day(1):
            self._job()
            self.assertEqual(self._core(self.sme), 2000)

    def test_switching_off_leaves_the_agreed_limit_in_core(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        self.assertEqual(self._core(self.sme_contact), 3000)
        self._switch("off", "credit")
        self.assertEqual(self._core(self.sme), 1000)
        self.assertEqual(self._core(self.sme_contact), 1000)
        self._switch("live", "credit")
        self.assertEqual(self.profile.limit_amount, 1000)
        self.assertEqual(self._core(self.sme), 3000, "it still runs")

    def test_uninstalling_leaves_the_agreed_limit_in_core(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        self._limit(self.corporate, "cash")
        uninstall_hook(self.env)
        self.assertEqual(self._core(self.sme), 1000)
        self.assertEqual(self._core(self.sme_contact), 1000)
        self.assertEqual(self._core(self.corporate), 0.01)
        self.assertFalse(self.env.ref("o2c_credit.ir_cron_limits").active)

    def test_merging_ends_what_runs_and_keeps_the_stricter_and_the_cover(self):
        self._limit(self.corporate, 400)
        self._propose(9000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        waiting = self._propose(5000, partner=self.corporate)
        cover = self.env["o2c.credit.cover"].create(
            {
                "profile_id": self.corporate._o2c_profile(self.company).id,
                "kind": "deposit",
                "amount": 250,
            }
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard.sudo()._merge((self.sme | self.corporate).ids, self.sme, False)
        self.assertEqual(self._counts(), ("amount", 400))
        self.assertEqual(waiting.state, "withdrawn")
        self.assertEqual(waiting.profile_id, self.profile)
        self.assertEqual(cover.profile_id, self.profile)
        self.assertEqual(float(self._facts().cover), 250)


@tagged("post_install", "-at_install")
class TestLimitDialog(LimitCommon):
    def test_the_dialog_shows_the_arithmetic_and_proposes(self):
        self._invoice(self.sme, 300, self.today)
        action = self.profile.with_user(self.controller).action_change_limit()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.controller)
            .with_context(**action["context"])
        )
        self.assertEqual((form.exposure, form.headroom), (300, 700))
        form.limit_amount = 20000
        self.assertIn("19,700", form.after)
        self.assertFalse(form.may_approve)
        form.limit_amount = 5000
        self.assertTrue(form.may_approve)
        form.reason = "Pays well."
        form.save().action_approve()
        change = self.changes.search([("profile_id", "=", self.profile.id)])
        self.assertEqual((change.state, change.source), ("applied", "hand"))
        self.assertIn("Owed and ordered", change.arithmetic)

    def test_what_needs_a_second_person_is_proposed_and_waits(self):
        wizard = (
            self.env["o2c.limit.proposal"]
            .with_user(self.manager)
            .with_context(default_profile_id=self.profile.id)
            .create({"limit_amount": 90000, "reason": "Large project."})
        )
        told = wizard.action_approve()
        self.assertIn("somebody else", told["params"]["message"])
        change = self.changes.search([("profile_id", "=", self.profile.id)])
        self.assertEqual(change.state, "proposed")

    def test_a_higher_limit_lets_an_order_go_that_waited_for_it(self):
        order = self._quote(self.sme, 1500)
        order.action_confirm()
        self.assertTrue(order.o2c_hold_id)
        change = self._propose(2000)
        job = self.env.ref("o2c_credit.ir_cron_recheck")
        asked = [("cron_id", "=", job.id)]
        before = self.env["ir.cron.trigger"].search_count(asked)
        change.with_user(self.manager).action_approve()
        self.assertGreater(self.env["ir.cron.trigger"].search_count(asked), before)
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")

    def test_today_shows_the_limits_to_decide(self):
        self._propose(20000)
        cards = (
            self.env["o2c.today"]
            .with_user(self.controller)
            ._cards(self.company, self.today)
        )
        card = next(one for one in cards if one["key"] == "credit_limits")
        self.assertEqual(card["value"], "1")
        self.assertIn("1 beyond", card["hint"])
        seller = self.env["o2c.today"].with_user(self.seller)
        keys = {one["key"] for one in seller._cards(self.company, self.today)}
        self.assertNotIn("credit_limits", keys)
