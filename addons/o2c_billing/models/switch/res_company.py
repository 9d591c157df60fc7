"""The billing switch of a company."""

from odoo import fields, models

from odoo.addons.o2c_base.models.res_company import O2C_MODES


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_billing_mode = fields.Selection(
        O2C_MODES,
        string="Billing",
        default="off",
        required=True,
        help="Off: nothing happens. Watch: prices are explained and deliveries are "
        "listed, no price changes and no invoice is made. Live: contract prices "
        "apply and deliveries become invoices.",
    )
    o2c_billing_start_date = fields.Date(
        string="Billing Start Date",
        help="Only what is delivered on or after this date is invoiced automatically. "
        "Older deliveries stay yours to invoice.",
    )

    def _o2c_switched(self, changes):
        """Billing goes on: look at once what lies there already, so that it is known
        as what was delivered before."""
        result = super()._o2c_switched(changes)
        if any(
            one["part"] == "billing" and one["mode_after"] != "off" for one in changes
        ):
            self.env.ref("o2c_billing.o2c_measured_delivery_cron").sudo()._trigger()
        return result
