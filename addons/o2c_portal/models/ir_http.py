from odoo import models
from odoo.http import request

#: Key of the visit: short code of the language he reads in.
LANGUAGE = "o2c_pay_language"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _frontend_pre_dispatch(cls):
        """Extends http_routing: who reads the portal in a language goes on reading pay
        pages in it."""
        result = super()._frontend_pre_dispatch()
        short = request.lang.code[:2]
        is_portal = request.httprequest.path.startswith("/my")
        if is_portal and request.session.get(LANGUAGE) != short:
            request.session[LANGUAGE] = short
        return result
