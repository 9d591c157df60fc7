"""Who sees, prepares, starts and ends contracts."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractAccess(ContractCommon):
    def test_a_seller_sees_and_changes_nothing(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        contract = self._contract().with_user(seller)
        self.assertEqual(contract.mrr, 62.0)
        for act in (
            lambda: contract.write({"title": "x"}),
            lambda: contract.line_ids.write({"name": "x"}),
            contract.action_start,
            contract.action_give_notice,
            lambda: contract.create({"partner_id": self.sme.id}),
        ):
            with self.assertRaises(AccessError):
                act()
        rows = self.env["o2c.contract.revenue"].with_user(seller).search([])
        self.assertIn(contract.id, rows.contract_id.ids)

    def test_a_billing_user_prepares_and_an_approver_starts(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        contract = self._contract(start=False).with_user(user)
        contract.line_ids.price_unit = 70.0
        for act in (
            contract.action_start,
            contract.action_give_notice,
            contract.line_ids.action_change,
            lambda: contract.write({"state": "running"}),
            lambda: self.env["o2c.contract.pause"]
            .with_user(user)
            .create(
                {
                    "contract_id": contract.id,
                    "date_from": "2026-01-01",
                    "date_to": "2026-01-02",
                    "reason": "x",
                }
            ),
        ):
            with self.assertRaises(AccessError):
                act()
        approver = self._user("approver", "o2c_base.group_billing_approver")
        contract.with_user(approver).action_start()
        self.assertEqual(contract.state, "running")

    def test_a_billing_user_keeps_the_head_but_not_how_it_ends(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        contract = self._contract().with_user(user)
        contract.write({"title": "Beheer", "client_ref": "PO 2"})
        for values in ({"renewal": "open"}, {"notice_days": 1}, {"renewal_months": 1}):
            with self.assertRaises(AccessError):
                contract.write(values)

    def test_a_billing_user_adds_no_line_to_what_runs(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        contract = self._contract()
        with self.assertRaises(AccessError):
            self.env["o2c.contract.line"].with_user(user).create(
                {"contract_id": contract.id, "product_id": self.monitor.id}
            )

    def test_states_and_what_was_billed_are_never_written_by_hand(self):
        approver = self._user("approver", "o2c_base.group_billing_approver")
        contract = self._contract()
        self._night("2026-01-01")
        contract = contract.with_user(approver)
        for values in (
            {"state": "draft"},
            {"notice_given": "2026-01-01"},
            {"terms_renewed": 3},
        ):
            with self.assertRaises(AccessError):
                contract.write(values)
        for values in ({"next_due": False}, {"look_from": False}):
            with self.assertRaises(AccessError):
                contract.line_ids.write(values)
        with self.assertRaises(AccessError):
            contract.period_ids.write({"amount": 1})
        with self.assertRaises(AccessError):
            contract.period_ids.unlink()
        with self.assertRaises(AccessError):
            contract.line_ids.version_ids.create(
                {
                    "line_id": contract.line_ids.id,
                    "date_from": "2026-01-01",
                    "quantity": 1,
                    "price_unit": 1,
                }
            )

    def test_started_by_creation_or_by_a_line_of_another_contract(self):
        approver = self._user("approver", "o2c_base.group_billing_approver")
        contracts = self.env["o2c.contract"].with_user(approver)
        with self.assertRaises(AccessError):
            contracts.create(
                {
                    "partner_id": self.sme.id,
                    "state": "running",
                    "date_start": "2026-01-01",
                }
            )
        running = self._contract()
        draft = self._contract(start=False)
        with self.assertRaises(UserError):
            running.line_ids.with_user(approver).write({"contract_id": draft.id})
        with self.assertRaises(UserError):
            draft.line_ids.with_user(
                self._user("billing", "o2c_base.group_billing_user")
            ).write({"contract_id": running.id})

    def test_another_company_stays_out_of_sight(self):
        other = self._create_company(name="Other")
        self._switch("live", "billing", company=other)
        customer = self.env["res.partner"].create({"name": "Elsewhere"})
        contract = (
            self.env["o2c.contract"]
            .with_company(other)
            .create(
                {
                    "partner_id": customer.id,
                    "company_id": other.id,
                    "date_start": "2026-01-01",
                    "line_ids": [
                        (0, 0, {"product_id": self.monitor.id, "price_unit": 10})
                    ],
                }
            )
        )
        contract.action_start()
        self._night("2026-01-01", company=other)
        own = self._contract()
        self.assertEqual(len(contract.period_ids), 1)
        self.assertFalse(own.period_ids, "each company has its own night")
        approver = self._user("approver", "o2c_base.group_billing_approver")
        for record in (
            contract,
            contract.line_ids,
            contract.period_ids,
            self.env["o2c.contract.revenue"].search(
                [("contract_id", "=", contract.id)]
            ),
        ):
            self.assertTrue(record)
            seen = self.env(user=approver)[record._name].browse(record.ids)
            self.assertFalse(seen._filtered_access("read"))

    def test_portal_users_see_no_contracts(self):
        user = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        for model in ("o2c.contract", "o2c.contract.line", "o2c.contract.period"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])
