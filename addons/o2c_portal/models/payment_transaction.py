"""Booking exactly what the customer chose."""

from datetime import date
from decimal import Decimal

from odoo import fields, models

from ..policy import offer, settlement


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    o2c_link_id = fields.Many2one(
        "o2c.payment.link",
        string="Pay Link",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The page on which the customer paid.",
    )
    o2c_allocation_ids = fields.One2many(
        "o2c.payment.allocation",
        "transaction_id",
        string="Chosen Items",
        readonly=True,
        help="What the customer chose to pay; it is booked on exactly these items.",
    )

    def _create_payment(self, **extra_create_values):
        """Extends account_payment: with a choice, book per chosen item.

        Core would take the oldest open item first. Here the payment gets one
        receivable line per chosen item, and each is reconciled with its own item.
        What an item no longer needs (credited meanwhile) stays open on the payment.
        """
        self.ensure_one()
        rows = self.o2c_allocation_ids
        if not rows or self.source_transaction_id:
            return super()._create_payment(**extra_create_values)
        plan = settlement.settle(self._o2c_allocations())
        lines = self._o2c_item_lines(rows.move_id)
        discounts = self._o2c_discount_lines(plan, lines)
        payment = self.env["account.payment"].create(
            {
                **self._o2c_payment_values(plan, lines),
                "write_off_line_vals": [
                    *(vals for group in discounts.values() for vals in group),
                    *self._o2c_part_values(plan, lines, discounts),
                ],
                **extra_create_values,
            }
        )
        payment.action_post()
        self.payment_id = payment
        self._o2c_settle(plan, payment, lines)
        return payment

    def _o2c_allocations(self):
        """The chosen items as values of the policy; floats become decimals here."""
        cent = Decimal(1).scaleb(-self.currency_id.decimal_places)
        return [
            offer.Allocation(
                row.move_id.id,
                row.number,
                Decimal(str(row.amount)).quantize(cent),
                Decimal(str(row.discount)).quantize(cent),
            )
            for row in self.o2c_allocation_ids
        ]

    def _o2c_payment_values(self, plan, lines):
        """Values of the payment, as account_payment makes them."""
        provider = self.provider_id
        method = provider.journal_id.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_provider_id == provider
        )
        return {
            "amount": self.amount,
            "payment_type": "inbound",
            "currency_id": self.currency_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "partner_type": "customer",
            "journal_id": provider.journal_id.id,
            "company_id": provider.company_id.id,
            "payment_method_line_id": method[:1].id,
            "payment_token_id": self.token_id.id,
            "payment_transaction_id": self.id,
            "memo": f"{self.reference} - {self.provider_reference or ''}",
            "invoice_ids": self.invoice_ids.filtered(
                lambda move: move.is_invoice(include_receipts=True)
            ),
            "destination_account_id": self._o2c_account(plan.parts[0][0], lines).id,
        }

    def _o2c_account(self, key, lines):
        """Receivable account of an item; of its invoice when it is closed by now."""
        if key in lines:
            return lines[key].account_id
        accounts = self.env["account.move"].browse(key[0]).line_ids.account_id
        partner = self.partner_id.with_company(self.company_id)
        receivable = accounts.filtered(
            lambda account: account.account_type == "asset_receivable"
        )
        return receivable[:1] or partner.property_account_receivable_id

    def _o2c_item_lines(self, moves):
        """Open receivable line per (invoice, instalment) as it is now."""
        lines = {}
        for move in moves.filtered(lambda move: move.state == "posted"):
            receivable = move.line_ids.filtered(
                lambda line: line.account_id.account_type == "asset_receivable"
            ).sorted(lambda line: (line.date_maturity or date.max, line.id))
            for number, line in enumerate(receivable, start=1):
                if not line.reconciled:
                    lines[(move.id, number)] = line
        return lines

    def _o2c_discount_lines(self, plan, lines):
        """Write-off lines per item whose discount still fits what is open of it."""
        move_model = self.env["account.move"]
        found = {}
        for key, part, discount in plan.parts:
            line = lines.get(key)
            if not discount or not line:
                continue
            if self.currency_id.compare_amounts(
                line.amount_residual_currency, float(part)
            ):
                continue
            owed = {
                "aml": line,
                "amount_currency": -line.amount_residual_currency,
                "balance": -line.balance,
            }
            groups = (
                move_model._get_invoice_counterpart_amls_for_early_payment_discount(
                    [owed], line.balance - line.discount_balance
                )
            )
            found[key] = [
                {**vals, "partner_id": line.partner_id.id}
                for group in groups.values()
                for vals in group
            ]
        return found

    def _o2c_part_values(self, plan, lines, discounts):
        """Receivable lines of all parts but the first, which core's own line is."""
        company = self.company_id
        today = fields.Date.context_today(self)
        values = []
        for key, part, discount in plan.parts[1:]:
            amount = float(part if key in discounts else part - discount)
            values.append(
                {
                    "name": self._o2c_item_label(key),
                    "account_id": self._o2c_account(key, lines).id,
                    "partner_id": self.partner_id.commercial_partner_id.id,
                    "currency_id": self.currency_id.id,
                    "amount_currency": -amount,
                    "balance": -self.currency_id._convert(
                        amount, company.currency_id, company, today
                    ),
                }
            )
        return values

    def _o2c_item_label(self, key):
        move_id, number = key
        move = self.env["account.move"].browse(move_id)
        return f"{self.reference}: {move.name}-{number}"

    def _o2c_settle(self, plan, payment, lines):
        """Reconcile pair by pair: first the credit notes, then the money."""
        for credit, item in plan.credits:
            pair = lines.get(credit), lines.get(item)
            if all(pair) and not any(line.reconciled for line in pair):
                (pair[0] + pair[1]).reconcile()
        parts = payment.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).sorted("id")
        left = self.env["account.move"]
        for (key, _part, _discount), part in zip(plan.parts, parts, strict=False):
            line = lines.get(key)
            if line and not line.reconciled and line.account_id == part.account_id:
                (part + line).reconcile()
            if not part.reconciled:
                left |= self.env["account.move"].browse(key[0])
        if left:
            payment.message_post(
                body=self.env._(
                    "Not everything could be booked on %(invoices)s: less was open by "
                    "then. The rest stays as credit of the customer.",
                    invoices=", ".join(left.mapped("name")),
                )
            )
