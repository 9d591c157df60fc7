"""The bank's own code on a computer screen, and how the payment went."""

from odoo import fields
from odoo.http import request, route

from odoo.addons.o2c_portal.controllers.pay_visit import PayVisit

#: Where Odoo books what was paid and leads back to the pay page.
STATUS = "/payment/status"


class ScanPage(PayVisit):
    """For who started the payment in this visit, and nobody else."""

    @route(
        "/pay/<string:code>/scan",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_scan(self, code, **_kwargs):
        """The code to scan; when the payment has ended, its result."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        transaction = self._scan_own(link)
        if not transaction:
            return self._pay_guarded(request.redirect(f"/pay/{link._code()}"))
        if transaction.state != "draft":
            return self._pay_guarded(request.redirect(STATUS))
        link, language = self._pay_in_language(link)
        values = self._pay_frame(link, language)
        values["transaction"] = transaction
        values["document_title"] = link._title()
        return self._pay_guarded(request.render("o2c_portal_mollie.pay_scan", values))

    @route(
        "/pay/<string:code>/scan/state",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_scan_state(self, code, **_kwargs):
        """Where to go on; empty while the customer is busy at his bank."""
        link = self._pay_readable(code)
        transaction = link and self._scan_own(link)
        if not transaction:
            return self._pay_not_found()
        transaction._o2c_ask(fields.Datetime.now())
        answer = {"next": "" if transaction.state == "draft" else STATUS}
        return self._pay_guarded(request.make_json_response(answer))

    def _scan_own(self, link):
        """The visitor's last payment on this link, if it has a code to scan."""
        own = request.env["payment.transaction"].sudo().browse(self._pay_own()).exists()
        last = own.filtered(lambda one: one.o2c_link_id == link)[-1:]
        return last.filtered("o2c_scan_source")
