"""A limit far above sales, the holding's or the bureau's advice is said in time."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import LimitCommon


@tagged("post_install", "-at_install")
class TestLimitWarning(LimitCommon):
    """``cls.sme`` bought for 12,000 in a year: a thousand a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        invoice = cls._invoice(cls.sme, 12000, cls.today)
        cls._pay(invoice)
        cls.profiles._rescore(cls.company, cls.today)

    def _dialog(self, amount):
        action = self.profile.with_user(self.controller).action_change_limit()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.controller)
            .with_context(**action["context"])
        )
        form.limit_amount = amount
        return form

    def test_the_dialog_warns_with_the_arithmetic_and_stops_nobody(self):
        self.assertFalse(self._dialog(6000).warning)
        form = self._dialog(9000)
        for words in ("9.0 months", "12,000", "1,000", "6 months"):
            self.assertIn(words, form.warning)
        form.reason = "New branch in May."
        form.save().action_approve()
        change = self.changes.search([("profile_id", "=", self.profile.id)])
        self.assertEqual(change.state, "applied")
        self.assertIn("9.0 months", change.warned)
        said = self.profile.message_ids.mapped("body")
        self.assertTrue([one for one in said if "9.0 months" in (one or "")])

    def test_who_decides_sees_it_in_the_list_and_on_the_form(self):
        change = self._propose(9000)
        self.assertIn("9.0 months", change.with_user(self.manager).warning)
        self.company.o2c_limit_far_months = 9
        change.invalidate_recordset()
        self.assertFalse(change.warning)
        self.company.o2c_limit_far_months = 0
        change.invalidate_recordset()
        self.assertFalse(change.warning)

    def test_lowering_cash_only_and_no_limit_are_not_warned_about(self):
        self._limit(self.sme, 50000)
        self.profile._refresh_limits()
        self.assertFalse(self._propose(20000).warning)
        self.assertFalse(self._dialog(20000).warning)
        self.assertFalse(self._propose("cash").warning)
        self.assertFalse(self._propose(None).warning)

    def test_more_than_the_holding_may_owe(self):
        self.env["o2c.credit.group"].create(
            {
                "name": "Holding",
                "member_ids": [Command.set((self.sme | self.corporate).ids)],
                "limit_amount": 3000,
            }
        )
        self.assertFalse(self._dialog(3000).warning)
        self.assertIn("holding", self._dialog(3001).warning)

    def test_more_than_the_bureau_advises_in_its_newest_report_that_advises(self):
        self.env["o2c.credit.report"].create(
            [
                {
                    "partner_id": self.sme.id,
                    "source": "Bureau",
                    "date": day,
                    "advised_limit": advised,
                    "has_advised_limit": bool(advised),
                }
                for day, advised in (
                    ("2020-01-01", 90000),
                    ("2021-01-01", 2500),
                    ("2022-01-01", 0),
                )
            ]
        )
        self.assertFalse(self._dialog(2500).warning)
        self.assertIn("2,500", self._dialog(2501).warning)

    def test_a_limit_in_other_money_is_weighed_in_ours(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", usd.id)]).unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "name": "2020-01-01",
                "rate": 2.0,
                "company_id": self.company.id,
            }
        )
        change = self._propose(12000, currency_id=usd.id)
        self.assertFalse(change.warning, "that is 6,000 of ours")
        change = self._propose(12003, currency_id=usd.id)
        self.assertTrue(change.warning)

    def test_a_whole_list_is_one_statement_and_that_of_the_holdings(self):
        changes = self._propose(9000) | self._propose(9000, partner=self.corporate)
        changes = changes.sudo()
        changes.mapped("company_amount")
        self.company._o2c_today()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        changes.mapped("warning")
        self.assertLessEqual(self.env.cr.sql_log_count - before, 12)
