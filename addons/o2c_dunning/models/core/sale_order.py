"""The last two stages of an order: reminded, if it came to that, and paid."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_stages(self):
        stages = super()._o2c_stages()
        invoices = self.sudo().invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        unpaid = invoices.filtered(
            lambda move: move.payment_state in ("not_paid", "partial", "blocked")
        )
        return stages + [
            self._o2c_stage_reminded(invoices, unpaid),
            self._o2c_stage_paid(invoices, unpaid),
        ]

    def _o2c_stage_reminded(self, invoices, unpaid):
        """Whether a reminder was needed, and what comes next."""
        name = self.env._("Reminded")
        last = self._o2c_last_notice(invoices)
        today = self.company_id._o2c_today()
        late = unpaid.filtered(
            lambda move: move.invoice_date_due and move.invoice_date_due < today
        )
        values = {
            "date": last.sent_on,
            "owner": last.case_id.user_id.name,
            "action": self._o2c_stage_case(last.case_id),
        }
        dispute = unpaid.o2c_dispute_ids.filtered(lambda one: one.state == "open")[:1]
        if dispute:
            values |= {
                "owner": dispute.user_id.name,
                "deadline": dispute.deadline,
                "waits_for": self.env._("The answer to the customer's dispute."),
            }
            return self._o2c_stage("reminded", name, "blocked", **values)
        if late:
            values["waits_for"] = late[:1].o2c_next_reminder or False
            return self._o2c_stage("reminded", name, "current", **values)
        if last:
            return self._o2c_stage("reminded", name, "done", **values)
        state = "skipped" if invoices and not unpaid else "waiting"
        return self._o2c_stage("reminded", name, state)

    def _o2c_last_notice(self, invoices):
        """The last reminder of these invoices that was sent."""
        lines = invoices.o2c_notice_line_ids.filtered(
            lambda line: line.kind == "remind" and line.notice_id.state == "sent"
        )
        return lines.notice_id.sorted(lambda notice: (notice.sent_at, notice.id))[-1:]

    def _o2c_stage_case(self, case):
        """Opens the case, for those who may read it."""
        if not case or not self.env["o2c.dunning.case"].has_access("read"):
            return False
        return self.env["o2c.today"]._open_record(case)

    def _o2c_stage_paid(self, invoices, unpaid):
        """Whether the money is in, and until when it may come."""
        name = self.env._("Paid")
        if not invoices:
            return self._o2c_stage("paid", name, "waiting")
        if unpaid:
            due = min(filter(None, unpaid.mapped("invoice_date_due")), default=False)
            left = sum(unpaid.mapped("amount_residual"))
            return self._o2c_stage(
                "paid",
                name,
                "current",
                deadline=due,
                owner=self.partner_invoice_id.name,
                waits_for=self.env._(
                    "%s from the customer.",
                    self.env["o2c.today"]._money(left, unpaid.currency_id[:1]),
                ),
                action=self.env["o2c.today"]._open_record(unpaid[:1]),
            )
        payments = invoices._get_reconciled_payments()
        paid_on = max(payments.mapped("date"), default=False)
        return self._o2c_stage("paid", name, "done", date=paid_on)
