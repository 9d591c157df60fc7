"""The quotation: is its payment term lawful?"""

from odoo import api, models
from odoo.exceptions import UserError

from ...policy import payment_term_law as policy


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "o2c.term.judged"]

    @api.depends("payment_term_id", "partner_invoice_id", "state", "company_id")
    @api.depends_context("lang")
    def _compute_o2c_term(self):
        for order in self:
            verdict = None
            open_quote = order.state in ("draft", "sent") and order.company_id
            if open_quote and order.payment_term_id:
                verdict = order._o2c_law_on_term()
            if verdict and verdict.code == policy.SIZE_UNKNOWN:
                verdict = None  # a question about the customer, asked there
            order.update(self._o2c_term_banner(verdict))

    def _o2c_law_on_term(self):
        self.ensure_one()
        company = self.company_id
        return self._o2c_term_verdict(
            self.payment_term_id._o2c_longest_days(),
            self.partner_invoice_id or self.partner_id,
            company,
            self.env["o2c.term.law"]._o2c_on(company._o2c_today()),
        )

    def action_o2c_lawful_term(self):
        """The longest lawful term on this quotation."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("draft", "sent"):
            raise UserError(
                self.env._(
                    "The terms of a confirmed order are an agreement: they stay."
                )
            )
        verdict = self._o2c_law_on_term()
        if verdict and verdict.code != policy.SIZE_UNKNOWN:
            self.payment_term_id = self.payment_term_id._o2c_within(
                verdict.days, self.company_id
            )
        return True
