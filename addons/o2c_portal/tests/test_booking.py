"""Exactly the chosen invoices and amounts are booked, once."""

from decimal import Decimal

from odoo import Command, fields
from odoo.tests import tagged

from ..policy import offer
from .common import PayCommon


@tagged("post_install", "-at_install")
class TestBooking(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.middle = cls._invoice(cls.sme, 250.0, "2026-02-05")
        cls.new = cls._invoice(cls.sme, 40.0, "2026-03-05")
        cls.link = cls.links._for(cls.sme)

    def _keys(self, *moves):
        return [(move.id, 1) for move in moves]

    def _residuals(self, *moves):
        return [move.amount_residual for move in moves]

    def _refund(self, amount, partner=None):
        refund = self._invoice(
            partner or self.sme, amount, "2026-03-01", move_type="out_refund"
        )
        return refund

    def test_a_younger_invoice_is_paid_although_an_older_one_is_open(self):
        transaction = self._paid_online(self.link, self._keys(self.new))
        self.assertEqual(
            self._residuals(self.old, self.middle, self.new), [100, 250, 0]
        )
        self.assertEqual(self.new.payment_state, "paid")
        self.assertEqual(transaction.payment_id.amount, 40)

    def test_two_chosen_invoices_are_settled_by_their_own_part(self):
        transaction = self._paid_online(self.link, self._keys(self.new, self.old))
        self.assertEqual(self._residuals(self.old, self.middle, self.new), [0, 250, 0])
        parts = transaction.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.assertEqual(sorted(parts.mapped("amount_currency")), [-100, -40])
        for part in parts:
            self.assertTrue(part.reconciled)
            self.assertEqual(len(part.matched_debit_ids), 1)

    def test_another_amount_goes_to_the_oldest_of_the_chosen(self):
        self._paid_online(self.link, self._keys(self.middle, self.new), "270.50")
        self.assertEqual(
            self._residuals(self.old, self.middle, self.new), [100, 0, 19.5]
        )

    def test_a_part_payment_leaves_the_rest_on_the_link(self):
        link = self.links._for(self.middle)
        self._paid_online(link, amount="100")
        self.assertEqual(link._choose().amount, 150)
        self._pay(self.middle, 30.0)
        self.assertEqual(link._choose().amount, 120)
        self._paid_online(link)
        self.assertEqual(self.middle.payment_state, "paid")
        self.assertEqual(link._choose().reason, offer.NOTHING_OPEN)

    def test_the_bank_reports_twice_and_one_payment_is_booked(self):
        transaction = self._start(self.link, self._keys(self.old))
        for _message in range(2):
            self._reported(transaction)
            transaction._post_process()
        payments = self.env["account.payment"].search(
            [("payment_transaction_id", "=", transaction.id)]
        )
        self.assertEqual(len(payments), 1)
        self.assertEqual(self.old.amount_residual, 0)

    def test_a_report_before_the_customer_comes_back_is_booked_by_the_cron(self):
        transaction = self._start(self.link, self._keys(self.old))
        self._reported(transaction)
        self.assertEqual(self.old.amount_residual, 100)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["payment.transaction"].sudo()._cron_post_process()
        self.env.invalidate_all()
        self.assertEqual(self.old.amount_residual, 0)

    def test_credited_while_paying_leaves_the_money_as_credit(self):
        link = self.links._for(self.old)
        transaction = self._start(link)
        refund = self._refund(30.0)
        receivable = (self.old + refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        receivable.reconcile()
        self.assertEqual(self.old.amount_residual, 70)
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self.old.payment_state, "paid")
        payment = transaction.payment_id
        self.assertEqual(payment.amount, 100)
        part = payment.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.assertEqual(part.amount_residual, -30)
        self.assertEqual(self._residuals(self.middle, self.new), [250, 40])
        self.assertTrue(
            payment.message_ids.filtered(lambda one: self.old.name in one.body)
        )

    def test_credited_as_a_whole_while_paying_leaves_all_of_it_as_credit(self):
        link = self.links._for(self.old)
        transaction = self._start(link)
        refund = self._refund(100.0)
        (self.old + refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(link._page()["state"], "credited")
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self.old.payment_state, "reversed")
        part = transaction.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.assertEqual(part.amount_residual, -100)
        self.assertEqual(self._residuals(self.middle, self.new), [250, 40])

    def test_an_invoice_that_was_paid_meanwhile_keeps_all_of_the_money_as_credit(self):
        transaction = self._start(self.link, self._keys(self.old))
        self._pay(self.old)
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self._residuals(self.middle, self.new), [250, 40])
        self.assertEqual(self.link._offer()[0].credits[0].open, -100)

    def test_an_invoice_back_to_draft_and_posted_again_is_still_found(self):
        transaction = self._start(self.link, self._keys(self.new))
        lines = self.new.line_ids.ids
        self.new.button_draft()
        self.new.write(
            {
                "invoice_line_ids": [
                    Command.update(self.new.invoice_line_ids.id, {"name": "x"})
                ]
            }
        )
        self.new.action_post()
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self.new.payment_state, "paid", lines)

    def test_an_instalment_is_paid_and_the_others_stay_open(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "three times",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": days}
                    )
                    for part, days in ((50, 30), (30, 60), (20, 90))
                ],
            }
        )
        invoice = self._invoice(
            self.corporate, 1000.0, "2026-01-05", invoice_payment_term_id=term.id
        )
        link = self.links._for(invoice)
        items = {item.number: item for item in link._offer()[0].payable}
        self.assertEqual([items[n].open for n in (1, 2, 3)], [500, 300, 200])
        self._paid_online(link, [(invoice.id, 2)])
        left = {item.number: item.open for item in link._offer()[0].payable}
        self.assertEqual(left, {1: 500, 3: 200})

    def test_a_credit_note_is_set_off_when_everything_is_paid(self):
        refund = self._refund(60.0)
        self.assertEqual(self.link._choose().amount, 330)
        transaction = self._paid_online(self.link)
        self.assertEqual(transaction.payment_id.amount, 330)
        self.assertEqual(
            self._residuals(self.old, self.middle, self.new, refund), [0, 0, 0, 0]
        )

    def test_credit_that_covers_all_asks_nothing(self):
        self._refund(500.0)
        self.assertEqual(self.link._choose().reason, offer.CREDIT_COVERS)

    def test_money_that_was_not_matched_yet_lowers_what_is_asked(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.sme.id,
                "amount": 90.0,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        self.assertEqual(self.link._choose().amount, 300)
        self._paid_online(self.link)
        self.assertEqual(self._residuals(self.old, self.middle, self.new), [0, 0, 0])
        self.assertTrue(payment.is_reconciled)

    def test_two_currencies_stay_apart(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        foreign = self._invoice(self.sme, 70.0, "2026-01-05", currency_id=usd.id)
        self.assertNotIn(foreign, self.link._moves())
        link = self.links._for(self.sme, usd)
        self.assertEqual(link._moves(), foreign)
        self.assertEqual(link._choose().amount, 70)
        self._paid_online(link, amount="20")
        self.assertEqual(foreign.amount_residual, 50)
        self.assertEqual(
            self._residuals(self.old, self.middle, self.new), [100, 250, 40]
        )

    def test_a_discount_for_paying_early_is_offered_and_booked(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % within 10 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        today = fields.Date.to_string(self.company._o2c_today())
        invoice = self._invoice(
            self.corporate, 500.0, today, invoice_payment_term_id=term.id
        )
        other = self._invoice(self.corporate, 80.0, today)
        link = self.links._for(self.corporate)
        self.assertEqual(link._choose().amount, 570)
        self.assertEqual(link._choose([(invoice.id, 1)]).amount, 490)
        transaction = self._paid_online(link)
        self.assertEqual(transaction.payment_id.amount, 570)
        self.assertEqual(self._residuals(invoice, other), [0, 0])

    def test_a_payment_set_back_to_draft_can_be_corrected(self):
        transaction = self._paid_online(self.link, self._keys(self.old, self.new))
        payment = transaction.payment_id
        payment.action_draft()
        payment.amount = 139.0
        payment.action_post()
        parts = payment.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.assertEqual(parts.mapped("amount_currency"), [-139])

    def test_an_amount_outside_the_bounds_is_refused(self):
        link = self.links._for(self.old)
        refused = {
            "0": offer.AMOUNT_LOW,
            "-5": offer.AMOUNT_LOW,
            "100.01": offer.AMOUNT_HIGH,
            "1e12": offer.AMOUNT_HIGH,
            "1.005": offer.AMOUNT_FORM,
            "nan": offer.AMOUNT_FORM,
            "abc": offer.AMOUNT_FORM,
        }
        for text, reason in refused.items():
            with self.subTest(text):
                self.assertEqual(link._choose(amount=text).reason, reason)
        self.assertEqual(link._choose(amount="0.01").amount, Decimal("0.01"))
        self.assertEqual(link._choose(amount="100.00").amount, Decimal("100.00"))

    def test_an_item_of_somebody_else_cannot_be_chosen(self):
        foreign = self._invoice(self.corporate, 10.0, "2026-01-05")
        link = self.links._for(self.old)
        for keys in ([(foreign.id, 1)], [(self.new.id, 1)], [(self.old.id, 2)]):
            self.assertEqual(link._choose(keys).reason, offer.UNKNOWN_ITEM)

    def test_core_payments_without_a_choice_book_as_before(self):
        transaction = (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.ideal.id,
                    "amount": 120.0,
                    "currency_id": self.company.currency_id.id,
                    "partner_id": self.sme.id,
                    "operation": "online_direct",
                    "invoice_ids": [Command.set((self.old + self.middle).ids)],
                }
            )
        )
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self._residuals(self.old, self.middle), [0, 230])
