"""Portal: Odoo's own pages about invoices lead to the account, where we are on.

Two pages that ask different amounts for one invoice are one too many. Odoo's knows
nothing of disputes, plans and payments under way, so ours is the one that stays.
"""

from werkzeug.urls import url_encode

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.payment import utils as payment_utils

from ..models.o2c_payment_link_owed import CREDIT_TYPES, DUE_TYPES
from ..policy import choice_text
from .account_overview import ACCOUNT, AccountOverview

#: Filter of Odoo's list, and ours that shows the same.
SHOWN = {"overdue_invoices": "overdue"}
SORTED = {"date": "date", "duedate": "due", "name": "name"}


class AccountDoors(AccountOverview):
    """Bills that a customer sends to us, papers and drafts stay where they are."""

    @route()
    def portal_my_invoices(
        self, page=1, date_begin=None, date_end=None, sortby=None, filterby=None, **kw
    ):
        """Extends account: the list is the account, with its filter and order."""
        if filterby == "bills" or not self._account_replaces():
            return super().portal_my_invoices(
                page=page,
                date_begin=date_begin,
                date_end=date_end,
                sortby=sortby,
                filterby=filterby,
                **kw,
            )
        wanted = {"show": SHOWN.get(filterby, "all"), "sort": SORTED.get(sortby)}
        wanted = {name: value for name, value in wanted.items() if value}
        return request.redirect(f"{ACCOUNT}?{url_encode(wanted)}")

    @route()
    def portal_my_overdue_invoices(self, access_token=None, **kw):
        """Extends account_payment: what is late and asked stands on the account."""
        if self._account_replaces():
            return request.redirect(f"{ACCOUNT}?show=overdue")
        return super().portal_my_overdue_invoices(access_token=access_token, **kw)

    @route()
    def portal_my_invoice_detail(
        self, invoice_id, payment_token=None, amount=None, **kw
    ):
        """Extends account_payment: a customer sees our page of the invoice.

        Who is logged in gets it in his account, who holds the address of a mail the
        pay page. Papers and what is no open page of ours stay with Odoo.
        """
        wanted = self._asked_amount(invoice_id, payment_token, amount)
        target = None if kw.get("report_type") else self._own_page(invoice_id, kw)
        if not target:
            return super().portal_my_invoice_detail(
                invoice_id, payment_token=payment_token, amount=amount, **kw
            )
        link, path = target
        if wanted and link and self._is_a_part(link, wanted):
            path = f"{path}?{url_encode({'other': wanted})}"
        return self._account_guarded(request.redirect(path))

    def _own_page(self, invoice_id, values):
        """Where an invoice is shown by us.

        :return: pay link or None, and path; None where Odoo's page is the right one
        """
        user = request.env.user
        try:
            move = self._document_check_access(
                "account.move", invoice_id, values.get("access_token")
            )
        except (AccessError, MissingError):
            return None
        if (
            user._is_internal()
            or move.state != "posted"
            or move.move_type not in DUE_TYPES + CREDIT_TYPES
            or not move.company_id._o2c_portal_is_on()
        ):
            return None
        overview = request.env["o2c.account.overview"]
        if not user._is_public() and overview._document(user.partner_id, move.id):
            return None, f"{ACCOUNT}/document/{move.id}"
        if move.move_type not in DUE_TYPES:
            return None
        link = request.env["o2c.payment.link"]._for(move.sudo())
        return link, f"/pay/{link._code()}"

    def _asked_amount(self, invoice_id, token, amount):
        """Amount of one of Odoo's payment links, if it is one of ours."""
        if not amount or not payment_utils.check_access_token(
            token, invoice_id, amount
        ):
            return ""
        return choice_text.typed_amount(amount)

    def _is_a_part(self, link, amount):
        """Whether an amount is less than what is asked, and can be paid."""
        return not link._choose(amount=amount).reason and bool(
            link.currency_id.compare_amounts(
                float(amount), float(link._choose().amount)
            )
        )

    def _invoice_get_page_view_values(self, invoice, access_token, **kwargs):
        """Extends account_payment: on Odoo's page, which colleagues still see, the
        button leads to ours."""
        values = super()._invoice_get_page_view_values(invoice, access_token, **kwargs)
        if (
            invoice.state == "posted"
            and invoice.move_type in DUE_TYPES
            and invoice.company_id._o2c_portal_is_on()
        ):
            link = request.env["o2c.payment.link"]._for(invoice.sudo())
            values["o2c_pay_path"] = f"/pay/{link._code()}"
        return values

    def _account_replaces(self):
        """Whether this visitor's invoices are shown on our pages."""
        user = request.env.user
        if user._is_internal() or user._is_public():
            return False
        overview = request.env["o2c.account.overview"]
        companies = overview._companies(user.partner_id) or request.env.company
        return any(company._o2c_portal_is_on() for company in companies)

    @route()
    def home(self, **kw):
        """Extends portal: one card for one page; ours is always there."""
        response = super().home(**kw)
        if hasattr(response, "qcontext"):
            response.qcontext["o2c_account_replaces"] = self._account_replaces()
        return response

    def _get_overdue_invoice_count(self):
        """Extends account: what is late and asked, as the account says it."""
        if not self._account_replaces():
            return super()._get_overdue_invoice_count()
        overview = request.env["o2c.account.overview"]
        return len(overview._late_and_asked(request.env.user.partner_id))
