"""What may be written to a contract: drafts freely, what runs through its buttons."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: What no longer changes by writing once a contract has started.
AGREED_FIELDS = {
    "company_id",
    "partner_id",
    "currency_id",
    "date_start",
    "date_end",
    "term_months",
    "billed_until",
}
#: How it ends: once started, only who may end it changes that.
END_FIELDS = {
    "renewal",
    "renewal_months",
    "notice_months",
    "notice_days",
    "subscription_form_id",
}
#: What only the buttons and the nights write.
LED_FIELDS = {
    "state",
    "notice_given",
    "end_reason",
    "terms_renewed",
    "reminded_for",
    "confirmed_on",
    "order_id",
    "mrr",
    "arr",
    "next_date",
    "next_amount",
    "without_price",
}


class O2cContract(models.Model):
    _inherit = "o2c.contract"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.browse()._check_changes(set().union(*vals_list))
        for vals in vals_list:
            self._take_company(vals)
            company = vals.get("company_id", self.env.company.id)
            if vals.get("name", self.env._("New")) == self.env._("New"):
                vals["name"] = (
                    self.env["ir.sequence"]
                    .with_company(company)
                    .next_by_code("o2c.contract")
                )
        contracts = super().create(vals_list)
        contracts._refresh_figures()
        return contracts

    def write(self, vals):
        self._take_company(vals)
        if not self.env.su:
            self._check_changes(set(vals))
        result = super().write(vals)
        if set(vals) & {"date_start", "renewal", "term_months", "currency_id"}:
            self._refresh_figures()
        return result

    @api.model
    def _take_company(self, vals):
        """A contact instead of its company: the company is the customer."""
        if not vals.get("partner_id"):
            return
        partner = self.env["res.partner"].browse(vals["partner_id"])
        customer = partner.commercial_partner_id
        if customer != partner:
            vals["partner_id"] = customer.id
            vals.setdefault("invoice_partner_id", partner.id)

    def _check_changes(self, names):
        """Life goes through its buttons; what was agreed changes from a date."""
        if names & LED_FIELDS:
            raise AccessError(
                self.env._("A contract starts and ends with its buttons, not by hand.")
            )
        started = self.filtered(lambda contract: contract.state != "draft")
        if started and names & END_FIELDS:
            started._check_authority()
        if started and names & AGREED_FIELDS:
            raise UserError(
                self.env._(
                    "%(name)s is running: customer, currency, dates and term stand. "
                    "Use Change, Give Notice or a new contract.",
                    name=started[0].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(contract.state != "draft" for contract in self):
            raise UserError(
                self.env._(
                    "End the contract instead of deleting it: invoices refer to it."
                )
            )
