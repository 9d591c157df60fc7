"""The random sample: fair, provable, and the same after making a draft again."""

import hashlib
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.o2c_billing.policy.draft_sample import lot

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckSample(CheckCommon):
    def _draws(self, rule):
        return self.env["o2c.draft.check.draw"].search([("rule_id", "=", rule.id)])

    def test_an_auditor_draws_the_same_documents_again(self):
        rule = self._rule("sample", percentage=40)
        invoices = self.env["account.move"]
        for _ in range(12):
            invoices |= self._queued(1)
        draws = self._draws(rule)
        self.assertEqual(len(draws), 12)
        for draw in draws:
            text = f"{rule.sudo().seed}/{draw.key}"
            number = int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) % 10000
            self.assertEqual(draw.lot, number / 100)
            self.assertEqual(draw.chosen, number < 4000)
            self.assertEqual(draw.move_id.state, "draft" if draw.chosen else "posted")
            self.assertTrue(draw.key.startswith(f"{self.company.id}/"))
        self.assertEqual(draws.move_id, invoices)
        rule.invalidate_recordset()
        self.assertEqual(rule.draw_count, 12)
        share = 100 * len(draws.filtered("chosen")) / 12
        self.assertAlmostEqual(rule.chosen_share, share, 2)

    def test_making_the_draft_again_does_not_change_the_lot(self):
        rule = self._rule("sample", percentage=100)
        first = self._queued(1)
        event = first.o2c_event_ids
        before = self._draws(rule)
        first.unlink()
        event.action_retry()
        self._run_queue()
        self.assertNotEqual(event.move_id, first)
        after = self._draws(rule)
        self.assertEqual(after, before, "the same document takes part once")
        self.assertEqual(after.move_id, event.move_id)

    def test_the_boundary_is_the_lot_itself(self):
        rule = self._rule("sample", percentage=100)
        draft = self._draft(10)
        key = f"{self.company.id}/draft:{draft.id}"
        own = lot(rule.sudo().seed, key)
        rule.percentage = float(own) or 0.01
        self.assertEqual(self._reasons(draft), [] if own else ["sample"])
        rule.percentage = float(own + Decimal("0.01"))
        self.assertEqual(self._reasons(draft), ["sample"])

    def test_another_rule_draws_others(self):
        one, two = self._rule("sample", percentage=1), self._rule("manual")
        self.assertNotEqual(one.sudo().seed, two.sudo().seed)
        self.assertNotEqual(one.sudo().copy().seed, one.sudo().seed)

    def test_nobody_chooses_the_seed_or_writes_a_draw(self):
        rules = self.env["o2c.draft.check.rule"].with_user(self.approver)
        rule = self._rule("sample", percentage=50)
        with self.assertRaises(AccessError):
            rule.with_user(self.approver).seed = "mine"
        with self.assertRaises(AccessError):
            rules.create({"kind": "sample", "percentage": 1, "seed": "mine"})
        made = rules.with_context(default_seed="mine").create(
            {"kind": "sample", "percentage": 1}
        )
        self.assertNotEqual(made.seed, "mine")
        draws = self.env["o2c.draft.check.draw"].with_user(self.approver)
        with self.assertRaises(AccessError):
            draws.create({"rule_id": rule.id, "key": "x"})
        with self.assertRaises(AccessError):
            rule.with_user(self.billing).read(["seed"])

    def test_conditions_keep_documents_out_of_the_sample(self):
        rule = self._rule(
            "sample", percentage=100, segment_ids=self.corporate.o2c_segment_id.ids
        )
        self._queued(1)
        self.assertFalse(self._draws(rule))
        self._queued(1, partner=self.corporate)
        self.assertEqual(len(self._draws(rule)), 1)
