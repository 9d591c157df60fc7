"""The last door of a mail: the address of a pay page gets its proof, the QR code its
picture.

Pictures on a server are hidden by most mail programs until the reader allows them, and
pictures written into the text are removed. And who opens an address that was mailed to
him reads his mail (``policy/mail_proof.py``): whatever mail brings the address, it says
so. The proof is put in here and stands nowhere in the database.
"""

import re
from email.utils import make_msgid

from odoo import api, models
from odoo.tools import email_normalize_all

from ..policy import mail_proof

QR_PICTURE = re.compile(
    r'(?P<before><img\b[^>]*\bsrc=")(?P<src>https?://[^"]+/pay/(?P<code>[0-9A-Z]+-'
    r'[0-9A-Z]{20})(?:-[0-9A-Z]{20})?/qr\.png)(?=")'
)
#: An address without a proof.
ADDRESS = re.compile(
    r"(?P<url>https?://[^\s\"'<>]+/pay/(?P<code>[0-9A-Z]+-[0-9A-Z]{20}))(?![-0-9A-Z])"
)
RECIPIENTS = ("To", "Cc", "Bcc")


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):  # noqa: PLW3201
        """Extends base: the proof in our addresses, our QR codes into the message."""
        message = super()._build_email__(*args, **kwargs)
        for kind in ("plain", "html"):
            body = message.get_body(preferencelist=(kind,))
            if body and "/pay/" in (text := body.get_content()):
                proven = self._o2c_with_proof(message, text)
                if proven != text:
                    body.set_content(proven, subtype=kind, charset="utf-8")
                if kind == "html" and "/qr.png" in proven:
                    self._o2c_embed_qr(body, proven)
        return message

    @api.model
    def _o2c_with_proof(self, message, text):
        """A text with a proof in every address of ours.

        Only where each reader of this message is one whose address we know of the
        customer: what a colleague or a stranger reads along stays as paper is.
        """
        links = self.env["o2c.payment.link"]
        readers = [
            address
            for name in RECIPIENTS
            for value in message.get_all(name, [])
            for address in email_normalize_all(value)
        ]
        found = {}

        def prove(match):
            code = match["code"]
            if code not in found:
                link = links._open(code)
                ours = link and match["url"] == link._url()
                known = set(link._known_addresses()) if ours else set()
                found[code] = (
                    mail_proof.compose(code, link._mail_digest(readers[0]))
                    if readers and known.issuperset(readers)
                    else code
                )
            return match["url"].removesuffix(code) + found[code]

        return ADDRESS.sub(prove, text)

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
