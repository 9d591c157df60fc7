"""The demo company in a test database, with a small book."""

from datetime import date

from odoo.tests import TransactionCase

TODAY = date(2026, 11, 20)


class DemoCase(TransactionCase):
    """Builds the company; a subclass fills a book when it needs one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env["o2c.demo.company"]._build(today=TODAY)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
