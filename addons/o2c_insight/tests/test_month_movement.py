"""Opening + every movement = closing, for the company and for each part of it."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..policy.receivable_movement import KINDS
from .ledger_common import MovementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestMonthMovement(MovementCommon):
    """April and May of a company in which everything happens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.snapshots = cls.env["o2c.kpi.snapshot"].sudo()

    def _taken(self, month):
        return self.snapshots._take(
            self.company, date.fromisoformat(month), date(2026, 6, 3)
        )

    def _moved(self, row):
        return {one: row[f"move_{one}"] for one in KINDS if row[f"move_{one}"]}

    def _adds_up(self, rows):
        for row in rows:
            moved = sum(self._moved(row).values())
            self.assertTrue(row.movement)
            self.assertAlmostEqual(
                row.opening + moved,
                row.receivables,
                2,
                f"{row.dimension} {row.label}: {self._moved(row)}",
            )

    def _direct(self, amount, day, partner):
        """An entry by hand on the receivable account."""
        receivable = self.company_data["default_account_receivable"]
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "balance": balance,
                            "partner_id": partner.id,
                        }
                    )
                    for account, balance in ((receivable, amount), (self.cost, -amount))
                ],
            }
        )
        entry.action_post()
        return entry

    def test_every_movement_has_its_name(self):
        self._everything_happens()
        self._direct(25, "2026-05-03", self.sme)
        for month, opening, closing, moved in (
            # the 8 of an entry that names no customer are in no list of items
            ("2026-04-01", 1000, 1180, {"invoiced": 580, "paid": -400}),
            (
                "2026-05-01",
                1180,
                # 550 of the first, 300 of the second invoice and 25 by hand
                875,
                {
                    "credited": -200,
                    "paid": -50,
                    "written_off": -50,
                    "exchange": -30,
                    "other": 25,
                },
            ),
        ):
            rows = self._taken(month)
            total = rows.filtered(lambda row: row.dimension == "total")
            self.assertEqual((total.opening, total.receivables), (opening, closing))
            self.assertEqual(self._moved(total), moved)
            self._adds_up(rows)

    def test_a_matched_payment_counts_for_the_part_of_its_invoice(self):
        """The invoice has a salesperson; payment and entry by hand have none."""
        seller = self._user("seller", "sales_team.group_sale_salesman")
        self.inside.invoice_user_id = seller
        self._pay(self.inside, 200, "2026-05-02")
        self._direct(-40, "2026-05-03", self.corporate)
        rows = self._taken("2026-05-01")
        self._adds_up(rows)
        users = {
            row.user_id: self._moved(row) for row in rows if row.dimension == "user"
        }
        self.assertEqual(users[seller], {"paid": -200})
        self.assertEqual(users[self.env["res.users"]], {"other": -40})
        segments = {
            row.segment_id: self._moved(row)
            for row in rows
            if row.dimension == "segment"
        }
        self.assertEqual(
            segments[self.corporate.o2c_segment_id], {"paid": -200, "other": -40}
        )

    def test_a_credit_note_that_is_paid_back(self):
        self._pay(self.inside, date="2026-04-28")
        credit = self.inside._reverse_moves([{"date": "2026-05-10"}])
        credit.write({"invoice_date": "2026-05-10"})
        credit.action_post()
        self._pay(credit, date="2026-05-12")
        rows = self._taken("2026-05-01")
        total = rows.filtered(lambda row: row.dimension == "total")
        self.assertEqual(self._moved(total), {"credited": -500, "paid": 500})
        self.assertEqual((total.opening, total.receivables), (1000, 1000))
        self._adds_up(rows)

    def test_a_payment_before_its_match(self):
        """In April it stands for itself; in May it moves to the invoice it is for."""
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.sme.id,
                "amount": 300,
                "date": "2026-04-30",
                "payment_type": "inbound",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        later = self._due(self.sme, 300, "2026-05-31", date="2026-05-04")
        later.invoice_user_id = self._user("seller", "sales_team.group_sale_salesman")
        self._adds_up(self._taken("2026-04-01"))
        (payment.move_id | later).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        rows = self._taken("2026-05-01")
        self._adds_up(rows)
        total = rows.filtered(lambda row: row.dimension == "total")
        self.assertEqual(self._moved(total), {"invoiced": 300})

    def test_the_printed_month_shows_them(self):
        self._everything_happens()
        total = self._taken("2026-05-01").filtered(lambda row: row.dimension == "total")
        section = total._monthly()["sections"][0]
        self.assertEqual(
            [row["value"] for row in section["rows"]],
            ["1,180", "0", "-200", "-50", "-50", "-30", "0", "850"],
        )
        total.movement = False
        self.assertNotEqual(total._monthly()["sections"][0]["title"], section["title"])
