"""A company whose report providers are a local server."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields

from .common import CreditCommon
from .fake_provider import KEY, PASSWORD, USER, fake_provider


class ProviderCommon(CreditCommon):
    """KVK and CIR switched on against a local server."""

    @classmethod
    def _request_handler(cls, session, request, /, **kw):
        # core stretches short time limits to ten seconds; only this server is reached
        if request.url.startswith("http://127.0.0.1:"):
            return cls._send(session, request, **kw)
        return super()._request_handler(session, request, **kw)

    @classmethod
    def setUpClass(cls):
        from odoo.tests.common import _super_send

        cls._send = staticmethod(_super_send)
        super().setUpClass()
        cls.server = cls.enterClassContext(fake_provider())
        cls.corporate.company_registry = "11223344"
        sources = cls.env["o2c.report.source"]._ensure(cls.company)
        cls.kvk = sources.filtered(lambda one: one.code == "kvk")
        cls.cir = sources.filtered(lambda one: one.code == "cir")
        cls.kvk.write({"api_key": KEY, "base_url": cls.server.address, "timeout": 1})
        cls.cir.write(
            {
                "username": USER,
                "password": PASSWORD,
                "base_url": f"{cls.server.address}/cir.asmx",
                "timeout": 1,
            }
        )
        (cls.kvk | cls.cir).state = "on"
        cls.requests = cls.env["o2c.report.request"]
        cls.reports = cls.env["o2c.credit.report"]

    def setUp(self):
        super().setUp()
        server = self.server
        server.mood, server.missing, server.profile = None, set(), {}
        server.events, server.case_number = [], None
        server.asked.clear()
        # nothing is committed in a test
        patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1000.0
        ).start()
        self.addCleanup(patch.stopall)

    def _asked(self, partner=None, source=None):
        return self.requests._ask(source or self.kvk, partner or self.sme)

    def _work(self, minutes=0):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=minutes)):
            self.requests._cron_fetch()

    def _old_report(self, **values):
        return self.reports.create(
            {
                "partner_id": self.sme.id,
                "date": "2025-01-01",
                "source": "Bureau",
                "bureau_score": 70,
                **values,
            }
        )

    def _alerts(self, source=None):
        return (source or self.kvk).activity_ids
