"""A company that can be paid online by iDEAL, through the demo provider."""

import json
import re

from odoo import Command
from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger

from odoo.addons.o2c_base.tests.common import O2cCommon

from ..controllers.pay_visit import GUESSES


class PayCommon(O2cCommon):
    """Adds ``cls.provider``, ``cls.ideal`` and transactions as a bank reports them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ideal = cls.env.ref("payment.payment_method_ideal").sudo()
        cls.provider = cls._online(cls.company)
        cls.links = cls.env["o2c.payment.link"]
        cls.company.o2c_public_url = "https://pay.waterlelie.example"

    @classmethod
    def _online(cls, company):
        """Demo provider of a company, published, with iDEAL and cards."""
        card = cls.env.ref("payment.payment_method_card").sudo()
        demo = cls.env.ref("payment.payment_provider_demo").sudo()
        provider = demo.copy({"company_id": company.id})
        journal = cls.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        provider.write(
            {
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set((cls.ideal + card).ids)],
                "journal_id": journal.id,
            }
        )
        # core activates a method only when a provider has it
        (cls.ideal + card).active = True
        return provider

    @classmethod
    def _start(cls, link, keys=None, amount=None, own=()):
        """A started payment of a choice, made as the pay page makes it."""
        choice = link._choose(keys, amount, own)
        assert not choice.reason, choice.reason
        return (
            cls.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": cls.provider.id,
                    "payment_method_id": cls.ideal.id,
                    "amount": float(choice.amount),
                    "currency_id": link.currency_id.id,
                    "partner_id": link.partner_id.id,
                    "operation": "online_direct",
                    **link._transaction_values(choice),
                }
            )
        )

    @classmethod
    def _reported(cls, transaction, state="done"):
        """The bank's message, as a webhook brings it, without the booking."""
        transaction._process(
            "demo",
            {
                "reference": transaction.reference,
                "simulated_state": state,
                "payment_details": "",
            },
        )

    @classmethod
    def _paid_online(cls, link, keys=None, amount=None):
        """A payment from start to booking."""
        transaction = cls._start(link, keys, amount)
        cls._reported(transaction)
        transaction._post_process()
        return transaction

    @classmethod
    def _portal_user(cls, login, partner):
        """A portal user who is this contact."""
        return new_test_user(
            cls.env,
            login=login,
            password=login,
            groups="base.group_portal",
            partner_id=partner.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )


class PayHttpCommon(PayCommon, HttpCase):
    """Opens pay pages and starts payments over HTTP."""

    def setUp(self):
        super().setUp()
        GUESSES._moments.clear()

    def _path(self, link):
        return f"/pay/{link._code()}"

    def _open_page(self, link, query=""):
        return self.url_open(self._path(link) + query)

    def _post_start(self, path, choice="all", amount=None, **params):
        """What the payment form posts to the transaction route, and the answer."""
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.ideal.id,
            "token_id": None,
            "amount": amount,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/pay/back",
            "is_validation": False,
            "access_token": "",
            **params,
        }
        return self.url_open(
            f"{path}/start/{choice}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()

    def _start_over_http(self, link, choice="all", amount=None, **params):
        """Processing values of a payment that was started."""
        answer = self._post_start(self._path(link), choice, amount, **params)
        self.assertNotIn("error", answer)
        return answer["result"]

    @mute_logger("odoo.http")
    def _refused(self, link, choice="all", amount=None, **params):
        """The sentence with which a payment is refused."""
        answer = self._post_start(self._path(link), choice, amount, **params)
        self.assertNotIn("result", answer)
        return answer["error"]["data"]["message"]

    def _events(self, document):
        return (
            self.env["o2c.delivery.log"]
            .sudo()
            .search(
                [("res_model", "=", document._name), ("res_id", "=", document.id)],
                order="id",
            )
            .mapped("event")
        )

    def _text(self, response):
        """What a reader sees: without tags, with single spaces."""
        body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", response.text)
        body = re.sub(r"<[^>]+>", " ", body)
        body = body.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ")
        return re.sub(r"\s+", " ", body)
