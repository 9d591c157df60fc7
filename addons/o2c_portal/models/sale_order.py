"""The last stage of an order tells what the customer does with his pay link."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_stage_paid(self, invoices, unpaid):
        """Extends o2c_dunning: paid online, under way at the bank, opened or not."""
        stage = super()._o2c_stage_paid(invoices, unpaid)
        if unpaid:
            waits = [stage["waits_for"], self._o2c_pay_link_text(unpaid)]
            stage["waits_for"] = " ".join(filter(None, waits))
        elif invoices.transaction_ids.filtered(lambda tx: tx.state == "done"):
            stage["name"] = self.env._("Paid online")
        return stage

    def _o2c_pay_link_text(self, invoices):
        """Whether the customer has looked at what he has to pay, or is paying."""
        under_way = invoices.transaction_ids.filtered(
            lambda tx: tx.state in ("pending", "authorized")
            and tx.provider_code != "custom"
        )
        if under_way:
            return self.env._("A payment is under way at the bank.")
        links = self._o2c_pay_links(invoices)
        if not links:
            return ""
        if any(links.mapped("opened_at")):
            return self.env._("The pay link was opened.")
        return self.env._("The pay link was not opened yet.")

    def _o2c_ask_url(self):
        """Extends o2c_credit: the durable page with exactly what is missing."""
        if not self.env.context.get("o2c_asking") or not self._o2c_has_pay_link():
            return super()._o2c_ask_url()
        return self.env["o2c.payment.link"]._for(self)._url()

    def _o2c_has_pay_link(self):
        """Whether the company gave its documents durable links."""
        self.ensure_one()
        return self.company_id.sudo().o2c_pay_links

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
