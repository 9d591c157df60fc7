"""Pages for a customer without a login: what was missing, and the picture."""

import base64

from odoo.http import Controller, request, route

from ..policy import tracking

GUARDS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}
#: One transparent pixel.
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class CustomerPage(Controller):
    """Whoever holds the address may fill in this one thing, once, and nothing else."""

    @route(
        "/o2c/fill/<string:code>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def fill_in(self, code, **form):
        """The page that asks for what an invoice misses; a post answers it."""
        question = request.env["o2c.data.request"]._open_page(code)
        values = {"question": question, "code": code, "wrong": (), "form": {}}
        if not question:
            return self._guarded("o2c_billing.fill_in_wrong", values, 404)
        language = question.partner_id.lang or question.company_id.partner_id.lang
        installed = dict(request.env["res.lang"].get_installed())
        question = question.with_company(question.company_id)
        if language in installed:
            question = question.with_context(lang=language)
            request.update_context(lang=language)
        values["question"] = question
        if not question._works():
            return self._guarded("o2c_billing.fill_in_done", values)
        if request.httprequest.method == "POST":
            answer, wrong = question._read_form(form)
            if not wrong and question.try_lock_for_update():
                question._take(answer)
                return self._guarded("o2c_billing.fill_in_done", values)
            values |= {"wrong": wrong, "form": answer}
        return self._guarded("o2c_billing.fill_in", values)

    @route(
        "/o2c/opened/<int:number>-<string:token>.gif",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def opened(self, number, token):
        """The invisible picture of an e-mail; colleagues do not count."""
        if not request.env.user._is_internal():
            request.env["o2c.sending"]._opened(number, token)
        response = request.make_response(PIXEL, [("Content-Type", "image/gif")])
        response.headers["Cache-Control"] = "no-store"
        return response

    def _guarded(self, template, values, status=200):
        """Nothing of this page is kept, indexed, framed or passed on."""
        response = request.render(template, values)
        response.status_code = status
        for name, value in GUARDS.items():
            response.headers[name] = value
        return response


def customer_looks():
    """Is it a customer who asks, not a colleague and not a program?"""
    agent = request.httprequest.user_agent.string
    return not request.env.user._is_internal() and not tracking.is_robot(agent)
