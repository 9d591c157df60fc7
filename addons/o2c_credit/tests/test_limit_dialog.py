"""The dialog behind *Change the limit*, and what follows a decision elsewhere."""

from odoo.tests import Form, tagged

from .common import LimitCommon


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
        [row] = card["rows"]
        self.assertEqual(row["label"], self.sme.display_name)
        self.assertRegex(row["value"], r"20,000(?!\.)", "whole units, as other cards")
        self.assertNotIn(".00", row["value"])
        seller = self.env["o2c.today"].with_user(self.seller)
        keys = {one["key"] for one in seller._cards(self.company, self.today)}
        self.assertNotIn("credit_limits", keys)
