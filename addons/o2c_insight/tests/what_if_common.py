"""A customer worked out by hand, and a study of him."""

from datetime import date

from odoo import Command, fields

from odoo.addons.o2c_base.tests.common import O2cCommon


class WhatIfCommon(O2cCommon):
    """An order of 700 (2 March) is invoiced on the 3rd and paid on the 24th; one of 600
    (10 March) is invoiced on the 12th and paid on the 30th. His limit is 1,000."""

    @classmethod
    def get_default_groups(cls):
        return (
            super().get_default_groups()
            | cls.quick_ref("sales_team.group_sale_manager")
            | cls.quick_ref("o2c_base.group_credit_manager")
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # no cell of a policy: over the limit and overdue hold
        cls.env["o2c.credit.policy"].sudo().search([]).unlink()
        cls.service = cls.env["product.product"].create(
            {"name": "Onderhoud", "type": "service", "invoice_policy": "order"}
        )
        cls.env["o2c.risk.profile"].sudo()._ensure(cls.company, cls.sme).write(
            {"limit_kind": "amount", "limit_amount": 1000}
        )
        cls.first = cls._sold(700, "2026-03-02", "2026-03-03", "2026-03-24")
        cls.second = cls._sold(600, "2026-03-10", "2026-03-12", "2026-03-30")
        cls.manager = cls._user("manager", "o2c_base.group_credit_manager")
        cls.clerk = cls._user("controller", "o2c_base.group_credit_controller")

    @classmethod
    def _sold(cls, amount, ordered, invoiced, paid, customer=None):
        order = cls._order(customer or cls.sme, [(cls.service, 1, amount)])
        order.action_confirm()
        order.date_order = fields.Datetime.to_datetime(f"{ordered} 10:00:00")
        invoice = order._create_invoices()
        invoice.write({"invoice_date": invoiced, "invoice_payment_term_id": False})
        invoice.invoice_date_due = date.fromisoformat(invoiced).replace(day=28)
        invoice.action_post()
        if paid:
            cls._pay(invoice, date=paid)
        return order

    def _study(self, *rules, user=None, **values):
        study = self.env["o2c.what.if"].with_user(user or self.manager)
        return study.create(
            {
                "name": "Proef",
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
                "remind_days": 7,
                "cost_percent": 10,
                "released": False,
                "scenario_ids": [
                    Command.create(
                        {
                            "name": f"Scenario {number}",
                            "rule_ids": [Command.create(rule)],
                        }
                    )
                    for number, rule in enumerate(rules, 1)
                ],
                **values,
            }
        )

    def _of(self, study, number):
        """The row of today's rules (0) or of a scenario, for the customer's segment."""
        scenario = study.scenario_ids[number - 1] if number else study.scenario_ids[:0]
        row = study.result_ids.filtered(
            lambda one: one.scenario_id == scenario
            and one.segment_id == self.sme.o2c_segment_id
        )
        self.assertEqual(len(row), 1)
        return row
