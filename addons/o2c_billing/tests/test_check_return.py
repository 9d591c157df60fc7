"""A draft goes back to the right person, and comes back when it has changed."""

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckReturn(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._rule("amount", (cls.approver, None), amount=100)
        cls.seller = cls._user("seller", "sales_team.group_sale_salesman_all_leads")

    def _return(self, moves, cause="line", user=None, by=None, note="Wrong"):
        wizard = (
            self.env["o2c.draft.return"]
            .with_user(by or self.approver)
            .with_context(active_ids=moves.ids)
            .create(
                {
                    "cause": cause,
                    "note": note,
                    **({"user_id": user.id} if user else {}),
                }
            )
        )
        wizard.action_return()
        return wizard

    def _asked(self, move):
        return move.activity_ids.filtered(
            lambda one: one.activity_type_id
            == self.env.ref("o2c_billing.o2c_return_activity_type")
        ).user_id

    def _by_seller(self):
        order = (
            self.env["sale.order"]
            .with_user(self.seller)
            .create(
                {
                    "partner_id": self.sme.id,
                    "order_line": [
                        Command.create(
                            {"product_id": self.hour.id, "product_uom_qty": 5}
                        )
                    ],
                }
            )
        )
        order.action_confirm()
        order.sudo().order_line.qty_delivered = 5
        self._run_queue()
        return order.sudo().with_user(self.env.user).invoice_ids

    def test_the_maker_of_the_order_line_mends_what_was_ordered(self):
        invoice = self._by_seller()
        self._return(invoice, "line")
        self.assertEqual(invoice.o2c_mender_id, self.seller)
        self.assertEqual(self._asked(invoice), self.seller)
        self.assertEqual(invoice.o2c_event_ids.user_id, self.seller)
        self.assertEqual(
            (invoice.o2c_check_state, invoice.o2c_return_count), ("returned", 1)
        )
        self.assertEqual(invoice.o2c_check_desk, self.seller.name, "on the board")

    def test_who_may_not_change_customers_has_it_done_and_gets_the_draft_back(self):
        keeper = self._user(
            "keeper", "o2c_base.group_billing_user,base.group_partner_manager"
        )
        self.company.sudo().o2c_responsible_id = keeper
        invoice = self._by_seller()
        self.assertFalse(self.approver.has_group("base.group_partner_manager"))
        self._return(invoice, "customer", note="The street is another one")
        self.assertEqual(invoice.o2c_mender_id, keeper, "the first who may")
        task = self.env["o2c.contact.task"].search(
            [("partner_id", "=", self.sme.id), ("state", "=", "open")]
        )
        self.assertEqual(
            (task.user_id, task.note), (keeper, "The street is another one")
        )
        self.sme.with_user(keeper).street = "Nieuwe Kade 5"
        self.assertEqual(invoice.o2c_check_state, "returned")
        task.with_user(keeper).action_done()
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self.assertFalse(self._asked(invoice))
        self.assertIn(
            invoice,
            self.env["account.move"].search([("o2c_check_state", "=", "to_check")]),
        )

    def test_one_button_stands_out_on_a_returned_draft(self):
        """An approver approves; who mends hands it in again."""
        names = ("action_o2c_approve", "action_o2c_ask_approval")
        for user, primary in (
            (self.approver, ["action_o2c_approve"]),
            (self.billing, ["action_o2c_ask_approval"]),
        ):
            view = (
                self.env["account.move"]
                .with_user(user)
                .get_view(self.env.ref("account.view_move_form").id, "form")
            )
            header = etree.fromstring(view["arch"]).find(".//header")
            found = [
                button.get("name")
                for button in header.iter("button")
                if button.get("name") in names
                and "btn-primary" in button.get("class", "")
                and "returned" in button.get("invisible", "")
            ]
            self.assertEqual(found, primary, user.login)

    def test_who_made_the_agreement_mends_the_price(self):
        owner = self._user("owner", "o2c_base.group_billing_approver")
        agreement = self._agreement(
            {"product_id": self.hour.id, "fixed_price": 50.0}, partner_id=self.sme.id
        )
        if "user_id" in agreement:
            agreement.user_id = owner
        else:
            self.env.cr.execute(
                "UPDATE o2c_price_agreement SET create_uid = %s WHERE id = %s",
                [owner.id, agreement.id],
            )
            agreement.invalidate_recordset()
        invoice = self._by_seller()
        self.assertEqual(invoice.invoice_line_ids.price_unit, 50.0)
        self._return(invoice, "price")
        self.assertEqual(invoice.o2c_mender_id, owner)

    def test_without_anybody_the_responsible_is_asked(self):
        self.company.o2c_responsible_id = self.chief
        draft = self._draft(500, invoice_user_id=False)
        draft.action_o2c_ask_approval()
        self._return(draft, "other")
        self.assertEqual(draft.o2c_mender_id, self.chief)

    def test_changed_it_comes_back_to_the_approver_by_itself(self):
        invoice = self._by_seller()
        since = invoice.o2c_check_since
        self._return(invoice, user=self.billing)
        with self.assertRaises(UserError):
            invoice.with_user(self.billing).action_post()
        invoice.with_user(self.billing).narration = "no change of the content"
        self.assertEqual(invoice.o2c_check_state, "returned")
        invoice.with_user(self.billing).write(
            {
                "invoice_line_ids": [
                    Command.update(invoice.invoice_line_ids.id, {"quantity": 4})
                ]
            }
        )
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self.assertEqual(invoice.o2c_approver_id, self.approver)
        self.assertFalse(self._asked(invoice), "the mender is done")
        self.assertEqual(invoice.o2c_asked_by_id, self.billing)
        self.assertGreaterEqual(invoice.o2c_check_since, since)
        self.assertEqual(invoice.o2c_event_ids.state, "to_approve")
        invoice.with_user(self.approver).action_o2c_approve()
        self.assertEqual(invoice.state, "posted")

    def test_a_line_changed_by_itself_brings_it_back_too(self):
        invoice = self._by_seller()
        line = invoice.invoice_line_ids.with_user(self.billing)
        self._return(invoice, user=self.billing)
        line.discount = 10
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self._return(invoice, user=self.billing)
        self.assertEqual(invoice.o2c_return_count, 2)
        line.copy({"move_id": invoice.id})
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self._return(invoice, user=self.billing)
        invoice.invoice_line_ids[-1].with_user(self.billing).unlink()
        self.assertEqual(invoice.o2c_check_state, "to_check")

    def test_below_the_bound_it_still_comes_back(self):
        invoice = self._by_seller()
        self._return(invoice, user=self.billing)
        invoice.with_user(self.billing).invoice_line_ids.quantity = 1
        self.assertEqual(invoice.o2c_check_state, "to_check")
        with self.assertRaises(UserError):
            invoice.with_user(self.billing).action_post()

    def test_who_mends_can_ask_again_without_a_change(self):
        invoice = self._by_seller()
        self._return(invoice, user=self.billing)
        invoice.with_user(self.billing).action_o2c_ask_approval()
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self.assertFalse(self._asked(invoice))

    def test_the_mender_does_not_approve_his_own_work(self):
        invoice = self._by_seller()
        self._return(invoice, user=self.chief)
        invoice.with_user(self.chief).invoice_line_ids.quantity = 4
        with self.assertRaisesRegex(UserError, "Four eyes"):
            invoice.with_user(self.chief).action_o2c_approve()

    def test_several_go_back_at_once_each_with_its_own_activity(self):
        drafts = self._draft(500) | self._draft(600)
        drafts.action_o2c_ask_approval()
        self._return(drafts, user=self.billing)
        self.assertEqual(set(drafts.mapped("o2c_check_state")), {"returned"})
        self.assertEqual([len(self._asked(one)) for one in drafts], [1, 1])

    def test_only_an_approver_returns_and_only_what_waits(self):
        draft = self._draft(500)
        with self.assertRaises(UserError):
            self._return(draft, user=self.billing)
        draft.action_o2c_ask_approval()
        with self.assertRaises(AccessError):
            self._return(draft, user=self.billing, by=self.billing)
