"""Paying on a pay link: the server decides the amount, the bank does the rest."""

from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request, route

from ..policy import choice_text
from .pay_visit import STARTED, PayVisit

#: Payments that may be started on one link within an hour.
STARTS_PER_HOUR = 30


class PageIsOld(UserError):
    """What is open has changed since the page was opened. The page then opens again
    (``pay_form.js``) and says what is true now, instead of a failure."""


class PayStart(PayVisit):
    """From the pay button to the way back."""

    @route(
        "/pay/<string:code>/start/<string:choice>",
        type="jsonrpc",
        auth="public",
        website=True,
        multilang=False,
    )
    def pay_start(self, code, choice, amount=None, **kwargs):
        """Create the transaction for a choice. The server decides its amount.

        :param float amount: what the page showed; when it is no longer right the
            customer is told instead of charged
        """
        link = self._pay_link(code)
        if not link or not self._pay_may_see(link):
            raise NotFound()
        link, _language = self._pay_in_language(link)
        if link._is_expired(link.company_id._o2c_today()):
            raise PageIsOld(request.env._("This pay link has expired."))
        kwargs.pop("access_token", None)
        self._validate_transaction_kwargs(kwargs)
        keys, other = choice_text.read(choice)
        decision = link._choose(keys, other, own=self._pay_own())
        if not decision.reason:
            link._queue_up(decision)
        if decision.reason:
            raise PageIsOld(link._refusal(decision.reason))
        if link.currency_id.compare_amounts(float(decision.amount), amount or 0.0):
            raise PageIsOld(
                request.env._(
                    "What is open has changed to %s. Please open the page again.",
                    link._money(float(decision.amount)),
                )
            )
        self._pay_check_pace(link)
        transaction = self._pay_start(link, decision, kwargs)
        return transaction._get_processing_values()

    @route(
        "/pay/back",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_back(self, **_kwargs):
        """Where the bank sends the customer back to; the page tells how it went."""
        own = self._pay_own()
        transaction = request.env["payment.transaction"].sudo().browse(own[-1:])
        link = transaction.exists().o2c_link_id
        if not link or link.state == "revoked":
            return self._pay_guarded(request.redirect(self._reading_path("/my")))
        again = self._pay_again(link, transaction)
        return self._pay_guarded(request.redirect(f"/pay/{link._code()}{again}"))

    def _pay_again(self, link, transaction):
        """What he had chosen, when the payment failed: he tries the same again. Who
        transfers it by hand sees the bank details of what he had chosen."""
        promised = transaction.state == "pending" and transaction._o2c_is_by_hand()
        if not promised and transaction.state not in ("cancel", "error"):
            return ""
        rows = transaction.o2c_allocation_ids.filtered(lambda row: row.amount > 0)
        keys = [(row.move_id.id, row.number) for row in rows]
        if not 0 < len(keys) <= choice_text.MOST_ITEMS:
            return ""
        chosen = link._choose(keys, None, own=self._pay_own())
        if chosen.reason:
            return ""
        paid = transaction.amount
        whole = float(link._choose(own=self._pay_own()).amount)
        if promised and not link.currency_id.compare_amounts(whole, paid):
            return ""
        query = [("item", choice_text.write([key])) for key in keys]
        if link.currency_id.compare_amounts(float(chosen.amount), paid):
            query.append(("other", f"{paid:.{link.currency_id.decimal_places}f}"))
        return f"?{urlencode(query)}"

    def _pay_check_pace(self, link):
        """No endless row of started payments on one link."""
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        started = (
            request.env["payment.transaction"]
            .sudo()
            .search_count(
                [("o2c_link_id", "=", link.id), ("create_date", ">=", since)],
                limit=STARTS_PER_HOUR,
            )
        )
        if started >= STARTS_PER_HOUR:
            raise UserError(
                request.env._("Too many attempts. Please try again in an hour.")
            )

    def _pay_start(self, link, decision, kwargs):
        """The transaction with its ordered allocations."""
        if kwargs.get("flow") not in ("redirect", "direct"):
            raise NotFound()
        kwargs.update(
            {
                "amount": float(decision.amount),
                "currency_id": link.currency_id.id,
                "partner_id": link.partner_id.id,
                "landing_route": "/pay/back",
                "token_id": None,
                "tokenization_requested": False,
                "is_validation": False,
            }
        )
        self._pay_check_method(link, kwargs)
        transaction = self._create_transaction(
            reference_prefix=link._transaction_prefix(decision),
            custom_create_values=link._transaction_values(decision),
            **kwargs,
        )
        request.session[STARTED] = [*self._pay_own(), transaction.id][-20:]
        self._pay_log(link, "payment")
        return transaction

    def _pay_check_method(self, link, kwargs):
        """Only a method that the page offered may be used."""
        values = self._pay_form_values(
            link, {"amount": kwargs["amount"], "code": "", "choice": ""}
        )
        provider = values["providers_sudo"].filtered(
            lambda provider: provider.id == kwargs.get("provider_id")
        )
        method = values["payment_methods_sudo"].filtered(
            lambda method: method.id == kwargs.get("payment_method_id")
        )
        if not provider or provider not in method.provider_ids:
            raise UserError(
                request.env._("This way of paying is not available. Choose another.")
            )
