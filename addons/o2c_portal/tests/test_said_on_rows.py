"""Rows of the pay page tell what was announced and asked, to who may know of it."""

from odoo import fields
from odoo.tests import tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
class TestSaidOnRows(DeskCommon):
    def setUp(self):
        super().setUp()
        self.link = self.links._for(self.sme)
        self.shown = self.env["o2c.customer.desk"]._day

    def _promise(self, moves, amount):
        return self.promises._promise(moves, self._date(5), amount)

    def _date(self, days):
        return fields.Date.add(self.today, days=days)

    def _plan(self, moves):
        plan = self.plans._propose(
            moves, count=4, start_date=self._day(20), source="portal"
        )
        plan.state = "waiting"
        return plan

    def test_an_announced_payment_is_told_on_its_row(self):
        self._promise(self.first, 600)
        self._login()
        rows = self._pay_rows(self._open_page(self.link))
        words = f"payment announced for {self.shown(self._date(5))}"
        self.assertIn(words, rows[self.first.name])
        self.assertNotIn("of which announced", rows[self.first.name])
        self.assertNotIn("announced", rows[self.second.name])

    def test_of_a_part_that_was_announced_the_part_is_told(self):
        self._promise(self.first, 250)
        self._login()
        rows = self._pay_rows(self._open_page(self.link))
        self.assertIn("of which announced: €250.00", rows[self.first.name])

    def test_a_plan_that_was_asked_for_is_told_on_its_row(self):
        plan = self._plan(self.first)
        self._login()
        rows = self._pay_rows(self._open_page(self.link))
        self.assertIn(f"payment plan {plan.name} requested", rows[self.first.name])
        self.assertNotIn("requested", rows[self.second.name])

    def test_a_transfer_that_was_announced_is_told_on_its_row(self):
        transaction = self._start(self.links._for(self.first))
        transaction.provider_id = self.provider.copy(
            {"company_id": self.company.id, "code": "none"}
        )
        transaction._set_pending()
        self._login()
        rows = self._pay_rows(self._open_page(self.link))
        self.assertIn("bank transfer announced", rows[self.first.name])
        self.assertNotIn("transfer", rows[self.second.name])

    def test_who_holds_a_paper_reads_nothing_of_it(self):
        """An invoice in two instalments, so that its page has rows."""
        term = self.env["account.payment.term"].create(
            {
                "name": "In two",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (0, 5)
                ],
            }
        )
        move = self._invoice(
            self.sme, 90, self._day(-20), invoice_payment_term_id=term.id
        )
        self._promise(move, 90)
        link = self.links._for(move)
        self.assertNotIn("announced", self._text(self._open_page(link)))
        url = link._mailed_url("crediteuren@proef.example")
        page = self.url_open(url[url.index("/pay/") :])
        self.assertEqual(self._text(page).count("payment announced for"), 1)

    def test_who_was_mailed_one_invoice_reads_nothing_of_others(self):
        self._promise(self.first | self.second, 1100)
        link = self.links._for(self.first)
        url = link._mailed_url("crediteuren@proef.example")
        page = self.url_open(url[url.index("/pay/") :])
        self.assertNotIn("announced", self._text(page))
