"""The gate: what passes, what is held, and that nobody gets around it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditGate(CreditCommon):
    def test_an_order_within_the_limit_confirms(self):
        order = self._quote(self.sme, 1000)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.o2c_hold_ids)

    def test_an_order_over_the_limit_becomes_a_hold(self):
        order = self._quote(self.sme, 1000.01)
        action = order.with_user(self.seller).action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertEqual(action["tag"], "display_notification")
        hold = order.o2c_hold_id
        self.assertEqual(hold.state, "open")
        self.assertEqual(hold.user_id, self.controller)
        self.assertEqual(hold.partner_id, self.sme)
        self.assertEqual(hold.amount, 1000.01)
        self.assertEqual(hold.limit_amount, 1000)
        self.assertEqual(hold.to_pay, 0.01)
        self.assertEqual([one["code"] for one in hold.reasons], ["over_limit"])
        self.assertTrue(hold.deadline)
        self.assertEqual(hold.activity_ids.user_id, self.controller)

    def test_a_hold_is_written_once_however_often_one_clicks(self):
        order = self._quote(self.sme, 2000)
        order.action_confirm()
        order.order_line.price_unit = 3000
        order.action_confirm()
        self.assertEqual(len(order.o2c_hold_ids), 1)
        self.assertEqual(order.o2c_hold_id.amount, 3000)
        self.assertEqual(len(order.o2c_hold_id.activity_ids), 1)

    def test_no_limit_set_is_not_limit_zero(self):
        order = self._quote(self.corporate, 99999)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self._limit(self.public_body, 0)
        order = self._quote(self.public_body, 1)
        order.action_confirm()
        self.assertEqual(order.state, "draft")

    def test_cash_only_waits_for_the_money(self):
        self._limit(self.corporate, "cash")
        order = self._quote(self.corporate, 10)
        order.action_confirm()
        self.assertEqual(order.o2c_hold_id.reasons[0]["code"], "cash_only")
        self.assertEqual(order.o2c_hold_id.to_pay, 10)

    def test_a_batch_counts_together_and_holds_only_what_does_not_fit(self):
        small, large = self._quote(self.sme, 600), self._quote(self.sme, 600)
        other = self._quote(self.corporate, 5000)
        (small | large | other).action_confirm()
        self.assertEqual(small.state, "sale")
        self.assertEqual(large.state, "draft")
        self.assertTrue(large.o2c_hold_id)
        self.assertEqual(other.state, "sale")

    def test_orders_of_a_contact_count_for_the_company(self):
        self._quote(self.sme, 600).action_confirm()
        order = self._quote(self.sme_contact, 600)
        order.action_confirm()
        self.assertEqual(order.o2c_hold_id.partner_id, self.sme)

    def test_another_active_company_changes_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        order = self._quote(self.sme, 2000)
        order.with_company(other).action_confirm()
        self.assertTrue(order.o2c_hold_id)

    def test_an_overdue_customer_is_held_above_amount_and_days(self):
        self.company.write({"o2c_overdue_amount": 100, "o2c_overdue_days": 14})
        self._limit(self.sme, 100000)
        invoice = self._invoice(self.sme, 500, "2020-01-01")
        order = self._quote(self.sme, 10)
        order.action_confirm()
        hold = order.o2c_hold_id
        self.assertEqual(hold.reasons[0]["code"], "overdue")
        self.assertEqual(hold.overdue, 500)
        self._pay(invoice, 450)
        order.action_confirm()
        self.assertEqual(order.state, "sale", "50 overdue is below the threshold")
        self.assertEqual(hold.state, "resolved")

    def test_writing_the_state_passes_the_same_verdict(self):
        order = self._quote(self.sme, 2000)
        order.with_user(self.seller).write({"state": "sale", "client_order_ref": "X"})
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.client_order_ref, "X")
        self.assertTrue(order.o2c_hold_id)
        fits = self._quote(self.sme, 900)
        fits.with_user(self.seller).write({"state": "sale"})
        self.assertEqual(fits.state, "sale")

    def test_growing_and_confirming_in_one_write_is_judged_on_the_new_amount(self):
        order = self._quote(self.sme, 900)
        order.with_user(self.seller).write(
            {
                "state": "sale",
                "order_line": [
                    Command.update(order.order_line.id, {"price_unit": 9000})
                ],
            }
        )
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.o2c_hold_id.amount, 9000)

    def test_creating_a_confirmed_order_passes_the_same_verdict(self):
        order = self._quote(self.sme, 2000, state="sale")
        self.assertEqual(order.state, "draft")
        self.assertTrue(order.o2c_hold_id)
        order = self._quote(self.sme, 1000, state="sale", date_order="2024-01-05")
        self.assertEqual(order.state, "sale")
        self.assertEqual(str(order.date_order.date()), "2024-01-05")

    def test_no_context_key_lets_an_order_pass(self):
        order = self._quote(self.sme, 2000)
        keys = dict.fromkeys(
            ("bypass_risk", "o2c_skip", "o2c_cleared", "skip_credit", "install_mode"),
            True,
        )
        order.with_user(self.seller).with_context(**keys).action_confirm()
        self.assertEqual(order.state, "draft")
        order.sudo().with_context(**keys).action_confirm()
        self.assertEqual(order.state, "draft")

    def test_a_clearance_is_for_one_order_and_its_amount(self):
        order = self._quote(self.sme, 900)
        order._o2c_gate()
        order.order_line.price_unit = 9000
        order.write({"state": "sale"})
        self.assertEqual(order.state, "draft")

    def test_a_confirmed_order_that_grows_waits(self):
        order = self._quote(self.sme, 900)
        order.action_confirm()
        order.with_user(self.seller).order_line.price_unit = 950
        self.assertFalse(order.o2c_hold_id)
        order.with_user(self.seller).order_line.product_uom_qty = 2
        hold = order.o2c_hold_id
        self.assertEqual((hold.kind, hold.amount), ("growth", 950))
        order.order_line.product_uom_qty = 1
        self.assertEqual(hold.state, "resolved")

    def test_a_line_added_to_a_confirmed_order_is_judged(self):
        order = self._quote(self.sme, 900)
        order.action_confirm()
        self.env["sale.order.line"].with_user(self.seller).create(
            {"order_id": order.id, "product_id": self.service.id, "price_unit": 500}
        )
        self.assertEqual(order.o2c_hold_id.kind, "growth")

    def test_another_debtor_for_a_confirmed_order_is_judged_in_full(self):
        order = self._quote(self.corporate, 5000)
        order.action_confirm()
        order.partner_invoice_id = self.sme
        self.assertEqual(order.o2c_hold_id.partner_id, self.sme)
        self.assertEqual(order.o2c_hold_id.amount, 5000)

    def test_cancelling_the_order_closes_its_hold(self):
        order = self._quote(self.sme, 2000)
        order.action_confirm()
        hold = order.o2c_hold_id
        order._action_cancel()
        self.assertEqual(hold.state, "cancelled")

    def test_off_does_nothing_and_watch_only_notes(self):
        self._switch("off", "credit")
        order = self._quote(self.sme, 2000)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.o2c_hold_ids)
        self._switch("watch", "credit")
        order = self._quote(self.sme, 2000)
        messages, activities = order.message_ids, self.env["mail.activity"].search([])
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.o2c_hold_ids.state, "watch")
        self.assertFalse(order.o2c_hold_id)
        self.assertEqual(self.env["mail.activity"].search([]), activities)
        self.assertFalse(
            (order.message_ids - messages).filtered(lambda m: "hold" in (m.body or ""))
        )

    def test_before_the_start_date_live_only_watches(self):
        self._switch("live", "credit", start_date="2999-01-01")
        order = self._quote(self.sme, 2000)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.o2c_hold_ids.state, "watch")

    def test_the_gate_is_the_outermost_wrap(self):
        method = type(self.env["sale.order"]).action_confirm
        self.assertTrue(method.o2c_gate)
        self.assertFalse(getattr(method.origin, "o2c_gate", False))

    def test_an_order_that_cannot_be_confirmed_is_not_held_but_refused(self):
        order = self._quote(self.sme, 2000)
        order.order_line.create(
            {
                "order_id": order.id,
                "is_downpayment": False,
                "display_type": "line_note",
                "name": "Note",
            }
        )
        order._action_cancel()
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertFalse(order.o2c_hold_ids)

    def test_lost_to_other_transactions_five_times_the_order_is_held(self):
        order = self._quote(self.sme, 10)
        lock = type(self.env["o2c.exposure.lock"])
        self.patch(lock, "_take", lambda *args: False)
        order.action_confirm()
        self.assertEqual(order.o2c_hold_id.reasons[0]["code"], "busy")


@tagged("post_install", "-at_install")
class TestRelease(CreditCommon):
    def setUp(self):
        super().setUp()
        self.order = self._quote(self.sme, 2000)
        self.order.action_confirm()
        self.hold = self.order.o2c_hold_id

    def test_a_controller_releases_with_a_reason(self):
        wizard = (
            self.env["o2c.credit.release"]
            .with_user(self.controller)
            .create({"hold_ids": self.hold.ids, "reason": "The director called."})
        )
        self.assertIn("1,000", wizard.summary.replace("\N{NO-BREAK SPACE}", " "))
        wizard.action_release()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.hold.state, "released")
        self.assertEqual(self.hold.released_by_id, self.controller)
        self.assertEqual(self.hold.release_reason, "The director called.")
        self.assertFalse(self.hold.activity_ids)

    def test_a_release_needs_a_reason(self):
        with self.assertRaises(UserError):
            self.hold.with_user(self.controller)._release("  ")

    def test_a_seller_cannot_release(self):
        hold = self.hold.with_user(self.seller)
        with self.assertRaises(AccessError):
            hold._release("please")
        with self.assertRaises(AccessError):
            hold.sudo()._release("please, as sudo")
        with self.assertRaises(AccessError):
            hold.action_release()
        with self.assertRaises(AccessError):
            hold.action_recheck()
        with self.assertRaises(AccessError):
            self.env["o2c.credit.release"].with_user(self.seller).create(
                {"hold_ids": hold.ids, "reason": "please"}
            )
        with self.assertRaises(AccessError):
            hold.write({"state": "released"})
        self.assertEqual(self.order.state, "draft")

    def test_nobody_edits_a_hold_into_a_release(self):
        for user in (self.controller, self.manager):
            with self.assertRaises(AccessError):
                self.hold.with_user(user).write({"state": "released"})
            with self.assertRaises(AccessError):
                self.hold.with_user(user).write({"amount": 1})
        self.hold.with_user(self.controller).user_id = self.manager
        with self.assertRaises(AccessError):
            self.hold.with_user(self.manager).unlink()

    def test_above_the_amount_a_manager_releases(self):
        self.company.o2c_release_amount = 1500
        with self.assertRaises(AccessError):
            self.hold.with_user(self.controller)._release("fine")
        self.hold.with_user(self.manager)._release("fine")
        self.assertEqual(self.order.state, "sale")

    def test_an_order_that_grew_meanwhile_needs_the_authority_for_its_new_amount(self):
        self.company.o2c_release_amount = 2500
        self.order.order_line.price_unit = 5000
        with self.assertRaises(AccessError):
            self.hold.with_user(self.controller)._release("fine")

    def test_a_release_does_not_open_the_door_for_the_next_order(self):
        self.hold.with_user(self.controller)._release("once")
        order = self._quote(self.sme, 1)
        order.action_confirm()
        self.assertTrue(order.o2c_hold_id)

    def test_a_hold_that_money_solved_is_released_by_checking_again(self):
        self._limit(self.sme, 2000)
        self.hold.with_user(self.controller).action_recheck()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.hold.state, "resolved")

    def test_a_growth_hold_is_released_too(self):
        order = self._quote(self.corporate, 900)
        order.action_confirm()
        self._limit(self.corporate, 1000)
        order.order_line.product_uom_qty = 2
        order.o2c_hold_id.with_user(self.controller)._release("agreed")
        self.assertFalse(order.o2c_hold_id)

    def test_a_controller_of_another_company_cannot_release(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        with self.assertRaises(AccessError):
            self.hold.with_user(stranger)._release("mine now")
