"""A part of a dossier: one document, made or taken over, with its hash."""

import base64
import io
import logging
import re

from lxml import etree, html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.pdf import OdooPdfFileReader

from ...policy.chain import digest

_logger = logging.getLogger(__name__)

PART_KINDS = [
    ("calculation", "Calculation"),
    ("wik", "14-day letters and notices of default"),
    ("invoice", "Invoices"),
    ("order", "Orders"),
    ("delivery", "Proof of delivery"),
    ("notice", "Reminders"),
    ("sending", "When and how everything was sent"),
    ("agreement", "Promises, plans and disputes"),
    ("payment", "Payments"),
    ("correspondence", "Calls and correspondence"),
    ("other", "Other documents"),
]
EXTENSIONS = {"application/pdf": "pdf", "text/html": "html"}


class O2cDossierPart(models.Model):
    """Its bytes are kept, so that a hash on the cover can be checked later."""

    _name = "o2c.dossier.part"
    _description = "Dossier Part"
    _order = "sequence, id"

    file_id = fields.Many2one(
        "o2c.collection.file",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="file_id.company_id")
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(PART_KINDS, required=True, readonly=True)
    name = fields.Char(string="Document", required=True, readonly=True)
    date = fields.Date(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Source", model_field="res_model", readonly=True
    )
    state = fields.Selection(
        [
            ("wanted", "To make"),
            ("made", "In the PDF"),
            ("beside", "Only in the ZIP"),
            ("missing", "Missing"),
        ],
        default="wanted",
        required=True,
        readonly=True,
    )
    problem = fields.Char(readonly=True, help="Why it is not in the PDF.")
    data = fields.Binary(attachment=True, readonly=True)
    mimetype = fields.Char(readonly=True)
    extension = fields.Char(readonly=True)
    pages = fields.Integer(readonly=True)
    first_page = fields.Integer(readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)

    def _make(self):
        """Make this part; what cannot be made says why and stays visible."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                found = self.file_id._part_content(self)
        except Exception as error:
            _logger.exception("Dossier part %s could not be made", self.id)
            self.write({"state": "missing", "problem": str(error)[:500]})
            return
        if not found or not found[0]:
            self.write(
                {"state": "missing", "problem": self.env._("No document was found.")}
            )
            return
        raw, mimetype, problem = found
        pages = 0
        if mimetype == "application/pdf" and not problem:
            pages, problem = self._count_pages(raw)
        self.write(
            {
                "state": "made" if pages else "beside",
                "problem": problem
                or (not pages and self.env._("This kind of file has no pages."))
                or False,
                "data": base64.b64encode(raw),
                "mimetype": mimetype,
                "extension": EXTENSIONS.get(mimetype, self.extension or "bin"),
                "pages": pages,
                "sha256": digest(raw),
            }
        )

    def _bytes(self):
        """The kept bytes, or nothing."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).data or b"")

    @api.model
    def _count_pages(self, raw):
        """Pages of a PDF, and why it cannot be put in the dossier.

        :return: (pages, problem)
        """
        try:
            reader = OdooPdfFileReader(io.BytesIO(raw), strict=False)
            if reader.is_encrypted:
                return 0, self.env._("The PDF is protected by a password.")
            pages = len(reader.pages)
        except Exception as error:
            _logger.info("Not a readable PDF: %s", error)
            return 0, self.env._("The PDF is damaged.")
        return pages, "" if pages else self.env._("The PDF is empty.")

    def _filename(self):
        """Name in the ZIP: in order, and safe on every system."""
        self.ensure_one()
        name = re.sub(r"[^\w.-]+", "-", self.name or "").strip("-.")[:80]
        name = re.sub(rf"\.{self.extension or 'bin'}$", "", name)
        return f"{self.sequence:03d}-{self.kind}-{name}.{self.extension or 'bin'}"

    @api.model
    def _printable(self, content):
        """HTML of a message without pictures from elsewhere and without scripts: a
        dossier must not change with somebody's server.

        :param content: HTML as it was sent
        """
        if not (content or "").strip():
            return Markup()
        tree = html.fromstring(f"<div>{content}</div>")
        for node in list(tree.iter("script", "iframe", "object", "link")):
            node.drop_tree()
        for node in list(tree.iter("img")):
            if not (node.get("src") or "").startswith("data:"):
                node.drop_tree()
        return Markup(etree.tostring(tree, encoding="unicode", method="html"))
