"""The confirmation that a customer gets, and the lists that people work from."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.o2c_base.tools.local_form import money_text

#: How far the renewal list looks ahead.
SOON_DAYS = 60


class O2cContract(models.Model):
    _inherit = "o2c.contract"

    lang = fields.Char(compute="_compute_lang")
    confirmed_on = fields.Datetime(
        string="Confirmation Sent", readonly=True, copy=False
    )

    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for contract in self:
            wanted = contract.invoice_partner_id.lang or contract.partner_id.lang
            contract.lang = wanted if wanted in installed else "en_US"

    def action_confirm_to_customer(self):
        """Mail what was agreed, when a colleague asks for it."""
        self._check_authority()
        template = self.env.ref("o2c_billing.mail_template_contract").sudo()
        for contract in self:
            if contract.state == "draft":
                raise UserError(self.env._("Start the contract before you confirm it."))
            reader = contract.accepted_by_id or contract.partner_id
            address = email_normalize(reader.email or contract.partner_id.email)
            if not address:
                raise UserError(
                    self.env._(
                        "%(customer)s has no e-mail address: fill it in first.",
                        customer=contract.partner_id.display_name,
                    )
                )
            template.send_mail(contract.id, email_values={"email_to": address})
            self.env["o2c.delivery.log"]._log(
                contract, "email", "queued", detail=address
            )
            contract.sudo().confirmed_on = fields.Datetime.now()

    def _rows_in_words(self):
        """The lines as a customer reads them: article, quantity, price and rhythm.

        :return: list of (article, quantity, price with rhythm)
        """
        self.ensure_one()
        rows = []
        for line in self.line_ids:
            money = money_text(self.env, line.price_now, self.currency_id)
            rows.append(
                (
                    line.name or line.product_id.display_name,
                    f"{line.quantity_now:g}" if line.kind != "usage" else "",
                    self.env._(
                        "%(price)s %(rhythm)s",
                        price=money,
                        rhythm=line._rhythm_words(),
                    ),
                )
            )
        return rows

    @api.model
    def _renews_soon_domain(self, company, today):
        """Running contracts whose last day for notice, or last day, comes soon."""
        until = today + timedelta(days=SOON_DAYS)
        renews = Domain("renewal", "=", "renews") & Domain(
            [("cancel_before", ">", today), ("cancel_before", "<=", until)]
        )
        ends = Domain("renewal", "=", "ends") & Domain(
            [("term_end", ">=", today), ("term_end", "<=", until)]
        )
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & (renews | ends)
        )


class O2cContractLine(models.Model):
    _inherit = "o2c.contract.line"

    def _rhythm_words(self):
        """How often it is charged, in words."""
        self.ensure_one()
        if self.kind == "once":
            return self.env._("once")
        if self.kind == "usage":
            return self.env._("per unit used")
        per_month = self.price_basis == "month"
        if per_month or (self.period_unit == "month" and self.period_count == 1):
            return self.env._("per month")
        if self.period_count == 1:
            return {
                "quarter": self.env._("per quarter"),
                "half": self.env._("per half-year"),
                "year": self.env._("per year"),
            }[self.period_unit]
        return self.env._("per %(count)s months", count=self.months)
