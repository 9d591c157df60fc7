"""Who takes orders in, who looks, and what happens while billing watches."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install")
class TestIntakeAccess(IntakeCommon):
    def test_who_may_not_sell_imports_nothing(self):
        user = self._user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["o2c.order.import"].with_user(user).create({"file": b"eA=="})

    def test_a_seller_takes_in_and_mends_but_does_not_rewrite(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        content = self._csv("W1;K100;BALK-44;1;;;", "W2;x;BALK-44;1;;;")
        page = self.env["o2c.order.import"].with_user(seller)
        action = self._page(content).with_user(seller).action_import()
        intake = page.env["o2c.order.intake"].browse(action["res_id"])
        self.assertEqual(intake.made_count, 1)
        with self.assertRaises(AccessError):
            intake.state = "done"
        with self.assertRaises(AccessError):
            intake.problem_ids.code = "x"
        with self.assertRaises(AccessError):
            intake.order_ids.state = "made"
        # as the form writes it
        answer = Command.update(intake.problem_ids.id, {"right_value": "K100"})
        intake.write({"problem_ids": [answer]})
        intake.action_retry()
        self.assertEqual(intake.state, "done")

    def test_a_billing_user_looks_only(self):
        intake = self._take(self._csv("W2;x;BALK-44;1;;;"))
        biller = self._user("biller", "o2c_base.group_billing_user")
        self.assertEqual(intake.with_user(biller).mend_count, 1)
        for action in ("action_retry", "action_drop", "action_make", "action_trust"):
            with self.assertRaises(AccessError):
                getattr(intake.with_user(biller), action)()

    def test_another_company_sees_and_knows_nothing_of_it(self):
        content = self._csv("W1;K100;BALK-44;1;;;")
        intake = self._take(content)
        other = self._create_company(name="Other")
        seller = self._user("seller", "sales_team.group_sale_salesman")
        seller.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.env["o2c.order.intake"].with_user(seller).search([]))
        theirs, known = self.env["o2c.order.intake"]._receive(
            other, "file", "a.csv", content.encode()
        )
        self.assertFalse(known)
        self.assertNotEqual(theirs, intake)

    def test_while_billing_watches_only_what_a_person_brings_is_made(self):
        self._switch("watch", "billing")
        content = self._csv("W1;K100;BALK-44;1;;;")
        intake = self._take(content, channel="api")
        self.assertEqual((intake.state, intake.ready_count), ("ready", 1))
        self.assertFalse(intake.order_ids.order_id)
        intake.action_make()
        self.assertEqual((intake.state, intake.made_count), ("done", 1))
        brought = self._take(self._csv("W2;K100;BALK-44;1;;;"))
        self.assertEqual(brought.state, "done")
