"""A company that is paid through Mollie, which is a server of our own."""

from unittest.mock import patch

from odoo import Command

from odoo.addons.o2c_portal.tests.common import PayHttpCommon

from .mollie import KEY, FakeMollie

WEBHOOK = "/payment/mollie/webhook"


class MollieCommon(PayHttpCommon):
    """Adds ``cls.mollie``, ``cls.fake``, an invoice and its link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.state = "disabled"
        mollie = cls.env.ref("payment.payment_provider_mollie").sudo()
        cls.mollie = mollie.copy({"company_id": cls.company.id})
        cls.mollie.write(
            {
                "mollie_api_key": KEY,
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set(cls.ideal.ids)],
                "journal_id": cls.provider.journal_id.id,
            }
        )
        cls.ideal.active = True
        cls.invoice = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)

    def setUp(self):
        super().setUp()
        self.fake = FakeMollie()
        self.addCleanup(self.fake.stop)
        self.startPatcher(
            patch(
                "odoo.addons.payment_mollie.models.payment_provider.PaymentProvider"
                "._build_request_url",
                lambda provider, endpoint, **kwargs: (
                    self.fake.address + endpoint.strip("/")
                ),
            )
        )

    def _begin(self, amount=1210.0):
        """Start a payment as the form does.

        :return: what the browser gets, and the transaction
        """
        values = self._start_over_http(
            self.link,
            amount=amount,
            provider_id=self.mollie.id,
            flow="redirect",
        )
        return values, self.link.transaction_ids.sorted("id")[-1:]

    def _state(self):
        """What the waiting page is told."""
        answer = self.url_open(f"{self._path(self.link)}/scan/state")
        self.env.invalidate_all()
        return answer.json()["next"]

    def _webhook(self, transaction, number=None):
        """Mollie's message: the number of the payment, nothing else."""
        reference = getattr(transaction, "reference", transaction)
        number = number or self.fake.requests and "tr_0000000001"
        answer = self.url_open(f"{WEBHOOK}?ref={reference}", data={"id": number})
        self.env.invalidate_all()
        return answer
