"""Payment agreements: on the order, on the invoice, in writing, and kept or not."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CreditCommon
from .test_signatory import SIGNATURE


@tagged("post_install", "-at_install")
class TestPaymentAgreement(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreements = cls.env["o2c.payment.agreement"]
        cls.term_14 = cls.env["account.payment.term"].create(
            {
                "name": "14 days, 2% within 8",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 14}
                    )
                ],
            }
        )
        cls._limit(cls.sme, None)

    @classmethod
    def _agree(cls, partner=None, confirm=True, **values):
        agreement = cls.agreements.create(
            {
                "partner_id": (partner or cls.sme).id,
                "payment_term_id": cls.term_14.id,
                "date_from": cls.today - timedelta(days=60),
                **values,
            }
        )
        if confirm:
            agreement.with_user(cls.manager).action_confirm()
        return agreement

    def _breaches(self, partner=None):
        self.env.flush_all()
        self.profiles._watch(self.company, self.today)
        return self.env["o2c.credit.alert"].search(
            [
                ("partner_id", "=", (partner or self.sme).id),
                ("kind", "=", "agreement_breach"),
                ("state", "=", "open"),
            ]
        )

    def test_the_terms_are_on_the_order_and_on_the_invoice(self):
        self._agree(conditions="Delivery in reusable crates.")
        order = self._quote(self.sme, 100)
        self.assertEqual(order.payment_term_id, self.term_14)
        order.action_confirm()
        invoice = order._create_invoices()
        self.assertEqual(invoice.invoice_payment_term_id, self.term_14)
        self.assertIn("reusable crates", invoice.narration)
        direct = self._invoice(self.sme, 50, self.today, post=False)
        self.assertEqual(direct.invoice_payment_term_id, self.term_14)
        self.assertEqual(str(direct.narration).count("reusable crates"), 1)

    def test_a_contact_of_the_customer_falls_under_it_others_do_not(self):
        self._agree()
        order = self._quote(self.sme_contact, 100)
        self.assertEqual(order.payment_term_id, self.term_14)
        other = self._quote(self.corporate, 100)
        self.assertEqual(other.payment_term_id, self.term_30)

    def test_a_draft_an_ended_and_a_future_agreement_change_nothing(self):
        self._agree(confirm=False)
        self._agree(self.corporate, date_from=self.today + timedelta(days=1))
        ended = self._agree(self.public_body)
        ended.with_user(self.manager).action_end()
        for partner in (self.sme, self.corporate):
            self.assertEqual(self._quote(partner, 1).payment_term_id, self.term_30)
        self.assertFalse(
            self.agreements._in_force(
                self.company, self.public_body.ids, self.today + timedelta(days=1)
            )
        )

    def test_in_force_is_one_query_for_any_number_of_customers(self):
        self._agree()
        self._agree(self.corporate)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.agreements._in_force(
                self.company,
                (self.sme | self.corporate | self.consumer).ids,
                self.today,
            )

    def test_without_their_order_number_nothing_is_confirmed(self):
        self._agree(order_number_required=True)
        order = self._quote(self.sme, 100)
        self.assertTrue(order.o2c_needs_number)
        with self.assertRaisesRegex(UserError, "order number"):
            order.with_user(self.seller).action_confirm()
        order.client_order_ref = "PO-7"
        order.with_user(self.seller).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_customer_who_signs_is_not_stopped_but_it_is_told(self):
        self._agree(order_number_required=True)
        order = self._quote(self.sme, 100)
        order.sudo().write({"signed_by": "J. Proef", "signature": SIGNATURE})
        order.sudo().action_confirm()
        self.assertEqual(order.state, "sale")
        breach = self._breaches()
        self.assertEqual(breach.figures["breach"], "number")
        self.assertIn(order.name, breach.text)

    def test_other_terms_on_an_order_are_told_and_close_by_themselves(self):
        self._agree()
        order = self._quote(self.sme, 100)
        order.payment_term_id = self.term_30
        order.action_confirm()
        breach = self._breaches()
        self.assertEqual(breach.figures["breach"], "term")
        self.assertEqual(breach.user_id, self.controller)
        self.assertEqual(len(breach.activity_ids), 1)
        order.payment_term_id = self.term_14
        self.assertFalse(self._breaches())
        self.assertEqual(breach.state, "closed")

    def test_a_short_payment_is_told_and_a_discount_taken_late_apart(self):
        self._agree()
        day = self.today - timedelta(days=30)
        short = self._invoice(self.sme, 1000, day)
        self._pay(short, 900, day + timedelta(days=2))
        late = self._invoice(self.sme, 1000, day)
        self._pay(late, 980, day + timedelta(days=9))
        breaches = self._breaches()
        self.assertEqual(
            {(b.figures["breach"], b.figures["name"], b.amount) for b in breaches},
            {("short_payment", short.name, 100), ("late_discount", late.name, 20)},
        )
        self._pay(short)
        self.assertEqual(len(self._breaches()), 1)

    def test_without_an_agreement_a_part_payment_is_no_breach(self):
        invoice = self._invoice(self.corporate, 1000, self.today)
        self._pay(invoice, 900)
        self.assertFalse(self._breaches(self.corporate))

    def test_the_customer_gets_it_in_writing_when_a_person_asks(self):
        agreement = self._agree(
            order_number_required=True, direct_debit=True, mandate="M-1"
        )
        self.assertFalse(agreement.sent_on)
        mails = self.env["mail.mail"].search([])
        agreement.with_user(self.controller).action_send()
        mail = self.env["mail.mail"].search([]) - mails
        self.assertEqual(len(mail), 1)
        for text in ("14 days", "2%", "order number", "M-1"):
            self.assertIn(text, mail.body_html)
        self.assertTrue(agreement.sent_on)
        log = self.env["o2c.delivery.log"].search(
            [("res_model", "=", agreement._name), ("res_id", "=", agreement.id)]
        )
        self.assertEqual((log.channel, log.event), ("email", "queued"))
        mail._postprocess_sent_message([], [self.sme.email])
        self.assertEqual(
            log.search([("res_id", "=", agreement.id)]).mapped("event"),
            ["sent", "queued"],
        )

    def test_a_draft_is_not_sent_and_a_customer_without_address_is_named(self):
        draft = self._agree(confirm=False)
        with self.assertRaises(UserError):
            draft.with_user(self.controller).action_send()
        self.corporate.email = False
        agreement = self._agree(self.corporate)
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            agreement.with_user(self.controller).action_send()

    def test_what_was_confirmed_is_not_changed_or_deleted(self):
        agreement = self._agree()
        with self.assertRaises(UserError):
            agreement.with_user(self.manager).payment_term_id = self.term_30
        with self.assertRaises(AccessError):
            agreement.with_user(self.manager).write({"state": "draft"})
        with self.assertRaises(UserError):
            agreement.with_user(self.manager).unlink()
        agreement.with_user(self.manager).note = "Signed by both"
        with self.assertRaises(ValidationError):
            self._agree()

    def test_known_facts_about_who_pays(self):
        agreement = self._agree(
            direct_debit=True,
            payer_id=self.corporate.id,
            factor_id=self.public_body.id,
            buying_group_id=self.public_body.id,
        )
        self.assertEqual(
            agreement._known_reminder_facts(),
            ["debit", "factored", "payer", "buying_group"],
        )
        self.assertFalse(agreement.is_supplier)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.sme.id,
                "invoice_date": self.today,
                "invoice_line_ids": [
                    Command.create({"name": "Bread", "price_unit": 70, "tax_ids": []})
                ],
            }
        )
        bill.action_post()
        agreement.invalidate_recordset()
        self.assertTrue(agreement.is_supplier)
        self.assertIn("supplier", agreement._known_reminder_facts())
        self.assertEqual(agreement.owed_to_him, 70)

    def test_roles_and_companies(self):
        agreement = self._agree()
        draft = self._agree(self.corporate, confirm=False)
        with self.assertRaises(AccessError):
            draft.with_user(self.controller).action_confirm()
        with self.assertRaises(AccessError):
            self.agreements.with_user(self.seller).search([])
        for method in ("action_confirm", "action_send", "action_end"):
            with self.assertRaises(AccessError):
                getattr(draft.with_user(self.seller), method)()
        collector = self._user("collector", "o2c_base.group_collector")
        self.assertTrue(agreement.with_user(collector).read(["payment_term_id"]))
        with self.assertRaises(AccessError):
            agreement.with_user(collector).write({"note": "x"})
        other = self.env["res.company"].create({"name": "Andere B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertFalse(self.agreements.with_user(stranger).search([]))
        self.assertFalse(
            self.agreements._in_force(other, self.sme.ids, self.today),
            "an agreement of another company says nothing here",
        )

    def test_a_seller_sees_the_terms_work_without_reading_the_agreement(self):
        self._agree()
        order = (
            self.env["sale.order"]
            .with_user(self.seller)
            .create({"partner_id": self.sme.id})
        )
        self.assertEqual(order.payment_term_id, self.term_14)
