"""After the bank: how it went, in the customer's language, and the way back.

Odoo leads everybody who paid to one page of its own. It speaks the language of the
website, waits for ever for a payment that stays pending, and leads nowhere then.
"""

from odoo.http import request, route

from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from .pay_visit import GUARDS
from .reading import Reading

#: What the bank has said about the payment, but not its end.
ON_ITS_WAY = ("pending", "authorized")


class PayStatus(Reading, PaymentPostProcessing):
    """Not a ``PayVisit``: Odoo would then serve the portal's pages from here, without
    what the account adds to them."""

    @route()
    def display_status(self, **kwargs):
        """Extends payment: a payment of a pay page has our page around it.

        What is pending goes on to the pay page, which says what happens now. For the
        rest Odoo's script waits here, books, and leads to the pay page.
        """
        transaction = self._get_monitored_transaction()
        link = transaction.o2c_link_id
        if not link or link.state == "revoked":
            return super().display_status(**kwargs)
        if transaction.state in ON_ITS_WAY:
            response = request.redirect("/pay/back")
        else:
            link, language = self._pay_in_language(link)
            values = {
                "link": link,
                "company": link.company_id,
                "language": language[0],
                # the switch of languages belongs to the pay page
                "languages": [],
                "transaction": transaction,
            }
            response = request.render("o2c_portal.pay_status", values)
        for name, value in GUARDS.items():
            response.headers[name] = value
        return response
