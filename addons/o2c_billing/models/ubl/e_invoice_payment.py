"""How an e-invoice asks to be paid: accounts, terms in words, and the pay page."""

from odoo import models

from ...policy import early_discount


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _get_invoice_node(self, vals):
        node = super()._get_invoice_node(vals)
        invoice = vals["invoice"]
        if vals["document_type"] == "invoice" and invoice.is_sale_document():
            self._o2c_second_account_node(node, vals)
            self._o2c_pay_page_node(node, invoice)
        return node

    def _o2c_second_account_node(self, document_node, vals):
        """A second account where a part of the invoice goes to a blocked one.

        BG-17 may occur more than once. Formats finish the first means in their own way,
        so the second one is made from the finished one.
        """
        means = document_node.get("cac:PaymentMeans")
        blocked = vals["invoice"]._o2c_blocked_bank()
        if not blocked or not isinstance(means, dict):
            return
        if means.get("cac:PayeeFinancialAccount"):
            account = self._get_financial_account_node(
                {**vals, "partner_bank": blocked}
            )
            document_node["cac:PaymentMeans"] = [
                means,
                {**means, "cac:PayeeFinancialAccount": account},
            ]

    def _add_invoice_payment_terms_nodes(self, document_node, vals):
        """The terms in words (BT-20): instalments, discount, the blocked account."""
        super()._add_invoice_payment_terms_nodes(document_node, vals)
        invoice = vals["invoice"]
        if vals["document_type"] != "invoice" or not invoice.is_sale_document():
            return
        node = document_node.get("cac:PaymentTerms") or {}
        note = (node.get("cbc:Note") or {}).get("_text") or ""
        words = [note.strip(), *invoice._o2c_payment_words()]
        text = "\n".join(one for one in words if one)
        if self._name == "account.edi.xml.ubl_de" and invoice._o2c_discount_offered():
            # the structured form is German (XRechnung BR-DE-18) and known only there
            term = invoice.invoice_payment_term_id
            mode = term.early_pay_discount_computation
            text = early_discount.skonto(
                text,
                term.discount_days,
                term.discount_percentage,
                invoice.amount_untaxed if mode != "included" else None,
            )
        if text:
            document_node["cac:PaymentTerms"] = {**node, "cbc:Note": {"_text": text}}

    def _o2c_pay_page_node(self, document_node, invoice):
        """Where the invoice can be paid online, as an external document (BT-124)."""
        link = invoice._o2c_link_in_file()
        if link:
            self._o2c_add_document(
                document_node,
                {
                    "cbc:ID": {"_text": invoice.payment_reference or invoice.name},
                    "cbc:DocumentDescription": {
                        "_text": invoice.env._("Pay this invoice online")
                    },
                    "cac:Attachment": {
                        "cac:ExternalReference": {"cbc:URI": {"_text": link}}
                    },
                },
            )

    def _invoice_constraints_cen_en16931_ubl(self, invoice, vals):
        """Core reads the first account only."""
        document = vals["document_node"]
        means = document.get("cac:PaymentMeans")
        if isinstance(means, list):
            document = {**document, "cac:PaymentMeans": means[0]}
        return super()._invoice_constraints_cen_en16931_ubl(
            invoice, {**vals, "document_node": document}
        )
