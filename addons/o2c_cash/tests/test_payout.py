"""Money that left, and branches whose customers pay on the head office's account."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestPayout(CashCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._account_of(cls.sme)
        cls.credit = cls._invoice(cls.sme, 80, "2026-02-03", move_type="out_refund")

    def test_a_credit_note_that_is_named_and_paid_back_is_certain(self):
        self._invoice(self.sme, 80, "2026-02-01")
        line = self._bank(-80, f"terugbetaling {self.credit.name}")
        before = self._picture(line.move_id, self.credit)
        match = self._propose(line)
        self.assertEqual((match.kind, match.certainty), ("payout", "certain"))
        self.assertEqual(self._codes(match), ["payout", "number", "exact"])
        self.assertEqual(match.item_ids.move_id, self.credit)
        self.assertEqual(match.item_ids.amount, -80)
        self.assertEqual(self._propose(line), match, "said again it is the same")
        match.with_user(self.clerk).action_accept()
        self.assertEqual(self.credit.payment_state, "paid")
        self.assertTrue(line.is_reconciled)
        match.with_user(self.clerk).action_undo()
        self.assertEqual(self._picture(line.move_id, self.credit), before)
        self.assertEqual(self._match(line).kind, "payout")

    def test_his_own_account_and_the_only_credit_of_this_amount(self):
        line = self._bank(-80, "creditnota", account_number=IBAN)
        match = self._propose(line)
        self.assertEqual(
            self._codes(match), ["payout", "account", "only_amount_of_his"]
        )
        self._invoice(self.sme, 80, "2026-02-04", move_type="out_refund")
        self.assertFalse(self._propose(line), "two of them: nobody guesses")

    def test_what_he_paid_too_much_goes_back(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        came = self._bank(130, invoice.name, account_number=IBAN)
        self._propose(came).with_user(self.clerk).action_accept()
        line = self._bank(-30, "teveel betaald", "2026-03-09", account_number=IBAN)
        match = self._propose(line)
        self.assertEqual(match.item_ids.move_id, came.move_id)
        match.with_user(self.clerk).action_accept()
        over = came.move_id.line_ids.filtered(
            lambda row: row.account_id.account_type == "asset_receivable"
        )
        self.assertTrue(all(over.mapped("reconciled")))

    def test_a_refund_that_was_registered_is_confirmed(self):
        payment = self._pay(self.credit, date="2026-03-01")
        self.assertEqual(payment.payment_type, "outbound")
        match = self._propose(self._bank(-80, payment.name))
        self.assertEqual(
            match.item_ids.move_line_id.account_id, payment.outstanding_account_id
        )
        match.with_user(self.clerk).action_accept()
        self.assertTrue(match.statement_line_id.is_reconciled)

    def test_wages_suppliers_and_invoices_are_left_alone(self):
        invoice = self._invoice(self.sme, 250, "2026-02-01")
        self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.sme.id,
                "invoice_date": "2026-02-01",
                "invoice_line_ids": [
                    Command.create({"name": "Bought", "price_unit": 80, "tax_ids": []})
                ],
            }
        ).action_post()
        for amount, text, account in (
            (-80, "salaris februari", "NL20INGB0001234567"),
            (-250, invoice.name, IBAN),
            (-79, self.credit.name, IBAN),
            (-80, "inkoopfactuur 7731", IBAN),  # a bill of his has this amount too
        ):
            with self.subTest(text):
                self.assertFalse(
                    self._propose(self._bank(amount, text, account_number=account))
                )
        desk = self.matches.with_user(self.clerk).get_desk()
        self.assertEqual(desk["rows"], [])
        self.assertEqual(invoice.amount_residual, 250)

    def test_a_credit_that_a_payment_counts_is_not_paid_back(self):
        invoice = self._invoice(self.sme, 200, "2026-02-01")
        came = self._bank(120, f"{invoice.name} min {self.credit.name}")
        line = self._bank(-80, self.credit.name)
        self.assertEqual(self._propose(came).certainty, "certain")
        self.assertFalse(self._match(line))
        came.unlink()
        match = self._propose(line)
        self.assertTrue(match)
        self._invoice(self.sme, 1, "2026-02-01")
        self._pay(self.credit, date="2026-03-01")
        self._propose()
        self.assertFalse(match.exists(), "what is not certain any more is gone")

    def test_on_the_desk_it_is_read_and_accepted_not_changed(self):
        line = self._bank(-80, self.credit.name)
        mine = self._propose(line).with_user(self.clerk)
        told = mine.get_desk_match()
        self.assertEqual((told["kind"], told["offered"]), ("payout", []))
        for wrong in (
            lambda: mine.desk_customer(self.corporate.id),
            lambda: mine.desk_choose([]),
        ):
            with self.assertRaises(UserError):
                wrong()
        mine.desk_accept()
        self.assertEqual(mine.state, "booked")


@tagged("post_install", "-at_install")
class TestBranch(CashCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Filiaal Noord", "parent_id": cls.company.id}
        )
        cls.env.cr.precommit.run()  # the chart of the branch
        cls.env.user.company_ids |= cls.branch
        cls.other = cls.env["res.company"].create({"name": "Elders B.V."})

    def _of_branch(self, amount):
        return (
            self.env["account.move"]
            .with_company(self.branch)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.sme.id,
                    "invoice_date": "2026-02-01",
                    "company_id": self.branch.id,
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "Work", "price_unit": amount, "tax_ids": []}
                        )
                    ],
                }
            )
        )

    def test_the_account_of_the_head_office_pays_the_invoice_of_a_branch(self):
        invoice = self._of_branch(410)
        invoice.action_post()
        line = self._bank(410, invoice.name)
        match = self._propose(line)
        self.assertEqual((match.certainty, match.company_id), ("certain", self.company))
        self.assertEqual(match.item_ids.move_id, invoice)
        match.with_user(self.clerk).action_accept()
        self.assertEqual((match.state, invoice.amount_residual), ("booked", 0))
        match.with_user(self.clerk).action_undo()
        self.assertEqual(invoice.amount_residual, 410)

    def test_both_at_once_are_one_payment(self):
        invoice = self._of_branch(410)
        invoice.action_post()
        mine = self._invoice(self.sme, 90, "2026-02-01")
        match = self._propose(self._bank(500, f"{invoice.name} {mine.name}"))
        match.with_user(self.clerk).action_accept()
        self.assertEqual((invoice.amount_residual, mine.amount_residual), (0, 0))

    def test_a_line_that_a_branch_entered_on_the_account_of_the_head_office(self):
        invoice = self._of_branch(410)
        invoice.action_post()
        line = self._bank(410, invoice.name, company_id=self.branch.id)
        self.assertEqual(line.company_id, self.branch)
        match = self._propose(line)
        self.assertEqual((match.certainty, match.company_id), ("certain", self.company))
        match.with_user(self.clerk).action_accept()
        self.assertEqual(invoice.amount_residual, 0)
        other = self._bank(7, "x", company_id=self.branch.id)
        self.branch.o2c_cash_mode = "watch"
        self.assertFalse(self._propose(other), "the branch looks at it itself")
        self.assertTrue(self._propose(other, self.branch))

    def test_another_company_is_no_branch(self):
        self.assertNotIn(self.other, self.matches._family(self.company))
        self.assertEqual(self.matches._family(self.branch), self.branch)

    def test_what_the_head_office_holds_is_not_offered_to_the_branch(self):
        invoice = self._of_branch(410)
        invoice.action_post()
        match = self._propose(self._bank(410, invoice.name))
        rows = self.matches._open_rows(self.branch)
        self.assertIn(invoice.id, [row[1] for row in rows])
        match.state = "accepted"
        self.env.flush_all()
        rows = self.matches._open_rows(self.branch)
        self.assertNotIn(invoice.id, [row[1] for row in rows])
