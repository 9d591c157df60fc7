"""A code to the known mail address, for what a paper may not do by itself."""

import secrets
import time
from urllib.parse import parse_qsl

from odoo.http import request

from ..policy import guessing, mailed_code, proof
from .account_overview import ACCOUNT
from .pay_desk import CAME_FROM, PayDesk, public

#: Codes that were asked for per network address, in this process.
ASKED = guessing.Guesses(limit=mailed_code.PER_ADDRESS, seconds=3600)
#: Number of this visit; a code belongs to the browser that asked for it.
VISIT = "o2c_pay_code_visit"
#: Where to go after the code.
THEN = (*proof.KINDS, "requests", "all")


class PayMailCode(PayDesk):
    @public("/pay/<string:code>/code", ["GET", "POST"])
    def pay_code_ask(self, code, then="requests", choice="", **_kwargs):
        """Ask for a code. The answer is the same whether one was mailed or not."""
        link = self._pay_link(code)
        if not link or link._is_expired(link.company_id._o2c_today()):
            return self._pay_not_found()
        link, language = self._pay_in_language(link, self._pay_wanted_language())
        address = next(iter(link._known_addresses()), "")
        values = {
            "step": "ask",
            "choice": self._pay_kept_choice(choice),
            "address": mailed_code.masked(address),
        }
        if request.httprequest.method == "POST":
            self._pay_code_mail(link)
            values["step"] = "type"
        return self._pay_code_page(link, language, then, values)

    @public("/pay/<string:code>/code/check", ["POST"])
    def pay_code_check(self, code, then="requests", typed="", choice="", **_kwargs):
        """The code that was typed; every wrong one gets the same answer."""
        link = self._pay_link(code)
        if not link or link._is_expired(link.company_id._o2c_today()):
            return self._pay_not_found()
        link, language = self._pay_in_language(link, self._pay_wanted_language())
        codes = request.env["o2c.mail.code"]
        contact = codes._check(link, request.session.get(VISIT), typed)
        if not contact:
            address = next(iter(link._known_addresses()), "")
            values = {
                "step": "type",
                "wrong": True,
                "choice": self._pay_kept_choice(choice),
                "address": mailed_code.masked(address),
            }
            return self._pay_code_page(link, language, then, values)
        self._pay_believe(link, contact)
        request.session.pop(VISIT, None)
        return self._pay_guarded(
            request.redirect(self._pay_code_target(link, then, choice), code=303)
        )

    def _pay_code_mail(self, link):
        """Mail a code, unless this address asked for too many."""
        here, now = request.httprequest.remote_addr or "", time.monotonic()
        if ASKED.too_many(here, now):
            return
        ASKED.fail(here, now)
        visit = request.session.get(VISIT) or secrets.token_hex(16)
        request.session[VISIT] = visit
        request.env["o2c.mail.code"]._ask(link, visit)

    def _pay_code_page(self, link, language, then, values):
        """The page of the code."""
        response = request.render(
            "o2c_portal.pay_mail_code",
            {
                **self._pay_desk_frame(link, language),
                "then": then if then in THEN else "requests",
                "minutes": mailed_code.LIFE_MINUTES,
                "back_link": self._pay_code_back(link),
                "account_path": self._reading_path(ACCOUNT),
                **values,
            },
        )
        if values.get("wrong"):
            response.status_code = 422
        return self._pay_guarded(response)

    def _pay_kept_choice(self, choice):
        """The choice as it came along; anything else in it is dropped."""
        return self._pay_choice_text(parse_qsl(choice[:2000], max_num_fields=200))

    def _pay_code_back(self, link):
        """The page that needs no code: this one, or the one he came from; or none."""
        if self._pay_may_see(link):
            return link
        came = link.browse(request.session.get(CAME_FROM) or 0).exists()
        mine = came.partner_id == link.partner_id and came.company_id == link.company_id
        return came if came and mine and self._pay_may_see(came) else came.browse()

    def _pay_code_target(self, link, then, choice=""):
        """Where a proven visitor goes on; always an address of ours."""
        base = f"/pay/{link._code()}"
        if then == "all":
            kept = self._pay_kept_choice(choice)
            everything = self._pay_everything(link, self._pay_visitor(link))
            return everything or (f"{base}?{kept}" if kept else base)
        return f"{base}/{then}" if then in (*proof.KINDS, "requests") else base
