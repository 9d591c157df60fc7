"""A bonus is settled once, with the VAT of the turnover, and corrected later."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .bonus_common import AFTER, BonusCommon


@tagged("post_install", "-at_install")
class TestBonusSettlement(BonusCommon):
    def test_the_credit_note_has_the_vat_of_the_turnover(self):
        bonus = self._bonus()
        self._sold(2000)
        self._sold(1000, tax=self.low)
        move = bonus._propose(AFTER)
        self.assertEqual(move.move_type, "out_refund")
        self.assertEqual(move.state, "draft")
        self.assertEqual(move.partner_id, self.sme)
        self.assertEqual(
            {(line.tax_ids, line.price_subtotal) for line in move.invoice_line_ids},
            {(self.high, 40.0), (self.low, 20.0)},
        )
        self.assertEqual(round(move.amount_tax, 2), 10.2)
        self.assertEqual(bonus.settlement_ids.move_id, move)

    def test_taxes_that_are_in_the_price_leave_the_same_net_amount(self):
        included = self.high.copy(
            {"name": "21% incl", "price_include_override": "tax_included"}
        )
        bonus = self._bonus()
        self._sold(2420, tax=included)
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 2000.0)
        self.assertEqual(bonus._propose(AFTER).amount_untaxed, 40.0)

    def test_it_waits_for_an_approver_like_every_draft(self):
        bonus = self._bonus()
        self._sold(2000)
        move = self.env["account.move"]
        with patch.object(type(move), "action_o2c_ask_approval", autospec=True) as ask:
            move = bonus._propose(AFTER)
        ask.assert_called_once_with(move)

    def test_it_is_proposed_once(self):
        bonus = self._bonus()
        self._sold(2000)
        move = bonus._propose(AFTER)
        self.assertFalse(bonus._propose(AFTER))
        self._approve(move)
        self.assertFalse(bonus._propose(AFTER))
        self.assertEqual(len(bonus.settlement_ids), 1)
        self.assertEqual((bonus.settled, bonus.turnover), (40.0, 2000.0))

    def test_a_deleted_or_cancelled_draft_can_be_made_again(self):
        bonus = self._bonus()
        self._sold(2000)
        bonus._propose(AFTER).unlink()
        second = bonus._propose(AFTER)
        self.assertTrue(second)
        second.button_cancel()
        self.assertTrue(bonus._propose(AFTER))
        self.assertEqual(bonus.settlement_ids.mapped("number"), [1])

    def test_a_later_credit_note_takes_back_only_the_difference(self):
        bonus = self._bonus()
        self._sold(6000)
        self._approve(bonus._propose(AFTER))
        self.assertEqual(bonus.settled, 180.0)
        self._sold(4000, day="2026-12-31", move_type="out_refund")
        correction = bonus._propose(AFTER)
        self.assertEqual(correction.move_type, "out_invoice")
        self.assertEqual(correction.amount_untaxed, 140.0)
        self._approve(correction)
        self.assertEqual(bonus.settled, 40.0)
        self._sold(1000, day="2026-12-31")
        more = bonus._propose(AFTER)
        self.assertEqual((more.move_type, more.amount_untaxed), ("out_refund", 20.0))

    def test_a_correction_gives_each_tax_its_own_back(self):
        bonus = self._bonus()
        self._sold(2000)
        self._approve(bonus._propose(AFTER))
        self._sold(2000, day="2026-12-31", move_type="out_refund")
        self._sold(2000, day="2026-12-31", tax=self.low)
        correction = bonus._propose(AFTER)
        self.assertEqual(
            {
                (line.tax_ids, line.price_subtotal)
                for line in correction.invoice_line_ids
            },
            {(self.high, -40.0), (self.low, 40.0)},
        )

    def test_the_night_proposes_after_the_days_of_waiting_and_only_live(self):
        bonus = self._bonus(wait_days=14)
        self._sold(2000)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            own = bonus.with_env(self.env(cr=cr))
            self.assertFalse(own._propose_due(date(2027, 1, 14)))
            self.assertTrue(own._propose_due(date(2027, 1, 15)))
            self.assertFalse(own._propose_due(date(2027, 1, 16)))
        other = self._bonus(partner_id=self.corporate.id)
        self.company.o2c_billing_mode = "watch"
        with self.assertRaisesRegex(UserError, "not live"):
            other.action_propose()

    def test_one_that_fails_does_not_stop_the_others(self):
        bad = self._bonus()
        good = self._bonus(partner_id=self.corporate.id)
        self._sold(2000)
        self._sold(2000, partner=self.corporate)
        whole = type(bad)._move_values

        def values(bonus, *args):
            if bonus.id == bad.id:
                raise ValueError("broken")
            return whole(bonus, *args)

        with (
            patch.object(type(bad), "_move_values", values),
            self.enter_registry_test_mode(),
            self.registry.cursor() as cr,
        ):
            moves = (bad | good).with_env(self.env(cr=cr))._propose_due(AFTER)
            self.assertEqual(moves.partner_id.id, self.corporate.id)
        self.env.invalidate_all()
        self.assertIn("broken", bad.message_ids[0].body)
        self.assertFalse(bad.settlement_ids)

    def test_before_the_end_nothing_is_settled(self):
        bonus = self._bonus(date_from="2020-01-01", date_to="2099-12-31")
        with self.assertRaisesRegex(UserError, "settled after it"):
            bonus.action_propose()
