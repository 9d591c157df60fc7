"""Who may see and do what, in which company."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestAccess(DunningCommon):
    def setUp(self):
        super().setUp()
        self.invoice = self._due(self.sme, 1000, "2026-03-01")
        self.standard.step_ids[0].approval = True
        self.notice = self._nightly("2026-03-04").o2c_notice_ids
        self.case = self.notice.case_id
        self.seller = self._user("seller", "sales_team.group_sale_salesman")

    def test_a_seller_neither_reads_cases_nor_approves(self):
        with self.assertRaises(AccessError):
            self.case.with_user(self.seller).read(["amount_due"])
        with self.assertRaises(AccessError):
            self.notice.with_user(self.seller).action_approve()
        with self.assertRaises(AccessError):
            self.case.with_user(self.seller)._pause("2027-01-01", "please")

    def test_a_collector_approves_by_the_button_but_writes_no_state(self):
        notice = self.notice.with_user(self.collector)
        for values in ({"state": "sent"}, {"amount": 1}, {"email_to": "me@x.example"}):
            with self.assertRaises(AccessError):
                notice.write(values)
        with self.assertRaises(AccessError):
            notice.create({"case_id": self.case.id})
        notice.action_approve()
        self.assertEqual(notice.state, "approved")
        self.assertEqual(notice.approved_by_id, self.collector)

    def test_a_whole_run_is_approved_by_a_manager_only(self):
        self.notice.wait_reason = "first_run"
        with self.assertRaises(AccessError):
            self.notice.with_user(self.collector).action_approve()
        self.notice.with_user(self.manager).action_approve()
        self.assertEqual(self.notice.state, "approved")

    def test_a_collector_reads_ladders_and_texts_and_changes_neither(self):
        with self.assertRaises(AccessError):
            self.standard.with_user(self.collector).name = "Mine"
        text = self.env.ref("o2c_dunning.o2c_notice_text_firm_en")
        with self.assertRaises(AccessError):
            text.with_user(self.collector).subject = "Pay!"
        self.standard.with_user(self.manager).name = "Ours"

    def test_another_company_sees_nothing(self):
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        stranger = new_test_user(
            self.env,
            login="o2c_stranger",
            groups="base.group_user,o2c_base.group_collecting_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in (self.case, self.notice, self.notice.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["display_name"])
        self.assertFalse(self.env["o2c.remind.verdict"].with_user(stranger).search([]))

    def test_a_portal_customer_sees_nothing(self):
        portal = new_test_user(
            self.env,
            login="o2c_portal_dunning",
            groups="base.group_portal",
            partner_id=self.sme_contact.id,
        )
        for record in (self.case, self.notice):
            with self.assertRaises(AccessError):
                record.with_user(portal).read(["display_name"])

    def test_invoicing_records_a_dispute_and_reads_the_invoice(self):
        clerk = self._user("clerk", "account.group_account_invoice")
        invoice = self.invoice.with_user(clerk)
        self.env["o2c.dispute"].with_user(clerk).create(
            {"move_id": invoice.id, "cause": "price", "amount": 100}
        )
        self.assertEqual(invoice.o2c_dispute_count, 1)
        self.assertTrue(invoice.o2c_next_reminder)
