"""The pay page tells what is open and not in its amount; its rows tell what waits."""

from odoo.tests import tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
class TestLeftOut(DeskCommon):
    def setUp(self):
        super().setUp()
        self._login()
        self.link = self.links._for(self.sme)

    def _dispute(self, move, amount):
        return self.disputes.create(
            {"move_id": move.id, "amount": amount, "cause": "price"}
        )

    # what is not in the amount

    def test_each_reason_is_told_once_with_its_sum(self):
        third = self._due(self.sme, 50, self._day(-3))
        self._dispute(self.first, 100)
        self._dispute(third, 50)
        paid = self._due(self.sme, 70, self._day(-3))
        self._reported(self._start(self.links._for(paid)), "pending")
        text = self._text(self._open_page(self.link))
        self.assertIn(
            "Not in this amount: in dispute €150.00 payment under way €70.00", text
        )
        self.assertIn("€1,000.00", text)
        page = self.link._page()
        left = sum(page["left_out"].values())
        self.assertEqual(page["owed"], page["amount"] + left)

    def test_where_all_is_asked_nothing_is_left_out(self):
        text = self._text(self._open_page(self.link))
        self.assertIn("€1,100.00", text)
        self.assertNotIn("Not in this amount", text)

    def test_what_is_not_due_is_told_where_the_account_leads(self):
        self._due(self.sme, 80, self._day(12))
        self._due(self.sme, 30, self._day(0))
        overview = self.env["o2c.account.overview"].with_user(self.user)
        (account,) = overview._accounts(self.user.partner_id)
        text = self._text(self.url_open(overview._pay(account)["path"]))
        self.assertIn("Not in this amount: not due yet €80.00", text)

    def test_what_he_unticked_himself_is_his_own_choice(self):
        text = self._text(self._open_page(self.link, f"?item={self.first.id}.1"))
        self.assertIn("of €1,100.00 that is open", text)
        self.assertNotIn("Not in this amount", text)
        text = self._text(self._open_page(self.link, "?chosen=1"))
        self.assertNotIn("Not in this amount", text)

    def test_what_is_in_a_plan_is_told_but_for_its_instalment(self):
        plan = self.plans._propose(
            self.first,
            count=4,
            start_date=self._day(20),
            source="portal",
            grace_days=60,
        )
        plan._begin(self.today)
        plan._refresh(self.today)
        text = self._text(self._open_page(self.link))
        self.assertIn("Not in this amount: in a payment plan €600.00", text)
        text = self._text(self._open_page(self.links._for(self.first)))
        self.assertIn("Not in this amount: in a payment plan €450.00", text)
        text = self._text(self.url_open(self.links._plan_path(plan)))
        self.assertNotIn("Not in this amount", text)

    def test_a_part_in_dispute_stands_on_its_row_and_in_the_sum(self):
        self._dispute(self.first, 100)
        rows = self._pay_rows(self._open_page(self.link))
        self.assertIn("€100.00 of it is in dispute", rows[self.first.name])
        self.assertNotIn("dispute", rows[self.second.name])
        # alone it is said once
        text = self._text(self._open_page(self.links._for(self.first)))
        self.assertIn("Not in this amount: in dispute €100.00", text)
        self.assertNotIn("of it is in dispute", text)
