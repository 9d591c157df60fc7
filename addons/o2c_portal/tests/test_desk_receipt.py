"""The list of what customers sent: all of it, with invoices and amounts."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models import o2c_customer_desk
from .desk_common import ACCOUNT, DeskCommon

PDF = b"%PDF-1.7 specification"


@tagged("post_install", "-at_install")
class TestDeskReceipt(DeskCommon):
    def setUp(self):
        super().setUp()
        self._login()

    def _facts(self):
        """Kind, invoices, amount and proof of everything on the list, oldest first."""
        return [
            (one.kind, one.move_ids, one.amount, one.proof)
            for one in self.receipts.search([], order="id")
        ]

    def _details(self, kind, **values):
        page = self.url_open(f"{ACCOUNT}/details").text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{ACCOUNT}/details/{kind}", data={"csrf_token": csrf, **values}
        )

    def _specification(self, link, choice="all"):
        page = self._open_page(link).text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{self._path(link)}/remittance",
            data={"csrf_token": csrf, "choice": choice},
            files={"note": ("a.pdf", PDF, "application/pdf")},
        )

    def test_forms_of_the_desk_have_their_invoices_and_amounts(self):
        self._send(
            f"{ACCOUNT}/dispute?document={self.first.id}",
            scope="amount",
            amount="99,50",
            cause="price",
            text="Te duur",
        )
        dispute = self.disputes.search([("move_id", "=", self.first.id)])
        self._send(f"{ACCOUNT}/requests/dispute/{dispute.id}", text="Nog iets")
        self._send(f"{ACCOUNT}/promise?document={self.second.id}", date=self._day(5))
        self.assertEqual(
            self._facts(),
            [
                ("dispute", self.first, 99.5, "login"),
                ("reply", self.first, 0, "login"),
                ("promise", self.second, 500, "login"),
            ],
        )

    def test_a_change_of_data_and_an_order_number_are_on_it(self):
        self._details("phone", contact=self.sme_contact.id, phone="+31 30 1234567")
        self._details("reference", document=self.first.id, ref="PO-17")
        self._details("phone", contact=self.sme_contact.id, phone="+31 30 7654321")
        self.assertEqual(
            self._facts(),
            [
                ("details", self.first.browse(), 0, "login"),
                ("reference", self.first, 0, "login"),
            ],
        )
        receipts = self.receipts.search([])
        self.assertEqual(receipts.contact_id, self.sme_contact)
        self.assertEqual(receipts.partner_id, self.sme)
        opened = receipts[:1].with_user(self.collector).action_open_record()
        self.assertEqual(opened["res_model"], "o2c.change.request")

    def test_a_payment_specification_is_on_it_with_what_it_is_for(self):
        link = self.links._for(self.sme)
        self._specification(link, f"{self.first.id}.1_{self.second.id}.1")
        self._specification(link)
        moves = self.first | self.second
        self.assertEqual(self._facts(), [("remittance", moves, 1100, "login")])
        self.authenticate(None, None)
        self.env["o2c.remittance.note"].sudo().search([]).unlink()
        self._specification(self.links._for(self.first))
        self.assertEqual(self._facts()[-1], ("remittance", self.first, 600, "paper"))
        self.assertFalse(self.receipts.search([], limit=1).contact_id)

    def test_what_is_sent_beside_the_desk_does_not_shut_it(self):
        self._details("phone", contact=self.sme_contact.id, phone="+31 30 1234567")
        self.assertEqual(len(self._facts()), 1)
        with patch.object(o2c_customer_desk, "MOST_PER_DAY", 1):
            page = self._send(
                f"{ACCOUNT}/promise?document={self.first.id}", date=self._day(5)
            )
        self.assertEqual(page.status_code, 200)
        self.assertTrue(self.promises.search([("move_ids", "in", self.first.ids)]))

    def test_what_was_sent_before_is_taken_up_once_with_its_day(self):
        self._send(f"{ACCOUNT}/promise?document={self.first.id}", date=self._day(5))
        self._details("reference", document=self.first.id, ref="PO-17")
        wish = self.env["o2c.change.request"].sudo().search([])
        self.receipts.search([("kind", "=", "reference")]).unlink()
        self.receipts.search([]).write({"move_ids": [(5,)], "amount": 0})
        old = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        self.env.cr.execute(
            "UPDATE o2c_change_request SET create_date = %s WHERE id = %s",
            (old, wish.id),
        )
        wish.invalidate_recordset()
        for _again in range(2):
            self.receipts._complete_old()
            self.env.invalidate_all()
            self.assertEqual(
                self._facts(),
                [
                    ("promise", self.first, 600, "login"),
                    ("reference", self.first, 0, "login"),
                ],
            )
        taken = self.receipts.search([("kind", "=", "reference")])
        self.assertEqual(taken.create_date, wish.create_date)
