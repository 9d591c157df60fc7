"""No way around: RPC, automatic posting, wizards, reversals."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.o2c_billing.models.check.account_move import GUARDED

from .check_common import CheckCommon

FORGED = {
    "o2c_check_state": "approved",
    "o2c_approval": "paid_online",
    "o2c_check_digest": "x",
}


@tagged("post_install", "-at_install")
class TestCheckGate(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule("amount", amount=100)

    def test_nobody_writes_what_the_check_remembers(self):
        draft = self._draft(500).with_user(self.chief)
        for name in sorted(GUARDED):
            field = draft._fields[name]
            value = {
                "selection": "approved",
                "many2one": self.chief.id,
                "datetime": "2026-01-01 00:00:00",
                "integer": 9,
                "json": [],
            }.get(field.type, "x")
            if field.type == "selection":
                value = field.get_values(self.env)[-1]
            with self.subTest(name), self.assertRaises(AccessError):
                draft.write({name: value})

    def test_nobody_makes_an_approved_draft(self):
        moves = self.env["account.move"].with_user(self.chief)
        values = {
            "move_type": "out_invoice",
            "partner_id": self.sme.id,
            "invoice_line_ids": [
                Command.create({"name": "x", "price_unit": 500.0, "tax_ids": []})
            ],
        }
        with self.assertRaises(AccessError):
            moves.create({**values, **FORGED})
        with self.assertRaises(AccessError):
            self._draft(500).with_user(self.chief).copy(FORGED)
        sneaky = moves.with_context(
            **{f"default_{name}": value for name, value in FORGED.items()}
        ).create(values)
        self.assertFalse(sneaky.o2c_check_state)
        with self.assertRaises(UserError):
            sneaky.action_post()

    def test_nobody_says_by_hand_what_was_advanced(self):
        draft = self._draft(500)
        line = draft.invoice_line_ids.with_user(self.chief)
        with self.assertRaises(AccessError):
            line.o2c_pass_through = True
        with self.assertRaises(AccessError):
            draft.with_user(self.chief).write(
                {
                    "invoice_line_ids": [
                        Command.create({"name": "x", "o2c_pass_through": True})
                    ]
                }
            )
        draft.with_user(self.chief).with_context(default_o2c_pass_through=True).write(
            {"invoice_line_ids": [Command.create({"name": "x", "price_unit": 1.0})]}
        )
        self.assertFalse(any(draft.invoice_line_ids.mapped("o2c_pass_through")))

    def test_posting_hard_or_soft_stops_at_the_gate(self):
        for soft in (True, False):
            draft = self._draft(500, date=fields.Date.today())
            with self.subTest(soft=soft), self.assertRaises(UserError):
                draft.with_user(self.chief)._post(soft=soft)

    def test_the_validation_wizard_stops_at_the_gate(self):
        draft = self._draft(500, date=fields.Date.today())
        wizard = (
            self.env["validate.account.move"]
            .with_user(self.chief)
            .with_context(active_model="account.move", active_ids=draft.ids)
            .create({"force_post": True})
        )
        with self.assertRaises(UserError):
            wizard.validate_move()
        self.assertEqual(draft.state, "draft")

    def test_automatic_posting_leaves_it_and_says_why(self):
        draft = self._draft(500, date=fields.Date.today(), auto_post="at_date")
        fine = self._draft(50, date=fields.Date.today(), auto_post="at_date")
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["account.move"]._autopost_draft_entries()
        self.env.invalidate_all()
        self.assertEqual((draft.state, fine.state), ("draft", "posted"))
        self.assertIn("second person", draft.message_ids[0].body)

    def test_a_credit_note_posted_while_reversing_stops_at_the_gate(self):
        invoice = self._invoice(self.sme, 90, "2026-03-01")
        self._rule("credit_note")
        with self.assertRaises(UserError):
            invoice.with_user(self.chief)._reverse_moves(cancel=True)
        credit = invoice.with_user(self.chief)._reverse_moves()
        self.assertEqual(credit.state, "draft")
        credit.action_o2c_ask_approval()
        credit.with_user(self.approver).action_o2c_approve()
        self.assertEqual(credit.state, "posted")

    def test_what_needs_no_check_is_posted_by_itself(self):
        invoice = self._queued(1)
        self.assertEqual(
            (invoice.state, invoice.o2c_check_state), ("posted", "not_needed")
        )
        self.assertEqual(invoice.o2c_send_state, "waiting")

    def test_vendor_bills_and_entries_are_none_of_our_business(self):
        bill = self._draft(500, move_type="in_invoice", date="2026-03-01")
        bill.action_post()
        self.assertFalse(bill.o2c_check_state)
