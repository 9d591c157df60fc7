"""The desk on a pay page: without a login, as far as the visitor's proof reaches."""

from dataclasses import replace

from werkzeug.urls import url_encode

from odoo.http import request, route

from ..models.o2c_customer_desk import MOST_SHOWN, Visitor
from ..policy import choice_text, proof
from .account_overview import ACCOUNT
from .desk_visit import DeskVisit
from .pay_page import PayPage

KIND = "<any(plan,promise,dispute,question):kind>"
#: The pay page that this visitor saw last, to lead him back to it.
CAME_FROM = "o2c_pay_came_from"
#: What the address of a pay page says of the choice.
CHOICE = ("item", "other", "chosen")


def public(path, methods):
    """A route of a pay page."""
    return route(
        path,
        type="http",
        auth="public",
        methods=methods,
        website=True,
        multilang=False,
        sitemap=False,
    )


class PayDesk(DeskVisit, PayPage):
    @route()
    def pay_page(self, code, lang=None, **kwargs):
        """Extends: the way to the desk."""
        response = super().pay_page(code, lang=lang, **kwargs)
        if getattr(response, "template", "") == "o2c_portal.pay_page":
            link = response.qcontext["link"]
            request.session[CAME_FROM] = link.id
            response.qcontext.update(self._pay_desk_values(link))
            link._tell_said(
                response.qcontext["lines"], self._pay_reader(link), self._pay_own()
            )
            response.qcontext["account_path"] = (
                self._reading_path(ACCOUNT) if self._pay_is_own(link) else ""
            )
        return response

    @public(f"/pay/<string:code>/{KIND}", ["GET", "POST"])
    def pay_desk(self, code, kind, **_kwargs):
        """A form of the desk, and where it is sent."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        link, language = self._pay_in_language(link, self._pay_wanted_language())
        desk = request.env["o2c.customer.desk"]
        if self._pay_is_own(link):
            return self._pay_guarded(request.redirect(self._pay_account(link, kind)))
        visitor = self._pay_visitor(link)
        if not desk._is_open(link.company_id) or not visitor.moves:
            return self._pay_guarded(request.redirect(f"/pay/{link._code()}"))
        base, frame = f"/pay/{link._code()}", self._pay_desk_frame(link, language)
        if not proof.enough(visitor.proof, kind):
            wanted = url_encode({"then": kind})
            return self._pay_guarded(request.redirect(f"{base}/code?{wanted}"))
        if request.httprequest.method == "POST":
            return self._pay_guarded(self._desk_send(visitor, kind, base, frame))
        return self._pay_guarded(self._desk_form_page(visitor, kind, base, frame))

    @public("/pay/<string:code>/requests", ["GET"])
    def pay_requests(self, code, **_kwargs):
        """What was agreed, announced, disputed and asked about this document."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        link, language = self._pay_in_language(link, self._pay_wanted_language())
        visitor, base = self._pay_visitor(link), f"/pay/{link._code()}"
        if not proof.sees_talks(visitor.proof):
            return self._pay_guarded(request.redirect(f"{base}/code?then=requests"))
        frame = self._pay_desk_frame(link, language)
        return self._pay_guarded(self._desk_list_page(visitor, base, frame))

    @public(f"/pay/<string:code>/requests/{KIND}/<int:number>", ["GET", "POST"])
    def pay_request(self, code, kind, number, **_kwargs):
        """One of them; what is not his and what does not exist look alike."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        link, language = self._pay_in_language(link, self._pay_wanted_language())
        visitor = self._pay_visitor(link)
        base, frame = f"/pay/{link._code()}", self._pay_desk_frame(link, language)
        record = request.env["o2c.customer.desk"]._talk(visitor, kind, number)
        if record is None:
            return self._pay_guarded(request.redirect(f"{base}/requests"))
        if request.httprequest.method == "POST":
            return self._pay_guarded(self._desk_reply(visitor, record, base, frame))
        return self._pay_guarded(self._desk_talk_page(visitor, record, base, frame))

    @public("/pay/<string:code>/requests/dispute/<int:number>/back", ["POST"])
    def pay_dispute_back(self, code, number, **_kwargs):
        """It was made by mistake."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        link, language = self._pay_in_language(link, self._pay_wanted_language())
        visitor = self._pay_visitor(link)
        base, frame = f"/pay/{link._code()}", self._pay_desk_frame(link, language)
        record = request.env["o2c.customer.desk"]._talk(visitor, proof.DISPUTE, number)
        if record is None:
            return self._pay_guarded(request.redirect(f"{base}/requests"))
        return self._pay_guarded(self._desk_take_back(visitor, record, base, frame))

    @public(f"/pay/<string:code>/requests/{KIND}/<int:number>/file/<int:file>", ["GET"])
    def pay_request_file(self, code, kind, number, file, **_kwargs):
        """A file of the conversation."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        visitor = self._pay_visitor(link)
        record = request.env["o2c.customer.desk"]._talk(visitor, kind, number)
        response = record is not None and self._desk_file(record, file)
        return self._pay_guarded(response) if response else self._pay_not_found()

    def _pay_desk_values(self, link):
        """What a pay page says of the desk: forms, what was said, all that is owed.

        Also who holds a paper only sees the forms: the code comes first then.
        """
        desk = request.env["o2c.customer.desk"]
        if not desk._is_open(link.company_id) or request.env.user._is_internal():
            return {"desk_kinds": [], "desk_talks": False, "desk_all": ""}
        if self._pay_is_own(link):
            everything, talks = self._reading_path(ACCOUNT), False
        else:
            visitor = self._pay_visitor(link)
            everything = self._pay_everything(link, visitor)
            talks = bool(desk._talks(visitor))
        open_ones = link._moves().filtered(
            lambda move: move.move_type == "out_invoice" and move.amount_residual > 0
        )
        return {
            "desk_kinds": self._pay_desk_kinds(open_ones),
            "desk_talks": talks,
            "desk_all": everything,
        }

    def _pay_desk_kinds(self, moves):
        """What can be asked about open invoices: who has a plan for all of them, or
        disputes them, makes no second one; who has one announces no payment."""
        desk = request.env["o2c.customer.desk"]
        shut = {
            proof.PROMISE: desk._in_plan(moves),
            proof.PLAN: desk._plan_aside(moves),
        }
        return [
            kind
            for kind in (proof.KINDS if moves else ())
            if kind not in shut or not all(move.id in shut[kind] for move in moves)
        ]

    def _pay_everything(self, link, visitor):
        """Where all that the customer owes can be seen; by way of a code if need be."""
        if link.res_model == "res.partner":
            return ""
        if not proof.sees_all(visitor.proof):
            return f"/pay/{link._code()}/code?then=all"
        if not visitor.contact._o2c_sees_company():
            return ""
        all_link = request.env["o2c.payment.link"]._for(
            link.partner_id.with_company(link.company_id), link.currency_id
        )
        return f"/pay/{all_link._code()}"

    def _pay_way_in(self, link):
        """Extends: a code by mail, or the login, which that page offers too."""
        desk = request.env["o2c.customer.desk"]
        if not desk._is_open(link.company_id) or not link._known_addresses():
            return super()._pay_way_in(link)
        wanted = {"then": "all"}
        if choice := self._pay_choice_text(request.httprequest.args.items(multi=True)):
            wanted["choice"] = choice
        return f"/pay/{link._code()}/code?{url_encode(wanted)}"

    def _pay_choice_text(self, pairs):
        """What was chosen in the address of a pay page, to go on with it later."""
        kept = [(name, text[:40]) for name, text in pairs if name in CHOICE]
        return url_encode(kept[: choice_text.MOST_ITEMS])

    def _pay_wanted_language(self):
        return request.httprequest.args.get("lang")

    def _pay_desk_frame(self, link, language):
        """What every page of the desk needs around it."""
        return self._pay_frame(link, language) | {"page_name": "", "account": ""}

    def _pay_is_own(self, link):
        """Whether the visitor is logged in as this customer."""
        user = request.env.user
        return (
            user._is_portal()
            and user.partner_id.commercial_partner_id == link.partner_id
        )

    def _pay_reader(self, link):
        """The visitor as who reads what was said: a login proves most."""
        visitor = self._pay_visitor(link)
        if not self._pay_is_own(link):
            return visitor
        user = request.env.user
        return replace(
            visitor, proof=proof.LOGIN, user=user, contact=user.partner_id.sudo()
        )

    def _pay_account(self, link, kind):
        """The same form in the portal, with the documents of this link ticked."""
        moves = link._moves()[:MOST_SHOWN]
        ticked = [("item", move.id) for move in moves]
        if len(moves) == 1:
            ticked = [("document", moves.id)]
        account = f"{link.company_id.id}.{link.currency_id.id}"
        query = url_encode([("account", account), *ticked])
        return self._reading_path(f"{ACCOUNT}/{kind}?{query}")

    def _pay_visitor(self, link):
        """The visitor of this page, with the documents he may speak about."""
        shown, contact = self._pay_proof(link)
        moves = link._moves()
        if proof.sees_all(shown) and contact._o2c_sees_company():
            moves |= link._open_moves_of_partner()
        return Visitor(
            customer=link.partner_id,
            contact=contact,
            company=link.company_id,
            currency=link.currency_id,
            moves=moves.filtered(
                lambda move: move.state == "posted"
                and move.currency_id == link.currency_id
            )[:MOST_SHOWN],
            proof=shown,
            link=link,
            document=link._moves() if len(link._moves()) == 1 else None,
        )
