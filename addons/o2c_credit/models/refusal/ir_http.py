"""Who was refused what, in the server's log: Odoo itself writes only the message."""

import logging

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import request

_logger = logging.getLogger(__name__)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        if isinstance(exception, AccessError):
            # no query: the transaction may be broken
            _logger.info(
                "User %s (%s) was refused at %s: %s",
                request.env.uid,
                request.session.get("login") or "by key",
                request.httprequest.path,
                exception.args[0] if exception.args else "",
            )
        return super()._handle_error(exception)
