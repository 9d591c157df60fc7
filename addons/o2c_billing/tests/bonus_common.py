"""A bonus of a year, and what is sold in it."""

from datetime import date
from unittest.mock import patch

from odoo import Command

from ..policy.draft_check import Check
from .common import BillingCommon

AFTER = date(2027, 2, 1)


class BonusCommon(BillingCommon):
    """Posted invoices without a draft check, which has tests of its own."""

    def setUp(self):
        super().setUp()
        self.high = self.env.ref(f"account.{self.company.id}_btw_21")
        self.low = self.env.ref(f"account.{self.company.id}_btw_9")
        self.startPatcher(
            patch.object(
                type(self.env["account.move"]),
                "_o2c_judge",
                lambda moves: dict.fromkeys(moves, Check()),
            )
        )

    def _bonus(self, tiers=((1000, 2.0), (5000, 3.0)), start=True, **values):
        bonus = self.env["o2c.volume.bonus"].create(
            {
                "name": "Jaarbonus 2026",
                "company_id": self.company.id,
                "partner_id": self.sme.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "tier_ids": [
                    Command.create({"threshold": threshold, "rate": rate})
                    for threshold, rate in tiers
                ],
                **values,
            }
        )
        if start:
            bonus.action_start()
        return bonus

    def _sold(self, amount, day="2026-06-01", partner=None, tax=None, **values):
        kind = values.pop("move_type", "out_invoice")
        line = {
            "product_id": values.pop("product", self.wood).id,
            "quantity": values.pop("quantity", 1.0),
            "price_unit": amount,
            "tax_ids": [Command.set((tax or self.high).ids)],
            **values.pop("line", {}),
        }
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (partner or self.sme).id,
                "invoice_date": day,
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        move.action_post()
        return move

    def _approve(self, move):
        """As an approver would: the draft check is tested elsewhere."""
        move.sudo().write({"o2c_check_state": False, "invoice_date": AFTER})
        with patch.object(type(move), "_o2c_checked", lambda moves: moves):
            move.action_post()
