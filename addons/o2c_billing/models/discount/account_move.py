"""The discount that an invoice offers: in words, and to the day."""

from datetime import timedelta

from odoo import models

from odoo.addons.o2c_base.tools.local_form import day_text

from ...policy import early_discount as policy


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_discount_offered(self):
        """Does this invoice offer a discount for paying early?"""
        self.ensure_one()
        term = self.invoice_payment_term_id
        return bool(
            self.move_type in ("out_invoice", "out_receipt")
            and term.early_discount
            and term.discount_percentage
        )

    def _o2c_discounted_amount(self):
        """What is paid when the discount is taken."""
        self.ensure_one()
        line = self._o2c_term_lines()[:1]
        if line.discount_date:
            return line.discount_amount_currency
        return self.invoice_payment_term_id._get_amount_due_after_discount(
            self.amount_total, self.amount_tax
        )

    def _o2c_discount_until(self):
        """Last day of the offer."""
        self.ensure_one()
        line = self._o2c_term_lines()[:1]
        start = self.invoice_date or self.company_id._o2c_today()
        days = self.invoice_payment_term_id.discount_days
        return line.discount_date or start + timedelta(days=days)

    def _o2c_discount_words(self):
        """The offer in one or two sentences, with date and amounts."""
        if not self._o2c_discount_offered():
            return []
        term = self.invoice_payment_term_id
        offer = self.env._(
            "%(percent)s%% discount if paid by %(date)s: %(amount)s instead of "
            "%(total)s.",
            percent=f"{term.discount_percentage:g}",
            date=day_text(self.env, self._o2c_discount_until()),
            amount=self._o2c_money(self._o2c_discounted_amount()),
            total=self._o2c_money(self.amount_total),
        )
        if not self.amount_tax:
            return [offer]
        vat = {
            "included": self.env._(
                "The discount is on price and VAT: take it, and you deduct less VAT."
            ),
            "excluded": self.env._(
                "The discount is on the price without VAT; the VAT stays the same."
            ),
            "mixed": self.env._(
                "The VAT is charged on the discounted price, whether you take the "
                "discount or not."
            ),
        }[term.early_pay_discount_computation]
        return [f"{offer} {vat}"]

    # To the day

    def _is_eligible_for_early_payment_discount(self, currency, reference_date):
        """A payment by bank may take some days of grace longer; online none."""
        exact = self.env.context.get("o2c_discount_exact")
        if reference_date and not exact and self.is_sale_document(True):
            grace = self.company_id.sudo().o2c_discount_tolerance_days or 0
            reference_date = policy.counted_on(reference_date, grace)
        return super()._is_eligible_for_early_payment_discount(currency, reference_date)

    def _get_invoice_next_payment_values(self, custom_amount=None):
        """What is offered now: today is the seller's day, not that of the server."""
        self.ensure_one()
        if not self.is_sale_document(True):
            return super()._get_invoice_next_payment_values(custom_amount)
        here = self.with_context(
            tz=self.company_id._o2c_zone(), o2c_discount_exact=True
        )
        return super(AccountMove, here)._get_invoice_next_payment_values(custom_amount)
