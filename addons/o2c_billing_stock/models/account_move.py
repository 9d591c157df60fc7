"""An invoice of goods: its delivery notes, and who mends a wrong delivery."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_mender(self, cause):
        """What was delivered: who is responsible for the delivery, else who validated
        the last one."""
        if cause == "delivery" and self:
            pickings = self.sudo().invoice_line_ids.sale_line_ids.order_id.picking_ids
            done = pickings.filtered(lambda one: one.state == "done")
            done = done.sorted("date_done")
            for person in (done[-1:].user_id, done[-1:].write_uid):
                if person.active and not person.share:
                    return person.with_env(self.env)
        return super()._o2c_mender(cause)

    def _o2c_extra_files(self, preference):
        files = super()._o2c_extra_files(preference)
        if preference.with_delivery_note:
            report = self.env["ir.actions.report"]
            for picking in self._o2c_delivered_pickings():
                content, _kind = report._render_qweb_pdf(
                    "stock.action_report_delivery", picking.ids
                )
                files.append((f"{picking.name.replace('/', '-')}.pdf", content))
        return files

    def _o2c_delivered_pickings(self):
        """Deliveries to the customer since the invoice before this one; in sudo."""
        self.ensure_one()
        lines = self.sudo().invoice_line_ids.sale_line_ids
        earlier = lines.invoice_lines.move_id.filtered(
            lambda move: move.id < self.id and move.state == "posted"
        )
        since = max(earlier.mapped("create_date"), default=None)
        return lines.move_ids.picking_id.filtered(
            lambda picking: (
                picking.state == "done"
                and picking.picking_type_code == "outgoing"
                and (not since or picking.date_done > since)
            )
        )
