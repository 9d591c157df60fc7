"""Orders as UBL 2.x (Peppol Order BIS 3)."""

from datetime import date

from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install")
class TestIntakeUbl(IntakeCommon):
    def test_a_ubl_order_becomes_a_quotation(self):
        order = self._take(self._ubl(), "order.xml").order_ids.order_id
        self.assertEqual((order.partner_id, order.state), (self.sme, "draft"))
        self.assertEqual(order.client_order_ref, "PO-900")
        self.assertEqual(order.o2c_buyer_reference, "Afdeling 7")
        self.assertEqual(order.commitment_date.date(), date(2026, 3, 12))
        self.assertEqual(order.order_line.product_id, self.wood)
        self.assertEqual(order.order_line.product_uom_qty, 12)

    def test_a_second_number_of_the_buyer_helps(self):
        order = self._take(self._ubl(vat="NL999999999B99"), "order.xml").order_ids
        self.assertEqual((order.state, order.partner_id), ("made", self.sme))

    def test_the_price_of_the_customer_is_compared_not_taken(self):
        note = "<cbc:Note>Graag voor 9 uur</cbc:Note>"
        order = self._take(self._ubl(price=7, note=note), "order.xml").order_ids
        self.assertEqual(order.order_id.order_line.price_unit, 10)
        self.assertIn("Line 1: the customer expects", order.remark)
        self.assertIn("7.00", order.remark)
        self.assertIn("Graag voor 9 uur", order.remark)

    def test_a_wrong_ubl_order_names_line_and_field(self):
        self._asked(self._take(self._ubl(code="GEEN")), "Line 1, article", "GEEN")
        self._asked(self._take(self._ubl(quantity="veel")), "Line 1, quantity")
        self._asked(self._take(self._ubl(unit="KGM")), "Line 1, unit")
        self._asked(self._take(self._ubl(currency="USD")), "currency: “USD”")
        self._asked(self._take(self._ubl(reference="")), "order_reference: is empty")
        self._said(self._take(self._ubl()[:-30]), "damaged")
        self._said(self._take("<a/>"), "no UBL order")

    def test_a_file_cannot_read_ours(self):
        evil = self._ubl().replace(
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        )
        self._said(self._take(evil.replace("PO-900", "&x;")), "DOCTYPE")
