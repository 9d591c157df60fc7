"""The customer looks at his invoice in the portal, or takes it along."""

from odoo.http import request, route

from odoo.addons.account.controllers.portal import PortalAccount

from .customer_page import customer_looks


class PortalTracking(PortalAccount):
    """Seen and downloaded, by the customer himself."""

    @route()
    def portal_my_invoice_detail(
        self, invoice_id, access_token=None, report_type=None, download=False, **kw
    ):
        """Core's page; afterwards it is written down that the customer was there."""
        response = super().portal_my_invoice_detail(
            invoice_id,
            access_token=access_token,
            report_type=report_type,
            download=download,
            **kw,
        )
        shown = getattr(response, "status_code", 200) == 200
        if shown and request.httprequest.method == "GET" and customer_looks():
            move = request.env["account.move"].sudo().browse(invoice_id)
            if move.state == "posted" and move.is_sale_document(include_receipts=True):
                if report_type == "pdf":
                    move._o2c_customer_did("portal", "downloaded")
                elif not report_type:
                    move._o2c_customer_did("portal", "seen")
        return response
