"""Overdue says the same on the Today screen and in receivables by age."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.o2c_base.tests.common import O2cCommon


@tagged("post_install", "-at_install")
class TestOverdueCard(O2cCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._o2c_today()
        cls.controller = cls._user("overdue", "o2c_base.group_credit_controller")
        cls.late = cls._old(cls.sme, 1000)
        cls._old(cls.corporate, 500)
        cls._old(cls.corporate, 40, move_type="out_refund")
        cls.env["o2c.risk.profile"].sudo()._rescore(cls.company, cls.today)
        # paid after the figures of the night were taken
        cls._pay(cls.late, 300, cls.today)

    @classmethod
    def _old(cls, partner, amount, days=20, **values):
        day = cls.today - timedelta(days=days)
        return cls._invoice(
            partner,
            amount,
            day,
            invoice_payment_term_id=False,
            invoice_date_due=day,
            **values,
        )

    def _card(self):
        today = self.env["o2c.today"].with_user(self.controller)
        return today.with_company(self.company)._card_overdue(self.company)

    def _opened(self, action):
        report = self.env["o2c.receivable.report"].with_user(self.controller)
        report = report.with_context(**action["context"])
        report.invalidate_model()
        return report.search(action["domain"])

    def _elsewhere(self, amount):
        source = self.env["o2c.memo.source"].sudo()
        due = self.today - timedelta(days=3)
        self.env["o2c.memo.item"].sudo().create(
            {
                "source_id": source.create(
                    {"name": "Oud systeem", "company_id": self.company.id}
                ).id,
                "partner_id": self.sme.id,
                "number": "OUD-1",
                "date": due,
                "due": due,
                "currency_id": self.company.currency_id.id,
                "amount": amount,
                "open_amount": amount,
                "open_company": amount,
            }
        )

    def test_the_card_is_what_is_past_due_now_and_opens_just_that(self):
        card = self._card()
        self.assertIn("1,160", card["value"], "700 + 500 - 40: this moment's items")
        self.assertIn("2 customers", card["hint"])
        self.assertRegex(card["hint"], r"40\W.*credit past its day taken off")
        self.assertEqual(sum(self._opened(card["action"]).mapped("overdue")), 1160)
        by_age = self.env["o2c.receivable.report"].search(
            [("company_id", "=", self.company.id), ("bucket", "!=", "0")]
        )
        self.assertEqual(sum(by_age.mapped("amount")), 1160, "the columns past due")
        first, second = card["rows"]
        self.assertEqual(first["label"], self.sme.display_name)
        self.assertEqual(sum(self._opened(first["action"]).mapped("overdue")), 700)
        self.assertEqual(sum(self._opened(second["action"]).mapped("overdue")), 460)

    def test_other_ledgers_are_in_it_and_named(self):
        self.assertNotIn("other ledgers", self._card()["hint"])
        self._elsewhere(77)
        card = self._card()
        self.assertIn("1,237", card["value"])
        self.assertRegex(card["hint"], "77 of it in other ledgers|77.*other ledgers")
        self.assertEqual(sum(self._opened(card["action"]).mapped("overdue")), 1237)

    def test_the_heading_says_of_which_day_and_which_ledgers(self):
        report = self.env["o2c.receivable.report"].with_user(self.controller)
        report = report.with_company(self.company)
        menu = self.env.ref("o2c_insight.o2c_receivable_report_menu")
        action = menu.action.with_user(self.controller).run()
        day = fields.Date.context_today(report)
        self.assertIn(f"{day:%m/%d/%Y}", action["name"])
        self.assertEqual(action["context"], {}, "of today no day is kept")
        before = self.today - timedelta(days=200)
        self.assertRegex(report._action_by_age(before)["name"], "own ledger$")
        self._elsewhere(77)
        self.assertRegex(report._action_by_age()["name"], "all ledgers$")
        self.assertRegex(report._action_by_age(before)["name"], "own ledger$")
