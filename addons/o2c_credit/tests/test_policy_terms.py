"""Payment term and advance payment of the policy on quotations."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestPolicyTerms(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"portal_confirmation_pay": False, "prepayment_percent": 1.0})
        cls._general_policy_only()
        cls.term_15 = cls.env.ref("account.account_payment_term_15days")
        cls.term_45 = cls.env.ref("account.account_payment_term_45days")
        cls.cell = cls.env.ref("o2c_credit.o2c_credit_policy_d")
        cls.cell.write({"payment_term_id": cls.term_15.id, "down_payment": 25})
        cls.profile = cls.profiles._ensure(cls.company, cls.sme)
        cls.profile.grade = "D"
        cls.good = cls.profiles._ensure(cls.company, cls.corporate)
        cls.good.grade = "A"
        cls.private = cls.profiles._ensure(cls.company, cls.consumer)
        cls.private.grade = "D"

    def _new(self, partner, user=None, **values):
        orders = self.env["sale.order"].with_user(user or self.seller)
        return orders.create({"partner_id": partner.id, **values})

    def _terms(self, order):
        percent = order.prepayment_percent if order.require_payment else 0
        return order.payment_term_id, round(percent * 100)

    def test_the_cell_sets_the_terms_of_a_quotation_and_says_why(self):
        order = self._new(self.sme)
        self.assertEqual(self._terms(order), (self.term_15, 25))
        self.assertEqual(order.sudo().o2c_policy_id, self.cell)
        reason = order.with_user(self.seller).o2c_terms_reason
        self.assertIn("grade D", reason)
        self.assertIn("25", reason)
        self.assertIn(self.term_15.name, reason)

    def test_a_good_customer_keeps_his_own_terms_without_a_word(self):
        order = self._new(self.corporate)
        self.assertEqual(self._terms(order), (self.term_30, 0))
        self.assertFalse(order.sudo().o2c_policy_id)
        self.assertFalse(order.o2c_terms_reason)

    def test_the_shorter_of_two_terms_counts(self):
        self.cell.payment_term_id = self.term_45
        self.assertEqual(self._new(self.sme).payment_term_id, self.term_30)
        self.sme.property_payment_term_id = False
        self.assertEqual(self._new(self.sme).payment_term_id, self.term_45)

    def test_only_a_live_company_applies_terms_and_watching_tells(self):
        self._switch("watch", "credit")
        order = self._new(self.sme)
        self.assertEqual(self._terms(order), (self.term_30, 0))
        self.assertFalse(order.sudo().o2c_policy_id)
        self.assertIn("25", order.o2c_terms_reason)
        order.payment_term_id = self.term_45
        self._switch("off", "credit")
        self.assertFalse(self._new(self.sme).o2c_terms_reason)

    def test_terms_follow_when_the_customer_changes(self):
        order = self._new(self.sme)
        order.partner_id = self.corporate
        self.assertEqual(self._terms(order), (self.term_30, 0))
        self.assertFalse(order.o2c_terms_reason)
        order.partner_id = self.sme
        self.assertEqual(self._terms(order), (self.term_15, 25))

    def test_the_form_shows_terms_and_reason_before_it_is_saved(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.sme
            self.assertEqual(form.payment_term_id, self.term_15)
            self.assertTrue(form.require_payment)
            self.assertIn("grade D", form.o2c_terms_reason)
            with self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs:
                form.payment_term_id = self.term_45
            self.assertIn("longest payment term", logs.output[0])
            self.assertEqual(form.payment_term_id, self.term_15)
        order = form.record
        self.assertEqual(self._terms(order), (self.term_15, 25))
        self.assertIn("25", order.o2c_terms_reason)
        self.assertIn(self.term_15.name, order.o2c_terms_reason)

    def test_a_seller_cannot_loosen_terms_over_rpc(self):
        order = self._new(self.sme)
        for values in (
            {"payment_term_id": self.term_30.id},
            {"require_payment": False},
            {"prepayment_percent": 0.1},
        ):
            for context in ({}, {"o2c_skip": True, "install_mode": True}):
                with self.assertRaises(UserError, msg=str(values)):
                    order.with_context(**context).write(values)
        with self.assertRaises(AccessError):
            order.write({"o2c_terms": False})
        self.assertEqual(self._terms(order), (self.term_15, 25))

    def test_a_seller_cannot_create_looser_terms_either(self):
        values = {
            "payment_term_id": self.term_45.id,
            "require_payment": False,
            "o2c_terms": {"reasons": []},
        }
        order = self._new(self.sme, **values)
        self.assertEqual(self._terms(order), (self.term_15, 25))
        confirmed = self._new(self.sme, state="sale", **values)
        self.assertEqual(self._terms(confirmed), (self.term_15, 25))

    def test_a_seller_can_be_stricter(self):
        order = self._new(self.sme)
        order.write({"payment_term_id": False, "prepayment_percent": 0.6})
        self.assertEqual(order.prepayment_percent, 0.6)
        order.write({"prepayment_percent": 0.25})
        with self.assertRaises(UserError):
            order.write({"prepayment_percent": 0.24})

    def test_sudo_does_not_loosen_but_breaks_nothing(self):
        order = self._new(self.sme)
        order.sudo().write({"payment_term_id": self.term_45.id})
        self.assertEqual(order.payment_term_id, self.term_15)

    def test_a_credit_manager_may_and_it_is_written_down(self):
        self.manager.group_ids += self.env.ref("sales_team.group_sale_manager")
        order = self._new(self.sme)
        order.with_user(self.manager).write(
            {"payment_term_id": self.term_45.id, "require_payment": False}
        )
        self.assertEqual(self._terms(order), (self.term_45, 0))
        self.assertIn(self.manager.name, order.o2c_terms_reason)
        self.assertIn(self.term_15.name, order.message_ids[0].body)
        order.with_user(self.seller).write({"client_order_ref": "PO 1"})
        self.assertEqual(order.payment_term_id, self.term_45)
        own = self._new(self.sme, self.manager, payment_term_id=self.term_45.id)
        self.assertEqual(own.payment_term_id, self.term_45)

    def test_a_consumer_pays_at_most_half_up_front(self):
        self.cell.down_payment = 80
        order = self._new(self.consumer)
        self.assertEqual(self._terms(order)[1], 50)
        self.assertIn("7:26", order.o2c_terms_reason)
        for user in (self.seller, self.env.user):
            with self.assertRaises(UserError):
                order.with_user(user).prepayment_percent = 0.6
        self.private.with_user(self.controller).agreed_up_front = 70
        self.assertEqual(self.private.agreed_up_front_by_id, self.controller)
        self.assertEqual(self.private.agreed_up_front_on, self.today)
        self.assertEqual(self._terms(self._new(self.consumer))[1], 70)

    def test_nothing_is_added_after_a_consumer_ordered(self):
        order = self._new(self.consumer)
        self.assertEqual(self._terms(order)[1], 25)
        order.sudo().write({"state": "sale"})
        self.assertEqual(order.state, "sale")
        with self.assertRaises(UserError):
            order.with_user(self.env.user).prepayment_percent = 0.4

    def test_a_seller_cannot_loosen_a_confirmed_order(self):
        self.profile.limit_kind = "none"
        self.cell.down_payment = 0
        order = self._new(self.sme)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(UserError):
            order.with_user(self.seller).payment_term_id = self.term_30

    def test_a_confirmed_order_for_somebody_else_gets_no_longer_term(self):
        self.cell.down_payment = 0
        self.profile.limit_kind = self.good.limit_kind = "none"
        order = self._new(self.corporate)
        order.action_confirm()
        with self.assertRaises(UserError):
            order.with_user(self.seller).write(
                {"partner_id": self.sme.id, "payment_term_id": self.term_45.id}
            )

    def test_a_copy_gets_the_terms_of_today(self):
        order = self._new(self.sme)
        self.profile.grade = "A"
        self.assertEqual(self._terms(order.copy()), (self.term_30, 0))

    def test_a_payment_agreement_in_force_is_not_overruled(self):
        agreement = self.env["o2c.payment.agreement"].create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "payment_term_id": self.term_45.id,
                "date_from": self.today,
            }
        )
        self.assertEqual(self._new(self.sme).payment_term_id, self.term_15)
        agreement.sudo().action_confirm()
        order = self._new(self.sme)
        self.assertEqual(self._terms(order), (self.term_45, 0))
        self.assertIn("agreement", order.o2c_terms_reason)
        longer = self.env["account.payment.term"].create(
            {
                "name": "90 days",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 90}
                    )
                ],
            }
        )
        with self.assertRaises(UserError):
            order.write({"payment_term_id": longer.id})

    def test_terms_of_many_orders_cost_no_more_queries_than_one(self):
        self._new(self.sme)
        orders = self.env["sale.order"].create(
            [{"partner_id": self.sme.id} for _ in range(20)]
        )
        self.env.flush_all()
        with self.assertQueryCount(4):
            orders._o2c_policy_terms()
