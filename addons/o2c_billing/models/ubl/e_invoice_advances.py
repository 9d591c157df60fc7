"""What was advanced in the customer's name stands on an e-invoice outside VAT.

Art. 79(c) of Directive 2006/112/EC and art. 8 Wet OB leave it out of the taxable
amount. The norm has a category "not subject to VAT" (O), but forbids it beside any
other (BR-O-11), and a fee with VAT stands on the same invoice. Category E with the
reason VATEX-EU-79-C says the same thing and is valid in both cases.
"""

from odoo import models

from ...policy.vat_category import ADVANCED


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _ubl_default_tax_category_grouping_key(
        self, base_line, tax_data, vals, currency
    ):
        key = super()._ubl_default_tax_category_grouping_key(
            base_line, tax_data, vals, currency
        )
        if key and not tax_data and self._o2c_advanced(base_line, vals["supplier"]):
            key["tax_category_code"] = ADVANCED.code
            key["tax_exemption_reason_code"] = ADVANCED.reason_code
            key["tax_exemption_reason"] = vals["customer"].env._(
                "Advanced in the name of the customer"
            )
        return key

    def _o2c_advanced(self, base_line, supplier):
        """Is this a line that a European company advanced in the customer's name?"""
        line = base_line.get("record")
        return (
            getattr(line, "_name", "") == "account.move.line"
            and line.o2c_pass_through
            and supplier.country_id in self.env.ref("base.europe").country_ids
        )
