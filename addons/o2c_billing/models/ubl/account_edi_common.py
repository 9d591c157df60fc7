"""E-invoices of every format: the VAT category that Dutch taxes really have."""

from odoo import models

from ...policy import vat_category as policy


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _o2c_vat_category(self, supplier, tax):
        """Category of a tax of the Dutch chart, or of a copy, that nobody gave a code.

        :return: :class:`policy.vat_category.Category` or None
        """
        if not tax or tax.ubl_cii_tax_category_code or supplier.country_code != "NL":
            return None
        return tax._o2c_known_category()

    def _get_tax_category_code(self, customer, supplier, tax):
        ours = self._o2c_vat_category(supplier, tax)
        if ours:
            return ours.code
        return super()._get_tax_category_code(customer, supplier, tax)

    def _get_tax_exemption_reason(self, customer, supplier, tax):
        """The reason in the customer's language; also for codes that people gave."""
        ours = self._o2c_vat_category(supplier, tax)
        if not ours and (
            not tax
            or supplier.country_code != "NL"
            or tax.ubl_cii_tax_category_code not in policy.REASON_CODES
            or tax.ubl_cii_tax_exemption_reason_code
        ):
            return super()._get_tax_exemption_reason(customer, supplier, tax)
        ours = ours or policy.Category(
            tax.ubl_cii_tax_category_code,
            policy.REASON_CODES[tax.ubl_cii_tax_category_code],
        )
        words = customer.env._
        reason = {
            "AE": words("Reverse charge"),
            "K": words("Intra-Community supply"),
            "G": words("Export outside the EU"),
        }.get(ours.code)
        return {
            "tax_exemption_reason": reason,
            "tax_exemption_reason_code": ours.reason_code,
        }
