"""Who visits a pay page, and what every answer to him has in common."""

import time

from odoo import fields
from odoo.http import request

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing

from ..policy import guessing, mail_proof
from .pay_proof import PayProof
from .reading import Reading

#: Failed attempts per address, in this process.
GUESSES = guessing.Guesses()
#: An opening is logged at most once in so many seconds.
LOG_AGAIN_AFTER = 1800
#: Minutes in which the page still talks about the visitor's last attempt.
JUST_NOW = 30
STARTED = "o2c_pay_started"
GUARDS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class PayVisit(Reading, PayProof, PaymentPortal):
    """Whoever holds the address may read and pay this document, and nothing else."""

    def _pay_link(self, code):
        """Link of a code. Who holds a right one gets in, whatever others did at his
        address; wrong ones are counted."""
        code, mailed = mail_proof.split(code)
        link = request.env["o2c.payment.link"]._open(code)
        if not link:
            GUESSES.fail(request.httprequest.remote_addr or "", time.monotonic())
        elif mailed:
            self._pay_keep_mailed(link, mailed)
        return link

    def _pay_readable(self, code):
        """Link of a code when the visitor may read it now, else an empty one."""
        link = self._pay_link(code)
        if not link or not self._pay_may_see(link):
            return link.browse()
        if link._is_expired(link.company_id._o2c_today()):
            return link.browse()
        return link

    def _pay_may_see(self, link):
        """A document needs its address only; "all I owe" needs the customer's login,
        or a code that was mailed to him."""
        if link.res_model != "res.partner":
            return True
        if (coded := self._pay_coded(link)) and coded._o2c_sees_company():
            return True
        user = request.env.user
        return (
            not user._is_public()
            and user.partner_id.commercial_partner_id == link.partner_id
            and user.partner_id._o2c_sees_company()
        )

    def _pay_own(self):
        """Transactions that this visitor started, oldest first."""
        return list(request.session.get(STARTED) or [])

    def _pay_guarded(self, response):
        """Nothing of this page is kept, indexed, framed or passed on."""
        for name, value in GUARDS.items():
            response.headers[name] = value
        return response

    def _pay_not_found(self):
        """The same friendly answer for every wrong address; a short one after many."""
        address = request.httprequest.remote_addr or ""
        if GUESSES.too_many(address, time.monotonic()):
            response = request.make_response("", status=429)
            response.headers["Retry-After"] = str(guessing.SECONDS)
            return self._pay_guarded(response)
        response = request.render("o2c_portal.pay_not_found", {})
        response.status_code = 404
        return self._pay_guarded(response)

    def _pay_frame(self, link, language):
        """What every page of a link needs."""
        return {
            "link": link,
            "code": link._code(),
            "company": link.company_id,
            "language": language[0],
            "languages": link._page_languages(),
        }

    def _pay_outcome(self, link, bank=None):
        """How the visitor's own attempt on this link ended, if it just did.

        :return: state and amount of the transaction, or an empty state; of one that
            is on its way what happens now
        """
        own = request.env["payment.transaction"].sudo().browse(self._pay_own()).exists()
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=JUST_NOW)
        last = own.filtered(
            lambda tx: tx.o2c_link_id == link and tx.last_state_change >= since
        )[-1:]
        on_its_way = last.state in ("pending", "authorized")
        by_hand = on_its_way and last._o2c_is_by_hand()
        return {
            "outcome": "pending" if on_its_way else last.state or "",
            "outcome_amount": last.amount,
            "outcome_by_hand": by_hand,
            "outcome_text": link._own_text(last, by_hand, bank) if on_its_way else "",
            # Odoo's script tells when it has ended, and books it
            "outcome_waits": on_its_way
            and not by_hand
            and request.session.get(PaymentPostProcessing.MONITORED_TX_ID_KEY)
            == last.id,
            "receipt_id": last.id if last.payment_id else 0,
        }

    def _pay_log(self, link, event, detail=""):
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
            link._logged_document(),
            "link",
            event,
            partner=link.partner_id,
            detail=detail,
        )

    def _pay_form_values(self, link, page):
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
