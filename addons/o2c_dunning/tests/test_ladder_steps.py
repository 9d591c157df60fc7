"""Steps: working days, conditions, ways to reach somebody, and what ships."""

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..models.case.o2c_dunning_case_climb import USUAL_PAYMENTS
from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestLadderSteps(DunningCommon):
    def _climb(self, *steps, **values):
        """A ladder of the SME's own."""
        ladder = self.env["o2c.dunning.ladder"].create(
            {
                "name": "Own",
                "working_days": False,
                "step_ids": [
                    Command.create({"name": f"Day {step['days']}"} | step)
                    for step in steps
                ],
                **values,
            }
        )
        self.sme.o2c_dunning_ladder_id = ladder
        return ladder

    def _days(self, day):
        """Days of the steps that are written on a day."""
        return self._nightly(day).o2c_notice_ids.mapped("step_days")

    def test_a_step_due_on_easter_waits_until_tuesday(self):
        self._climb({"days": 2}, working_days=True)
        invoice = self._due(self.sme, 1000, "2026-04-01")
        self.assertEqual(self._days("2026-04-03"), [])  # Good Friday
        self.assertEqual(str(self._verdict(invoice).next_on), "2026-04-07")
        self.assertEqual(self._days("2026-04-06"), [])
        self.assertEqual(self._days("2026-04-07"), [2])

    def test_a_reminder_in_advance_comes_before_the_weekend(self):
        self._climb({"days": -1}, working_days=True)
        self._due(self.sme, 1000, "2026-03-08")  # a Sunday
        self.assertEqual(self._days("2026-03-05"), [])
        self.assertEqual(self._days("2026-03-06"), [-1])

    def _article(self, kind):
        """An invoice line of an article of a kind."""
        product = self.env["product.product"].create({"name": kind, "type": kind})
        return Command.create(
            {"product_id": product.id, "price_unit": 100, "tax_ids": [Command.clear()]}
        )

    def test_a_step_for_goods_is_skipped_by_services(self):
        self._climb(
            {"days": 3, "billed_kind": "goods"},
            {"days": 4, "billed_kind": "service"},
            {"days": 9},
        )
        goods, service = self._article("consu"), self._article("service")
        works = self._due(self.sme, 0, "2026-03-01", invoice_line_ids=[service])
        self.assertEqual(self._days("2026-03-04"), [])
        self.assertEqual(self._remind("2026-03-05").step_days, 4)
        self.assertEqual(str(self._verdict(works).next_on), "2026-03-05")
        pump = self._due(self.sme, 0, "2026-03-04", invoice_line_ids=[goods])
        both = self._due(self.sme, 0, "2026-03-04", invoice_line_ids=[goods, service])
        plain = self._due(self.sme, 100, "2026-03-04")
        run = self._nightly("2026-03-07")
        asked = run.o2c_notice_ids.line_ids.filtered(lambda one: one.kind == "remind")
        self.assertEqual(asked.move_id, pump + both)
        self.assertEqual(str(self._verdict(plain).next_on), "2026-03-13")

    def test_kinds_are_asked_only_where_a_step_wants_them(self):
        self._due(self.sme, 100, "2026-03-01")
        moves = type(self.env["account.move"])
        with patch.object(moves, "_o2c_billed_kinds", side_effect=AssertionError):
            self._nightly("2026-03-04")

    def test_a_claim_of_cost_and_interest_is_a_kind_of_its_own(self):
        self.company.o2c_term_agreed = "agreed"
        invoice = self._due(self.sme, 1000, "2025-08-01")
        claim = self.env["o2c.claim"]._draw_up(invoice, date(2025, 8, 31))
        claim.action_claim()
        document = claim.document_id
        self.assertEqual(
            self.env["account.move"]._o2c_billed_kinds((document + invoice).ids),
            {document.id: {"charge"}},
        )

    def test_a_step_for_large_amounts_is_skipped_by_small_ones(self):
        self._climb({"days": 3, "min_amount": 1000}, {"days": 9})
        self._due(self.sme, 999.99, "2026-03-01")
        self.assertEqual(self._days("2026-03-05"), [])
        self._due(self.sme, 0.01, "2026-03-02")
        self.assertEqual(self._days("2026-03-06"), [3])

    def test_the_minimum_is_in_company_currency(self):
        self._climb({"days": 3, "min_amount": 1000}, {"days": 9})
        usd = self.setup_other_currency("USD", rates=[("2020-01-01", 2.0)])
        self._due(self.sme, 1500, "2026-03-01", currency_id=usd.id)
        self.assertEqual(self._days("2026-03-05"), [])
        self._due(self.sme, 500, "2026-03-01", currency_id=usd.id)
        self.assertEqual(self._days("2026-03-06"), [3])

    def test_conditions_on_segment_and_kind_of_debtor(self):
        segment = self.corporate.o2c_segment_id
        self._climb(
            {"days": 3, "segment_ids": [Command.link(segment.id)]},
            {"days": 4, "debtor_kind": "consumer"},
            {"days": 5, "debtor_kind": "business"},
        )
        self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._days("2026-03-05"), [])
        self.assertEqual(self._days("2026-03-06"), [5])
        self.consumer.o2c_dunning_ladder_id = self.sme.o2c_dunning_ladder_id
        self._due(self.consumer, 100, "2026-03-04")
        self.assertEqual(self._days("2026-03-08"), [4])

    def _pays(self, partner, days_late, payments=USUAL_PAYMENTS, grade="A"):
        profile = self.env["o2c.risk.profile"].sudo()._ensure(self.company, partner)
        profile.grade = grade
        snapshot = self.env["o2c.customer.snapshot"].sudo()
        snapshot.search([("partner_id", "=", partner.id)]).unlink()
        snapshot.create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "days_late": days_late,
                "payments": payments,
            }
        )

    def test_a_good_payer_is_waited_for_until_his_usual_day(self):
        self._climb({"days": 3}, wait_usual=True, wait_at_most=10)
        self._due(self.sme, 1000, "2026-03-01")
        self._pays(self.sme, 5.2)
        self.assertEqual(self._days("2026-03-07"), [])
        self.assertEqual(self._days("2026-03-08"), [3])

    def test_who_pays_badly_or_is_not_known_is_not_waited_for(self):
        self._climb({"days": 3}, wait_usual=True, wait_at_most=10)
        for case in (
            {"days_late": 5, "grade": "D"},
            {"days_late": 5, "payments": USUAL_PAYMENTS - 1},
            {"days_late": 10.1},
            {"days_late": -4},
        ):
            with self.subTest(**case):
                self._pays(self.sme, **case)
                invoice = self._due(self.sme, 1000, "2026-03-01")
                notice = self._nightly("2026-03-04").o2c_notice_ids
                self.assertEqual(notice.step_days, 3)
                notice._withdraw("again")
                invoice.no_followup = True

    def test_another_grade_goes_on_where_he_was(self):
        """Reminded on day 17 of the standard ladder; his grade falls."""
        strict = self._climb({"days": 1}, {"days": 8}, {"days": 20, "min_interval": 3})
        self.sme.o2c_dunning_ladder_id = False
        policy = self.env["o2c.credit.policy"].sudo()
        policy.search([("segment_id", "=", False)]).unlink()
        policy.create({"grade": "E", "o2c_dunning_ladder_id": strict.id})
        profile = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.grade = "B"
        self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._remind("2026-03-04").step_days, 3)
        self.assertEqual(self._remind("2026-03-18").step_days, 17)
        profile.grade = "E"
        self.assertFalse(self._remind("2026-03-20"))
        self.assertEqual(self._remind("2026-03-21").step_days, 20)
        self.assertFalse(self._remind("2026-05-01"))

    def _channel(self, **values):
        (self.sme | self.sme_contact).write(values)
        self._due(self.sme, 1000, "2026-03-01")
        return self._nightly("2026-03-04").o2c_notice_ids.channel

    def test_without_email_a_letter(self):
        self.assertEqual(self._channel(email=False), "letter")

    def test_without_email_and_address_a_call(self):
        channel = self._channel(email=False, street=False, zip=False, city=False)
        self.assertEqual(channel, "call")

    def test_the_step_says_which_way_comes_next(self):
        self.standard.step_ids.fallback_channel = "call"
        self.assertEqual(self._channel(email=False, phone="+31 30 7654321"), "call")

    def test_a_call_without_a_phone_number_becomes_what_the_step_says(self):
        step = self.standard.step_ids[0]
        step.write({"channel": "call", "fallback_channel": "email"})
        self.assertEqual(self._channel(phone=False), "email")

    def test_no_shipped_ladder_counts_reminders_before_the_second_one(self):
        # the tones from clear on speak of an earlier reminder
        for name in (
            *("standard", "four", "gentle", "strict"),
            *("consumer", "public", "corporate"),
        ):
            ladder = self.env.ref(f"o2c_dunning.o2c_dunning_ladder_{name}")
            steps = ladder.step_ids.sorted("days").filtered(lambda one: one.days >= 0)
            self.assertEqual(steps[0].tone, "friendly", name)

    def test_every_shipped_ladder_ends_in_a_proposal_to_a_person(self):
        for name in (
            *("standard", "four", "gentle", "strict"),
            *("consumer", "public", "corporate"),
        ):
            ladder = self.env.ref(f"o2c_dunning.o2c_dunning_ladder_{name}")
            if name in ("standard", "four"):
                continue  # these tests took it out, see common.py
            last = ladder.step_ids.sorted("days")[-1]
            self.assertEqual((last.kind, last.approval), ("handover", True), name)
        corporate = self.env.ref("o2c_dunning.o2c_dunning_ladder_corporate")
        self.assertGreater(min(corporate.step_ids.mapped("days")), 0)
        consumer = self.env.ref("o2c_dunning.o2c_dunning_ladder_consumer")
        self.assertIn("wik", consumer.step_ids.mapped("kind"))
