"""Portal: the account of a customer's whole company."""

from odoo.http import request, route

from odoo.addons.account_payment.controllers.portal import PortalAccount


class AccountOverview(PortalAccount):
    """Every contact of a customer sees what his company owes, and pays it."""

    @route("/my/account-overview", type="http", auth="user", website=True)
    def portal_my_account_overview(self, **_kwargs):
        """What is open, overdue and paid, per company and currency."""
        overview = request.env["o2c.account.overview"]
        accounts = overview._accounts(request.env.user.partner_id)
        for account in accounts:
            account["pay"] = overview._pay(account)
        return request.render(
            "o2c_portal.portal_my_account_overview",
            {"page_name": "o2c_account_overview", "accounts": accounts},
        )

    @route()
    def home(self, **kw):
        """Extends portal: what to pay now stands on the first page."""
        response = super().home(**kw)
        if hasattr(response, "qcontext"):
            overview = request.env["o2c.account.overview"]
            accounts = overview._accounts(request.env.user.partner_id, with_lists=False)
            for account in accounts:
                account["pay"] = overview._pay(account)
            response.qcontext["o2c_accounts"] = accounts
        return response

    def _get_overdue_invoices_domain(self, partner_id=None):
        """Extends account: the invoices of the whole company, not only of the contact.

        Core compares the invoice's address with the user's own contact, so a
        bookkeeper of the customer sees nothing when invoices go to his company.
        """
        partner = (
            request.env["res.partner"].sudo().browse(partner_id)
            if partner_id
            else request.env.user.partner_id.sudo()
        )
        return [
            term
            for term in super()._get_overdue_invoices_domain(partner_id=partner_id)
            if not (isinstance(term, tuple) and term[0] == "partner_id")
        ] + [("commercial_partner_id", "=", partner.commercial_partner_id.id)]

    @route()
    def portal_my_overdue_invoices(self, access_token=None, **kw):
        """Extends account_payment: what core cannot pay in one go goes to the account.

        Core refuses invoices to different addresses, companies or currencies.
        """
        if not request.env["account.move"].has_access("read"):
            return request.redirect("/my")
        invoices = request.env["account.move"].search(
            self._get_overdue_invoices_domain()
        )
        alike = (
            len(invoices.partner_id) == len(invoices.company_id) == 1
            and len(invoices.currency_id) == 1
        )
        if invoices and not alike:
            return request.redirect("/my/account-overview")
        return super().portal_my_overdue_invoices(access_token=access_token, **kw)
