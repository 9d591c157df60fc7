"""The public page of a pay link: read, choose, download."""

from werkzeug.urls import url_quote

from odoo.http import content_disposition, request, route

from ..policy import choice_text
from .pay_papers import NOTE_RESULT
from .pay_visit import PayVisit


class PayPage(PayVisit):
    """What can be read with the address of a link."""

    @route(
        "/pay/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_page(self, code, lang=None, changed="", **_kwargs):
        """What is owed now, and the ways to pay it.

        :param str changed: set when the page opens again because it was old
        """
        link = self._pay_link(code)
        if not link:
            return self._pay_not_found()
        link, language = self._pay_in_language(link, lang)
        if link._is_expired(link.company_id._o2c_today()):
            return self._pay_guarded(
                request.render(
                    "o2c_portal.pay_expired", self._pay_frame(link, language)
                )
            )
        if not self._pay_may_see(link):
            if not request.env.user._is_public():
                return self._pay_not_found()
            return self._pay_guarded(request.redirect(self._pay_way_in(link)))
        keys, amount = self._pay_typed_choice()
        values = self._pay_frame(link, language)
        values.update(link._page(keys, amount, own=self._pay_own()))
        values["changed_text"] = link._changed_text(values) if changed else ""
        values.update(self._pay_outcome(link, values["bank"]))
        if values["outcome_by_hand"]:
            values["bank_first"] = True
        values["note_result"] = request.session.pop(NOTE_RESULT, None)
        values.update(self._pay_typed_again(values))
        if values["state"] == "open" and not values.get("nothing_chosen"):
            values.update(self._pay_form_values(link, values))
        self._pay_log(link, "opened")
        return self._pay_guarded(request.render("o2c_portal.pay_page", values))

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
        link = self._pay_link(code)
        if not link or not self._pay_may_see(link):
            return self._pay_not_found()
        move = link._moves().filtered(
            lambda move: move.id == move_id and move.state == "posted"
        )
        if not move or link._is_expired(link.company_id._o2c_today()):
            return self._pay_not_found()
        document = move._get_invoice_legal_documents("pdf", allow_fallback=True)
        if not document:
            return self._pay_not_found()
        request.env["o2c.delivery.log"]._log(move, "link", "downloaded")
        response = request.make_response(
            document["content"],
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(document["filename"])),
            ],
        )
        return self._pay_guarded(response)

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
        link = self._pay_link(code)
        if not link:
            return self._pay_not_found()
        response = request.make_response(
            link._qr_png(link._url()), [("Content-Type", "image/png")]
        )
        return self._pay_guarded(response)

    def _pay_way_in(self, link):
        """Hook: where a visitor shows that he is the customer."""
        target = url_quote(f"/pay/{link._code()}")
        return f"/web/login?redirect={target}"

    def _pay_typed_choice(self):
        """Chosen items and amount from the address, or None for both."""
        arguments = request.httprequest.args
        keys = [choice_text.read_key(text) for text in arguments.getlist("item")]
        amount = choice_text.typed_amount(arguments.get("other") or "")
        keys = keys[: choice_text.MOST_ITEMS]
        # a form with boxes was sent: none ticked is nothing, not everything
        if not keys and not arguments.get("chosen"):
            keys = None
        return keys, amount or None

    def _pay_typed_again(self, page):
        """What he chose and typed, when it could not be taken: the box stays open."""
        arguments = request.httprequest.args
        if not page["refusal"]:
            return {"typed_items": None, "typed_other": ""}
        return {
            "typed_items": arguments.getlist("item"),
            "typed_other": (arguments.get("other") or "")[:40],
        }
