"""The two codes on paper: one for the camera, one for the bank's app."""

import base64
from decimal import Decimal

import qrcode

from odoo import api, models
from odoo.tools.image import image_data_uri

from ..policy import bank_qr, method_order


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    @api.model
    def _picture(self, png):
        """A picture to write into a page; empty for no picture."""
        return image_data_uri(base64.b64encode(png)) if png else ""

    @api.model
    def _paper_codes(self, url, bank, company, partner, currency):
        """Codes for paper with the words under each, in the language of the context.

        :param str url: the pay page; empty leaves its code out
        :param bytes bank: picture of :meth:`_bank_code`; empty leaves it out
        :return: list of dict ``picture``, ``text`` and ``url``
        """
        codes = []
        if url:
            name = self._online_name(company, partner, currency)
            text = (
                self.env._("Scan with your camera to pay with %s", name)
                if name
                else self.env._("Scan with your camera to pay online")
            )
            picture = self._picture(self._qr_png(url))
            codes.append({"picture": picture, "text": text, "url": url})
        if bank:
            text = self.env._("Scan with your bank app")
            codes.append({"picture": self._picture(bank), "text": text, "url": ""})
        return codes

    @api.model
    def _bank_code(self, account, amount, currency, reference):
        """Code that bank apps read; only for euros to an IBAN.

        The standard asks for error correction M; a higher one makes the points smaller.

        :return: bytes of a PNG picture, empty when there is no such code
        """
        if currency.name != "EUR" or account.acc_type != "iban":
            return b""
        text = bank_qr.bank_qr_text(
            self._account_holder(account),
            account.sanitized_acc_number,
            Decimal(str(amount)),
            reference,
        )
        level = qrcode.constants.ERROR_CORRECT_M
        return self._qr_png(text, level) if text else b""

    @api.model
    def _account_holder(self, account):
        """In whose name the account is."""
        return account.acc_holder_name or account.partner_id.name

    @api.model
    def _online_name(self, company, partner, currency):
        """Name of the payment method that most customers there use, when the company
        offers it. It is data: a new name (iDEAL, Wero) needs no other paper."""
        country = partner.country_id.code or ""
        codes = method_order.usual(currency.name, country)
        if not codes:
            return ""
        providers = (
            self.env["payment.provider"]
            .sudo()
            .search(
                [
                    *self.env["payment.provider"]._check_company_domain(company),
                    ("state", "!=", "disabled"),
                ]
            )
        )
        offered = providers.payment_method_ids.filtered(
            lambda method: method.active and method.code in codes
        )
        first = offered.sorted(lambda method: codes.index(method.code))[:1]
        return first.with_context(lang=self.env.lang).name or ""
