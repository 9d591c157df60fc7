"""Peppol BIS 3 and NLCIUS files that mean what the invoice means.

Each method corrects what core writes validly but wrongly, or refuses what would be
invalid; NLCIUS inherits all of it.
"""

from odoo import models

from ...policy import preflight


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _add_invoice_config_vals(self, vals):
        """A contact with only a name and an e-mail address lives at its company."""
        result = super()._add_invoice_config_vals(vals)
        invoice = vals["invoice"]
        if invoice.is_sale_document():
            if vals["customer"] == invoice.partner_id:
                vals["customer"] = invoice._o2c_buyer_address()
            if not vals["partner_shipping"].country_id:
                # BR-57: a contact without an address receives at the buyer's
                vals["partner_shipping"] = vals["customer"]
        return result

    # Parties

    def _get_party_node(self, vals):
        node = super()._get_party_node(vals)
        entity = vals["partner"].commercial_partner_id
        if entity.country_code == "NL":
            self._o2c_dutch_identifiers(node, entity)
        if vals.get("role") == "customer" and not entity.vat:
            # What core writes here without a VAT number is no tax registration.
            node["cac:PartyTaxScheme"] = None
        invoice = vals.get("invoice")
        if vals.get("role") == "customer" and invoice and invoice.is_sale_document():
            contact = invoice.partner_id
            node["cac:Contact"].update(
                {
                    "cbc:Name": {"_text": contact.name},
                    "cbc:Telephone": {"_text": contact.phone},
                    "cbc:ElectronicMail": {"_text": contact.email},
                }
            )
        return node

    def _o2c_dutch_identifiers(self, node, entity):
        """KvK or OIN without spaces; where no electronic address was given it is that
        number, as the Dutch Peppol authority prescribes."""
        legal = entity.peppol_eas in ("0106", "0190") and entity.peppol_endpoint
        digits = preflight.digits(legal or entity.company_registry)
        scheme = preflight.dutch_scheme(digits)
        node["cac:PartyLegalEntity"]["cbc:CompanyID"] = {
            "_text": digits or None,
            "schemeID": scheme or None,
        }
        if scheme and not entity.peppol_endpoint:
            node["cbc:EndpointID"] = {"_text": digits, "schemeID": scheme}

    # Delivery

    def _get_invoice_node(self, vals):
        """A credit note for goods to another member state names the delivery too."""
        node = super()._get_invoice_node(vals)
        if vals["document_type"] == "credit_note" and self._o2c_intra_community(node):
            self._add_invoice_delivery_nodes(node, vals)
        return node

    def _o2c_intra_community(self, node):
        """Does the document have a VAT breakdown of category K?"""
        return any(
            category["cbc:ID"]["_text"] == "K"
            for total in node["cac:TaxTotal"] or []
            for subtotal in total["cac:TaxSubtotal"] or []
            for category in subtotal["cac:TaxCategory"] or []
        )

    def _add_invoice_delivery_nodes(self, document_node, vals):
        """The real date of delivery, where it is known."""
        result = super()._add_invoice_delivery_nodes(document_node, vals)
        delivered = vals["invoice"]._o2c_delivered_on()
        if delivered:
            document_node["cac:Delivery"]["cbc:ActualDeliveryDate"] = {
                "_text": delivered
            }
        return result

    # What would be refused

    def _invoice_constraints_peppol_en16931_ubl(self, invoice, vals):
        """Registration numbers of any legal length; no bank account of the customer
        for a credit note; a credit note refers to its invoice."""
        found = super()._invoice_constraints_peppol_en16931_ubl(invoice, vals)
        if vals["supplier"].country_code != "NL" or not invoice.is_sale_document():
            return found
        if invoice.move_type == "out_refund":
            found["nl_r_007"] = ""
            found["nl_r_001"] = (
                ""
                if invoice._o2c_corrected_invoices()
                else self.env._(
                    "The credit note names no invoice: fill in Corrected Invoices."
                )
            )
        roles = {"nl_r_003": vals["supplier"]}
        if vals["customer"].country_code == "NL":
            roles["nl_r_005"] = vals["customer"]
        for rule, partner in roles.items():
            entity = partner.commercial_partner_id
            party = preflight.Party(
                registry=entity.company_registry or "",
                endpoint=entity.peppol_endpoint or "",
                scheme=entity.peppol_eas or "",
            )
            found[rule] = (
                ""
                if preflight.registered(party)
                else self.env._(
                    "%s needs a KvK number (8 digits) or OIN (20 digits) as company "
                    "registry or as electronic address.",
                    entity.display_name,
                )
            )
        customer = vals["document_node"]["cac:AccountingCustomerParty"]["cac:Party"]
        if not (customer.get("cbc:EndpointID") or {}).get("_text"):
            found["o2c_endpoint"] = self.env._(
                "%s has no electronic address (Peppol endpoint).",
                vals["customer"].commercial_partner_id.display_name,
            )
        return found

    def _invoice_constraints_cen_en16931_ubl(self, invoice, vals):
        found = super()._invoice_constraints_cen_en16931_ubl(invoice, vals)
        if not invoice.is_sale_document():
            return found
        if invoice.move_type == "out_refund":
            found["cen_en16931_payment_account_identifier"] = None
        if vals["partner_shipping"].country_id:
            found["cen_en16931_delivery_address"] = None
        return found
