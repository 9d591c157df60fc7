"""The language in which a pay page opens."""

from odoo import models


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _reader_language(self):
        """Extends: a customer without a language gets that of the company."""
        return super()._reader_language() or self.company_id.partner_id.lang or ""
