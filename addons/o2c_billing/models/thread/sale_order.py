"""The page from quote to cash: invoiced, checked, sent."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_stages(self):
        stages = super()._o2c_stages()
        events = self.env["o2c.billing.event"].sudo()
        events = events.search([("order_id", "=", self.id)])
        invoices = self.sudo().invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state != "cancel"
        )
        return [
            *stages,
            self._o2c_stage_invoiced(events, invoices),
            self._o2c_stage_checked(invoices),
            self._o2c_stage_sent(invoices),
        ]

    def _o2c_stage_invoiced(self, events, invoices):
        name = self.env._("Invoiced")
        stuck = events.filtered(lambda event: event.state == "failed")[:1]
        waiting = events.filtered(lambda event: event.state == "waiting")[:1]
        if stuck or waiting:
            return self._o2c_stage_event(name, stuck or waiting)
        values = {"action": self._o2c_invoice_action(invoices)}
        if self.invoice_status == "to invoice":
            values["waits_for"] = self.env._("Something can be invoiced by hand.")
            return self._o2c_stage("invoiced", name, "current", **values)
        if not invoices:
            return self._o2c_stage("invoiced", name, "waiting", **values)
        values["date"] = invoices.sorted("id")[-1].invoice_date
        return self._o2c_stage("invoiced", name, "done", **values)

    def _o2c_stage_event(self, name, event):
        """The stage while something of the order waits in the billing queue."""
        waits_for = event.reason
        if event.state == "waiting":
            waits_for = (
                self.env._("The next run of the billing queue.")
                if self.company_id._o2c_mode("billing") == "live"
                else self.env._("Billing only watches: invoice it yourself.")
            )
        return self._o2c_stage(
            "invoiced",
            name,
            "blocked" if event.state == "failed" else "current",
            date=event.date,
            owner=event.user_id.name,
            waits_for=waits_for,
            action=self.env["o2c.today"]._open_record(event),
        )

    def _o2c_stage_checked(self, invoices):
        name = self.env._("Checked")
        waits = invoices.filtered(
            lambda move: move.state == "draft"
            and move.o2c_check_state in ("to_check", "returned")
        )[:1]
        if waits:
            return self._o2c_stage(
                "checked",
                name,
                "blocked",
                date=waits.o2c_check_since and waits.o2c_check_since.date(),
                waits_for=waits.o2c_check_note or waits.o2c_check_words,
                action=self._o2c_invoice_action(waits),
            )
        if not invoices:
            return self._o2c_stage("checked", name, "waiting")
        approved = invoices.filtered("o2c_approved_at").sorted("o2c_approved_at")[-1:]
        if approved:
            return self._o2c_stage(
                "checked",
                name,
                "done",
                date=approved.o2c_approved_at.date(),
                owner=approved.o2c_approved_by_id.name,
            )
        return self._o2c_stage("checked", name, "skipped")

    def _o2c_stage_sent(self, invoices):
        name = self.env._("Sent")
        posted = invoices.filtered(lambda move: move.state == "posted")
        stuck = posted.filtered(lambda m: m.o2c_send_state in ("blocked", "failed"))[:1]
        if stuck:
            return self._o2c_stage(
                "sent",
                name,
                "blocked",
                owner=stuck.o2c_send_user_id.name,
                deadline=stuck.o2c_send_next_try and stuck.o2c_send_next_try.date(),
                waits_for=stuck.o2c_send_reason,
                action=self._o2c_invoice_action(stuck),
            )
        if not posted:
            return self._o2c_stage("sent", name, "waiting")
        left = posted.filtered(lambda m: m.is_move_sent or m.o2c_send_state == "sent")
        if left == posted:
            last = left.filtered("o2c_sent_at").sorted("o2c_sent_at")[-1:]
            return self._o2c_stage(
                "sent",
                name,
                "done",
                date=last.o2c_sent_at.date() if last else posted[-1].invoice_date,
                action=self._o2c_invoice_action(posted[-1:]),
            )
        open_one = (posted - left)[:1]
        return self._o2c_stage(
            "sent",
            name,
            "current",
            owner=open_one.invoice_user_id.name,
            waits_for=self.env._("The next run of the send queue.")
            if open_one.o2c_send_state == "waiting"
            else self.env._("Send it with Send & Print."),
            action=self._o2c_invoice_action(open_one),
        )

    def _o2c_invoice_action(self, invoices):
        """Open the last of these invoices, for those who may read it."""
        if not invoices or not self.env["account.move"].has_access("read"):
            return False
        return self.env["o2c.today"]._open_record(invoices.sorted("id")[-1])
