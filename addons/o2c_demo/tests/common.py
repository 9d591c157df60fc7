"""The demo company in a test database, with a small book."""

from datetime import date

from odoo.tests import TransactionCase

TODAY = date(2026, 11, 20)
#: Draws a small book with a document of every kind.
SEED = 1


class DemoCase(TransactionCase):
    """Builds the company and fills a book; both are slow, so do it once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        company = cls.env["o2c.demo.company"]._build(today=TODAY, books=False)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": company.ids}
        )
        cls.company = company.with_env(cls.env)
        cls.count = cls.env["o2c.demo.book"]._fill(
            cls.company, invoices=400, customers=60, today=TODAY, seed=SEED
        )
        cls.moves = cls.env["account.move"].search(
            [("company_id", "=", cls.company.id)], order="id"
        )
