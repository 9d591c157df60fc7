"""A delivery that is done can be invoiced."""

from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Report what core counts as delivered more, or less, than before.

        The difference of the delivered quantity is taken instead of the moves, so that
        kits, other units, dropshipments and returns count as they do on the order.
        """
        lines = self.move_ids.sale_line_id
        before = {line.id: line.qty_delivered for line in lines}
        result = super()._action_done()
        # Core adds order lines for what was delivered but never ordered.
        lines |= self.move_ids.sale_line_id
        for picking in self:
            own = picking.move_ids.sale_line_id & lines
            lines -= own
            own._o2c_record_deltas(
                "delivery",
                {
                    line: line.qty_delivered - before.get(line.id, 0.0)
                    for line in own
                    if line.company_id._o2c_mode("billing") != "off"
                    and not line._o2c_charged_when_ordered()
                },
                key=picking.id,
                at=picking.date_done or fields.Datetime.now(),
            )
        return result
