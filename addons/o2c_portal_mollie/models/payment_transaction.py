"""A payment on a pay link that Mollie handles: the bank's code comes with it."""

import hashlib

from odoo import fields, models
from odoo.exceptions import ValidationError

from ..policy import asking, checkout


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    o2c_scan_source = fields.Char(
        string="Bank's QR Code",
        readonly=True,
        copy=False,
        help="Picture or address of the code that the customer scans with the app of "
        "his bank. It lapses together with the payment.",
    )
    o2c_checkout_url = fields.Char(
        string="Page of the Payment Provider",
        readonly=True,
        copy=False,
        help="Where the customer goes on without scanning.",
    )

    def _o2c_by_mollie(self):
        """Whether this payment was started on a pay link and runs through Mollie."""
        return bool(self.provider_code == "mollie" and self.o2c_link_id)

    def _send_api_request(
        self, method, endpoint, *, params=None, data=None, json=None, **kwargs
    ):
        """Extends payment: ask for the bank's code; what cannot be read is an error."""
        ours = self._o2c_by_mollie()
        new = ours and (method, endpoint) == ("POST", "/payments")
        if new:
            kwargs["o2c_once"] = self._o2c_once()
            if self.payment_method_code == "ideal":
                params = {**(params or {}), "include": "details.qrCode"}
        try:
            answer = super()._send_api_request(
                method, endpoint, params=params, data=data, json=json, **kwargs
            )
            if ours and method == "GET":
                asking.is_news(answer, self.provider_reference)
        except ValueError as error:
            if not ours:
                raise
            raise ValidationError(self._o2c_unreadable()) from error
        if new:
            self.o2c_scan_source = checkout.qr_source(answer)
            self.o2c_checkout_url = checkout.checkout_page(answer)
            if not self.o2c_checkout_url:
                raise ValidationError(self._o2c_unreadable())
        return answer

    def _o2c_once(self):
        """Key of this payment: the same when the request is repeated."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        text = f"{database}|{self.reference}|{self.amount}|{self.currency_id.name}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _o2c_unreadable(self):
        return self.env._(
            "The payment service did not answer as agreed. Nothing was charged. "
            "Please try again, or transfer the amount yourself."
        )

    def _get_processing_values(self):
        """Extends payment: where a big screen shows the bank's code."""
        values = super()._get_processing_values()
        if self._o2c_by_mollie() and self.o2c_scan_source and self.state == "draft":
            values["o2c_scan_url"] = f"/pay/{self.o2c_link_id._code()}/scan"
        return values
