"""The last doors: goods that leave the house, or the supplier's, for a customer, and
the steps inside the house that prepare it.

A step that somebody works on already is not torn from his hands: it goes on with a
warning, and the goods wait at the last door.
"""

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

    def _o2c_warn_started(self):
        """Who brings goods on their way out reads that they stay behind the door."""
        for picking in self:
            picking.message_post(
                body=self.env._(
                    "This was being picked already, so it may be finished. The goods "
                    "do not leave the house: a credit decision is still open."
                ),
                subtype_xmlid="mail.mt_note",
                partner_ids=picking.user_id.partner_id.ids,
            )

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

    def _o2c_serves_customer(self):
        """It leaves the house, or it is a step inside the house on the way there."""
        self.ensure_one()
        if self._o2c_leaves_the_house():
            return True
        return self.picking_type_code == "internal" and any(
            move.location_final_id.usage == "customer" for move in self.move_ids
        )

    def _o2c_started(self):
        """Somebody works on this step inside the house: its list was printed, or
        lines were marked as picked."""
        self.ensure_one()
        if self._o2c_leaves_the_house():
            return False
        return self.printed or any(line.picked for line in self.move_line_ids)

    def _o2c_orders(self):
        """The sales orders whose goods these are."""
        return self.sale_id | self.move_ids.sale_line_id.order_id

    def _o2c_held(self, record=False):
        """Deliveries that may not leave now.

        :param bool record: write the holds; otherwise only look
        """
        serving = self.filtered(lambda picking: picking._o2c_serves_customer())
        orders = serving.sudo()._o2c_orders()
        if not orders:
            return self.browse()
        waiting = (
            orders._o2c_hold_deliveries() if record else orders._o2c_not_to_leave()
        )
        held = serving.filtered(lambda picking: picking.sudo()._o2c_orders() & waiting)
        started = held.filtered(lambda picking: picking._o2c_started())
        if record:
            started._o2c_warn_started()
        return held - started

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
