"""The order line: a delivered quantity becomes an event."""

from odoo import api, fields, models
from odoo.tools import float_is_zero


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("qty_delivered")._o2c_record_delivered({})
        return lines

    def write(self, vals):
        if "qty_delivered" not in vals:
            return super().write(vals)
        before = {line.id: line.qty_delivered for line in self}
        result = super().write(vals)
        self._o2c_record_delivered(before)
        return result

    def _o2c_record_ordered(self):
        """Events for confirmed services that are charged on the ordered quantity."""
        self.env["o2c.billing.event"]._record(
            [
                line._o2c_event_values("order", str(line.id), line.product_uom_qty)
                for line in self
                if line._o2c_charged_when_ordered() and line.product_uom_qty > 0
            ]
        )

    def _o2c_charged_when_ordered(self):
        """A service with the policy "ordered quantities"."""
        self.ensure_one()
        return (
            self.state == "sale"
            and self.product_id.type == "service"
            and self.product_id.invoice_policy == "order"
            and self._can_be_invoiced_alone()
            and not self.is_downpayment
            and not self.is_expense
            and not self.display_type
        )

    def _o2c_record_delivered(self, before):
        """Events for quantities that people report as delivered.

        One waiting event per line takes up corrections; once it is invoiced, the next
        change makes a new one.

        :param dict before: line id to the delivered quantity so far
        """
        changed = self.filtered(
            lambda line: line.state == "sale"
            and line.qty_delivered_method == "manual"
            and not line._o2c_charged_when_ordered()
            and line.company_id._o2c_mode("billing") != "off"
        )
        deltas = {
            line: line.qty_delivered - before.get(line.id, 0.0) for line in changed
        }
        self._o2c_record_deltas("service", deltas)

    def _o2c_record_deltas(self, source, deltas, key=None, at=None):
        """Events for more, or less, delivered than before.

        :param str source: what reports it
        :param dict deltas: order line to the difference
        :param key: text that makes the event unique with the line; without one the
            event that still waits is corrected
        :param datetime at: when it was delivered; now when not given
        """
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        deltas = {
            line: delta
            for line, delta in deltas.items()
            if not float_is_zero(delta, precision_digits=digits)
        }
        if not deltas:
            return
        events = self.env["o2c.billing.event"].sudo()
        lines = self.browse([line.id for line in deltas])
        existing = events.search(
            [("order_line_id", "in", lines.ids), ("source", "=", source)]
        ).grouped("order_line_id")
        new = []
        for line, delta in deltas.items():
            own = existing.get(line, events)
            waiting = own.filtered(lambda event: event.state == "waiting")[-1:]
            if not key and waiting:
                waiting._correct(waiting.quantity + delta)
            else:
                name = f"{key}/{line.id}" if key else f"{line.id}/{len(own) + 1}"
                new.append(line._o2c_event_values(source, name, delta, at))
        events._record(new)

    def _o2c_event_values(self, source, key, quantity, at=None):
        """What an order line reports to the queue."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "source": source,
            "key": key,
            "order_line_id": self.id,
            "quantity": quantity,
            "delivered_at": at or fields.Datetime.now(),
        }

    def _o2c_billing_amount(self, quantity):
        """What this quantity is worth, without VAT, in company currency."""
        self.ensure_one()
        amount = self._o2c_net_price() * quantity
        company = self.company_id
        if self.currency_id == company.currency_id:
            return amount
        return self.currency_id._convert(
            amount, company.currency_id, company, company._o2c_today()
        )

    def _o2c_net_price(self):
        """Price per unit without VAT; core knows none where nothing was ordered, as
        for costs that are charged on."""
        self.ensure_one()
        if self.product_uom_qty:
            return self.price_reduce_taxexcl
        price = self.price_unit * (1 - (self.discount or 0.0) / 100.0)
        included = self.tax_ids.filtered("price_include")
        if not included:
            return price
        found = included.compute_all(
            price,
            currency=self.currency_id,
            product=self.product_id,
            partner=self.order_id.partner_shipping_id,
        )
        return found["total_excluded"]

    def _o2c_rides_along(self):
        """Lines that are never invoiced alone go with the first invoice."""
        self.ensure_one()
        return self.is_downpayment or not self._can_be_invoiced_alone()

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        quantities = self.env.context.get("o2c_quantities") or {}
        if self.id in quantities and "quantity" in values:
            values["quantity"] = quantities[self.id]
        return values
