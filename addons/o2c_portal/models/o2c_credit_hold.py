"""The mail that asks for an advance payment carries the QR code of its page."""

from markupsafe import Markup

from odoo import models


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    def _ask_words(self, template):
        """Extends o2c_credit: the code below the text, where orders have a link."""
        words = super()._ask_words(template)
        order = self.order_id
        if self.asks_overdue or not order._o2c_has_pay_link():
            return words
        reader = order.partner_invoice_id.lang or order.partner_id.lang
        url = self.env["o2c.payment.link"]._for(order)._url()
        told = self.with_context(lang=reader).env._("Scan the code to pay.")
        words["body"] = Markup(
            '%s<p>%s</p><p><img src="%s/qr.png" width="160" height="160" alt="QR"/></p>'
        ) % (Markup(words["body"]), told, url)
        return words
