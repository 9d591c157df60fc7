"""Other systems ask for a verdict before there is an order."""

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestVerdictAsked(CreditCommon, HttpCase):
    def test_what_the_seller_gets_is_what_the_order_gets(self):
        self._invoice(self.sme, 300, self.today)
        [answer] = self.sme.with_user(self.seller).o2c_credit_verdict(900)
        order = self._quote(self.sme, 900)
        decision = order._o2c_verdict()
        self.assertEqual(answer["verdict"], decision.verdict)
        self.assertEqual(answer["headroom"], 700)
        self.assertEqual(answer["to_pay"], 200)
        self.assertEqual(answer["mode"], "live")
        self.assertEqual([one["code"] for one in answer["reasons"]], ["over_limit"])
        self.assertFalse(order.o2c_hold_ids, "asking writes nothing")

    def test_a_contact_is_judged_as_his_company_and_order_is_kept(self):
        partners = self.corporate | self.sme_contact
        answers = partners.with_user(self.seller).o2c_credit_verdict(1001)
        self.assertEqual([one["partner_id"] for one in answers], partners.ids)
        self.assertIsNone(answers[0]["headroom"])
        self.assertEqual(answers[1]["verdict"], "hold")

    def test_another_currency_is_converted(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": usd.id, "rate": 2, "company_id": self.company.id}
        )
        [answer] = self.sme.o2c_credit_verdict(2000, "USD")
        self.assertEqual(answer["verdict"], "pass")
        [answer] = self.sme.o2c_credit_verdict(2000.10, "USD")
        self.assertEqual(answer["to_pay"], 0.05)

    def test_absurd_questions_get_a_clear_answer(self):
        for amount in (-1, "many", float("nan"), float("inf"), True, None):
            with self.subTest(amount=amount), self.assertRaises(UserError):
                self.sme.o2c_credit_verdict(amount)
        with self.assertRaisesRegex(ValidationError, "FLORIN"):
            self.sme.o2c_credit_verdict(1, "FLORIN")

    def test_it_is_for_who_sells_or_controls_in_his_own_company(self):
        clerk = self._user("clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.sme.with_user(clerk).o2c_credit_verdict(1)
        other = self.env["res.company"].create({"name": "Elders B.V."})
        with self.assertRaises(AccessError):
            self.sme.with_user(self.seller).o2c_credit_verdict(1, company_id=other.id)

    def test_the_number_of_customers_does_not_count(self):
        partners = self.sme | self.corporate | self.public_body | self.consumer
        self.env.flush_all()
        self.env.invalidate_all()
        partners.o2c_credit_verdict(5)
        one = self._count(lambda: self.sme.o2c_credit_verdict(5))
        four = self._count(lambda: partners.o2c_credit_verdict(5))
        self.assertEqual(one, four)

    def _count(self, call):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def test_over_the_json_api(self):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.seller)
            .sudo()
            ._generate("rpc", "shop", False)
        )
        response = self.url_open(
            "/json/2/res.partner/o2c_credit_verdict",
            data=json.dumps({"ids": self.sme.ids, "amount": 1500}),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(response.status_code, 200, response.text)
        [answer] = response.json()
        self.assertEqual((answer["verdict"], answer["to_pay"]), ("hold", 500))
