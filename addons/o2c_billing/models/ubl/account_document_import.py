"""Imported XML files: a poisoned one is refused with a reason, the others go on."""

from base64 import b64decode
from binascii import Error as Base64Error

from odoo import api, models

from ...policy import xml_file


class AccountDocumentImportMixin(models.AbstractModel):
    _inherit = "account.document.import.mixin"

    @api.model
    def _get_xml_tree(self, file_data):
        """No tree is built of a file that is not safe; core then attaches it as it is.

        The reason travels with the file and is told on the document it came with.
        """
        if self._o2c_looks_like_xml(file_data):
            problem = xml_file.problem(file_data["raw"] or b"")
            if problem:
                file_data["o2c_refused"] = problem
                return None
        return super()._get_xml_tree(file_data)

    @api.model
    def _o2c_looks_like_xml(self, file_data):
        kind, name = file_data["mimetype"] or "", file_data["name"] or ""
        start = (file_data["raw"] or b"")[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
        return kind.endswith("/xml") or (
            "text/plain" in kind
            and (name.lower().endswith(".xml") or start[:1] == b"<")
        )

    def _extend_with_attachments(self, files_data, new=False):
        refused = {
            file_data["name"]: file_data["o2c_refused"]
            for file_data in files_data
            if file_data.get("o2c_refused")
        }
        for name, problem in refused.items():
            self.message_post(body=self._o2c_refusal_words(name, problem))
        return super()._extend_with_attachments(files_data, new=new)

    @api.model
    def _o2c_refusal_words(self, name, problem):
        """Why a file was not read, and what to do."""
        reason = {
            xml_file.DOCTYPE: self.env._(
                "it has a DOCTYPE, with which a file can attack the server. Ask the "
                "sender for a normal e-invoice; do not open this one"
            ),
            xml_file.NESTING: self.env._(
                "its elements are nested too deep for a business document. Ask the "
                "sender for a normal e-invoice"
            ),
            xml_file.ENCODING: self.env._(
                "its text is not in the encoding that it names. Ask the sender for a "
                "file in UTF-8"
            ),
            xml_file.DAMAGED: self.env._(
                "it is damaged or incomplete. Ask the sender to send it again"
            ),
            xml_file.TOO_LARGE: self.env._(
                "it is larger than 50 MB. Ask the sender for one without attachments"
            ),
        }[problem]
        return self.env._(
            "The file %(name)s was not read: %(reason)s.", name=name, reason=reason
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _ubl_parse_attached_document(self, tree):
        """What is wrapped in a safe file is judged like any other."""
        node = tree.find("{*}Attachment/{*}EmbeddedDocumentBinaryObject")
        inner = []
        if node is not None and (node.get("mimeCode") or "").endswith("/xml"):
            try:
                inner.append(b64decode(node.text or ""))
            except (Base64Error, ValueError):
                return "", None
        text = tree.findtext("{*}Attachment/{*}ExternalReference/{*}Description")
        if (text or "").lstrip().startswith("<"):
            inner.append(text.encode())
        if any(xml_file.problem(content) for content in inner):
            return "", None
        return super()._ubl_parse_attached_document(tree)
