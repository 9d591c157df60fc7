"""Also what customers leave unfinished belongs to the life of a document."""

from odoo import fields, models


class O2cDeliveryLog(models.Model):
    _inherit = "o2c.delivery.log"

    event = fields.Selection(
        selection_add=[("abandoned", "Payment not finished")],
        ondelete={"abandoned": "cascade"},
    )
