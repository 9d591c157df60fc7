"""Writing off: authority, four eyes, VAT apart, and back again."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestWriteOff(CollectionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        expense = cls.company_data["default_account_expense"]
        cls.loss = expense.copy({"name": "Bad debts"})
        cls.vat_account = (
            cls.company_data["default_account_tax_purchase"]
            if ("default_account_tax_purchase" in cls.company_data)
            else expense.copy({"name": "VAT on bad debts"})
        )
        cls.company.write(
            {
                "o2c_bad_debt_account_id": cls.loss.id,
                "o2c_bad_debt_vat_account_id": cls.vat_account.id,
                "o2c_write_off_own": 50,
                "o2c_write_off_manager": 5000,
            }
        )
        cls.accountant = cls._user(
            "accountant", "o2c_base.group_collector,account.group_account_invoice"
        )
        cls.head = cls._user(
            "head", "o2c_base.group_collector,account.group_account_manager"
        )

    def _with_vat(self, amount=1000):
        invoice = self._due(self.sme, amount, "2026-03-01", post=False)
        invoice.invoice_line_ids.tax_ids = self.company_data["default_tax_sale"]
        invoice.action_post()
        return invoice

    def _proposed(self, invoice, user=None, **values):
        return (
            self.env["o2c.write.off"]
            .with_user(user or self.collector)
            .create(
                {
                    "move_id": invoice.id,
                    "reason": "uneconomic",
                    "note": "Two letters, no answer",
                    **values,
                }
            )
        )

    def test_the_vat_is_kept_apart_and_the_entry_waits_for_bookkeeping(self):
        invoice = self._with_vat()
        one = self._proposed(invoice)
        self.assertEqual((one.amount, one.net, one.vat), (1210, 1000, 210))
        one.with_user(self.manager).action_approve()
        entry = one.sudo().entry_id
        self.assertEqual((entry.state, one.state), ("draft", "approved"))
        self.assertEqual(invoice.amount_residual, 1210)
        balances = {line.account_id: line.balance for line in entry.line_ids}
        self.assertEqual(balances[self.loss], 1000)
        self.assertEqual(balances[self.vat_account], 210)
        entry.action_post()
        self.assertEqual((one.state, invoice.amount_residual), ("booked", 0))

    def test_a_write_off_is_reversed_and_the_claim_is_back(self):
        invoice = self._with_vat()
        one = self._proposed(invoice)
        one.with_user(self.manager).action_approve()
        one.sudo().entry_id.action_post()
        with self.assertRaises(AccessError):
            one.action_reverse()
        one.with_user(self.accountant).action_reverse()
        self.assertEqual((one.state, invoice.amount_residual), ("reversed", 1210))
        self.assertTrue(one.sudo().entry_id.reversal_move_ids)
        with self.assertRaises(UserError):
            one.with_user(self.accountant).action_reverse()
        self.assertTrue(self._proposed(invoice))

    def test_an_entry_in_draft_is_reversed_by_cancelling_it(self):
        one = self._proposed(self._with_vat())
        one.with_user(self.manager).action_approve()
        one.with_user(self.accountant).action_reverse()
        self.assertEqual(one.sudo().entry_id.state, "cancel")

    def test_an_entry_back_in_draft_opens_the_claim_and_posts_again(self):
        invoice = self._with_vat()
        one = self._proposed(invoice)
        one.with_user(self.manager).action_approve()
        entry = one.sudo().entry_id
        entry.action_post()
        entry.button_draft()
        self.assertEqual((one.state, invoice.amount_residual), ("approved", 1210))
        entry.action_post()
        self.assertEqual((one.state, invoice.amount_residual), ("booked", 0))

    def test_who_decides_depends_on_the_amount_and_on_who_proposed(self):
        small = self._proposed(self._due(self.sme, 50, "2026-03-01"))
        small.action_approve()
        above = self._proposed(self._due(self.sme, 50.01, "2026-03-01"))
        with self.assertRaisesRegex(AccessError, "50.00.* a collecting manager"):
            above.action_approve()
        own = self._proposed(self._due(self.sme, 5000, "2026-03-01"), self.manager)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            own.with_user(self.manager).action_approve()
        other = self._user("manager2", "o2c_base.group_collecting_manager")
        own.with_user(other).action_approve()
        big = self._proposed(self._due(self.sme, 5000.01, "2026-03-01"))
        with self.assertRaisesRegex(AccessError, "5,000.00.* an accounting manager"):
            big.with_user(self.manager).action_approve()
        big.with_user(self.head).action_approve()
        self.assertEqual(big.decided_by_id, self.head)

    def test_twice_is_refused_by_state_and_by_schema(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        one = self._proposed(invoice)
        with (
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self._proposed(invoice)
        one.with_user(self.manager).action_approve()
        with self.assertRaisesRegex(UserError, "already"):
            one.with_user(self.manager).action_approve()
        with self.assertRaises(UserError):
            one.amount = 1

    def test_no_more_than_is_open_and_only_customer_invoices(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        with self.assertRaises(ValidationError):
            self._proposed(invoice, amount=1000.01)
        one = self._proposed(invoice)
        self._pay(invoice, 400, "2026-06-01")
        with self.assertRaises(ValidationError):
            one.with_user(self.manager).action_approve()

    def test_nobody_writes_who_proposed_or_decided(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        one = self._proposed(invoice, proposed_by_id=self.manager.id, state="approved")
        self.assertEqual((one.proposed_by_id, one.state), (self.collector, "proposed"))
        for values in ({"state": "booked"}, {"proposed_by_id": self.manager.id}):
            with self.assertRaises(AccessError):
                one.write(values)

    def test_without_accounts_it_says_what_to_do(self):
        self.company.o2c_bad_debt_account_id = False
        one = self._proposed(self._due(self.sme, 1000, "2026-03-01"))
        with self.assertRaisesRegex(UserError, "settings"):
            one.with_user(self.manager).action_approve()

    def test_writing_off_a_file_ends_it(self):
        file = self._handed_over()
        one = self._proposed(self.invoices, file_id=file.id)
        one.with_user(self.manager).action_approve()
        one.sudo().entry_id.action_post()
        self.assertEqual(file.state, "written_off")

    def test_foreign_currency_leaves_nothing_open(self):
        currency = self.setup_other_currency("USD", rates=[("2026-01-01", 2.0)])
        invoice = self._due(self.sme, 1000, "2026-03-01", currency_id=currency.id)
        one = self._proposed(invoice)
        one.with_user(self.manager).action_approve()
        one.sudo().entry_id.action_post()
        self.assertEqual((one.state, invoice.amount_residual), ("booked", 0))
        line = one.sudo().entry_id.line_ids.filtered(
            lambda one: one.account_id == self.loss
        )
        self.assertEqual((line.amount_currency, line.balance), (1000, 500))
