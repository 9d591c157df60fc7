"""Exposure: one statement, equal to what the ORM says, for every customer."""

from decimal import Decimal

from odoo import Command, fields
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestExposure(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usd = cls.env.ref("base.USD")
        cls.usd.active = True
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.usd.id,
                "name": "2020-01-01",
                "rate": 2.0,
                "company_id": cls.company.id,
            }
        )
        cls.pricelist_usd = cls.env["product.pricelist"].create(
            {"name": "USD", "currency_id": cls.usd.id}
        )
        # what is tested here is the amount, not the gate
        cls._switch("off", "credit")

    def _down_payment(self, order, amount):
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": amount,
            }
        )
        invoice = wizard._create_invoices(order)
        invoice.action_post()
        return invoice

    def test_nothing_known_is_absent(self):
        self.assertIsNone(self._exposure_of(self.public_body))
        self.assertEqual(self.profiles._exposure(self.company, []), {})

    def test_open_invoices_minus_credits_and_unapplied_payments(self):
        invoice = self._invoice(self.sme, 1000, "2026-01-01")
        self._pay(invoice, 300)
        refund = self._invoice(self.sme, 100, "2026-01-02", move_type="out_refund")
        self.assertEqual(refund.move_type, "out_refund")
        exposure = self._exposure_of(self.sme)
        self.assertEqual(exposure.receivables, Decimal("600.00"))
        self.assertEqual(exposure.total, Decimal("600.00"))

    def test_a_foreign_invoice_counts_in_company_currency(self):
        self._invoice(self.sme, 500, "2026-01-01", currency_id=self.usd.id)
        self.assertEqual(self._exposure_of(self.sme).receivables, Decimal("250.00"))

    def test_drafts_count_but_a_draft_credit_note_frees_nothing(self):
        self._invoice(self.sme, 400, "2026-01-01", post=False)
        self._invoice(self.sme, 100, "2026-01-01", post=False, move_type="out_refund")
        self.assertEqual(self._exposure_of(self.sme).drafts, Decimal("400.00"))

    def test_order_delivered_and_undelivered_then_invoiced(self):
        order = self._order(self.sme, [(self.service, 10, 100)])
        order.action_confirm()
        order.order_line.qty_delivered = 4
        exposure = self._exposure_of(self.sme)
        self.assertEqual(
            (exposure.delivered, exposure.undelivered),
            (Decimal("400.00"), Decimal("600.00")),
        )
        order._create_invoices()
        exposure = self._exposure_of(self.sme)
        self.assertEqual(exposure.drafts, Decimal("1000.00"))
        self.assertEqual(exposure.total, Decimal("1000.00"), "never counted twice")

    def test_an_order_in_another_currency(self):
        order = self._order(
            self.sme, [(self.service, 1, 500)], pricelist_id=self.pricelist_usd.id
        )
        order.action_confirm()
        self.assertEqual(order.currency_id, self.usd)
        self.assertEqual(self._exposure_of(self.sme).undelivered, Decimal("250.00"))

    def test_a_down_payment_is_never_counted_twice(self):
        order = self._order(self.sme, [(self.service, 1, 1000)])
        order.action_confirm()
        invoice = self._down_payment(order, 500)
        exposure = self._exposure_of(self.sme)
        self.assertEqual(exposure.receivables, Decimal("500.00"))
        self.assertEqual(exposure.down_payments, Decimal("-500.00"))
        self.assertEqual(exposure.total, Decimal("1000.00"))
        self._pay(invoice)
        self.assertEqual(self._exposure_of(self.sme).total, Decimal("500.00"))
        final = order._create_invoices(final=True)
        self.assertEqual(self._exposure_of(self.sme).total, Decimal("500.00"))
        final.action_post()
        self.assertEqual(self._exposure_of(self.sme).receivables, Decimal("500.00"))
        self.assertEqual(self._exposure_of(self.sme).total, Decimal("500.00"))

    def test_an_order_closed_over_delivered_counts_what_left(self):
        order = self._order(self.sme, [(self.service, 1, 100)])
        order.action_confirm()
        order.order_line.qty_delivered = 3
        self.assertEqual(self._exposure_of(self.sme).delivered, Decimal("300.00"))

    def test_a_discount_line_lowers_the_amount(self):
        order = self._order(self.sme, [(self.service, 1, 100), (self.service, 1, -30)])
        order.action_confirm()
        self.assertEqual(self._exposure_of(self.sme).total, Decimal("70.00"))

    def test_tax_is_part_of_what_will_be_owed(self):
        order = self._order(self.sme, [(self.service, 2, 100)])
        order.order_line.tax_ids = self.company.account_sale_tax_id
        order.action_confirm()
        self.assertEqual(
            self._exposure_of(self.sme).total,
            Decimal(str(round(order.amount_total, 2))),
        )

    def test_companies_are_apart_and_branches_together(self):
        other = self.setup_other_company(name="Tweede Test B.V.")["company"]
        self._invoice(self.sme, 1000, "2026-01-01")
        self._invoice_in(other, 70)
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id}
        )
        self.env.cr.precommit.run()  # the chart of the branch
        self._invoice_in(branch, 5)
        self.assertEqual(self._exposure_of(self.sme).total, Decimal("1005.00"))
        self.assertEqual(self._exposure_of(self.sme, branch).total, Decimal("1005.00"))
        self.assertEqual(self._exposure_of(self.sme, other).total, Decimal("70.00"))

    def _invoice_in(self, company, amount):
        """An invoice of another company than the active one."""
        invoice = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.sme.id,
                    "invoice_date": "2026-01-01",
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "X", "price_unit": amount, "tax_ids": False}
                        )
                    ],
                }
            )
        )
        invoice.action_post()
        self.assertEqual(invoice.company_id, company)

    def test_equals_core_and_an_orm_reference_for_every_customer(self):
        partners = self.sme | self.corporate | self.public_body
        for number, partner in enumerate(partners, 1):
            self._invoice(partner, 100 * number, "2026-01-01")
            self._invoice(partner, 10 * number, "2026-02-01", currency_id=self.usd.id)
            self._pay(self._invoice(partner, 50, "2026-01-05"), 20)
            self._invoice(partner, 7 * number, "2026-02-02", post=False)
            order = self._order(
                partner,
                [(self.service, number, 33.33), (self.goods, 2, 10)],
                **({"pricelist_id": self.pricelist_usd.id} if number == 2 else {}),
            )
            order.action_confirm()
            order.order_line[:1].qty_delivered = number - 1
            if number == 3:
                self._down_payment(order, 20)
        self.env.flush_all()
        exposures = self.profiles._exposure(self.company)
        for partner in partners:
            exposure = exposures[partner.id]
            self.assertEqual(
                float(exposure.receivables), partner.with_company(self.company).credit
            )
            self.assertAlmostEqual(float(exposure.drafts), self._drafts(partner), 2)
            orders = float(
                exposure.delivered + exposure.undelivered + exposure.down_payments
            )
            self.assertAlmostEqual(orders, self._open_orders(partner), 1)
        one = self.profiles._exposure(self.company, self.corporate.ids)
        self.assertEqual(one, {self.corporate.id: exposures[self.corporate.id]})

    def _drafts(self, partner):
        moves = self.env["account.move"].search(
            [
                ("commercial_partner_id", "=", partner.id),
                ("state", "=", "draft"),
                ("move_type", "=", "out_invoice"),
            ]
        )
        return sum(moves.mapped("amount_total_signed"))

    def _open_orders(self, partner):
        """The reference: line by line through the ORM."""
        total = 0.0
        for order in self.env["sale.order"].search(
            [("partner_invoice_id", "child_of", partner.id), ("state", "=", "sale")]
        ):
            amount = 0.0
            for line in order.order_line.filtered(lambda line: not line.display_type):
                if line.is_downpayment:
                    for bill in line.invoice_lines:
                        amount -= bill.price_total
                else:
                    open_qty = line.product_uom_qty - line.qty_invoiced
                    amount += line.price_total / line.product_uom_qty * open_qty
            total += amount / order.currency_rate
        return total

    def test_a_customer_who_moved_brings_his_debt_along(self):
        contact = self.env["res.partner"].create({"name": "Alone", "is_company": True})
        self._invoice(contact, 40, "2026-01-01")
        contact.write({"is_company": False, "parent_id": self.sme.id})
        self.assertEqual(self._exposure_of(self.sme).receivables, Decimal("40.00"))

    def test_an_online_payment_counts_until_it_is_booked(self):
        order = self._order(self.sme, [(self.service, 1, 1000)])
        order.action_confirm()
        tx = self._transaction(order, 400, "authorized")
        self.assertEqual(self._exposure_of(self.sme).prepaid, Decimal("-400.00"))
        tx.state = "cancel"
        self.assertEqual(self._exposure_of(self.sme).prepaid, Decimal("0.00"))

    def _transaction(self, order, amount, state):
        providers = self.env["payment.provider"].search([])
        # one that can authorize; where none is installed a record without code will do
        provider = providers.filtered("support_manual_capture")[:1] or providers[:1]
        method = (
            self.env["payment.method"]
            .with_context(active_test=False)
            .search([], limit=1)
        )
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"test-{order.id}-{fields.Datetime.now()}-{amount}",
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "sale_order_ids": [Command.set(order.ids)],
                "state": state,
            }
        )
