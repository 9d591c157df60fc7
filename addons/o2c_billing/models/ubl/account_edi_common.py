"""E-invoices of every format: the VAT category that Dutch taxes really have."""

from odoo import models

from ...policy import vat_category as policy


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _o2c_vat_category(self, supplier, tax):
        """Category of a tax of the Dutch chart that nobody gave a code.

        :return: :class:`policy.vat_category.Category` or None
        """
        if not tax or tax.ubl_cii_tax_category_code or supplier.country_code != "NL":
            return None
        return policy.category(tax._o2c_chart_name())

    def _get_tax_category_code(self, customer, supplier, tax):
        ours = self._o2c_vat_category(supplier, tax)
        if ours:
            return ours.code
        return super()._get_tax_category_code(customer, supplier, tax)

    def _get_tax_exemption_reason(self, customer, supplier, tax):
        ours = self._o2c_vat_category(supplier, tax)
        if not ours:
            return super()._get_tax_exemption_reason(customer, supplier, tax)
        reason = {
            "AE": self.env._("Reverse charge"),
            "K": self.env._("Intra-Community supply"),
            "G": self.env._("Export outside the EU"),
        }.get(ours.code)
        return {
            "tax_exemption_reason": reason,
            "tax_exemption_reason_code": ours.reason_code,
        }
