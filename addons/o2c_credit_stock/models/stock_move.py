"""Goods that were given free because of a long hold are not reserved again by a job."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        ended = (
            self.env["o2c.credit.hold"]
            .sudo()
            .search(
                [
                    ("order_id", "in", self.sudo().sale_line_id.order_id.ids),
                    ("state", "=", "open"),
                    ("reservation_ended", "=", True),
                ]
            )
            .order_id
            if self.sudo().sale_line_id
            else self.env["sale.order"]
        )
        waiting = self.filtered(lambda move: move.sudo().sale_line_id.order_id in ended)
        return super(StockMove, self - waiting)._action_assign(force_qty=force_qty)
