"""The tax: which one of the chart it is."""

from odoo import models, tools


class AccountTax(models.Model):
    _inherit = "account.tax"

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
