"""Odoo's page between the bank and our page, in the language of the payer."""

from odoo.http import route

from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from .reading import Reading


class PayStatus(Reading, PaymentPostProcessing):
    """Not a ``PayVisit``: Odoo would then serve the portal's pages from here, without
    what the account adds to them."""

    @route()
    def display_status(self, **kwargs):
        """Extends payment: who paid on a pay page reads on in its language."""
        link = self._get_monitored_transaction().o2c_link_id
        if not link:
            return super().display_status(**kwargs)
        _link, language = self._pay_in_language(link)
        response = super().display_status(**kwargs)
        # core's page names no language
        response.qcontext.setdefault("html_data", {"lang": language[0]})
        return response
