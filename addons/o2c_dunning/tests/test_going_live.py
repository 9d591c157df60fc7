"""Going live: older items by age, opening balances, unusual nights, two engines."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestGoingLive(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("watch", "dunning", start_date="2026-04-01")
        cls.sme.o2c_dunning_ladder_id = cls.four

    def _wizard(self, start="2026-04-01"):
        action = self.env["o2c.going.live"].with_user(self.manager).action_open()
        wizard = self.env["o2c.going.live"].with_user(self.manager)
        wizard = wizard.browse(action["res_id"])
        wizard.start_date = start
        return wizard

    def _opening(self, amount=800, due="2026-01-31"):
        """An opening balance in a general journal."""
        data = self.company_data
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-01-01",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": data["default_account_receivable"].id,
                            "partner_id": self.sme.id,
                            "debit": amount,
                            "date_maturity": due,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": data["default_account_revenue"].id,
                            "credit": amount,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        return entry

    def test_older_items_are_counted_per_age_band_with_amounts(self):
        for due, amount in (
            ("2026-03-31", 10),
            ("2026-03-02", 20),
            ("2026-03-01", 40),
            ("2026-01-31", 80),
            ("2026-01-01", 160),
            ("2025-03-31", 320),
            ("2026-04-01", 640),
        ):
            self._due(self.sme, amount, due)
        self._due(self.corporate, 5, "2026-03-01")
        bands = {
            line.band: (line.items, line.customers, line.amount, line.choice)
            for line in self._wizard().line_ids
        }
        self.assertEqual(
            bands,
            {
                "30": (2, 1, 30, "out"),
                "60": (3, 2, 125, "out"),
                "90": (1, 1, 160, "out"),
                "365": (0, 0, 0, "out"),
                "over": (1, 1, 320, "out"),
            },
        )

    def test_another_start_date_counts_again_and_keeps_the_choices(self):
        self._due(self.sme, 10, "2026-03-31")
        wizard = self._wizard()
        line = wizard.line_ids.filtered(lambda one: one.band == "30")
        line.choice = "first"
        wizard.start_date = "2026-03-01"
        line = wizard.line_ids.filtered(lambda one: one.band == "30")
        self.assertEqual((line.items, line.choice), (0, "first"))

    def _live(self, **choices):
        wizard = self._wizard()
        for line in wizard.line_ids:
            line.choice = choices.get(f"b{line.band}", "out")
        wizard.action_go_live()
        return wizard

    def test_left_out_from_the_first_step_or_at_the_step_reached(self):
        fresh = self._due(self.sme, 100, "2026-03-20")
        middle = self._due(self.corporate, 100, "2026-02-20")
        old = self._due(self.public_body, 100, "2025-01-20")
        for partner in (self.corporate, self.public_body):
            partner.o2c_dunning_ladder_id = self.four
        self._live(b30="first", b60="reached")
        self.assertEqual(self.company.o2c_dunning_mode, "live")
        notices = self._nightly("2026-04-02").o2c_notice_ids
        steps = {notice.partner_id: notice.step_days for notice in notices}
        self.assertEqual(steps, {self.sme: 2, self.corporate: 34})
        self.assertEqual(self._verdict(old).reason, "before_start")
        self.assertIn("04/01/2026", self._verdict(old).explanation)
        self.assertEqual(self._verdict(fresh).reason, "remind")
        self.assertEqual(self._verdict(middle).reason, "remind")

    def test_no_first_message_is_above_step_one_unless_chosen(self):
        self._due(self.sme, 100, "2026-02-20")
        self._live(b60="first")
        self.assertEqual(self._nightly("2026-04-02").o2c_notice_ids.step_days, 2)

    def test_the_step_reached_does_not_grow_while_nothing_leaves(self):
        self._due(self.sme, 100, "2026-03-10")
        self._live(b30="reached")
        # 22 days late on the start date: the step of day 18, also weeks later
        self.assertEqual(self._nightly("2026-06-01").o2c_notice_ids.step_days, 18)

    def test_the_first_message_is_never_a_hand_over(self):
        last = self.four.step_ids.sorted("days")[-1]
        last.kind = "handover"
        self._due(self.sme, 100, "2025-11-01")
        self._live(b365="reached")
        notice = self._nightly("2026-04-02").o2c_notice_ids
        self.assertLess(notice.step_days, last.days)

    def test_opening_balances_are_listed_and_in_or_out_by_choice(self):
        entry = self._opening()
        wizard = self._wizard()
        self.assertEqual((wizard.general_count, wizard.general_amount), (1, 800))
        action = wizard.action_general_items()
        lines = self.env["account.move.line"].search(action["domain"])
        self.assertEqual(lines.move_id, entry)
        wizard.general_choice = "in"
        for line in wizard.line_ids:
            line.choice = "first"
        wizard.action_go_live()
        self.assertFalse(lines.no_followup)
        notice = self._nightly("2026-04-02").o2c_notice_ids
        self.assertEqual(notice.line_ids.move_id, entry)
        wizard = self._wizard()
        wizard.general_choice = "out"
        wizard.action_go_live()
        self.assertTrue(lines.no_followup)

    def test_the_first_night_can_be_looked_at_before(self):
        invoice = self._due(self.sme, 100, "2026-03-20")
        wizard = self._wizard()
        wizard.line_ids.filtered(lambda one: one.band == "30").choice = "first"
        wizard.action_preview()
        self.assertEqual(self.company.o2c_dunning_mode, "watch")
        self.assertTrue(self._verdict(invoice))
        self.assertFalse(self.notices.search([("state", "=", "approved")]))

    def test_only_a_manager_starts_and_only_his_own_company(self):
        wizards = self.env["o2c.going.live"].with_user(self.collector)
        with self.assertRaises(AccessError):
            wizards.action_open()
        other = self.setup_other_company(name="Tweede Test B.V.")["company"]
        wizard = self._wizard()
        wizard.sudo().company_id = other
        with self.assertRaises(AccessError):
            wizard.action_go_live()

    def test_the_list_of_checks_says_what_is_missing(self):
        self.company.email = False
        self.assertIn("no sender", self._wizard().checks)
        self.company.email = "administratie@waterlelie.example"
        self.assertIn("administratie@waterlelie.example", self._wizard().checks)

    def test_an_address_that_nobody_reads_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Nobody reads"):
            self.company.o2c_dunning_email = "NoReply@waterlelie.example"

    def test_two_engines_until_one_is_chosen_and_the_other_is_off(self):
        modules = type(self.env["ir.module.module"])
        with patch.object(modules, "_installed", lambda self: {"account_followup": 1}):
            with self.assertRaisesRegex(ValidationError, "Choose in the settings"):
                self._switch("live", "dunning")
            self._switch("watch", "dunning")
            self.company.o2c_dunning_engine = "followup"
            with self.assertRaises(ValidationError):
                self._switch("live", "dunning")
            self.company.o2c_dunning_engine = "ours"
            job = self.env["ir.cron"].create(
                {
                    "name": "Follow-up",
                    "model_id": self.env["ir.model"]._get_id("res.partner"),
                    "state": "code",
                    "code": "model._cron_execute_followup()",
                }
            )
            with self.assertRaisesRegex(UserError, "Archive it"):
                self._switch("live", "dunning")
            self._switch("watch", "dunning")
            job.active = False
            self._switch("live", "dunning")
        self.assertEqual(self.company.o2c_dunning_mode, "live")


@tagged("post_install", "-at_install")
class TestUnusualNight(DunningCommon):
    def test_a_run_that_asks_an_unusual_amount_waits(self):
        self.company.o2c_dunning_max_amount = 1499
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 500, "2026-03-01")
        run = self._nightly("2026-03-04")
        self.assertEqual(run.state, "waiting")
        self.assertEqual(set(run.o2c_notice_ids.mapped("wait_reason")), {"large_run"})

    def _usual(self, nights, amount):
        for number in range(nights):
            customer = self._customer(f"Klant {number}", "sme")
            day = f"2026-03-{number + 1:02}"
            self._due(customer, amount, day)
            self._nightly(f"2026-03-{number + 4:02}")

    def test_a_run_far_above_the_usual_amount_waits(self):
        self._usual(5, 100)
        self._due(self.sme, 301, "2026-03-10")
        run = self._nightly("2026-03-13")
        self.assertEqual(run.o2c_notice_ids.wait_reason, "large_run")

    def test_up_to_three_times_the_usual_goes_by_itself(self):
        self._usual(5, 100)
        self._due(self.sme, 300, "2026-03-10")
        run = self._nightly("2026-03-13")
        self.assertEqual(run.o2c_notice_ids.state, "approved")

    def test_no_times_means_no_such_check(self):
        self.company.o2c_dunning_unusual_factor = 0
        self._usual(5, 100)
        self._due(self.sme, 9000, "2026-03-10")
        self.assertEqual(self._nightly("2026-03-13").o2c_notice_ids.state, "approved")
