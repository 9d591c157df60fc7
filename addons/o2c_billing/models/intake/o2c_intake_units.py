"""Units and currencies of an order, against those of article and price list."""

from odoo import models

from odoo.addons.account_edi_ubl_cii.models.account_edi_common import (
    UOM_TO_UNECE_CODE,
)

from ...policy import order_file
from ...policy.order_file import Problem

#: Codes of UN/ECE Recommendation 20 and 21 that senders use for a piece.
PIECES = ("EA", "H87", "NAR", "PCE", "XPP")


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    def _judge_units(self, orders, lines):
        """Each line in a unit in which the article is sold; the kept lines get it."""
        units = self._units()
        products = self.env["product.product"]
        for order in orders:
            for line in lines[order.number]:
                product = products.browse(line["product"])
                unit = line.pop("unit")
                line["uom"] = product.uom_id.id if product else False
                if not unit or not product:
                    continue
                found = units.get(unit.lower())
                if found and found._has_common_reference(product.uom_id):
                    line["uom"] = found.id
                else:
                    order.problems.append(
                        Problem(line["number"], order_file.UNIT, "unit", unit)
                    )

    def _units(self):
        """Units by code and by name, in lower case."""
        units = {}
        for unit in self.env["uom.uom"].search_fetch([], ["name", "parent_path"]):
            units[unit.name.lower()] = unit
        for xmlid, code in UOM_TO_UNECE_CODE.items():
            unit = self.env.ref(xmlid, raise_if_not_found=False)
            if unit:
                units[code.lower()] = unit
                if code == "C62":
                    units |= {piece.lower(): unit for piece in PIECES}
        return units

    def _judge_currency(self, orders, partners):
        """The currency of the file is that of the prices the customer gets."""
        company = self.company_id
        every = self.env["res.partner"].union(*partners.values())
        lists = self.env["product.pricelist"]._get_partner_pricelist_multi(every.ids)
        for order in orders:
            partner = partners[order.number]
            if not order.currency or not partner:
                continue
            prices = lists.get(partner.id)
            ours = (prices and prices.currency_id) or company.currency_id
            if ours.name != order.currency:
                order.problems.append(
                    Problem(
                        order.number, order_file.CURRENCY, "currency", order.currency
                    )
                )
