"""Early payment discount: offered, printed, and honoured to the cent and to the day."""

from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .ubl_common import UblCommon

#: What is paid for 100 + 21 % and 200 + 9 % with 2 %, and the VAT that is then due.
MODES = {
    # price and VAT less 2 %: (121 + 218) * 0.98; VAT 39 * 0.98
    "included": (332.22, 38.22),
    # 2 % of 300 less; the VAT stays 39
    "excluded": (333.00, 39.00),
    # VAT on 98 and 196 from the start: 20.58 + 17.64; 300 + 38.22 - 6
    "mixed": (332.22, 38.22),
}


@tagged("post_install", "-at_install")
class TestEarlyDiscount(UblCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("live", "billing")
        cls.env.user.group_ids += cls.env.ref("o2c_base.group_billing_approver")
        accounts = cls.env["account.account"]
        cls.loss = accounts.create(
            {"name": "Betalingskorting", "code": "899001", "account_type": "expense"}
        )
        cls.company.account_journal_early_pay_discount_loss_account_id = cls.loss

    def _offered(self, mode, lines=(("btw_21", 1, 100), ("btw_9", 1, 200)), **values):
        term = self.term_30._o2c_with_discount(2.0, 8, mode)
        return self._document(
            self.dutch, *lines, invoice_payment_term_id=term.id, **values
        )

    def _paid(self, invoice, amount, date):
        """A payment of so much, matched by a person or by the bank."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": invoice.partner_id.id,
                "amount": amount,
                "date": date,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        lines = (payment.move_id | invoice).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        lines.reconcile()
        return payment

    def _vat(self, invoice):
        """VAT in the books of the invoice and its discount."""
        matched = invoice.line_ids.matched_credit_ids.credit_move_id.move_id
        lines = (invoice | matched).line_ids.filtered("tax_repartition_line_id")
        return -round(sum(lines.mapped("balance")), 2)

    # Offered

    def test_the_offer_stands_in_words_with_date_and_amounts(self):
        invoice = self._offered("included")
        words = invoice._o2c_discount_words()[0]
        self.assertIn("2% discount if paid by 10 Mar 2026", words)
        self.assertIn("332.22", words)
        self.assertIn("339.00", words)
        for mode, (amount, _vat) in MODES.items():
            with self.subTest(mode):
                invoice = self._offered(mode)
                root = self._xml(invoice, f"discount_{mode}")
                note = self._text(root, "/*/cac:PaymentTerms/cbc:Note")[0]
                self.assertIn(f"{amount:.2f}", note)
                self.assertNotIn("SKONTO", note)

    def test_only_the_german_file_has_the_structured_form(self):
        invoice = self._offered("excluded")
        self.company.partner_id.phone = "+31 30 1234567"
        builder = self.env["res.partner"]._get_edi_builder("xrechnung")
        content, errors = builder._export_invoice(invoice)
        self.assertFalse(errors)
        self.assertIn(b"#SKONTO#TAGE=8#PROZENT=2.00#BASISBETRAG=300.00#\n", content)

    def test_mixed_with_an_exempt_line_is_one_breakdown_per_category(self):
        exempt = self._tax("btw_0").copy(
            {"name": "Vrijgesteld", "ubl_cii_tax_category_code": "E"}
        )
        invoice = self._offered("mixed")
        invoice.button_draft()
        invoice.invoice_line_ids[1].tax_ids = [Command.set(exempt.ids)]
        invoice.action_post()
        for format in ("nlcius", "ubl_bis3"):
            root = self._xml(invoice, f"discount_mixed_exempt_{format}", format)
            codes = self._text(root, "//cac:TaxSubtotal/cac:TaxCategory/cbc:ID")
            self.assertEqual(sorted(codes), ["E", "S"])

    def test_a_person_offers_it_on_a_draft_an_order_or_to_the_customer(self):
        draft = self._invoice(
            self.dutch,
            100,
            "2026-03-02",
            post=False,
            invoice_payment_term_id=self.term_30.id,
        )
        order = self._order(self.dutch, [(self.item, 1, 100.0)])
        order.payment_term_id = self.term_30
        self.dutch.property_payment_term_id = self.term_30
        for record, field in (
            (draft, "invoice_payment_term_id"),
            (order, "payment_term_id"),
            (self.dutch, "property_payment_term_id"),
        ):
            with self.subTest(record._name):
                wizard = self._wizard(record)
                wizard.action_offer()
                term = record[field]
                self.assertEqual(term.discount_percentage, 3)
                self.assertEqual(term._o2c_longest_days(), 30)
        self.assertIn("97.00", self._wizard(draft).preview)
        terms = self.env["account.payment.term"].search_count(
            [("discount_percentage", "=", 3)]
        )
        self.assertEqual(terms, 1, "the same terms are made once")

    def _button(self, user):
        """The button of the quotation as a user's screen has it, or None."""
        arch = (
            self.env["sale.order"]
            .with_user(user)
            .get_view(self.env.ref("sale.view_order_form").id, "form")["arch"]
        )
        action = self.env.ref("o2c_billing.o2c_early_discount_action")
        return etree.fromstring(arch).find(f".//button[@name='{action.id}']")

    def test_the_button_on_a_quotation(self):
        """There as long as the customer can still read it, for who may offer it."""
        seller = self._user("discount_seller", "sales_team.group_sale_salesman")
        self.assertIsNone(self._button(seller))
        biller = self._user(
            "discount_biller",
            "o2c_base.group_billing_user,sales_team.group_sale_salesman_all_leads",
        )
        there = self._button(biller).get("invisible")
        order = self._order(self.dutch, [(self.item, 1, 100.0)])

        def shown(term):
            order.payment_term_id = term
            facts = {"state": order.state, "payment_term_id": term and term.id}
            return not safe_eval(there, facts)

        self.assertFalse(shown(False))
        self.assertTrue(shown(self.term_30))
        dialog = Form(
            self.env["o2c.early.discount"]
            .with_user(biller)
            .with_context(active_model="sale.order", active_id=order.id)
        )
        dialog.percent, dialog.days = 2.0, 10
        self.assertIn("98.00", dialog.preview)
        dialog.save().action_offer()
        term = order.payment_term_id
        self.assertEqual((term.discount_percentage, term.discount_days), (2, 10))
        order.action_confirm()
        self.assertFalse(shown(term))
        with self.assertRaises(UserError):
            self._wizard(order).action_offer()
        # the invoice of the order offers it too
        self.assertEqual(order._create_invoices().invoice_payment_term_id, term)

    def _wizard(self, record, **values):
        return (
            self.env["o2c.early.discount"]
            .with_context(active_model=record._name, active_id=record.id)
            .create({"percent": 3, "days": 8, "mode": "included", **values})
        )

    def test_not_on_what_is_posted_nor_by_who_may_not(self):
        with self.assertRaises(UserError):
            self._wizard(self._offered("included")).action_offer()
        draft = self._invoice(self.dutch, 100, "2026-03-02", post=False)
        draft.invoice_payment_term_id = self.term_30
        with self.assertRaises(UserError):
            self._wizard(draft, percent=0).action_offer()
        reader = self._user("discount_reader", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self._wizard(draft).with_user(reader).sudo(False).action_offer()

    # Honoured by bank

    def test_taken_in_time_it_is_booked_with_its_vat_in_every_mode(self):
        for mode, (amount, vat) in MODES.items():
            with self.subTest(mode):
                invoice = self._offered(mode)
                self._paid(invoice, amount, "2026-03-10")
                self.assertEqual(invoice.amount_residual, 0)
                self.assertEqual(invoice.payment_state, "paid")
                self.assertEqual(invoice.o2c_discount_state, "booked")
                self.assertEqual(self._vat(invoice), vat)

    def test_a_day_later_it_stays_open_and_is_shown(self):
        for mode, (amount, _vat) in MODES.items():
            with self.subTest(mode):
                invoice = self._offered(mode)
                self._paid(invoice, amount, "2026-03-11")
                rest = round(invoice.amount_total - amount, 2)
                self.assertAlmostEqual(invoice.amount_residual, rest, 2)
                self.assertEqual(invoice.o2c_discount_state, "late")

    def test_days_of_grace_are_for_the_bank(self):
        self.company.o2c_discount_tolerance_days = 2
        invoice = self._offered("included")
        self._paid(invoice, 332.22, "2026-03-12")
        self.assertEqual(invoice.o2c_discount_state, "booked")
        late = self._offered("included")
        self._paid(late, 332.22, "2026-03-13")
        self.assertEqual(late.o2c_discount_state, "late")

    def test_another_amount_is_no_discount(self):
        invoice = self._offered("included")
        self._paid(invoice, 332.21, "2026-03-10")
        self.assertFalse(invoice.o2c_discount_state)
        self.assertAlmostEqual(invoice.amount_residual, 6.79, 2)

    def test_nothing_is_booked_where_billing_is_off_or_it_is_left_to_people(self):
        for mode, automatic in (("watch", True), ("live", False)):
            self._switch(mode, "billing")
            self.company.o2c_discount_automatic = automatic
            invoice = self._offered("included")
            self._paid(invoice, 332.22, "2026-03-10")
            self.assertFalse(invoice.o2c_discount_state)
            self.assertAlmostEqual(invoice.amount_residual, 6.78, 2)

    def test_a_late_one_is_granted_with_a_reason_or_asked_after_all(self):
        invoice = self._offered("included")
        self._paid(invoice, 332.22, "2026-03-11")
        billing = self._user(
            "discount_billing",
            "o2c_base.group_billing_user,account.group_account_invoice",
        )
        with self.assertRaises(AccessError):
            invoice.with_user(billing)._o2c_grant_discount("aardig")
        self.env["o2c.discount.grant"].create(
            {"move_id": invoice.id, "reason": "De bank was dicht"}
        ).action_grant()
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(self._vat(invoice), 38.22)
        self.assertEqual(invoice.o2c_discount_state, "granted")
        self.assertIn("De bank was dicht", " ".join(invoice.message_ids.mapped("body")))
        other = self._offered("included")
        self._paid(other, 332.22, "2026-03-11")
        other.with_user(billing).action_o2c_refuse_discount()
        self.assertEqual(other.o2c_discount_state, "refused")
        self.assertAlmostEqual(other.amount_residual, 6.78, 2)

    def test_the_wizard_of_core_gives_it_to_the_day_too(self):
        for date, paid in (("2026-03-10", True), ("2026-03-11", False)):
            invoice = self._offered("included")
            wizard = (
                self.env["account.payment.register"]
                .with_context(active_model="account.move", active_ids=invoice.ids)
                .create({"payment_date": date})
            )
            expected = 332.22 if paid else 339.00
            self.assertAlmostEqual(wizard.amount, expected, 2)
            wizard._create_payments()
            self.assertEqual(invoice.amount_residual, 0)
            self.assertEqual(self._vat(invoice), 38.22 if paid else 39.0)

    # Honoured online

    def _online(self, invoice, amount):
        provider = self.env["payment.provider"].search(
            [("company_id", "=", self.company.id)], limit=1
        ) or self.env["payment.provider"].create(
            {"name": "Proef", "code": "none", "company_id": self.company.id}
        )
        provider.journal_id = self.company_data["default_journal_bank"]
        method = self.env["payment.method"].search([], limit=1)
        lines = provider.journal_id.inbound_payment_method_line_ids
        lines.payment_provider_id = False
        lines[:1].payment_provider_id = provider
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "operation": "online_redirect",
                "reference": f"proef-{invoice.id}-{amount}",
                "amount": amount,
                "currency_id": invoice.currency_id.id,
                "partner_id": invoice.partner_id.id,
                "invoice_ids": [Command.set(invoice.ids)],
            }
        )

    def test_paid_online_in_time_all_vat_rates_are_corrected(self):
        for mode, (amount, vat) in MODES.items():
            with self.subTest(mode), freeze_time("2026-03-10 12:00:00"):
                invoice = self._offered(mode)
                self._online(invoice, amount)._create_payment()
                self.assertEqual(invoice.amount_residual, 0)
                self.assertEqual(self._vat(invoice), vat)

    def test_the_last_day_ends_at_midnight_of_the_seller(self):
        """23:30 UTC on the 10th is the 11th in Amsterdam."""
        invoice = self._offered("included")
        for moment, state in (
            ("2026-03-10 22:30:00", "epd"),
            ("2026-03-10 23:30:00", None),
        ):
            with freeze_time(moment):
                values = invoice.with_context(
                    tz="UTC"
                )._get_invoice_next_payment_values()
                self.assertEqual(values["installment_state"], state, moment)

    def test_grace_is_not_for_online(self):
        self.company.o2c_discount_tolerance_days = 5
        invoice = self._offered("included")
        with freeze_time("2026-03-11 12:00:00"):
            values = invoice._get_invoice_next_payment_values()
        self.assertIsNone(values["installment_state"])
