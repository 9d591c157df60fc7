"""A delivery that was held and may leave again."""

from odoo import models


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    def _let_go(self):
        result = super()._let_go()
        if self.kind in ("delivery", "growth"):
            waiting = self.order_id.picking_ids.filtered(
                lambda picking: picking._o2c_leaves_the_house()
                and picking.state not in ("done", "cancel")
            )
            for picking in waiting:
                picking.message_post(
                    body=self.env._("This delivery may leave."),
                    subtype_xmlid="mail.mt_note",
                    partner_ids=picking.user_id.partner_id.ids,
                )
            waiting.move_ids.filtered(
                lambda move: move.state in ("confirmed", "partially_available")
            )._action_assign()
        return result
