"""The number on every page of a dossier: the contents can be found by it."""

import io
import logging

from reportlab.pdfgen import canvas

from odoo import api, models
from odoo.tools.pdf import OdooPdfFileReader

_logger = logging.getLogger(__name__)

#: points from the right and the lower edge, and the size of the letters
RIGHT, BELOW, SIZE = 28, 16, 8


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    @api.model
    def _stamp_numbers(self, writer):
        """Write "3 / 20" at the foot of each page.

        A page that lies on its side or cannot be written on stays as it is: a number
        is no reason to lose a document.

        :param writer: the PDF writer with all pages
        """
        total = len(writer.pages)
        for number, page in enumerate(writer.pages, 1):
            try:
                if not page.get("/Rotate"):
                    self._stamp(page, f"{number} / {total}")
            except Exception as error:
                _logger.info("Page %s gets no number: %s", number, error)

    @api.model
    def _stamp(self, page, text):
        """Write some words at the lower right of one page."""
        left, lower, right, upper = (float(edge) for edge in page["/MediaBox"])
        with io.BytesIO() as buffer:
            sheet = canvas.Canvas(buffer, pagesize=(right, upper))
            sheet.setFont("Helvetica", SIZE)
            sheet.drawRightString(right - RIGHT, lower + BELOW, text)
            sheet.save()
            layer = OdooPdfFileReader(io.BytesIO(buffer.getvalue()), strict=False)
            page.merge_page(layer.pages[0])
