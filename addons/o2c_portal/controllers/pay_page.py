"""The public page of a pay link: read, choose, pay, come back."""

import time

from werkzeug.exceptions import NotFound
from werkzeug.urls import url_quote

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.http import content_disposition, request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal

from ..policy import choice_text, guessing

#: Failed attempts per address, in this process.
GUESSES = guessing.Guesses()
#: Payments that may be started on one link within an hour.
STARTS_PER_HOUR = 30
#: An opening is logged at most once in so many seconds.
LOG_AGAIN_AFTER = 1800
STARTED = "o2c_pay_started"
LANGUAGE = "o2c_pay_language"
GUARDS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class PayPage(PaymentPortal):
    """Whoever holds the address may read and pay this document, and nothing else."""

    @route(
        "/pay/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_page(self, code, lang=None, **_kwargs):
        """What is owed now, and the ways to pay it."""
        link = self._link(code)
        if not link:
            return self._not_found()
        link, language = self._in_language(link, lang)
        if link._is_expired(link.company_id._o2c_today()):
            return self._guarded(
                request.render("o2c_portal.pay_expired", self._frame(link, language))
            )
        if not self._may_see(link):
            if not request.env.user._is_public():
                return self._not_found()
            target = url_quote(f"/pay/{link._code()}")
            return self._guarded(request.redirect(f"/web/login?redirect={target}"))
        keys, amount = self._typed_choice()
        values = self._frame(link, language)
        values.update(link._page(keys, amount, own=self._own()))
        values["outcome"] = self._outcome(link)
        if values["state"] == "open":
            values.update(self._form_values(link, values))
        self._log(link, "opened")
        return self._guarded(request.render("o2c_portal.pay_page", values))

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
        link = self._link(code)
        if not link or not self._may_see(link):
            raise NotFound()
        link, _language = self._in_language(link)
        if link._is_expired(link.company_id._o2c_today()):
            raise UserError(request.env._("This pay link has expired."))
        kwargs.pop("access_token", None)
        self._validate_transaction_kwargs(kwargs)
        keys, other = choice_text.read(choice)
        decision = link._choose(keys, other, own=self._own())
        if not decision.reason:
            link._queue_up(decision)
        if decision.reason:
            raise UserError(link._refusal(decision.reason))
        if link.currency_id.compare_amounts(float(decision.amount), amount or 0.0):
            raise UserError(
                request.env._(
                    "What is open has changed to %s. Please open the page again.",
                    link._money(float(decision.amount)),
                )
            )
        self._check_pace(link)
        transaction = self._start(link, decision, kwargs)
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
        own = self._own()
        transaction = request.env["payment.transaction"].sudo().browse(own[-1:])
        link = transaction.exists().o2c_link_id
        if not link or link.state == "revoked":
            return self._guarded(request.redirect("/my"))
        return self._guarded(request.redirect(f"/pay/{link._code()}"))

    @route(
        "/pay/<string:code>/invoice/<int:move_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_document(self, code, move_id, **_kwargs):
        """The PDF of one document of this link."""
        link = self._link(code)
        if not link or not self._may_see(link):
            return self._not_found()
        move = link._moves().filtered(
            lambda move: move.id == move_id and move.state == "posted"
        )
        if not move or link._is_expired(link.company_id._o2c_today()):
            return self._not_found()
        document = move._get_invoice_legal_documents("pdf", allow_fallback=True)
        if not document:
            return self._not_found()
        request.env["o2c.delivery.log"]._log(move, "link", "downloaded")
        response = request.make_response(
            document["content"],
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(document["filename"])),
            ],
        )
        return self._guarded(response)

    @route(
        "/pay/<string:code>/qr.png",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_qr(self, code, **_kwargs):
        """The QR code of this link, for mails and letters."""
        link = self._link(code)
        if not link:
            return self._not_found()
        response = request.make_response(
            link._qr_png(link._url()), [("Content-Type", "image/png")]
        )
        return self._guarded(response)

    # who asks

    def _link(self, code):
        """Link of a code; failed attempts are counted, too many get no answer."""
        address = request.httprequest.remote_addr or ""
        if GUESSES.too_many(address, time.monotonic()):
            return request.env["o2c.payment.link"].sudo()
        link = request.env["o2c.payment.link"]._open(code)
        if not link:
            GUESSES.fail(address, time.monotonic())
        return link

    def _may_see(self, link):
        """A document needs its address only; "all I owe" needs the customer's login."""
        if link.res_model != "res.partner":
            return True
        user = request.env.user
        return (
            not user._is_public()
            and user.partner_id.commercial_partner_id == link.partner_id
        )

    def _own(self):
        """Transactions that this visitor started, oldest first."""
        return list(request.session.get(STARTED) or [])

    def _typed_choice(self):
        """Chosen items and amount from the address, or None for both."""
        arguments = request.httprequest.args
        keys = [choice_text.read_key(text) for text in arguments.getlist("item")]
        amount = choice_text.typed_amount(arguments.get("other") or "")
        return keys[: choice_text.MOST_ITEMS] or None, amount or None

    # the answer

    def _guarded(self, response):
        """Nothing of this page is kept, indexed, framed or passed on."""
        for name, value in GUARDS.items():
            response.headers[name] = value
        return response

    def _not_found(self):
        """The same friendly answer for every wrong address."""
        response = request.render("o2c_portal.pay_not_found", {})
        response.status_code = 404
        return self._guarded(response)

    def _in_language(self, link, wanted=None):
        """Link and language; asked for once, it stays for the visit."""
        shorts = [short for short, _name, _code in link._page_languages()]
        if wanted in shorts:
            request.session[LANGUAGE] = wanted
        language = link._page_language(request.session.get(LANGUAGE))
        request.update_context(lang=language[2])
        request.lang = request.env["res.lang"]._get_data(code=language[2])
        request.future_response.set_cookie("frontend_lang", language[2])
        return link.with_context(lang=language[2]), language

    def _frame(self, link, language):
        """What every page of a link needs."""
        return {
            "link": link,
            "code": link._code(),
            "company": link.company_id,
            "language": language[0],
            "languages": link._page_languages(),
        }

    def _outcome(self, link):
        """How the visitor's own last attempt on this link ended."""
        own = request.env["payment.transaction"].sudo().browse(self._own()).exists()
        last = own.filtered(lambda tx: tx.o2c_link_id == link)[-1:]
        return last.state if last else ""

    def _log(self, link, event):
        """One line in the delivery log of the document; colleagues do not count."""
        if request.env.user._is_internal():
            return
        now = fields.Datetime.now()
        last = link.opened_at
        if event == "opened":
            if last and (now - last).total_seconds() < LOG_AGAIN_AFTER:
                return
            link.opened_at = now
        request.env["o2c.delivery.log"]._log(
            link._logged_document(), "link", event, partner=link.partner_id
        )

    # paying

    def _form_values(self, link, page):
        """Context of core's payment form, with our own transaction route."""
        partner = link.partner_id
        report = {}
        providers = (
            request.env["payment.provider"]
            .sudo()
            ._get_compatible_providers(
                link.company_id.id,
                partner.id,
                page["amount"],
                currency_id=link.currency_id.id,
                report=report,
            )
        )
        methods = (
            request.env["payment.method"]
            .sudo()
            ._get_compatible_payment_methods(
                providers.ids,
                partner.id,
                currency_id=link.currency_id.id,
                report=report,
            )
        )
        methods = link._page_methods(methods)
        return {
            "providers_sudo": providers,
            "payment_methods_sudo": methods,
            "o2c_method_id": link._usual_method(methods).id,
            "tokens_sudo": request.env["payment.token"].sudo(),
            "show_tokenize_input_mapping": dict.fromkeys(providers.ids, False),
            "availability_report": report,
            "partner_id": partner.id,
            "transaction_route": f"/pay/{page['code']}/start/{page['choice']}",
            "landing_route": "/pay/back",
            "access_token": "",
        }

    def _check_pace(self, link):
        """No endless row of started payments on one link."""
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        started = request.env["payment.transaction"].sudo().search_count(
            [("o2c_link_id", "=", link.id), ("create_date", ">=", since)],
            limit=STARTS_PER_HOUR,
        )
        if started >= STARTS_PER_HOUR:
            raise UserError(
                request.env._("Too many attempts. Please try again in an hour.")
            )

    def _start(self, link, decision, kwargs):
        """The transaction with its ordered allocations."""
        moves = link._moves().browse(
            dict.fromkeys(row.move_id for row in decision.allocations if row.amount > 0)
        )
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
        if kwargs.get("flow") not in ("redirect", "direct"):
            raise NotFound()
        self._check_method(link, kwargs)
        transaction = self._create_transaction(
            reference_prefix=self._prefix(link, moves),
            custom_create_values={
                "o2c_link_id": link.id,
                "invoice_ids": [Command.set(moves.ids)],
                "o2c_allocation_ids": [
                    Command.create(
                        {
                            "sequence": sequence,
                            "move_id": row.move_id,
                            "number": row.number,
                            "amount": float(row.amount),
                            "discount": float(row.discount),
                        }
                    )
                    for sequence, row in enumerate(decision.allocations)
                ],
            },
            **kwargs,
        )
        request.session[STARTED] = [*self._own(), transaction.id][-20:]
        self._log(link, "payment")
        return transaction

    def _check_method(self, link, kwargs):
        """Only a method that the page offered may be used."""
        values = self._form_values(
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

    def _prefix(self, link, moves):
        """Reference that the bank shows: the invoice, or one for the set."""
        return moves.name if len(moves) == 1 else link.reference
