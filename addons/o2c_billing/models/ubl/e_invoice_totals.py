"""Totals of an e-invoice: as issued, and adding up by the norm."""

from odoo import models
from odoo.tools import float_is_zero

from odoo.addons.account_edi_ubl_cii.models.account_edi_common import FloatFmt


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _ubl_default_tax_category_grouping_key(
        self, base_line, tax_data, vals, currency
    ):
        """One VAT breakdown per category and rate (BR-E-01, BR-AE-01, BR-Z-01 …).

        Core also groups by the wording of the reason, so a second wording (another
        exempt tax, or the charge that gives an early payment discount back) makes a
        second breakdown of the same category, which no receiver accepts. The first
        wording of the document stands for all.
        """
        key = super()._ubl_default_tax_category_grouping_key(
            base_line, tax_data, vals, currency
        )
        if not key or key.get("is_withholding"):
            return key
        wordings = vals.setdefault("_o2c_reasons", {})
        mine = {
            name: key.get(name)
            for name in ("tax_exemption_reason", "tax_exemption_reason_code")
        }
        first = wordings.setdefault((key["tax_category_code"], key["percent"]), mine)
        return {**key, **first}

    def _ubl_get_tax_subtotal_node(self, vals, tax_subtotal):
        """The taxable amount is the sum of the lines, for every category.

        Core sees to it for the standard rate only (BR-S-08); where a company rounds
        globally the others (BR-Z-08, BR-E-08, BR-AE-08 …) missed it by a cent.
        """
        node = super()._ubl_get_tax_subtotal_node(vals, tax_subtotal)
        for category in node["cac:TaxCategory"]:
            amounts = list(
                self._o2c_amounts_of_category(vals["document_node"], category)
            )
            if amounts and category["cbc:ID"]["_text"] != "S":
                node["cbc:TaxableAmount"] = {
                    "_text": FloatFmt(
                        sum(amounts), min_dp=tax_subtotal["currency"].decimal_places
                    ),
                    "currencyID": tax_subtotal["currency"].name,
                }
        return node

    def _o2c_amounts_of_category(self, document_node, category):
        """Amounts of lines, charges and (negative) allowances of one VAT category."""

        def same(node):
            return (
                node["cbc:ID"]["_text"] == category["cbc:ID"]["_text"]
                and node["cbc:Percent"]["_text"] == category["cbc:Percent"]["_text"]
                and node["_currency"] == category["_currency"]
            )

        for tag in ("cac:InvoiceLine", "cac:CreditNoteLine", "cac:DebitNoteLine"):
            for line in document_node.get(tag) or ():
                if any(map(same, line["cac:Item"]["cac:ClassifiedTaxCategory"])):
                    yield line["cbc:LineExtensionAmount"]["_text"]
        for node in document_node.get("cac:AllowanceCharge") or ():
            if any(map(same, node["cac:TaxCategory"])):
                charge = node["cbc:ChargeIndicator"]["_text"] == "true"
                yield node["cbc:Amount"]["_text"] * (1 if charge else -1)

    def _add_invoice_monetary_total_nodes(self, document_node, vals):
        """Amounts as issued; a rounding difference stands where the norm puts it.

        BR-CO-16: payable = total with VAT - prepaid + rounding. The payable amount is
        the invoice's own, so the rest is the rounding.
        """
        super()._add_invoice_monetary_total_nodes(document_node, vals)
        invoice = vals["invoice"]
        if not invoice.is_sale_document():
            return
        tag = self._get_tags_for_document_type(vals)["monetary_total"]
        total = document_node[tag]
        withheld = vals["_ubl_values"]["payable_amount_tax_withholding_currency"]
        prepaid = withheld + invoice.o2c_prepaid_at_issue
        payable = invoice.amount_total - prepaid + withheld
        rounding = payable + prepaid - float(total["cbc:TaxInclusiveAmount"]["_text"])

        def amount(value):
            return {
                "_text": FloatFmt(value, min_dp=vals["currency_dp"]),
                "currencyID": vals["currency_name"],
            }

        total["cbc:PrepaidAmount"] = amount(prepaid)
        total["cbc:PayableAmount"] = amount(payable)
        total["cbc:PayableRoundingAmount"] = (
            None
            if float_is_zero(rounding, precision_digits=2)
            else amount(round(rounding, 2))
        )
