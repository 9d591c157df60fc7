"""The quotation: where it came from."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_intake_order_ids = fields.One2many(
        "o2c.intake.order",
        "order_id",
        string="Received As",
        help="The files, mails or calls in which the customer sent this order.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_o2c_intake(self):
        """What was taken in and then deleted may come in again."""
        self.sudo().o2c_intake_order_ids.filtered(
            lambda one: one.state == "made"
        ).state = "dropped"
