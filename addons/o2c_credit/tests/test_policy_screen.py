"""The matrix in a browser, by keyboard, as a credit manager."""

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestPolicyScreen(HttpCase):
    browser_size = "1366x768"

    def test_a_cell_becomes_an_own_one_and_follows_again(self):
        policies = self.env["o2c.credit.policy"]
        policies.search(
            ["|", ("segment_id", "!=", False), ("company_id", "!=", False)]
        ).unlink()
        self.env.ref("o2c_credit.o2c_credit_policy_d").down_payment = 25
        admin = self.env.ref("base.user_admin")
        admin.group_ids += self.env.ref("o2c_base.group_credit_manager")
        before = policies.search_count([])
        self.start_tour(
            "/odoo/action-o2c_credit.o2c_credit_policy_matrix_action",
            "o2c_credit_policy_matrix",
            login="admin",
        )
        self.assertEqual(policies.search_count([]), before)
