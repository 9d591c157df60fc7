"""What customers owed on a day, as the ledger would have printed it."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.o2c_base.tests.common import O2cCommon


@tagged("post_install", "-at_install")
class TestReceivables(O2cCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late = cls._invoice(
            cls.sme, 1000, "2026-01-01", invoice_date_due="2026-01-31"
        )
        cls._pay(cls.late, 400, "2026-02-10")
        cls._pay(cls.late, 600, "2026-05-20")
        cls.young = cls._invoice(
            cls.corporate, 500, "2026-02-01", invoice_date_due="2026-03-03"
        )

    def _items(self, day, domain=()):
        """The report as it stood on a day, read anew."""
        report = self.env["o2c.receivable.report"].with_context(o2c_as_of=day)
        report.invalidate_model()
        return report.search([("company_id", "=", self.company.id), *domain])

    def _amounts(self, day):
        return {item.move_id: item.amount for item in self._items(day)}

    def test_a_past_day_knows_nothing_of_later_payments(self):
        self.assertEqual(
            self._amounts("2026-02-09"), {self.late: 1000, self.young: 500}
        )
        self.assertEqual(self._amounts("2026-02-10"), {self.late: 600, self.young: 500})
        self.assertEqual(self._amounts("2026-01-31"), {self.late: 1000})
        self.assertEqual(self._amounts("2025-12-31"), {})
        self.assertEqual(self._amounts("2026-05-20"), {self.young: 500})

    def test_age_changes_the_day_after(self):
        ages = {
            "2026-01-31": ("0", 0),
            "2026-02-01": ("1", 1),
            "2026-03-02": ("1", 30),
            "2026-03-03": ("2", 31),
            "2026-05-01": ("3", 90),
            "2026-05-02": ("4", 91),
        }
        for day, (bucket, late) in ages.items():
            item = self._items(day, [("move_id", "=", self.late.id)])
            self.assertEqual((item.bucket, item.days_late), (bucket, late), day)

    def test_the_report_adds_up_to_the_ledger_on_every_day(self):
        credit = self.young._reverse_moves([{"date": "2026-03-10"}])
        credit.invoice_date = "2026-03-10"
        credit.action_post()
        foreign = self.env.ref("base.USD")
        foreign.active = True
        dollars = self._invoice(self.sme, 300, "2026-03-15", currency_id=foreign.id)
        self._pay(dollars, 100, "2026-04-15")
        for day in ("2026-01-15", "2026-03-09", "2026-03-10", "2026-04-20"):
            balance = sum(
                self.env["account.move.line"]
                .search(
                    [
                        ("company_id", "=", self.company.id),
                        ("account_id.account_type", "=", "asset_receivable"),
                        ("parent_state", "=", "posted"),
                        ("date", "<=", day),
                    ]
                )
                .mapped("balance")
            )
            items = self._items(day)
            self.assertAlmostEqual(sum(items.mapped("amount")), balance, 2, day)
        self.assertEqual(
            self._amounts("2026-03-09")[self.young], 500, "credited a day later"
        )

    def test_a_dispute_counts_from_the_day_it_was_raised_until_it_was_closed(self):
        self.env["o2c.dispute"].create(
            {
                "move_id": self.young.id,
                "scope": "amount",
                "amount": 120,
                "raised_on": "2026-03-05",
                "closed_on": "2026-04-01",
                "state": "settled",
            }
        )
        shown = {}
        for day in ("2026-03-04", "2026-03-05", "2026-03-31", "2026-04-01"):
            item = self._items(day, [("move_id", "=", self.young.id)])
            shown[day] = item.disputed, item.clear
        self.assertEqual(
            shown,
            {
                "2026-03-04": (0, 500),
                "2026-03-05": (120, 380),
                "2026-03-31": (120, 380),
                "2026-04-01": (0, 500),
            },
        )

    def test_the_newest_instalments_carry_the_dispute(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "In two",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (10, 40)
                ],
            }
        )
        invoice = self._invoice(
            self.sme,
            800,
            "2026-02-01",
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )
        self.assertEqual(invoice.invoice_payment_term_id, term)
        self.env["o2c.dispute"].create(
            {
                "move_id": invoice.id,
                "scope": "amount",
                "amount": 450,
                "raised_on": "2026-02-10",
            }
        )
        items = self._items("2026-04-01", [("move_id", "=", invoice.id)])
        self.assertEqual(
            items.sorted("due").mapped(lambda item: (item.amount, item.disputed)),
            [(400, 50), (400, 400)],
        )

    def test_grouped_by_age(self):
        report = self.env["o2c.receivable.report"].with_context(o2c_as_of="2026-04-05")
        found = report._read_group(
            [("company_id", "=", self.company.id)], ["bucket"], ["amount:sum"]
        )
        self.assertEqual(found, [("2", 500), ("3", 600)])

    def test_what_is_no_date_is_refused(self):
        with self.assertRaisesRegex(UserError, "is not a date"):
            self._items("31-12-2026")

    def test_a_day_to_come_is_refused(self):
        tomorrow = fields.Date.add(fields.Date.context_today(self.company), days=2)
        with self.assertRaisesRegex(ValidationError, "Nobody knows"):
            self.env["o2c.receivable.day"].create({"day": tomorrow})

    def test_the_wizard_opens_the_ledger_of_its_day(self):
        wizard = self.env["o2c.receivable.day"].create({"day": "2026-02-09"})
        action = wizard.action_show()
        self.assertEqual(action["context"]["o2c_as_of"], "2026-02-09")
        self.assertIn("02/09/2026", action["name"])

    def test_a_seller_sees_his_own_invoices_and_no_other_company(self):
        seller = self._user("insight_seller", "sales_team.group_sale_salesman")
        self.young.invoice_user_id = seller
        self.late.invoice_user_id = self.env.user
        self.env.flush_all()
        report = self.env["o2c.receivable.report"].with_user(seller)
        report = report.with_context(o2c_as_of="2026-02-15")
        self.assertEqual(report.search([]).move_id.sudo(), self.young)
        other = self.setup_other_company()["company"]
        controller = self._user("insight_other", "o2c_base.group_credit_controller")
        controller.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        seen = self.env["o2c.receivable.report"].with_user(controller)
        self.assertNotIn(self.company, seen.search([]).company_id.sudo())
        nobody = self._user("insight_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["o2c.receivable.report"].with_user(nobody).search([])

    def test_each_row_opens_its_document(self):
        item = self._items("2026-02-15", [("move_id", "=", self.young.id)])
        action = item.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("account.move", self.young.id)
        )

    def test_items_of_other_ledgers_stand_in_the_same_balance(self):
        ledger = (
            self.env["o2c.memo.source"]
            .sudo()
            .create({"name": "Oud systeem", "company_id": self.company.id})
        )
        common = {
            "source_id": ledger.id,
            "partner_id": self.sme.id,
            "date": "2026-01-05",
            "due": "2026-02-04",
            "currency_id": self.company.currency_id.id,
        }
        open_item, gone = ledger.env["o2c.memo.item"].create(
            [
                {**common, "number": "V1", "open_amount": 70, "open_company": 70},
                {
                    **common,
                    "number": "V2",
                    "state": "closed",
                    "closed_on": "2026-03-01",
                    "last_open": 30,
                },
            ]
        )
        self.assertFalse(self._items("2026-01-04", [("ledger_id", "!=", False)]))
        for day, amounts in (
            ("2026-02-28", {open_item: 70, gone: 30}),
            ("2026-03-01", {open_item: 70}),
        ):
            items = self._items(day, [("ledger_id", "=", ledger.id)])
            self.assertEqual(
                {one.memo_item_id: one.amount for one in items}, amounts, day
            )
        item = self._items("2026-03-10", [("memo_item_id", "=", open_item.id)])
        self.assertEqual((item.bucket, item.days_late), ("2", 34))
        self.assertEqual((item.overdue, item.clear), (70, 70))
        self.assertEqual(item.action_open_document()["res_id"], open_item.id)
        both = self._items("2026-02-28", [("partner_id", "=", self.sme.id)])
        self.assertEqual(sum(both.mapped("amount")), 600 + 70 + 30)
