"""Making the dossier: planned at once, made in the background, part by part."""

import io
import logging
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from ...policy.chain import digest

_logger = logging.getLogger(__name__)


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    dossier_state = fields.Selection(
        [
            ("none", "Not made"),
            ("making", "Being made"),
            ("made", "Made"),
            ("no_pdf", "Made, without PDF"),
        ],
        string="Dossier",
        default="none",
        readonly=True,
        help="Without PDF: the server has no program for it; everything is in the ZIP.",
    )
    dossier_progress = fields.Float(
        string="Progress",
        compute="_compute_dossier_progress",
        help="Parts that are done; putting them together is the last one.",
    )
    dossier_step = fields.Char(
        string="Being Made Now",
        compute="_compute_dossier_progress",
        help="The document that is being made at this moment.",
    )
    dossier_at = fields.Datetime(string="Dossier Made At", readonly=True)
    dossier_hash = fields.Char(
        string="SHA-256 of the Dossier",
        readonly=True,
        help="Whoever has the PDF can check with it that nothing was changed.",
    )
    pdf_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null")
    zip_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null")
    missing_count = fields.Integer(
        string="Not in the PDF",
        compute="_compute_dossier_progress",
        help="Parts that could not be made or are no pages; the cover names them.",
    )

    @api.depends("part_ids.state", "dossier_state")
    def _compute_dossier_progress(self):
        for file in self:
            parts = file.part_ids
            wanted = parts.filtered(lambda part: part.state == "wanted")
            done, total = len(parts) - len(wanted), len(parts) + 1
            if file.dossier_state in ("made", "no_pdf"):
                done = total
            file.dossier_progress = 100.0 * done / total if parts else 0.0
            file.dossier_step = file._step_words(wanted, done, total)
            file.missing_count = len(
                file.part_ids.filtered(lambda part: part.state in ("beside", "missing"))
            )

    def _step_words(self, wanted, done, total):
        """Which document is being made, of how many; empty when none is."""
        if self.dossier_state != "making":
            return False
        name = wanted[:1].name or self.env._("putting everything together")
        return self.env._(
            "%(number)s of %(total)s: %(name)s",
            number=min(done + 1, total),
            total=total,
            name=name,
        )

    def _order_dossier(self):
        """Plan the parts and let the background make them."""
        for file in self:
            file.part_ids.unlink()
            (file.pdf_id + file.zip_id).unlink()
            parts = file._dossier_plan()
            for number, values in enumerate(parts, 1):
                values.update(file_id=file.id, sequence=number)
            self.env["o2c.dossier.part"].create(parts)
            file.write(
                {
                    "dossier_state": "making",
                    "dossier_hash": False,
                    "dossier_at": False,
                    "dossier_sent_on": False,
                }
            )
        self.env.ref("o2c_dunning.ir_cron_dossier").sudo()._trigger()

    @api.model
    def _cron_dossier(self):
        """Make dossiers that were ordered; goes on where it was stopped."""
        cases = self.env["o2c.dunning.case"]
        files = self.search([("dossier_state", "=", "making")])
        cases._commit(remaining=len(files))
        for file in files:
            lang = file.company_id.partner_id.lang
            file = file.with_company(file.company_id).with_context(lang=lang)
            if not file.try_lock_for_update():
                continue
            for part in file.part_ids.filtered(lambda one: one.state == "wanted"):
                part._make()
                if not cases._commit():
                    return
            file._finish_dossier()
            if not cases._commit(processed=1):
                return

    def _finish_dossier(self):
        """Cover, contents and all parts in one PDF; everything with hashes in a ZIP."""
        self.ensure_one()
        try:
            pdf = self._merged_pdf()
        except Exception:
            _logger.exception("The dossier of file %s has no PDF", self.id)
            pdf = b""
        cover = self._cover_html(1)
        self.write(
            {
                "pdf_id": pdf and self._keep("pdf", pdf, "application/pdf"),
                "zip_id": self._keep("zip", self._zip(pdf, cover), "application/zip"),
                "dossier_hash": pdf and digest(pdf),
                "dossier_at": fields.Datetime.now(),
                "dossier_state": "made" if pdf else "no_pdf",
            }
        )
        if self.state == "preparing":
            self.state = "ready"

    def _keep(self, extension, raw, mimetype):
        """An attachment of the file.

        :return: its id
        """
        name = self.env._("Dossier %s", self.partner_id.name)
        return (
            self.env["ir.attachment"]
            .create(
                {
                    "name": f"{name}.{extension}",
                    "raw": raw,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
            .id
        )

    def _merged_pdf(self):
        """One PDF; the contents know the pages, so the cover is made until they fit."""
        parts = self.part_ids.filtered(lambda part: part.state == "made")
        pages = 1
        for _attempt in range(4):
            first = pages + 1
            for part in parts:
                part.first_page = first
                first += part.pages
            cover = self._html_to_pdf(self._cover_html(first - 1))
            found, problem = self.env["o2c.dossier.part"]._count_pages(cover)
            if problem or found == pages:
                break
            pages = found
        writer = OdooPdfFileWriter()
        self._append(writer, cover, self.env._("Cover and contents"))
        for part in parts:
            self._append(writer, part._bytes(), part.name)
        self._stamp_numbers(writer)
        with io.BytesIO() as buffer:
            writer.write(buffer)
            return buffer.getvalue()

    @api.model
    def _append(self, writer, raw, title):
        """Add the pages of a PDF, with a bookmark."""
        start = len(writer.pages)
        for page in OdooPdfFileReader(io.BytesIO(raw), strict=False).pages:
            writer.add_page(page)
        if hasattr(writer, "add_outline_item"):
            writer.add_outline_item(title=title, page_number=start)

    def _zip(self, pdf, cover):
        """All documents as they are, and their hashes in the form that the program
        sha256sum checks."""
        named = [("000-cover.html", cover.encode())]
        if pdf:
            named.insert(0, ("000-dossier.pdf", pdf))
        named += [
            (part._filename(), part._bytes())
            for part in self.part_ids
            if part.state in ("made", "beside")
        ]
        hashes = "".join(f"{digest(raw)}  {name}\n" for name, raw in named)
        with io.BytesIO() as buffer:
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, raw in named:
                    archive.writestr(name, raw)
                archive.writestr("SHA256SUMS.txt", hashes)
            return buffer.getvalue()

    @api.model
    def _html_to_pdf(self, content):
        """A page of our own as PDF, without fetching anything.

        :param str content: whole HTML document
        :return: bytes
        :raises UserError: when the server has no program for it
        """
        pdf = self.env["ir.actions.report"]._run_wkhtmltopdf(
            [str(content)],
            specific_paperformat_args={
                "data-report-margin-top": 15,
                "data-report-margin-bottom": 15,
                "data-report-header-spacing": 0,
            },
        )
        if not (pdf or b"").startswith(b"%PDF"):
            raise UserError(self.env._("The server cannot make PDF files."))
        return pdf

    def _download(self, attachment):
        """Let the user have an attachment of the file."""
        self.ensure_one()
        self._check_collector()
        if not attachment:
            raise UserError(
                self.env._("The dossier is not there yet: prepare the file first.")
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "self",
        }

    def action_dossier_pdf(self):
        """Download the dossier as one PDF."""
        return self._download(self.pdf_id)

    def action_dossier_zip(self):
        """Download all documents with the list of hashes."""
        return self._download(self.zip_id)
