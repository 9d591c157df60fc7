"""Files that come in at the desk, and what is said with them."""

import hashlib
import io
import zipfile

from markupsafe import Markup, escape

from odoo import api, models

from ..policy import mailed_code, proof, upload

MOST_FILES = 5


def as_html(text):
    """Typed text with its line breaks, and nothing that a browser would run."""
    return Markup("<br/>").join(escape(text or "").splitlines())


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _read_files(self, uploads):
        """Files that may come in, and the sentence when one may not.

        :param uploads: list of (name, bytes)
        :return: (list of (name, bytes, mimetype), sentence)
        """
        uploads = [(name, content) for name, content in uploads if name]
        if len(uploads) > MOST_FILES:
            return [], self.env._("Please send %s files at most.", MOST_FILES)
        files = []
        for name, content in uploads:
            reason = upload.problem(
                name, content, self._parts(content), kinds=upload.WITH_PHOTOS
            )
            if reason:
                return [], self._file_refusal(upload.clean_name(name), reason)
            kind = upload.WITH_PHOTOS[upload.ending(name)]
            files.append((upload.clean_name(name), content, kind))
        return files, ""

    @api.model
    def _parts(self, content):
        """Size per name of what a packed file holds, read from its directory only."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                return {part.filename: part.file_size for part in packed.infolist()}
        except zipfile.BadZipFile:
            return None

    @api.model
    def _file_refusal(self, name, reason):
        """The sentence a customer reads when a file is refused."""
        return {
            upload.EMPTY: self.env._("%s is empty.", name),
            upload.TOO_LARGE: self.env._("%s is larger than 5 MB.", name),
            upload.KIND: self.env._(
                "%s: please send a PDF, a photo (JPEG or PNG), CSV, XML, text or Excel "
                "file without macros.",
                name,
            ),
        }[reason]

    @api.model
    def _keep(self, record, files):
        """Files on a record, with the kind that was checked; the same file once.

        :return: ``ir.attachment`` records, in sudo
        """
        attachments = self.env["ir.attachment"].sudo()
        kept = attachments
        for name, content, mimetype in files:
            digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
            mine = [("res_model", "=", record._name), ("res_id", "=", record.id)]
            kept |= attachments.search(
                [*mine, ("checksum", "=", digest)], limit=1
            ) or attachments.create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": record._name,
                    "res_id": record.id,
                    "company_id": record.company_id.id,
                }
            )
        return kept

    @api.model
    def _say(self, visitor, record, kind, files, text=""):
        """On the record: that it came, from whom and by which proof, with its files."""
        attachments = self._keep(record, files)
        if not text:
            record.message_post(
                body=self._origin(visitor), subtype_xmlid="mail.mt_note"
            )
        if text or attachments:
            record.message_post(
                body=as_html(text),
                author_id=visitor.contact.id or visitor.customer.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachment_ids=attachments.ids,
            )

    @api.model
    def _origin(self, visitor):
        """Who sent a form, in words for colleagues."""
        names = {"who": visitor.contact.name or visitor.customer.name}
        names["mail"] = mailed_code.masked(visitor.contact.email)
        if visitor.proof == proof.LOGIN:
            return self.env._("Sent in the portal by %(who)s.", **names)
        if visitor.proof == proof.CODE:
            return self.env._(
                "Sent on the pay page with the code mailed to %(who)s (%(mail)s).",
                **names,
            )
        return self.env._(
            "Sent on the pay page with the link mailed to %(who)s (%(mail)s).", **names
        )
