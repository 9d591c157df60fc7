"""The agreement in writing: mailed by a person, logged, and as lines on an invoice."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize


class O2cPaymentAgreement(models.Model):
    _inherit = "o2c.payment.agreement"

    lang = fields.Char(compute="_compute_lang")

    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for agreement in self:
            wanted = agreement.partner_id.lang or agreement.company_id.partner_id.lang
            agreement.lang = wanted if wanted in installed else "en_US"

    def action_send(self):
        """Mail the terms to the customer, once a colleague asks for it."""
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Only a credit controller sends a confirmation.")
            )
        self.check_access("write")
        template = self.env.ref("o2c_credit.mail_template_payment_agreement").sudo()
        for agreement in self:
            if agreement.state != "confirmed":
                raise UserError(self.env._("Confirm the agreement before you send it."))
            address = email_normalize(agreement.partner_id.email)
            if not address:
                raise UserError(
                    self.env._(
                        "%s has no e-mail address.", agreement.partner_id.display_name
                    )
                )
            template.send_mail(agreement.id)
            self.env["o2c.delivery.log"]._log(
                agreement, "email", "queued", detail=address
            )
            agreement.sudo().write({"sent_on": fields.Datetime.now()})
        return True

    def _terms_in_words(self):
        """What was agreed, one line each, in the language of the environment."""
        self.ensure_one()
        lines = []
        if self.payment_term_id:
            lines.append(
                self.env._("Payment terms: %s.", self.payment_term_id.display_name)
            )
        if self.discount_percent:
            lines.append(
                self.env._(
                    "Discount of %(percent)s%% when you pay within %(days)s days after "
                    "the invoice date.",
                    percent=f"{self.discount_percent:g}",
                    days=self.discount_days,
                )
            )
        if self.order_number_required:
            lines.append(self.env._("You give us your order number with each order."))
        return lines + self._payer_in_words()

    def _payer_in_words(self):
        """Who pays, where and how: also on each invoice."""
        self.ensure_one()
        lines = []
        if self.direct_debit:
            lines.append(
                self.env._(
                    "We collect the amount from your account (mandate %s).",
                    self.mandate,
                )
                if self.mandate
                else self.env._("We collect the amount from your account.")
            )
        if self.payer_id and self.payer_id != self.partner_id:
            lines.append(self.env._("Paid by %s.", self.payer_id.display_name))
        if self.buying_group_id:
            lines.append(self.env._("Through %s.", self.buying_group_id.display_name))
        if self.factor_id:
            lines.append(
                self.env._(
                    "Our claims are assigned to %(factor)s: pay only to %(iban)s.",
                    factor=self.factor_id.display_name,
                    iban=self.factor_iban or self.factor_id.display_name,
                )
            )
        if self.conditions:
            lines.append(self.conditions)
        return lines
