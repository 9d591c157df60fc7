"""Quotations of the orders that were understood."""

from datetime import date, datetime, time

import pytz
from psycopg2 import OperationalError

from odoo import Command, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import split_every

from ...policy import order_file

#: Quotations made together.
CHUNK = 100
REFERENCES = {
    order_file.BUYER: "o2c_buyer_reference",
    order_file.CONTRACT: "o2c_contract_reference",
    order_file.PROJECT: "o2c_project_reference",
}


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    def _make(self, orders):
        """Make quotations of the orders that are ready."""
        self.ensure_one()
        ready = orders.filtered(lambda order: order.state == "ready")
        for ids in split_every(CHUNK, ready.ids):
            self._make_some(ready.browse(ids))
        self._settle()

    def _make_some(self, orders):
        """Some orders together; when one of them is refused, one by one."""
        known = self._known_orders([(o.partner_id, o.reference) for o in orders])
        fresh = orders.browse()
        for order in orders:
            before = known.get((order.customer_id.id, order.reference))
            if before:
                order.sudo().write({"state": "known", "order_id": before.id})
            else:
                # the same number twice in one file cannot be: it is one order
                fresh |= order
        try:
            with self._once():
                self._make_quotations(fresh)
        except (OperationalError, ConcurrencyError):
            raise
        except Exception as error:
            if len(fresh) > 1:
                for order in fresh:
                    self._make_some(order)
            elif fresh:
                self._refused(fresh, error)

    def _make_quotations(self, orders):
        quotations = self.env["sale.order"].create(
            [self._quotation_values(order) for order in orders]
        )
        for order, quotation in zip(orders, quotations, strict=True):
            order.sudo().write({"state": "made", "order_id": quotation.id})
        self._remark(orders)
        quotations._message_log_batch(
            bodies={
                one.id: self.env._("Taken in from %s", self.name) for one in quotations
            }
        )
        orders.flush_recordset()
        quotations.flush_recordset()

    def _quotation_values(self, order):
        content = order.content
        partner = order.partner_id
        references = content["references"]
        values = {
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "o2c_import_reference": order.reference,
            "client_order_ref": content["customer_order"] or order.reference,
            "order_line": [
                Command.create(self._line_values(line)) for line in content["lines"]
            ],
            **{REFERENCES[name]: text for name, text in references.items()},
        }
        if self.channel != "file" and self.user_id:
            seller = partner.user_id or partner.commercial_partner_id.user_id
            values["user_id"] = (seller or self.user_id).id
        if content["requested"]:
            zone = pytz.timezone(self.company_id._o2c_zone())
            day = date.fromisoformat(content["requested"])
            noon = zone.localize(datetime.combine(day, time(12)))
            values["commitment_date"] = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return values

    def _line_values(self, line):
        values = {
            "product_id": line["product"],
            "product_uom_qty": line["quantity"],
            "product_uom_id": line["uom"],
        }
        if line["price"] is not None and self._prices_count():
            values["price_unit"] = float(line["price"])
        if line["text"] and self._prices_count():
            values["name"] = line["text"]
        if line["cost_centre"]:
            values["o2c_cost_centre"] = line["cost_centre"]
        return values

    def _prices_count(self):
        """Prices that our own people or systems give; a customer who mails a file
        does not set his price."""
        return self.channel != "mail"

    def _refused(self, order, error):
        """It could not become a quotation: the reason stands with the order."""
        words = str(error) if isinstance(error, UserError) else repr(error)
        order.sudo().state = "mend"
        self.env["o2c.intake.problem"].sudo().create(
            {
                "order_id": order.id,
                "number": order.number,
                "code": "refused",
                "value": words[:1000],
            }
        )
