"""Customers and articles that order files speak of."""

import base64

from .common import BillingCommon

HEAD = "order_reference;customer;article;quantity;price;requested_date;customer_order\n"

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
 <cbc:ID>{reference}</cbc:ID>
 <cbc:IssueDate>2026-03-02</cbc:IssueDate>
 {note}
 <cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>
 <cbc:CustomerReference>Afdeling 7</cbc:CustomerReference>
 <cac:BuyerCustomerParty><cac:Party>
  <cac:PartyName><cbc:Name>Bakkerij Proef B.V.</cbc:Name></cac:PartyName>
  <cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:CompanyID>87654321</cbc:CompanyID></cac:PartyLegalEntity>
 </cac:Party></cac:BuyerCustomerParty>
 <cac:Delivery><cac:RequestedDeliveryPeriod>
  <cbc:EndDate>2026-03-12</cbc:EndDate>
 </cac:RequestedDeliveryPeriod></cac:Delivery>
 <cac:OrderLine><cac:LineItem>
  <cbc:ID>1</cbc:ID>
  <cbc:Quantity unitCode="{unit}">{quantity}</cbc:Quantity>
  <cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount></cac:Price>
  <cac:Item><cbc:Name>Balk</cbc:Name>
   <cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification>
  </cac:Item>
 </cac:LineItem></cac:OrderLine>
</Order>
"""


class IntakeCommon(BillingCommon):
    """Articles with codes, a customer with his numbers, and what came in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wood.default_code = "BALK-44"
        cls.hour.barcode = "8712345678906"
        cls.sme.write({"ref": "K100", "vat": "NL000099998B57"})

    def _take(self, content, name="orders.csv", channel="file", **values):
        """A file that came in, read."""
        if isinstance(content, str):
            content = content.encode()
        intake, _known = self.env["o2c.order.intake"]._receive(
            self.company, channel, name, content, **values
        )
        intake._work()
        return intake

    def _csv(self, *rows):
        return HEAD + "".join(f"{row}\n" for row in rows)

    def _ubl(self, **values):
        return UBL.format(
            **{
                "reference": "PO-900",
                "vat": "NL000099998B57",
                "quantity": 12,
                "code": "BALK-44",
                "currency": "EUR",
                "unit": "C62",
                "price": 10,
                "note": "",
                **values,
            }
        )

    def _page(self, content, name="a.csv"):
        return self.env["o2c.order.import"].create(
            {"file": base64.b64encode(content.encode()), "filename": name}
        )

    def _states(self, intake):
        return {order.reference: order.state for order in intake.order_ids}

    def _said(self, intake, *parts):
        """The file as a whole was not taken, and these words say why."""
        self.assertEqual(intake.state, "mend")
        for part in parts:
            self.assertIn(part, intake.reason)
        self.assertFalse(intake.order_ids.order_id)

    def _asked(self, intake, *parts):
        """Something of it waits, and these words say what to do."""
        self.assertEqual(intake.state, "mend")
        words = "\n".join(intake.problem_ids.mapped("reason"))
        for part in parts:
            self.assertIn(part, words)
