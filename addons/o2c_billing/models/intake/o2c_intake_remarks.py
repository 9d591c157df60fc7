"""What a person should know of a quotation that came in by itself."""

from datetime import date

from odoo import models
from odoo.tools import float_compare, formatLang

from ...policy import preflight
from ...policy.order_file import Problem

#: How core sends an invoice to how the preflight calls it.
WAYS = {"email": "email", "peppol": "einvoice", "snailmail": "post"}


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    def _remark(self, orders):
        """A day that has passed, prices other than the customer expects, and what
        misses for the invoice."""
        missing = {
            customer.id: self._missing(customer)
            for customer in orders.customer_id.with_company(self.company_id)
        }
        for order in orders.sudo():
            remarks = [
                *(order.remarks or ()),
                *self._day_remarks(order),
                *(list(vars(one).values()) for one in self._price_remarks(order)),
                *missing[order.customer_id.id],
            ]
            if remarks != (order.remarks or []):
                order.remarks = remarks

    def _day_remarks(self, order):
        """A requested day on which nothing can be delivered any more."""
        asked = order.content["requested"]
        if asked and date.fromisoformat(asked) < self.company_id._o2c_today():
            yield [0, "", "past", asked]

    def _price_remarks(self, order):
        """Lines whose price the customer sees otherwise."""
        lines = order.order_id.order_line.filtered(lambda line: not line.display_type)
        digits = self.env["decimal.precision"].precision_get("Product Price")
        for sent, line in zip(order.content["lines"], lines, strict=False):
            theirs = sent["expected"]
            if theirs is None and not self._prices_count():
                theirs = sent["price"]
            if theirs is None:
                continue
            ours = line.price_unit * (1 - line.discount / 100)
            if float_compare(float(theirs), ours, precision_digits=digits):
                currency = line.currency_id
                yield Problem(
                    sent["number"],
                    formatLang(self.env, float(theirs), currency_obj=currency),
                    "price",
                    formatLang(self.env, ours, currency_obj=currency),
                )

    def _missing(self, customer):
        """Remarks on what the invoice of this customer will miss."""
        sendings = self.env["o2c.sending"]
        way = WAYS.get(customer.invoice_sending_method or "", "")
        address = self.env["res.partner"].browse(
            customer.address_get(["invoice"])["invoice"]
        )
        own = self.company_id.partner_id
        facts = preflight.Document(
            method=way,
            format=customer.invoice_edi_format or "",
            email=address.email or customer.email or "",
            customer=sendings._party(customer, address),
            company=sendings._party(own, own),
            notice=False,
        )
        found = preflight.problems(facts)
        return [
            [0, "", f"missing_{one.code}", ""]
            for one in found
            if one.whose == preflight.CUSTOMER
        ]
