"""Whether customers help themselves, and how far."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_desk_open = fields.Boolean(
        string="Customers Help Themselves",
        default=True,
        help="In the portal and on pay pages customers ask for a payment plan, "
        "announce a payment, dispute an invoice or ask a question.",
    )
    o2c_desk_promise_days = fields.Integer(
        string="Announced Payment Within",
        default=30,
        help="Days within which a customer who is logged in can announce a payment. "
        "Without a login it is 14 days at most.",
    )

    _o2c_desk_days_check = models.Constraint(
        "CHECK (o2c_desk_promise_days BETWEEN 0 AND 365)",
        "A payment can be announced for 0 to 365 days ahead.",
    )

    def _o2c_portal_is_on(self):
        """Whether our pages are the ones where customers of this company look and pay:
        its invoices carry our link, or what they can do at the desk changes what is
        asked."""
        self.ensure_one()
        return self.sudo().o2c_pay_links or self.env["o2c.customer.desk"]._is_open(self)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_desk_open = fields.Boolean(related="company_id.o2c_desk_open", readonly=False)
    o2c_desk_promise_days = fields.Integer(
        related="company_id.o2c_desk_promise_days", readonly=False
    )
