"""A question that is repeated makes no second payment."""

from odoo import models


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    def _build_request_headers(self, *args, **kwargs):
        """Extends payment_mollie: the key by which Mollie knows a repeated request.

        Odoo repeats a web request that met another one in the database; see
        https://docs.mollie.com/reference/api-idempotency.
        """
        headers = super()._build_request_headers(*args, **kwargs)
        if self.code == "mollie" and kwargs.get("o2c_once"):
            headers["Idempotency-Key"] = kwargs["o2c_once"]
        return headers
