"""The page on which reports are asked for: price first, nothing while one waits."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .provider import ProviderCommon


@tagged("post_install", "-at_install")
class TestAskForReports(ProviderCommon):
    def _page(self, partners, user=None, **values):
        pages = self.env["o2c.report.fetch"].with_user(user or self.controller)
        action = pages._open(partners.with_env(pages.env))
        page = pages.browse(action["res_id"])
        page.write({"source_id": self.kvk.id, **values})
        return page

    def test_the_cost_is_shown_before_and_nothing_is_called_while_one_waits(self):
        page = self._page(self.sme | self.corporate | self.consumer)
        self.assertEqual((page.calls, page.cost), (2, 0.04))
        self.assertIn("0.04", page.plan)
        self.assertIn("KVK", page.leaves_text)
        self.assertIn(self.consumer.name, page.skipped)
        page.action_ask()
        self.assertFalse(self.server.asked)
        waiting = self.requests.search([("state", "=", "waiting")])
        self.assertEqual(waiting.user_id, self.controller)
        self._work()
        self.assertEqual(set(waiting.mapped("state")), {"done"})

    def test_who_has_a_recent_report_is_only_asked_for_again_on_purpose(self):
        self._asked()
        self._work()
        page = self._page(self.sme)
        self.assertEqual((page.calls, page.fresh_count), (0, 1))
        with self.assertRaises(UserError):
            page.action_ask()
        page.again = True
        self.assertEqual(page.calls, 1)

    def test_what_is_over_the_budget_is_refused(self):
        self.kvk.budget = 0.03
        page = self._page(self.sme | self.corporate)
        self.assertTrue(page.over_budget)
        with self.assertRaises(UserError):
            page.action_ask()

    def test_what_waits_is_taken_off_the_budget(self):
        self.kvk.budget = 0.03
        self._asked(self.corporate)
        page = self._page(self.sme)
        self.assertAlmostEqual(page.budget_left, 0.01)
        self.assertTrue(page.over_budget)

    def test_a_seller_asks_for_nothing(self):
        with self.assertRaises(AccessError):
            self._page(self.sme, self.seller)
        page = self._page(self.sme)
        with self.assertRaises(AccessError):
            page.with_user(self.seller).action_ask()
        with self.assertRaises(AccessError):
            self.requests.with_user(self.controller).create(
                {"source_id": self.kvk.id, "partner_id": self.sme.id}
            )

    def test_without_a_provider_that_is_on_one_is_told_where_to_go(self):
        (self.kvk | self.cir).state = "off"
        with self.assertRaises(UserError):
            self._page(self.sme)
