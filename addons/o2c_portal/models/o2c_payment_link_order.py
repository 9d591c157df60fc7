"""An order on hold as a purpose of a pay link: exactly the money that it lacks."""

from decimal import Decimal

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ..policy import offer, payment_window


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _paid_order(self):
        """The order of this link, in sudo; empty for other purposes."""
        self.ensure_one()
        orders = self.env["sale.order"].sudo()
        if self.res_model != orders._name:
            return orders
        return orders.browse(self.res_id).exists()

    def _purpose_values(self, record, currency=None):
        """Extends: the advance payment of an order."""
        if record._name != "sale.order":
            return super()._purpose_values(record, currency)
        return {
            "res_model": record._name,
            "res_id": record.id,
            "document": record.name,
            "company_id": record.company_id.id,
            "partner_id": record.partner_invoice_id.commercial_partner_id.id,
            "currency_id": record.currency_id.id,
        }

    def _choose(self, keys=None, amount=None, own=(), now=None):
        """Extends: of an order just what it lacks, no more and no less."""
        order = self._paid_order()
        if not order:
            return super()._choose(keys, amount, own, now)
        missing = self._order_missing(order)
        if self._order_under_way(order, now or fields.Datetime.now(), own):
            return offer.Choice(reason=offer.UNDER_WAY)
        if not missing:
            return offer.Choice(reason=offer.NOTHING_OPEN)
        if keys is not None:
            return offer.Choice(reason=offer.UNKNOWN_ITEM)
        if amount is not None:
            return offer.Choice(reason=offer.ONLY_WHOLE)
        return offer.Choice(missing)

    def _order_missing(self, order):
        """What must still come in before the order goes on, in its currency.

        An order on hold is judged again, so money that came another way counts; the
        hold itself stays as it is.

        :return: Decimal, zero when money is not what it waits for
        """
        zero = Decimal(0)
        if order.state not in ("draft", "sent") or not order.require_payment:
            return zero
        rate = Decimal(str(order.currency_rate or 1.0))
        cent = Decimal(1).scaleb(-self.currency_id.decimal_places)
        if order.o2c_hold_id:
            decision = order._o2c_judged().decision
            missing = decision.to_pay * rate if decision.held else zero
        else:
            named = order._o2c_named_money().get(order.id, zero) * rate
            required = Decimal(str(order._get_prepayment_required_amount()))
            missing = required - Decimal(str(order.amount_paid)) - named
        return max(missing, zero).quantize(cent)

    def _order_under_way(self, order, now, own=()):
        """What is under way for the order, or an empty text."""
        attempts = [
            payment_window.Attempt(
                tx.id,
                order.id,
                # authorized money counts as paid in the order already
                "draft" if tx.state == "draft" else "pending",
                tx.create_date,
                by_hand=tx.provider_code in ("none", "custom"),
            )
            for tx in order.transaction_ids
            if tx.state in ("draft", "pending") and tx.operation != "refund"
        ]
        return payment_window.under_way(attempts, now, own).get(order.id, "")

    def _queue_up(self, choice):
        """Extends: who pays an order queues up at its link."""
        result = super()._queue_up(choice)
        if self._paid_order():
            self.env.execute_query(
                SQL(
                    "UPDATE o2c_payment_link SET version = version WHERE id = %s "
                    "RETURNING id",
                    self.id,
                )
            )
        return result

    def _transaction_values(self, decision):
        """Extends: the order that waits for the money."""
        values = super()._transaction_values(decision)
        if order := self._paid_order():
            values["sale_order_ids"] = [Command.set(order.ids)]
        return values

    def _transaction_prefix(self, decision):
        """Extends: the number of the order, which the books recognise."""
        return self._paid_order().name or super()._transaction_prefix(decision)

    def _page(self, keys=None, amount=None, own=(), now=None):
        """Extends: the page of an order has one amount and no lines."""
        order = self._paid_order()
        if not order:
            return super()._page(keys, amount, own, now)
        choice = self._choose(keys, amount, own, now)
        refused = bool(choice.reason and (keys is not None or amount is not None))
        shown = self._choose(None, None, own, now) if refused else choice
        return self._add_words(
            {
                "link": self,
                "order": order,
                "document_title": self._title(),
                "company": self.company_id,
                "currency": self.currency_id,
                "today": self.company_id._o2c_today(now),
                "state": self._order_state(order, shown),
                "amount": float(shown.amount),
                "owed": float(shown.amount),
                "credit": 0.0,
                "choice": "all",
                "is_part": False,
                "is_fixed": True,
                "refusal": self._refusal(choice.reason) if refused else "",
                "lines": [],
                "unshown": 0,
                "documents": [],
                "history": [],
                "bank": self._order_bank(order, shown.amount),
            }
        )

    def _order_state(self, order, choice):
        """open, waiting, paid or closed."""
        if choice.amount:
            return "open"
        if choice.reason == offer.UNDER_WAY:
            return "waiting"
        if order.state == "cancel" or not order.amount_paid and order.state != "sale":
            return "closed"
        return "paid"

    def _order_bank(self, order, amount):
        """Bank details with the number of the order as reference."""
        account = self._creditor_account([])
        return self._bank_details(account, amount, order.name) if account else {}

    def _title(self):
        """Extends: an advance payment is known by its order."""
        if order := self._paid_order():
            return self.env._("Advance payment for order %s", order.name)
        return super()._title()

    def _closed_text(self, page):
        """Extends: what happens with the order now."""
        order = self._paid_order()
        if not order or page["state"] == "waiting":
            return super()._closed_text(page)
        if order.state == "sale":
            return self.env._(
                "Order %s goes on now. The amount is deducted from your invoice.",
                order.name,
            )
        if page["state"] == "paid":
            return self.env._(
                "We received your payment for order %s and are looking at the order.",
                order.name,
            )
        return self.env._("Order %s does not wait for a payment now.", order.name)

    def _reader_language(self):
        """Extends: the language of who gets the invoice of the order."""
        order = self._paid_order()
        return order.partner_invoice_id.lang or super()._reader_language()
