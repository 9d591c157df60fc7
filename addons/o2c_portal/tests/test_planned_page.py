"""Pages of invoices in a payment plan ask what was agreed and call nothing late."""

from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestPlannedPage(DeskCommon):
    def _planned(self, moves, start=20, count=4):
        plan = self.plans._propose(
            moves,
            count=count,
            start_date=self._day(start),
            source="portal",
            grace_days=60,
        )
        plan._begin(self.today)
        plan._refresh(self.today)
        return plan

    def test_the_page_of_an_invoice_asks_the_instalment(self):
        plan = self._planned(self.first)
        link = self.links._for(self.first)
        text = self._text(self._open_page(link))
        self.assertIn("Pay €150.00", text)
        self.assertIn("of €600.00 that is open", text)
        self.assertIn(f"Payment plan {plan.name}: the next instalment is €150.00", text)
        self.assertNotIn("late", text)
        self.assertNotIn("Pay in instalments", text)
        self.assertIn("Something is wrong", text)
        page = link._page()
        self.assertEqual(page["bank"]["reference"], f"{plan.name}-1")
        self.assertTrue(page["bank"]["qr"])
        self.assertTrue(page["choice"].endswith("~150.00"))

    def test_what_was_agreed_is_paid_and_the_next_one_asked(self):
        plan = self._planned(self.first)
        link = self.links._for(self.first)
        page = link._page()
        self._start_over_http(link, choice=page["choice"], amount=150.0)
        transaction = link.transaction_ids
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(self.first.amount_residual, 450)
        self.assertEqual(plan.line_ids.sorted("number")[0].state, "paid")
        self.assertEqual(link._page()["bank"]["reference"], f"{plan.name}-2")

    def test_who_wants_to_pay_all_of_it_may(self):
        self._planned(self.first)
        link = self.links._for(self.first)
        whole = link._page()["whole_query"]
        page = self._open_page(link, whole)
        self.assertIn("Pay €600.00", self._text(page))
        self.assertNotIn("Pay everything", self._text(page))
        self._start_over_http(link, choice=f"{self.first.id}.1", amount=600.0)
        self.assertEqual(link.transaction_ids.amount, 600)

    def test_the_page_of_one_of_several_invoices_shows_itself_only(self):
        """Paper of the smaller invoice: no more than it, nothing of the other."""
        plan = self._planned(self.first + self.second, count=2)
        link = self.links._for(self.second)
        page = self._open_page(link)
        self.assertIn("Pay €500.00", self._text(page))
        self.assertNotIn(self.first.name, page.text)
        self.assertNotIn(self.links._for(plan)._code(), page.text)
        self.assertEqual(
            link._page()["bank"]["reference"], self.second.payment_reference
        )

    def test_all_i_owe_asks_what_is_in_no_plan_and_names_the_plan(self):
        plan = self._planned(self.first)
        self._login()
        link = self.links._for(self.sme)
        page = self._open_page(link)
        text = self._text(page)
        self.assertIn("Pay €500.00", text)
        self.assertIn(f"in payment plan {plan.name}", text)
        self.assertEqual(text.count("days late"), 1)
        self.assertIn(f'href="{self.links._plan_path(plan)}"', page.text)
        self.assertEqual(
            [row["chosen"] for row in link._page()["lines"]], [False, True]
        )
        self._pay(self.second)
        text = self._text(self._open_page(link))
        self.assertIn("Pay €150.00", text)
        self.assertNotIn("late", text)

    def test_a_late_instalment_is_called_late(self):
        self._planned(self.first, start=-5)
        text = self._text(self._open_page(self.links._for(self.first)))
        self.assertIn("€150.00 is late since", text)

    def test_everything_of_the_account_is_everything_beside_a_plan_too(self):
        self._planned(self.first)
        self._login()
        overview = self.env["o2c.account.overview"].with_user(self.user)
        (account,) = overview._accounts(self.user.partner_id)
        pay = overview._pay(account)
        self.assertIn("€1,100.00", self._text(self.url_open(pay["all"])))
        self.assertIn("Pay everything", self._text(self.url_open(ACCOUNT)))

    def test_after_the_plan_ended_the_page_asks_all_of_it_again(self):
        plan = self._planned(self.first)
        link = self.links._for(self.first)
        plan.with_user(self.manager).action_withdraw()
        text = self._text(self._open_page(link))
        self.assertIn("Pay €600.00", text)
        self.assertIn("days late", text)

    def test_a_page_without_a_plan_costs_two_more_questions(self):
        link = self.links._for(self.first)
        link._plans_around(self.first)
        self.env.invalidate_all()
        self.env.flush_all()
        with self.assertQueryCount(2):
            link._plans_around(self.first)
