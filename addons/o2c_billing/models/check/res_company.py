"""What billing may do by itself."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_billing_automatic = fields.Boolean(
        string="First Batch Approved",
        help="Until this is ticked every draft of the queue waits for an approver. "
        "Tick it when the first batch was right: from then on drafts that need no "
        "check are posted and sent by themselves.",
    )
