"""References on an e-invoice: the customer's own, and our earlier documents."""

from odoo import models


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _add_invoice_header_nodes(self, document_node, vals):
        super()._add_invoice_header_nodes(document_node, vals)
        invoice = vals["invoice"]
        if not invoice.is_sale_document():
            return
        document_node["cac:OrderReference"] = self._o2c_order_reference_node(invoice)
        self._o2c_customer_reference_nodes(document_node, vals)
        if vals["supplier"].country_code != "NL":
            return
        earlier = invoice._o2c_corrected_invoices()
        if earlier:
            document_node["cac:BillingReference"] = [
                {
                    "cac:InvoiceDocumentReference": {
                        "cbc:ID": {"_text": move.name},
                        "cbc:IssueDate": {"_text": move.invoice_date},
                    }
                }
                for move in earlier
            ]

    def _o2c_order_reference_node(self, invoice):
        """The customer's order number, and ours; never the invoice's own number.

        Peppol BIS Billing 3.0: where only the seller's order is known, the mandatory
        identifier of the buyer's order reads NA.
        """
        source = invoice
        if invoice.move_type == "out_refund":
            # a credit note for several invoices speaks of the orders of all of them
            source = invoice._o2c_corrected_invoices() or invoice
        own = source.invoice_line_ids.sale_line_ids.order_id.mapped("name")
        numbers = [number for one in source if (number := one._o2c_order_reference())]
        return {
            "cbc:ID": {"_text": ", ".join(dict.fromkeys(numbers)) or "NA"},
            "cbc:SalesOrderID": {"_text": ",".join(own) if own else None},
        }

    def _o2c_customer_reference_nodes(self, document_node, vals):
        """Buyer reference (BT-10), contract (BT-12), project (BT-11), cost centre.

        A credit note has no element for the project: the norm gives it the document
        type code 50 there.
        """
        invoice = vals["invoice"]
        if invoice.o2c_buyer_reference:
            document_node["cbc:BuyerReference"] = {"_text": invoice.o2c_buyer_reference}
        if invoice.o2c_cost_centre:
            document_node["cbc:AccountingCost"] = {"_text": invoice.o2c_cost_centre}
        if invoice.o2c_contract_reference:
            document_node["cac:ContractDocumentReference"] = {
                "cbc:ID": {"_text": invoice.o2c_contract_reference}
            }
        if not invoice.o2c_project_reference:
            return
        number = {"cbc:ID": {"_text": invoice.o2c_project_reference}}
        if vals["document_type"] == "invoice":
            document_node["cac:ProjectReference"] = number
        else:
            self._o2c_add_document(
                document_node, {**number, "cbc:DocumentTypeCode": {"_text": "50"}}
            )

    def _o2c_add_document(self, document_node, node):
        """Add one supporting document (BG-24) to those that are there."""
        known = document_node.get("cac:AdditionalDocumentReference") or []
        known = [known] if isinstance(known, dict) else known
        document_node["cac:AdditionalDocumentReference"] = [*known, node]

    # Lines

    def _add_invoice_line_amount_nodes(self, line_node, vals):
        """Where the customer books the line (BT-133)."""
        result = super()._add_invoice_line_amount_nodes(line_node, vals)
        record = vals["base_line"].get("record")
        is_line = getattr(record, "_name", "") == "account.move.line"
        if is_line and record.move_id.is_sale_document() and record.o2c_cost_centre:
            line_node["cbc:AccountingCost"] = {"_text": record.o2c_cost_centre}
        return result

    def _get_document_template(self, vals):
        """Core's order of elements, with the cost centre in the lines where the
        schema puts it; core leaves it out."""
        template = super()._get_document_template(vals)
        tag = self._get_tags_for_document_type(vals)["document_line"]
        line = template.get(tag) or {}
        if "cbc:AccountingCost" in line or "cbc:LineExtensionAmount" not in line:
            return template
        ordered = {}
        for name, child in line.items():
            ordered[name] = child
            if name == "cbc:LineExtensionAmount":
                ordered["cbc:AccountingCost"] = {}
        return {**template, tag: ordered}
