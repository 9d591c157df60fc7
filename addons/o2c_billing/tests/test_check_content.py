"""What was approved is what is posted: any change that matters asks for a new look."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckContent(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule("amount", amount=100)

    def _approved(self):
        """Approved, posted, and taken back to draft unchanged."""
        invoice = self._draft(500)
        invoice.action_o2c_ask_approval()
        invoice.with_user(self.approver).action_o2c_approve()
        invoice.button_draft()
        self.assertEqual(invoice.o2c_check_state, "approved")
        return invoice

    def test_unchanged_it_is_posted_again(self):
        invoice = self._approved()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_any_change_of_a_line_that_matters_voids_the_approval(self):
        tax = self.company_data["default_tax_sale"]
        account = self.company_data["default_account_revenue"].copy()
        changes = {
            "tax_ids": [Command.set(tax.ids)],
            "discount": 1.0,
            "account_id": account.id,
            "price_unit": 501.0,
            "quantity": 2.0,
            "name": "Something else",
            "product_id": self.hour.id,
        }
        for name, value in changes.items():
            with self.subTest(name):
                invoice = self._approved()
                invoice.invoice_line_ids.write({name: value})
                self.assertEqual(invoice.o2c_check_state, "to_check")
                self.assertFalse(invoice.o2c_approved_by_id)
                with self.assertRaises(UserError):
                    invoice.action_post()

    def test_any_change_of_the_document_that_matters_voids_the_approval(self):
        account = self.env["res.partner.bank"].create(
            {
                "acc_number": "NL91ABNA0417164300",
                "partner_id": self.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        dollar = self.env.ref("base.USD")
        dollar.active = True
        changes = {
            "partner_id": self.corporate.id,
            "invoice_date": "2026-01-31",
            "invoice_payment_term_id": self.env.ref(
                "account.account_payment_term_15days"
            ).id,
            "partner_bank_id": account.id,
            "ref": "Another reference",
            "currency_id": dollar.id,
            "partner_shipping_id": self.corporate.id,
            "journal_id": self.company_data["default_journal_sale"].copy().id,
        }
        for name, value in changes.items():
            with self.subTest(name):
                invoice = self._approved()
                if name == "journal_id":
                    invoice.name = False
                invoice.write({name: value})
                self.assertEqual(invoice.o2c_check_state, "to_check")
                with self.assertRaises(UserError):
                    invoice.action_post()

    def test_a_line_added_or_removed_voids_the_approval(self):
        invoice = self._approved()
        invoice.write(
            {
                "invoice_line_ids": [
                    Command.create({"name": "A note", "display_type": "line_note"})
                ]
            }
        )
        self.assertEqual(invoice.o2c_check_state, "to_check")

    def test_what_nobody_pays_for_does_not_matter(self):
        invoice = self._approved()
        invoice.write({"narration": "Thank you", "invoice_user_id": self.chief.id})
        self.assertEqual(invoice.o2c_check_state, "approved")
        invoice.action_post()

    def test_an_online_payment_approves_that_content_only(self):
        invoice = self._draft(500)
        invoice._o2c_approve_paid_online()
        invoice.action_post()
        invoice.button_draft()
        invoice.action_post()
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 6000
        with self.assertRaises(UserError):
            invoice.action_post()

    def test_a_waiting_draft_shows_the_reasons_of_what_it_is_now(self):
        draft = self._draft(500)
        draft.action_o2c_ask_approval()
        since = draft.o2c_check_since
        self._rule("currency")
        dollar = self.env.ref("base.USD")
        dollar.active = True
        draft.currency_id = dollar
        kinds = [kind for kind, _rule, _detail in draft.o2c_check_reasons]
        self.assertIn("currency", kinds)
        self.assertEqual(draft.o2c_check_since, since, "it keeps its place")
