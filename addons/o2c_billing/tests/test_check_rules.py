"""Each reason to look at a draft, at its boundary."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckRules(CheckCommon):
    def test_above_an_amount_is_not_at_it(self):
        self._rule("amount", amount=500)
        self.assertFalse(self._reasons(self._draft(500)))
        self.assertEqual(self._reasons(self._draft(500.01)), ["amount"])

    def test_what_was_advanced_can_be_left_out_of_the_amount(self):
        rule = self._rule("amount", amount=500)
        draft = self._draft(450)
        draft.sudo().write(
            {
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Duties",
                            "price_unit": 9000,
                            "tax_ids": [Command.clear()],
                            "o2c_pass_through": True,
                        }
                    )
                ]
            }
        )
        self.assertEqual(self._reasons(draft), ["amount"])
        rule.without_pass_through = True
        self.assertFalse(self._reasons(draft))
        draft.invoice_line_ids[0].price_unit = 501
        self.assertEqual(self._reasons(draft), ["amount"])

    def test_the_share_that_was_advanced_is_a_reason(self):
        rule = self._rule("pass_through", percentage=50)
        draft = self._draft(100)
        self.assertFalse(self._reasons(draft))
        draft.sudo().write(
            {
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Duties",
                            "price_unit": 100.0,
                            "tax_ids": [Command.clear()],
                            "o2c_pass_through": True,
                        }
                    )
                ]
            }
        )
        self.assertFalse(self._reasons(draft), "half is not more than half")
        draft.invoice_line_ids[0].price_unit = 99
        self.assertEqual(self._reasons(draft), ["pass_through"])
        rule.percentage = 60
        self.assertFalse(self._reasons(draft))

    def test_a_credit_note_of_advances_is_an_advance(self):
        invoice = self._draft(100)
        invoice.invoice_line_ids.sudo().o2c_pass_through = True
        invoice.action_post()
        credit = invoice._reverse_moves()
        self.assertTrue(credit.invoice_line_ids.o2c_pass_through)
        self.assertFalse(invoice.copy().invoice_line_ids.o2c_pass_through)

    def test_the_new_invoice_beside_a_credit_note_is_an_advance_too(self):
        """Core's "Reverse and create invoice", pressed by somebody of the office."""
        invoice = self._draft(100)
        invoice.invoice_line_ids.sudo().o2c_pass_through = True
        invoice.action_post()
        biller = self._user("reverser", "o2c_base.group_billing_approver")
        wizard = (
            self.env["account.move.reversal"]
            .with_user(biller)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "reason": "Verkeerd adres"})
        )
        wizard.modify_moves()
        again = wizard.new_move_ids
        self.assertEqual((again.move_type, again.state), ("out_invoice", "draft"))
        self.assertTrue(again.invoice_line_ids.o2c_pass_through)

    def test_a_price_that_is_off_what_was_agreed(self):
        self._agreement(
            {"product_id": self.hour.id, "fixed_price": 50.0}, partner_id=self.sme.id
        )
        order = self._order(self.sme, [(self.hour, 10, None)])
        agreed = order.order_line.price_unit
        self.assertEqual(agreed, 50.0)
        order.action_confirm()
        rule = self._rule("price", percentage=5)
        order.order_line.qty_delivered = 10
        invoice = order._create_invoices()
        self.assertFalse(self._reasons(invoice))
        line = invoice.invoice_line_ids
        line.price_unit = agreed * 1.05
        self.assertFalse(self._reasons(invoice), "5 % is not more than 5 %")
        line.price_unit = agreed * 1.06
        self.assertEqual(self._reasons(invoice), ["price"])
        line.write({"price_unit": agreed, "discount": 5.5})
        self.assertEqual(self._reasons(invoice), ["price"], "a discount is a price")
        rule.write({"measure": "amount", "amount": agreed * 10 * 0.055})
        self.assertFalse(self._reasons(invoice))
        line.discount = 5.6
        self.assertEqual(self._reasons(invoice), ["price"])
        words = invoice._o2c_reasons_in_words(invoice._o2c_judge()[invoice].reasons)
        self.assertIn("off what was agreed", words)

    def test_a_price_by_hand_on_the_order_is_measured_against_the_agreed_one(self):
        order = self._order(self.sme, [(self.hour, 1, 54.0)])
        order.action_confirm()
        order.order_line.qty_delivered = 1
        rule = self._rule("price", percentage=10)
        invoice = order._create_invoices()
        self.assertFalse(self._reasons(invoice), "60 to 54 is 10 %")
        rule.percentage = 9.99
        self.assertEqual(self._reasons(invoice), ["price"])

    def test_a_price_changed_on_the_draft_was_set_by_hand(self):
        self._rule("manual")
        order = self._order(self.sme, [(self.hour, 1, None)])
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        self.assertFalse(self._reasons(invoice))
        invoice.invoice_line_ids.price_unit += 1
        self.assertEqual(self._reasons(invoice), ["manual"])

    def test_a_margin_below_the_least(self):
        self.hour.standard_price = 50.0
        rule = self._rule("margin", percentage=20)
        draft = self._draft(60.0)
        draft.invoice_line_ids.product_id = self.hour
        draft.invoice_line_ids.write({"price_unit": 60.0, "quantity": 3})
        self.assertFalse(self._reasons(draft), "60 is 20 % over 50")
        draft.invoice_line_ids.price_unit = 59.99
        self.assertEqual(self._reasons(draft), ["margin"])
        self.hour.standard_price = 0.0
        self.assertFalse(self._reasons(draft), "without a cost nothing is known")
        rule.percentage = 0
        self.hour.standard_price = 70.0
        self.assertEqual(self._reasons(draft), ["margin"])

    def test_a_margin_counts_in_the_unit_of_the_article(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.wood.standard_price = 10.0
        self._rule("margin", percentage=10)
        draft = self._draft(120.0)
        line = draft.invoice_line_ids
        line.product_id = self.wood
        line.product_uom_id = dozen
        line.write({"price_unit": 132.0, "quantity": 2, "tax_ids": [Command.clear()]})
        self.assertFalse(self._reasons(draft), "132 a dozen is 11 each")
        line.price_unit = 131.0
        self.assertEqual(self._reasons(draft), ["margin"])

    def test_a_marked_customer_is_always_looked_at(self):
        draft = self._draft(10)
        self.assertFalse(self._reasons(draft))
        self.sme.o2c_check_invoices = True
        self.assertEqual(self._reasons(draft), ["customer"])
        self.assertEqual(draft._o2c_judge()[draft].rule_ids, set())
        rule = self._rule("customer")
        self.assertEqual(draft._o2c_judge()[draft].rule_ids, {rule.id})

    def test_a_contact_of_a_marked_customer_is_marked(self):
        self.sme.o2c_check_invoices = True
        draft = self._draft(10, partner=self.sme_contact)
        self.assertEqual(self._reasons(draft), ["customer"])

    def test_a_credit_note_above_an_amount(self):
        rule = self._rule("credit_note")
        credit = self._draft(100, move_type="out_refund")
        self.assertEqual(self._reasons(credit), ["credit_note"])
        self.assertFalse(self._reasons(self._draft(100)))
        rule.amount = 100
        self.assertFalse(self._reasons(credit))

    def test_a_foreign_currency(self):
        self._rule("currency")
        dollar = self.env.ref("base.USD")
        dollar.active = True
        draft = self._draft(100, currency_id=dollar.id)
        self.assertEqual(self._reasons(draft), ["currency"])
        self.assertFalse(self._reasons(self._draft(100)))

    def test_amounts_are_compared_in_the_currency_of_the_company(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 2.0,
            }
        )
        self._rule("amount", amount=100)
        draft = self._draft(200, currency_id=dollar.id, date="2026-03-01")
        self.assertFalse(self._reasons(draft), "200 dollars are 100 euro")
        draft.invoice_line_ids.price_unit = 201
        self.assertEqual(self._reasons(draft), ["amount"])

    def test_a_missing_order_reference(self):
        self._rule("reference")
        self.assertEqual(self._reasons(self._draft(10)), ["reference"])
        self.assertFalse(self._reasons(self._draft(10, ref="PO 12")))
        order = self._service(1)
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.ref = order.name
        self.assertEqual(self._reasons(invoice), ["reference"], "our number is not his")
        order.client_order_ref = "PO 12"
        self.assertFalse(self._reasons(invoice))
        credit = self._draft(10, move_type="out_refund")
        self.assertFalse(self._reasons(credit))

    def test_conditions_narrow_a_rule_and_must_all_hold(self):
        team = self.env["crm.team"].create({"name": "Binnendienst"})
        rule = self._rule(
            "amount",
            segment_ids=[Command.set(self.sme.o2c_segment_id.ids)],
            team_ids=[Command.set(team.ids)],
            amount_from=1000,
        )
        self.assertEqual(self._reasons(self._draft(1000, team_id=team.id)), ["amount"])
        self.assertFalse(self._reasons(self._draft(999, team_id=team.id)))
        self.assertFalse(self._reasons(self._draft(1000, team_id=False)))
        self.assertFalse(
            self._reasons(self._draft(1000, self.corporate, team_id=team.id))
        )
        rule.write({"segment_ids": [Command.clear()], "team_ids": [Command.clear()]})
        other = self.company_data["default_journal_sale"].copy()
        rule.journal_ids = other
        self.assertFalse(self._reasons(self._draft(1000)))
        self.assertEqual(
            self._reasons(self._draft(1000, journal_id=other.id)), ["amount"]
        )

    def test_a_shared_rule_holds_in_every_company(self):
        other = self._create_company(name="Other")
        self._rule("amount", amount=5000)
        self._rule("manual", company_id=False)
        names = [rule.kind for rule in self.env["o2c.draft.check.rule"]._rules(other)]
        self.assertEqual(names, ["manual"])
        ours = self.env["o2c.draft.check.rule"]._rules(self.company)
        self.assertEqual({rule.kind for rule in ours}, {"amount", "manual"})

    def test_a_rule_of_the_head_company_holds_for_its_branch(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self._rule("manual")
        self.assertTrue(self.env["o2c.draft.check.rule"]._rules(branch))

    def test_a_rule_that_says_nothing_is_refused(self):
        for values in (
            {"kind": "sample"},
            {"kind": "grade"},
            {"kind": "price", "percentage": -1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._rule(**values)
        journal = self.company_data["default_journal_sale"]
        other = self._create_company(name="Other")
        with self.assertRaisesRegex(ValidationError, "another company"):
            self._rule("manual", company_id=other.id, journal_ids=journal.ids)

    def test_a_rule_is_archived_never_deleted(self):
        rule = self._rule("amount", amount=5)
        with self.assertRaises(AccessError):
            rule.with_user(self.approver).unlink()
        rule.with_user(self.approver).active = False
        self.assertFalse(self._reasons(self._draft(10)))

    def test_every_rule_has_a_name_and_every_words(self):
        rules = self.env["o2c.draft.check.rule"]
        for kind, _label in rules._fields["kind"].selection:
            rule = rules.new({"kind": kind, "percentage": 5, "amount": 5, "grade": "D"})
            self.assertTrue(rule.name, kind)
            self.assertNotEqual(rules._words(kind, "5"), kind)
        for kind in ("policy", "colleague", "batch"):
            self.assertNotEqual(rules._words(kind), kind)
