"""Portal: the account of a customer's whole company."""

from werkzeug.urls import url_encode

from odoo.http import request, route

from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.o2c_account_documents import FILTERS, PER_PAGE, SORTS
from ..policy import proof
from .pay_visit import GUARDS, STARTED

#: Why the statement that was just asked for was not made.
NO_STATEMENT = "o2c_no_statement"
ACCOUNT = "/my/account-overview"


class AccountOverview(PortalAccount):
    """Every contact of a customer sees what his company owes, and pays it."""

    @route(
        [ACCOUNT, f"{ACCOUNT}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_account_overview(
        self, page=1, show="open", search="", sort="", **_kwargs
    ):
        """What is open, overdue, in dispute, promised and paid, and every document."""
        partner = request.env.user.partner_id
        overview = request.env["o2c.account.overview"]
        accounts = self._account_heads()
        overview._add_sums(partner, accounts)
        desk = request.env["o2c.customer.desk"]
        for account in accounts:
            wanted = account["open"] and desk._is_open(account["company"])
            account["desk"] = proof.KINDS if wanted else ()
        found = overview._documents(
            partner, show, search, sort, page, own=self._account_own()
        )
        return self._account_guarded(
            request.render(
                "o2c_portal.portal_my_account_overview",
                {
                    "page_name": "o2c_account_overview",
                    "accounts": accounts,
                    "ledgers": overview._other_ledgers(partner, accounts),
                    "found": found,
                    "no_statement": request.session.pop(NO_STATEMENT, ""),
                    "filters": [
                        (
                            name,
                            self._account_words()[name],
                            self._account_url(name, found),
                        )
                        for name in FILTERS
                    ],
                    "sorts": [(name, self._account_words()[name]) for name in SORTS],
                    "sees_company": partner._o2c_sees_company(),
                    "pager": portal_pager(
                        url=ACCOUNT,
                        total=found["total"],
                        page=found["page"],
                        step=PER_PAGE,
                        url_args=self._account_arguments(found),
                    ),
                },
            )
        )

    @route()
    def home(self, **kw):
        """Extends portal: what to pay now stands on the first page."""
        response = super().home(**kw)
        if hasattr(response, "qcontext"):
            response.qcontext["o2c_accounts"] = [
                account for account in self._account_heads() if account["to_pay"]
            ]
        return response

    def _account_heads(self):
        """The accounts with what to pay now on each."""
        overview = request.env["o2c.account.overview"]
        accounts = overview._accounts(
            request.env.user.partner_id, own=self._account_own()
        )
        for account in accounts:
            account["pay"] = overview._pay(account)
            account["told"] = overview._told(account) if account["open"] else []
        return accounts

    def _account_own(self):
        """Payments that this visitor started: he knows which he did not finish."""
        return list(request.session.get(STARTED) or [])

    def _account_words(self):
        """Filters and orders of the list, in the reader's language."""
        env = request.env
        return {
            "all": env._("All"),
            "open": env._("Open"),
            "overdue": env._("Overdue"),
            "disputed": env._("In dispute"),
            "promised": env._("Payment announced"),
            "paid": env._("Paid"),
            "credit": env._("Credit notes"),
            "due": env._("Due date"),
            "date": env._("Newest first"),
            "amount": env._("Highest amount"),
            "name": env._("Number"),
        }

    def _account_arguments(self, found, **changes):
        """What stands behind the question mark, without what is usual anyway."""
        wanted = {
            "show": found["kind"],
            "search": found["search"],
            "sort": found["sort"],
        } | changes
        return {name: value for name, value in wanted.items() if value}

    def _account_url(self, show, found):
        """Address of the list with another filter."""
        arguments = self._account_arguments(found, show=show, sort="")
        return f"{ACCOUNT}?{url_encode(arguments)}"

    def _account_guarded(self, response):
        """Money of a customer is not kept by browsers, indexed or framed."""
        for name, value in (GUARDS | {"Referrer-Policy": "same-origin"}).items():
            response.headers[name] = value
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
            return request.redirect(ACCOUNT)
        return super().portal_my_overdue_invoices(access_token=access_token, **kw)
