"""The letter as it was printed, kept with the notice."""

import logging

from odoo import models

_logger = logging.getLogger(__name__)
REPORT = "o2c_dunning.o2c_dunning_notice_report"


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def action_print(self):
        """Whoever prints gets the very file that is kept."""
        action = super().action_print()
        self.filtered(lambda notice: notice.channel == "letter").sudo()._keep_letters()
        return action

    def _keep_letters(self):
        """Keep the printed letter; a letter that cannot be printed keeps its text."""
        letters = self.filtered(
            lambda notice: notice.channel == "letter"
            and notice.content
            and notice.state in ("queued", "sent", "bounced")
            and not notice._kept_letter()
        )
        for letter in letters:
            try:
                with self.env.cr.savepoint():
                    letter._keep_letter()
            except Exception as error:
                _logger.warning("Letter %s is kept without PDF: %s", letter.id, error)

    def _keep_letter(self):
        """Print one letter and keep it."""
        self.ensure_one()
        raw, kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, self.ids)
        if self._kept_letter():
            return  # Odoo kept it while printing
        pdf = kind == "pdf" and raw.startswith(b"%PDF")
        self.env["ir.attachment"].create(
            {
                "name": self._letter_name("pdf" if pdf else "html"),
                "raw": raw,
                "mimetype": "application/pdf" if pdf else "text/html",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _letter_name(self, extension="pdf"):
        """File name of the kept letter; False while it may still change."""
        self.ensure_one()
        fixed = self.state in ("queued", "sent", "bounced") and self.content
        return f"letter-{self.id}.{extension}" if fixed else False

    def _kept_letter(self):
        """The file of the letter, if it was kept."""
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("name", "in", [f"letter-{self.id}.{e}" for e in ("pdf", "html")]),
                ],
                order="id",
                limit=1,
            )
        )
