"""In which language a visitor reads, on his way between the portal and a pay page."""

from odoo.http import request

from ..models.ir_http import LANGUAGE


class Reading:
    """A plain mixin. Pay pages have one address for all languages, the portal has one
    per language; who goes from one to the other goes on reading in his own."""

    def _reading_now(self):
        """Short code of the language of this visit; None before it was known."""
        return request.session.get(LANGUAGE)

    def _reading_path(self, path):
        """Address of a portal page in the language in which this page is read."""
        language = request.env.context.get("lang") or request.lang.code
        return request.env["ir.http"]._url_for(path, lang_code=language)

    def _reading_comma(self):
        """Whether he writes 4.265,14, so that his spreadsheet does so too."""
        code = request.env.context.get("lang") or request.lang.code
        return request.env["res.lang"]._get_data(code=code).decimal_point == ","

    def _pay_in_language(self, link, wanted=None):
        """Link and language: the one asked for, else the one he reads in, else the
        customer's."""
        shorts = [short for short, _name, _code in link._page_languages()]
        if wanted in shorts:
            request.session[LANGUAGE] = wanted
        language = link._page_language(self._reading_now())
        request.update_context(lang=language[2])
        request.lang = request.env["res.lang"]._get_data(code=language[2])
        # here only: the portal follows the language of its user
        request.future_response.set_cookie("frontend_lang", language[2], path="/pay")
        return link.with_context(lang=language[2]), language
