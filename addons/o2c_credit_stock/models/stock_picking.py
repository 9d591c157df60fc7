"""The last door: goods that leave the house, or the supplier's, for a customer."""

from odoo import fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    o2c_hold_id = fields.Many2one(
        related="sale_id.o2c_hold_id",
        string="Credit Hold",
        help="These goods stay here until a credit controller decided.",
    )
    o2c_hold_deadline = fields.Date(
        related="sale_id.o2c_hold_deadline", string="Decision By"
    )

    def _pre_action_done_hook(self):
        held = self._o2c_held(record=True)
        if not held:
            return super()._pre_action_done_hook()
        free = self - held
        if free:
            free.with_context(button_validate_picking_ids=free.ids).button_validate()
        return held._o2c_held_action()

    def _action_done(self):
        # every way to validate ends here: batches, barcode, code
        held = self._o2c_held()
        if held:
            raise UserError(held._o2c_held_text())
        return super()._action_done()

    def _o2c_leaves_the_house(self):
        """Goods go to a customer: outgoing, or dropshipped by a supplier."""
        self.ensure_one()
        return self.picking_type_code in ("outgoing", "dropship")

    def _o2c_orders(self):
        """The sales orders whose goods these are."""
        return self.sale_id | self.move_ids.sale_line_id.order_id

    def _o2c_held(self, record=False):
        """Deliveries that may not leave now.

        :param bool record: write the holds; otherwise only look
        """
        leaving = self.filtered(lambda picking: picking._o2c_leaves_the_house())
        orders = leaving.sudo()._o2c_orders()
        if not orders:
            return self.browse()
        waiting = (
            orders._o2c_hold_deliveries() if record else orders._o2c_not_to_leave()
        )
        return leaving.filtered(lambda picking: picking.sudo()._o2c_orders() & waiting)

    def _o2c_held_text(self):
        """Why the goods stay, for the warehouse: who decides, and by when."""
        holds = self.sudo()._o2c_orders().o2c_hold_id
        return self.env._(
            "%(pickings)s waits for a credit decision of %(owner)s, at the latest on "
            "%(date)s. The goods stay here.",
            pickings=", ".join(self.mapped("name")),
            owner=", ".join(holds.user_id.mapped("name")) or self.env._("credit"),
            date=max(filter(None, holds.mapped("deadline")), default="") or "",
        )

    def _o2c_held_action(self):
        """What the warehouse reads; the hold itself is recorded."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("The goods stay here"),
                "message": self._o2c_held_text(),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
