"""Corrections and supplements speak of the first key; bill again to another."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .source_common import SourceCommon


@tagged("post_install", "-at_install")
class TestSourceCorrection(SourceCommon):
    def test_before_invoicing_the_event_is_what_was_meant(self):
        self._clearance()
        result = self._send(
            self._row("C1", charge="DUTY", amount=1000.0, corrects="26NL-1-1")
        )["C1"]
        self.assertEqual(result["status"], "accepted")
        first = self._event("26NL-1-1")
        self.assertEqual((first.amount, first.reported_amount), (1000.0, 1250.0))
        self.assertEqual(self._event("C1").state, "skipped")
        self.assertIn("1000", first.message_ids[0].body)
        commission = self.env["o2c.billing.event"].search([("automatic", "=", True)])
        self.assertEqual(commission.amount, 25.0)
        self._run_queue()
        self.assertEqual(first.move_id.amount_untaxed, 1070.0)

    def test_withdrawn_before_invoicing(self):
        self._clearance()
        self._send(
            self._row("C1", charge="DUTY", amount=0, quantity=0, corrects="26NL-1-1")
        )
        first = self._event("26NL-1-1")
        self.assertEqual(first.state, "skipped")
        self.assertIn("Withdrawn", first.reason)
        self._run_queue()
        self.assertEqual(self._event("26NL-1-2").move_id.amount_untaxed, 45.0)

    def test_after_invoicing_the_difference_is_credited_with_its_original(self):
        self._clearance()
        self._run_queue()
        invoice = self._event("26NL-1-1").move_id
        self._send(self._row("C1", charge="DUTY", amount=1000.0, corrects="26NL-1-1"))
        correction = self._event("C1")
        self.assertEqual((correction.amount, correction.state), (-250.0, "waiting"))
        self._run_queue()
        credit = correction.move_id
        self.assertEqual(
            (credit.move_type, credit.reversed_entry_id, credit.state),
            ("out_refund", invoice, "draft"),
        )
        # duties 250.00 + commission 31.25 - 25.00, VAT over the commission only
        self.assertEqual((credit.amount_untaxed, credit.amount_tax), (256.25, 1.31))
        self.assertEqual(credit.o2c_check_state, "to_check")
        advance = credit.invoice_line_ids.filtered("o2c_pass_through")
        self.assertEqual((advance.account_id, advance.balance), (self.advances, 250.0))
        approver = self._user("approver", "o2c_base.group_billing_approver")
        credit.with_user(approver).action_o2c_approve()
        self.assertEqual((credit.state, correction.state), ("posted", "posted"))

    def test_a_second_correction_counts_from_the_first(self):
        self._send(self._row("A", amount=100.0))
        self._run_queue()
        self._send(self._row("B", amount=80.0, corrects="A"))
        self._send(self._row("C", amount=90.0, corrects="B"))
        self.assertEqual(
            [self._event(key).amount for key in "ABC"], [100.0, -20.0, 10.0]
        )
        self._send(self._row("D", amount=90.0, corrects="A"))
        self.assertEqual(self._event("D").state, "skipped")
        again = self._send(self._row("D", amount=90.0, corrects="A"))["D"]
        self.assertEqual(again["status"], "known")

    def test_more_than_was_invoiced_is_invoiced_and_names_the_first(self):
        self._send(self._row("A", amount=100.0))
        self._run_queue()
        self._send(self._row("B", amount=130.0, corrects="A"))
        self._run_queue()
        later = self._event("B").move_id
        self.assertEqual((later.move_type, later.amount_untaxed), ("out_invoice", 30.0))
        self.assertEqual(later.invoice_origin, self._event("A").move_id.name)

    def test_a_correction_waits_for_the_draft_it_corrects(self):
        self.company.o2c_billing_automatic = False
        self._send(self._row("A", amount=100.0))
        self._run_queue()
        self._send(self._row("B", amount=80.0, corrects="A"))
        self._run_queue()
        event = self._event("B")
        self.assertEqual(event.state, "waiting")
        self.assertIn("draft", event.waits_because)
        approver = self._user("approver", "o2c_base.group_billing_approver")
        self._event("A").move_id.with_user(approver).action_o2c_approve()
        self._run_queue()
        self.assertEqual(event.move_id.move_type, "out_refund")

    def test_a_correction_of_nothing_or_of_another_customer_is_refused(self):
        self._send(self._row("A", amount=100.0))
        self._run_queue()
        self.corporate.ref = "H1"
        results = self._send(
            self._row("B", corrects="unheard"),
            self._row("C", corrects="A", customer="H1"),
            self._row("D", corrects="D"),
        )
        self.assertEqual(
            [self._codes(results[key]) for key in "BCD"],
            [
                [("corrects", "unknown")],
                [("corrects", "invoiced")],
                [("corrects", "itself")],
            ],
        )

    def test_a_supplement_is_a_line_of_its_own(self):
        self._send(self._row("A", amount=100.0, dossier="F1"))
        self._run_queue()
        self._send(self._row("B", amount=10.0, corrects="A", correction="add"))
        event = self._event("B")
        self.assertEqual((event.amount, event.dossier), (10.0, "F1"))
        self._run_queue()
        self.assertEqual(event.move_id.amount_untaxed, 10.0)

    # Bill again to ...

    def _billed_again(self, user=None):
        self._clearance()
        self._run_queue()
        invoice = self._event("26NL-1-1").move_id
        if user:
            invoice = invoice.with_user(user)
        wizard = (
            self.env["o2c.bill.again"]
            .with_env(invoice.env)
            .with_context(active_model="account.move", active_id=invoice.id)
            .create({"partner_id": self.corporate.id, "reason": "Other importer"})
        )
        action = wizard.action_bill_again()
        moves = self.env["account.move"].search(action["domain"])
        credit = moves.filtered(lambda move: move.move_type == "out_refund")
        return invoice.sudo(), credit, moves - credit

    def test_bill_again_credits_the_one_and_invoices_the_other(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        invoice, credit, again = self._billed_again(user)
        self.assertEqual(credit.reversed_entry_id, invoice)
        self.assertIn("Other importer", credit.ref)
        self.assertEqual(again.o2c_rebill_of_id, invoice)
        self.assertEqual(again.partner_id, self.corporate)
        self.assertEqual(again.amount_total, invoice.amount_total)
        advance = again.invoice_line_ids.filtered("o2c_pass_through")
        self.assertEqual((advance.account_id, advance.balance), (self.advances, -1250))
        self.assertEqual(self._event("26NL-1-1").move_id, again)

    def test_never_twice(self):
        invoice, _credit, _again = self._billed_again()
        with self.assertRaises(UserError):
            invoice._o2c_bill_again(self.public_body, "Once more")

    def test_corrections_follow_to_the_new_customer(self):
        self.corporate.ref = "H1"
        _invoice, _credit, again = self._billed_again()
        if again.state == "draft":
            again.sudo().o2c_check_state = False
            again.action_post()
        self._send(
            self._row(
                "C1",
                charge="DUTY",
                amount=0,
                quantity=0,
                customer="H1",
                corrects="26NL-1-1",
            )
        )
        self._run_queue()
        credit = self._event("C1").move_id
        self.assertEqual(
            (credit.partner_id, credit.reversed_entry_id), (self.corporate, again)
        )

    def test_who_may_bill_again(self):
        self._clearance()
        self._run_queue()
        invoice = self._event("26NL-1-1").move_id
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            invoice.with_user(seller)._o2c_bill_again(self.corporate, "x")
        with self.assertRaises(UserError):
            invoice._o2c_bill_again(self.sme_contact, "the same customer")

    def test_an_order_billed_again_stays_invoiced(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        _credit, again = order.invoice_ids._o2c_bill_again(self.corporate, "Wrong one")
        self.assertEqual(again.invoice_line_ids.sale_line_ids, order.order_line)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        self.assertFalse(self._run_queue())
