"""The invoice: the events it settles follow it."""

from odoo import api, fields, models

from .o2c_billing_event import DUE_STATES


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_event_ids = fields.One2many(
        "o2c.billing.event", "move_id", string="Billing Events"
    )

    def _o2c_notes(self):
        """These documents as we write down what became of them: nothing of it is in a
        journal item or a change by hand, so core need not look for that."""
        return self.sudo().with_context(
            skip_invoice_sync=True,
            check_move_validity=False,
            skip_is_manually_modified=True,
        )

    def _o2c_take_events(self):
        """An invoice made outside the queue settles the events it covers, oldest first.

        So nothing that a person invoiced is invoiced again, not even after he
        credited it.
        """
        lines = self.invoice_line_ids.filtered("sale_line_ids")
        if not lines:
            return
        waiting = (
            self.env["o2c.billing.event"]
            .sudo()
            .search(
                [
                    ("order_line_id", "in", lines.sale_line_ids.ids),
                    ("state", "in", DUE_STATES),
                ]
            )
            .grouped("order_line_id")
        )
        for line in lines if waiting else ():
            for order_line in line.sale_line_ids:
                if order_line in waiting:
                    waiting.pop(order_line)._taken_by(line)

    def _o2c_mark_events(self, state, **values):
        """Move the events of these invoices to a state."""
        events = self.env["o2c.billing.event"].sudo()
        if self.ids:
            events = events.search(
                [("move_id", "in", self.ids), ("state", "!=", "skipped")]
            )
        events._silent().write({"state": state, **values})
        return events

    def _post(self, soft=True):
        posted = super()._post(soft)
        sales = posted.filtered(lambda move: move.is_sale_document())
        sales._o2c_mark_events(
            "posted", posted_at=fields.Datetime.now(), reason=False, next_try=False
        )
        return posted

    def button_draft(self):
        result = super().button_draft()
        self.filtered(lambda move: move.state == "draft")._o2c_mark_events(
            "drafted", posted_at=False, sent_at=False
        )
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._o2c_mark_events(
            "failed",
            next_try=False,
            reason=self.env._(
                "The invoice was cancelled by %(user)s. Try again to invoice it anew, "
                "or set it aside.",
                user=self.env.user.name,
            ),
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_o2c_events(self):
        self._o2c_mark_events(
            "failed",
            next_try=False,
            reason=self.env._(
                "The draft was deleted by %(user)s. Try again to invoice it anew, or "
                "set it aside.",
                user=self.env.user.name,
            ),
        )
