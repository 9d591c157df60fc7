"""Who confirms and ends an agreement, and what else is known of the customer."""

from odoo import api, models
from odoo.exceptions import AccessError


class O2cPaymentAgreement(models.Model):
    _inherit = "o2c.payment.agreement"

    @api.depends("partner_id", "company_id")
    def _compute_supplier(self):
        for company, agreements in self.grouped("company_id").items():
            owed = dict(
                self.env["account.move.line"]._read_group(
                    [
                        ("company_id", "child_of", company.id),
                        ("account_id.account_type", "=", "liability_payable"),
                        ("parent_state", "=", "posted"),
                        ("partner_id", "in", agreements.partner_id.ids),
                    ],
                    ["partner_id"],
                    ["amount_residual:sum"],
                )
            )
            for agreement in agreements:
                agreement.is_supplier = agreement.partner_id in owed
                agreement.owed_to_him = -owed.get(agreement.partner_id, 0.0)

    def _check_manager(self):
        if not self.env.user.has_group("o2c_base.group_credit_manager"):
            raise AccessError(
                self.env._("A credit manager confirms and ends agreements.")
            )
        self.check_access("write")

    def action_confirm(self):
        """From now on orders, invoices and reminders follow it."""
        self._check_manager()
        for agreement in self.filtered(lambda one: one.state == "draft"):
            agreement._look_who_accepted()
            agreement.sudo().write(
                {
                    "state": "confirmed",
                    "confirmed_by_id": self.env.uid,
                    "confirmed_on": agreement.company_id._o2c_today(),
                }
            )
        return True

    def action_end(self):
        """It no longer holds from tomorrow on; today it still does."""
        self._check_manager()
        for agreement in self.filtered(lambda one: one.state == "confirmed"):
            today = agreement.company_id._o2c_today()
            vals = {"state": "ended"}
            if agreement.date_from <= today:
                vals["date_until"] = today
            agreement.sudo().write(vals)
        return True
