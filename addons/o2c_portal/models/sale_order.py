"""The last stage of an order: the customer paid."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_stages(self):
        """Extends o2c_credit: paid, online or by bank."""
        return [*super()._o2c_stages(), self._o2c_stage_paid()]

    def _o2c_stage_paid(self):
        """What the customer still has to pay, and whether he is busy with it."""
        name = self.env._("Paid")
        invoices = self.sudo().invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        if not invoices:
            return self._o2c_stage("paid", name, "waiting")
        unpaid = invoices.filtered(
            lambda move: move.payment_state in ("not_paid", "partial", "in_payment")
        )
        online = invoices.transaction_ids.filtered(lambda tx: tx.state == "done")
        if not unpaid:
            days = invoices._get_reconciled_payments().mapped("date")
            return self._o2c_stage(
                "paid",
                self.env._("Paid online") if online else name,
                "done",
                date=max(days) if days else False,
                owner=self.partner_id.commercial_partner_id.name,
            )
        under_way = unpaid.transaction_ids.filtered(
            lambda tx: tx.state in ("pending", "authorized")
            and tx.provider_code != "custom"
        )
        return self._o2c_stage(
            "paid",
            name,
            "current",
            owner=self.partner_id.commercial_partner_id.name,
            deadline=min(unpaid.mapped("invoice_date_due")),
            waits_for=self.env._("A payment that is under way at the bank.")
            if under_way
            else self._o2c_pay_link_text(unpaid),
            action=self._o2c_pay_link_action(unpaid),
        )

    def _o2c_pay_link_text(self, invoices):
        """Whether the customer has looked at what he has to pay."""
        links = self._o2c_pay_links(invoices)
        if not links:
            return self.env._("The customer's payment.")
        if not any(links.mapped("opened_at")):
            return self.env._(
                "The customer's payment; the pay link was not opened yet."
            )
        return self.env._("The customer's payment; the pay link was opened.")

    def _o2c_pay_links(self, invoices):
        """Live links of these invoices, in sudo."""
        return (
            self.env["o2c.payment.link"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "in", invoices.ids),
                    ("state", "=", "live"),
                ]
            )
        )

    def _o2c_pay_link_action(self, invoices):
        """The link itself, for who may see links."""
        link = self._o2c_pay_links(invoices)[:1]
        if not link or not self.env["o2c.payment.link"].has_access("read"):
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": link._name,
            "res_id": link.id,
            "views": [[False, "form"]],
        }
