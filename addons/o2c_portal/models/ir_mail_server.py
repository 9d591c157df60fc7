"""The QR code travels inside the mail, so that mail programs show it at once.

Pictures on a server are hidden by most mail programs until the reader allows them, and
pictures written into the text are removed.
"""

import re
from email.utils import make_msgid

from odoo import models

QR_PICTURE = re.compile(
    r'(?P<before><img\b[^>]*\bsrc=")(?P<src>https?://[^"]+/pay/(?P<code>[0-9A-Z]+-'
    r'[0-9A-Z]{20})/qr\.png)(?=")'
)


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):  # noqa: PLW3201
        """Extends base: put the QR codes of our links into the message."""
        message = super()._build_email__(*args, **kwargs)
        body = message.get_body(preferencelist=("html",))
        if body and "/qr.png" in (html := body.get_content()):
            self._o2c_embed_qr(body, html)
        return message

    def _o2c_embed_qr(self, body, html):
        """Replace each address of a live link's picture by the picture itself."""
        links = self.env["o2c.payment.link"]
        pictures = {}

        def embed(match):
            link = links._open(match["code"])
            if not link:
                return match[0]
            cid = make_msgid(domain="qr.o2c")
            pictures[cid] = links._qr_png(link._url())
            return f"{match['before']}cid:{cid[1:-1]}"

        html = QR_PICTURE.sub(embed, html)
        if pictures:
            body.set_content(html, subtype="html", charset="utf-8")
            for cid, png in pictures.items():
                body.add_related(png, "image", "png", cid=cid)
