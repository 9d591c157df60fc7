"""The server's own log never holds what opens a pay link."""

import logging

from ..policy import log_mask

#: Loggers that write the addresses of requests.
LOGGERS = ("werkzeug", "odoo.http", "odoo.addons.base.models.ir_http")


class LinkFilter(logging.Filter):
    """Masks the token in message and arguments of a record."""

    def filter(self, record):
        record.msg = self._masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(self._masked(value) for value in record.args)
        return True

    def _masked(self, value):
        return log_mask.masked(value) if isinstance(value, str) else value


for name in LOGGERS:
    logging.getLogger(name).addFilter(LinkFilter())
