"""Orders over the JSON API: what a shop sends and hears."""

import json

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install")
class TestIntakeEndpoint(IntakeCommon, HttpCase):
    def _call(self, *orders, user=None, **options):
        model = self.env["o2c.order.intake"]
        return (model.with_user(user) if user else model).o2c_take_orders(
            list(orders), **options
        )

    def _said_order(self, reference="S1", customer="K100", **values):
        line = {"article": "BALK-44", "quantity": 2.5}
        return {
            "reference": reference,
            "customer": customer,
            "lines": [line],
            **values,
        }

    def test_orders_become_quotations_and_the_answer_says_so(self):
        self._switch("live", "credit")
        answer = self._call(
            self._said_order(
                customer_order="PO 7", requested_date="2026-03-12", currency="EUR"
            ),
            self._said_order("S2", customer="K999"),
            {"reference": "S3", "customer": "K100"},
        )
        first, second, third = answer["results"]
        order = self.env["sale.order"].browse(first["order"]["id"])
        self.assertEqual((first["status"], first["amount"]), ("made", 25.0))
        self.assertEqual((order.client_order_ref, order.state), ("PO 7", "draft"))
        self.assertEqual(first["verdict"], order.o2c_verdict)
        self.assertTrue(first["verdict"])
        self.assertEqual((second["status"], second["order"]), ("mend", None))
        self.assertIn("“K999” was not found", second["problems"][0])
        self.assertIn("lines: is empty", " ".join(third["problems"]))

    def test_sent_again_is_known(self):
        first = self._call(self._said_order())["results"][0]
        again = self._call(self._said_order())["results"][0]
        self.assertEqual((again["status"], again["order"]), ("known", first["order"]))
        other = self._call(self._said_order(), self._said_order("S2"))["results"]
        self.assertEqual([one["status"] for one in other], ["known", "made"])

    def test_sent_again_after_mending_is_made(self):
        self._call(self._said_order(customer="K5"))
        self.corporate.ref = "K5"
        again = self._call(self._said_order(customer="K5"))["results"][0]
        self.assertEqual(again["status"], "made")

    def test_a_call_that_makes_no_sense_is_refused(self):
        for orders in ([], "x", None, [self._said_order()] * 501):
            with self.assertRaises(UserError):
                self.env["o2c.order.intake"].o2c_take_orders(orders)
        answer = self._call(
            self._said_order(colour="red"),
            self._said_order("S2", lines=[{"article": ["x"], "quantity": True}]),
            self._said_order("S3", lines=["x"]),
            "x",
        )
        self.assertEqual({one["status"] for one in answer["results"]}, {"mend"})
        self._switch("off", "billing")
        with self.assertRaisesRegex(UserError, "switched off"):
            self._call(self._said_order("S9"))

    def test_who_does_not_sell_or_not_here_is_refused(self):
        biller = self._user("biller", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self._call(self._said_order(), user=biller)
        seller = self._user("seller", "sales_team.group_sale_salesman")
        other = self._create_company(name="Other")
        with self.assertRaises(AccessError):
            self._call(self._said_order(), user=seller, company_id=other.id)
        answer = self._call(self._said_order(), user=seller)
        self.assertEqual(answer["results"][0]["status"], "made")

    def test_over_the_wire(self):
        seller = self._user("wire", "sales_team.group_sale_salesman")
        key = (
            self.env["res.users.apikeys"]
            .with_user(seller)
            ._generate(
                "rpc", "shop", fields.Datetime.add(fields.Datetime.now(), days=1)
            )
        )
        response = self.url_open(
            "/json/2/o2c.order.intake/o2c_take_orders",
            data=json.dumps({"orders": [self._said_order("WIRE-1")]}),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["results"][0]["status"], "made")
