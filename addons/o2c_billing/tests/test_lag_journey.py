"""Where the moments of the lag come from: a sale as it really goes."""

from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .test_lag_figures import LagCommon


@tagged("post_install", "-at_install")
class TestLagJourney(LagCommon):
    def _rows(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["o2c.invoicing.stage"].search(domain, order="id")

    def _tell(self, record, subtype, moment):
        """What core's chatter says at a moment."""
        message = record.message_post(
            body="x", subtype_id=self.env.ref(subtype).id, message_type="notification"
        )
        message.date = moment
        self.env.flush_all()

    def _sold(self, signed=None):
        order = self._order(self.sme, [(self.hour, 5, 60.0)])
        self._tell(order, "sale.mt_order_sent", "2026-03-01 09:00:00")
        self._tell(order, "sale.mt_order_sent", "2026-03-03 09:00:00")
        order.action_confirm()
        messages = order.message_ids.filtered(
            lambda one: one.subtype_id == self.env.ref("sale.mt_order_confirmed")
        )
        messages.unlink()
        self._tell(order, "sale.mt_order_confirmed", "2026-03-05 09:00:00")
        if signed:
            order.signed_on = signed
        return order

    def test_a_quotation_was_sent_the_first_time_it_was_sent(self):
        order = self._sold()
        event = self._event(300, order_id=order.id, delivered_at=_at("2026-03-09"))
        row = self._lag(event)
        self.assertEqual(str(row.quoted_at), "2026-03-01 09:00:00")
        self.assertEqual(str(row.agreed_at), "2026-03-05 09:00:00")
        self.assertEqual((row.days_quote, row.days_delivery), (4.0, 4.0))

    def test_a_signature_comes_before_the_confirmation(self):
        order = self._sold(signed="2026-03-04 09:00:00")
        event = self._event(300, order_id=order.id, delivered_at=_at("2026-03-09"))
        self.assertEqual(self._lag(event).days_quote, 3.0)

    def test_a_quotation_that_was_never_sent_has_no_such_stage(self):
        order = self._service()
        event = self._event(300, order_id=order.id, delivered_at=_at("2099-03-09"))
        stages = self._stages(event)
        self.assertNotIn("quote", stages)
        self.assertIn("delivery", stages)

    def test_quotations_and_undelivered_orders_are_on_the_list_of_what_is_stuck(self):
        quote = self._order(self.sme, [(self.hour, 10, 60.0)])
        quote.action_quotation_sent()
        self.env.flush_all()
        self._tell(quote, "sale.mt_order_sent", "2026-03-01 09:00:00")
        row = self._rows(order_id=quote.id)
        self.assertEqual((row.stage, row.open, row.amount), ("quote", True, 600.0))
        self.assertIn("signs", row.waits_for)
        quote.action_confirm()
        quote.order_line.qty_delivered = 4
        self.env.flush_all()
        row = self._rows(order_id=quote.id, open=True, stage="delivery")
        self.assertEqual(row.amount, 360.0)
        self.assertIn("validated", row.waits_for)

    def test_a_quotation_that_expired_is_not_waited_for(self):
        quote = self._order(self.sme, [(self.hour, 1, 60.0)])
        quote.action_quotation_sent()
        self._tell(quote, "sale.mt_order_sent", "2026-03-01 09:00:00")
        quote.validity_date = "2026-03-15"
        self.assertFalse(self._rows(order_id=quote.id))

    def test_the_cause_of_an_approval_is_the_check_or_the_return(self):
        self.env["o2c.draft.check.rule"].create({"kind": "amount", "amount": 100})
        approver = self._user("approver", "o2c_base.group_billing_approver")
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        invoice = order.invoice_ids
        row = self._rows(move_id=invoice.id, stage="approve")
        self.assertEqual((row.cause, row.open), ("check", True))
        self.assertIn("Amount above", row.waits_for)
        invoice.with_user(approver)._o2c_return(approver, "other", "Half is missing")
        self.env.invalidate_all()
        row = self._rows(move_id=invoice.id, stage="approve")
        self.assertEqual((row.cause, row.owner_id), ("returned", approver))
        self.assertIn("Half is missing", row.waits_for)
        invoice.action_o2c_ask_approval()
        invoice.with_user(approver).action_o2c_approve()
        self.env.invalidate_all()
        row = self._rows(move_id=invoice.id, stage="approve")
        self.assertEqual((row.cause, row.open), ("returned", False))
        self.assertEqual(row.owner_id, approver)

    def test_the_cause_of_a_sending_is_missing_data_or_the_mail(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        invoice = order.invoice_ids
        self.assertEqual(invoice.state, "posted")
        row = self._rows(move_id=invoice.id, stage="send")
        self.assertEqual((row.cause, row.open), ("queue", True))
        invoice.sudo().write(
            {"o2c_send_state": "blocked", "o2c_send_reason": "No address"}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        row = self._rows(move_id=invoice.id, stage="send")
        self.assertEqual((row.cause, row.waits_for), ("missing", "No address"))
        invoice.sudo().write({"o2c_send_state": "failed", "o2c_send_attempts": 1})
        self.env.invalidate_all()
        self.assertEqual(self._rows(move_id=invoice.id, stage="send").cause, "mail")

    def test_what_was_sent_without_a_moment_is_neither_stuck_nor_counted(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        order.invoice_ids.is_move_sent = True
        self.env.flush_all()
        self.assertFalse(self._rows(move_id=order.invoice_ids.id, stage="send"))
        self.assertFalse(self._lag(order.invoice_ids.o2c_event_ids))

    def test_an_invoice_made_by_hand_counts_from_its_delivery_date(self):
        with freeze_time("2026-03-05 10:00:00"):
            invoice = self._invoice(self.sme, 400, "2026-03-05", post=False)
        self.env.cr.execute(
            "UPDATE account_move SET create_date = '2026-03-05 09:00', "
            "delivery_date = '2026-03-02' WHERE id = %s",
            [invoice.id],
        )
        invoice.invalidate_recordset()
        invoice.action_post()
        posted = invoice.message_ids.filtered(
            lambda one: one.subtype_id == self.env.ref("account.mt_invoice_validated")
        )
        self.env.flush_all()
        posted.unlink()
        self._tell(invoice, "account.mt_invoice_validated", "2026-03-06 09:00:00")
        row = self.env["o2c.invoicing.lag"].search([("move_id", "=", invoice.id)])
        # midnight in the Netherlands is 23:00 UTC the day before
        self.assertEqual(str(row.delivered_at), "2026-03-01 23:00:00")
        self.assertAlmostEqual(row.days_draft, 3 + 10 / 24, 6)
        self.assertEqual(row.days_approve, 1.0)
        self.assertEqual((row.source, row.cause), ("invoice", "by_hand"))
        sending = self._rows(move_id=invoice.id, stage="send")
        self.assertEqual((sending.open, sending.cause), (True, "by_hand"))

    def test_what_lies_before_the_start_date_stays_out(self):
        self._switch("live", "billing", start_date="2099-01-01")
        invoice = self._invoice(self.sme, 400, "2026-03-05")
        lag = self.env["o2c.invoicing.lag"].search([("move_id", "=", invoice.id)])
        self.assertFalse(lag)

    def test_every_row_has_a_name_of_its_own(self):
        self._event(100, send=1)
        self._invoice(self.sme, 400, "2026-03-05")
        self._sold()
        for model in ("o2c.invoicing.lag", "o2c.invoicing.stage"):
            rows = self.env[model].search([])
            self.assertEqual(len(rows), len(set(rows.ids)))
            rows.read()

    def test_a_row_opens_the_document(self):
        event = self._event(100, draft=None)
        action = self._stages(event)["draft"].action_open_document()
        self.assertEqual(action["res_model"], "o2c.billing.event")

    def test_who_may_look(self):
        event = self._event(100, send=1)
        billing = self._user("billing", "o2c_base.group_billing_user")
        auditor = self._user("auditor", "account.group_account_readonly")
        seller = self._user("seller", "sales_team.group_sale_salesman")
        portal = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        for model in ("o2c.invoicing.lag", "o2c.invoicing.stage"):
            for user in (billing, auditor):
                rows = self.env[model].with_user(user).search([])
                self.assertIn(event.id, rows.mapped("event_id").ids)
            for user in (seller, portal):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
        self.env["o2c.invoicing.lag"].with_user(auditor).get_board()
        with self.assertRaises(AccessError):
            self.env["o2c.invoicing.lag"].with_user(seller).get_board()

    def test_another_company_stays_out_of_sight(self):
        event = self._event(100, send=1)
        other = self._create_company(name="Other")
        user = new_test_user(
            self.env,
            "o2c_elsewhere",
            groups="base.group_user,o2c_base.group_billing_user",
            company_id=other.id,
            company_ids=other.ids,
        )
        rows = self.env["o2c.invoicing.lag"].with_user(user).search([])
        self.assertNotIn(event.id, rows.mapped("event_id").ids)
        self.assertFalse(self.env["o2c.invoicing.stage"].with_user(user).search([]))


def _at(day):
    return datetime.fromisoformat(f"{day} 09:00:00")
