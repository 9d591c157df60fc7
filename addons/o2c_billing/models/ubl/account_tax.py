"""The tax: which one of the chart it is, and in which box it is reported."""

from odoo import models, tools

from ...policy import vat_category as policy


class AccountTax(models.Model):
    _inherit = "account.tax"

    def copy_data(self, default=None):
        """A copy of a tax of the Dutch chart keeps what the original means."""
        vals_list = super().copy_data(default)
        for tax, vals in zip(self, vals_list, strict=True):
            known = tax.country_code == "NL" and policy.category(tax._o2c_chart_name())
            if known and not vals.get("ubl_cii_tax_category_code"):
                vals["ubl_cii_tax_category_code"] = known.code
        return vals_list

    def _o2c_known_category(self):
        """What this tax means on an e-invoice, as far as that is certain."""
        self.ensure_one()
        name = self._o2c_chart_name()
        if name or self.type_tax_use != "sale" or self.amount:
            return policy.category(name)
        return policy.category("", self._o2c_return_boxes())

    def _o2c_return_boxes(self):
        """Boxes of the VAT return in which the base of an invoice is reported."""
        self.ensure_one()
        base = self.sudo().invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "base"
        )
        found = [policy.box(tag.with_context(lang=None).name) for tag in base.tag_ids]
        return list(dict.fromkeys(box for box in found if box))

    def _o2c_chart_name(self):
        """Name of this tax in the template of the chart, empty for own taxes."""
        self.ensure_one()
        return self._o2c_chart_names().get(self._origin.id or self.id, "")

    @tools.ormcache()
    def _o2c_chart_names(self):
        """Chart names of all taxes; xmlids of a chart read ``<company>_<name>``."""
        data = (
            self.env["ir.model.data"]
            .sudo()
            .search_fetch(
                [("model", "=", "account.tax"), ("module", "=", "account")],
                ["name", "res_id"],
            )
        )
        return {record.res_id: record.name.partition("_")[2] for record in data}
