"""A draft that is wrong about the delivery goes to the warehouse."""

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
