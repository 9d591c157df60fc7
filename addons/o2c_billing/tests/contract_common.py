"""Contracts to bill, and the nights in which that happens."""

from odoo import Command, fields

from .common import BillingCommon


class ContractCommon(BillingCommon):
    """Articles that are charged per month, and a contract with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor = cls._article(
            "Beheer op afstand", 62.0, type="service", invoice_policy="order"
        )
        cls.setup_fee = cls._article("Aansluiten", 250.0, type="service")
        cls.kwh = cls._article("Stroom", 0.5, type="service")

    @classmethod
    def _contract(cls, *lines, start=True, **values):
        """A contract of the SME customer, running unless told otherwise.

        :param lines: dicts of line values; the article is the monitoring by default
        """
        contract = cls.env["o2c.contract"].create(
            {
                "partner_id": cls.sme.id,
                "company_id": cls.company.id,
                "date_start": "2026-01-01",
                "line_ids": [
                    Command.create(
                        {"product_id": cls.monitor.id, "price_unit": 62.0, **line}
                    )
                    for line in (lines or ({},))
                ],
                **values,
            }
        )
        if start:
            contract.action_start()
        return contract

    def _night(self, today, company=None):
        """The night of the contracts as the scheduler runs it."""
        today = fields.Date.to_date(today)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run = env["o2c.contract"]._night(
                env["res.company"].browse((company or self.company).id), today
            )
            run_id = run.id
        self.env.invalidate_all()
        return self.env["o2c.run"].browse(run_id)

    def _rows(self, contract):
        """What was billed: first and last day, quantity and amount, oldest first."""
        return [
            (
                f"{row.date_from:%Y-%m-%d}",
                f"{row.date_to:%Y-%m-%d}",
                row.quantity,
                row.amount,
            )
            for row in contract.period_ids.sorted(
                lambda row: (row.date_from, row.number, row.id)
            )
        ]

    def _contract_events(self, contract):
        return self.env["o2c.billing.event"].search(
            [("contract_id", "=", contract.id)], order="date, id"
        )

    def _change(self, line, day, **values):
        """Change a line as a person does."""
        return (
            self.env["o2c.contract.change"]
            .create({"line_id": line.id, "date_from": day, "reason": "test", **values})
            .action_apply()
        )

    def _notice(self, contract, given, end=False):
        """Give notice as a person does."""
        self.env["o2c.contract.notice"].create(
            {
                "contract_ids": [Command.set(contract.ids)],
                "notice_date": given,
                "reason": "test",
                **({"date_end": end} if end else {}),
            }
        ).action_apply()
