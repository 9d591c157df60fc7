"""Customers, articles and agreements for the billing tests."""

from datetime import datetime

from odoo import Command

from odoo.addons.o2c_base.tests.common import O2cCommon


class BillingCommon(O2cCommon):
    """The Dutch company with articles to sell; billing live from 2020 on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.env.user.group_ids += cls.env.ref("o2c_base.group_billing_approver")
        cls.categ = cls.env["product.category"].create({"name": "Proefhout"})
        cls.categ_deep = cls.env["product.category"].create(
            {"name": "Balken", "parent_id": cls.categ.id}
        )
        cls.wood = cls._article("Balk", 10.0, categ_id=cls.categ_deep.id)
        cls.hour = cls._article("Montage-uur", 60.0, type="service")
        cls._switch("live", "billing")
        cls.company.sudo().o2c_billing_automatic = True

    @classmethod
    def _article(cls, name, price, **values):
        """An article invoiced on delivered quantities."""
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "type": "consu",
                "invoice_policy": "delivery",
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _agreement(cls, *lines, start=True, **values):
        """An agreement, running unless told otherwise.

        :param lines: dicts of line values; ``tiers`` is a dict of quantity to value
        """
        commands = []
        for line in lines:
            line = dict(line)
            tiers = line.pop("tiers", {})
            key = (
                "percentage"
                if line.get("computation") == "percentage"
                else "fixed_price"
            )
            line["tier_ids"] = [
                Command.create({"quantity": quantity, key: value})
                for quantity, value in tiers.items()
            ]
            commands.append(Command.create(line))
        agreement = cls.env["o2c.price.agreement"].create(
            {
                "name": "Proefcontract",
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "date_from": "2020-01-01",
                "line_ids": commands,
                **values,
            }
        )
        if start:
            agreement.action_start()
        return agreement

    def _run_queue(self, today=None):
        """The billing queue as the scheduler runs it; errors are part of the test."""
        today = today or self.company._o2c_today()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run = env["o2c.billing.event"]._process_queue(
                env["res.company"].browse(self.company.id), today
            )
            run_id = run.id
        return self.env["o2c.run"].browse(run_id)

    def _events(self, order):
        return self.env["o2c.billing.event"].search([("order_id", "=", order.id)])

    def _service(self, hours=5, partner=None, **values):
        order = self._order(partner or self.sme, [(self.hour, hours, 60.0)], **values)
        order.action_confirm()
        return order

    def _report(self, *vals, **common):
        return self.env["o2c.billing.event"]._record(
            [
                {
                    "company_id": self.company.id,
                    "source": "clearances",
                    "partner_id": self.sme.id,
                    "delivered_at": datetime(2026, 3, 2, 9),
                    "quantity": 1,
                    **common,
                    **values,
                }
                for values in vals
            ]
        )
