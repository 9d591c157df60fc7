"""Opening + what happened = closing: the ledger read in three ways."""

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..models.proof import o2c_receivable_movement
from .ledger_common import FIRST, LAST, MovementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestReceivableMovement(MovementCommon):
    def _statement(self):
        return self.movement._statement(self.company, FIRST, LAST)

    def _balance(self, day):
        """The receivable accounts, read another way."""
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
            ]
        )
        return sum(lines.mapped("balance"))

    def test_the_movement_adds_up_to_the_ledger(self):
        self._everything_happens()
        one = self._statement()
        self.assertEqual(float(one.opening), self._balance("2026-03-31"))
        self.assertAlmostEqual(float(one.closing), self._balance(LAST), 2)
        self.assertEqual((one.unexplained, one.items_unexplained), (0, 0))
        # 100 dollars: 80 euros when invoiced, 50 when paid
        self.assertEqual(
            {kind: float(amount) for kind, amount in one.movements.items()},
            {
                "invoiced": 580,
                "credited": -200,
                "paid": -450,
                "written_off": -50,
                "exchange": -30,
                "other": 8,
            },
        )
        self.assertEqual(float(one.nameless), 8)

    def test_a_discount_is_no_money(self):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=self.before.ids)
            .create(
                {
                    "payment_date": "2026-04-10",
                    "amount": 990,
                    "payment_difference_handling": "reconcile",
                    "writeoff_account_id": self.cost.id,
                }
            )
        )
        wizard._create_payments()
        one = self._statement()
        self.assertEqual(float(one.movements["paid"]), -1000)
        self.assertEqual((float(one.money), float(one.discounts)), (-990, -10))

    def test_the_journal_items_are_those_of_the_statement(self):
        self._everything_happens()
        self.patch(o2c_receivable_movement, "BATCH", 2)
        found = {}
        rows = list(self.movement._rows(self.company, FIRST, LAST))
        for row in rows:
            found[row["kind"]] = found.get(row["kind"], 0) + row["balance"]
        expected = self._statement().movements
        for kind, amount in expected.items():
            self.assertAlmostEqual(float(found[kind]), float(amount), 2, kind)
        self.assertEqual(len({row["id"] for row in rows}), len(rows))

    def test_another_company_is_not_in_it(self):
        other = self.setup_other_company()
        self.env["account.move"].with_company(other["company"]).create(
            {
                "move_type": "out_invoice",
                "company_id": other["company"].id,
                "journal_id": other["default_journal_sale"].id,
                "partner_id": self.sme.id,
                "invoice_date": "2026-04-15",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "x", "price_unit": 77, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        ).action_post()
        self.assertEqual(float(self._statement().movements["invoiced"]), 500)
