"""What a payment on a link led to: the order goes on, or nobody finished it."""

from odoo import api, fields, models

from ..policy import payment_window

#: Payments that are looked at in one go.
BATCH = 200


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    o2c_abandoned_at = fields.Datetime(
        string="Abandoned",
        readonly=True,
        copy=False,
        help="When it was clear that the customer did not finish this payment.",
    )

    def _o2c_is_by_hand(self):
        """Whether the customer said that he transfers the money himself."""
        return self.provider_code in ("none", "custom")

    def _update_state(self, allowed_states, target_state, state_message):
        """Extends payment: who turned back at the bank is told apart from who paid."""
        changed = super()._update_state(allowed_states, target_state, state_message)
        if target_state in ("cancel", "error"):
            changed._o2c_abandon()
        return changed

    def _post_process(self):
        """Extends sale: an order that waited for this money is looked at again.

        Core compares with what was asked at first; money that came by bank meanwhile
        counts only in the judgement of the order.
        """
        result = super()._post_process()
        for tx in self.filtered(lambda tx: tx.state == "done" and tx.o2c_link_id):
            order = tx.sale_order_ids.filtered(lambda one: one.state != "sale")
            for hold in order.o2c_hold_id:
                hold.order_id._o2c_recheck(hold)
        return result

    def _o2c_abandon(self):
        """Note once per payment on a link that it was not finished."""
        ended = self.filtered(lambda tx: tx.o2c_link_id and not tx.o2c_abandoned_at)
        ended.o2c_abandoned_at = fields.Datetime.now()
        for tx in ended:
            link = tx.o2c_link_id
            self.env["o2c.delivery.log"]._log(
                link._logged_document(),
                "link",
                "abandoned",
                partner=link.partner_id,
                detail=tx.reference,
            )

    @api.model
    def _cron_o2c_abandoned(self):
        """Payments that were started and of which nothing was heard any more.

        A bank that reports later still books: only the log says what was seen.
        """
        lapsed = fields.Datetime.subtract(
            fields.Datetime.now(), minutes=payment_window.STARTED_MINUTES
        )
        domain = [
            ("state", "=", "draft"),
            ("o2c_link_id", "!=", False),
            ("o2c_abandoned_at", "=", False),
            ("create_date", "<", lapsed),
        ]
        cron = self.env["ir.cron"]
        left = self.search_count(domain)
        while left:
            found = self.search(domain, limit=BATCH).try_lock_for_update()
            if not found:
                break
            found._o2c_abandon()
            left -= len(found)
            if not cron._commit_progress(len(found), remaining=left):
                break
