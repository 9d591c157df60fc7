"""Bill again to another customer."""

from odoo import api, fields, models


class O2cBillAgain(models.TransientModel):
    """Who should have got this invoice, and why."""

    _name = "o2c.bill.again"
    _description = "Bill Again"

    move_id = fields.Many2one(
        "account.move", string="Invoice", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Bill To",
        required=True,
        help="The customer who should have got this invoice.",
    )
    reason = fields.Char(
        required=True, help="Printed on the credit note to the first customer."
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "account.move":
            values.setdefault("move_id", self.env.context.get("active_id"))
        return values

    def action_bill_again(self):
        """Credit the one and invoice the other; show both."""
        self.ensure_one()
        credit, again = self.move_id._o2c_bill_again(self.partner_id, self.reason)
        return (credit | again)._get_records_action(name=self.env._("Billed Again"))
