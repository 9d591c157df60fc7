"""Files of a sent reminder and of a file that has left are not taken away."""

from odoo import api, models
from odoo.exceptions import UserError

#: What would change a kept file or lose it.
FIXED = frozenset(
    ("raw", "datas", "db_datas", "store_fname", "checksum", "name", "res_model",
     "res_id", "res_field", "mimetype", "type", "url")
)  # fmt: skip


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _o2c_evidence(self):
        """Attachments among these that belong to something that was sent."""
        found = self.browse()
        for model in ("o2c.dunning.notice", "o2c.collection.file", "o2c.dossier.part"):
            files = self.filtered(lambda one, model=model: one.res_model == model)
            if files:
                records = self.env[model].sudo().browse(files.mapped("res_id")).exists()
                left = set(records._o2c_fixed().ids)
                found += files.filtered(lambda one, left=left: one.res_id in left)
        return found

    @api.model_create_multi
    def create(self, vals_list):
        """Nothing is added to what was sealed."""
        files = super().create(vals_list)
        notices = files.filtered(lambda one: one.res_model == "o2c.dunning.notice")
        if notices:
            sealed = self.env["o2c.notice.proof"].sudo()
            ids = notices.mapped("res_id")
            if sealed.search_count([("notice_id", "in", ids)], limit=1):
                raise UserError(
                    self.env._("This reminder is sealed: put files with the case.")
                )
        return files

    def write(self, vals):
        if FIXED & vals.keys() and self.sudo()._o2c_evidence():
            raise UserError(
                self.env._("This file is part of what was sent: it is not changed.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _o2c_unlink_except_evidence(self):
        if self.sudo()._o2c_evidence():
            raise UserError(
                self.env._("This file is part of what was sent: it is kept.")
            )


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _o2c_fixed(self):
        """Sent reminders, unless a retention run removed their text on record."""
        gone = self.sudo().proof_ids.filtered("removal_id").notice_id
        return self._has_left() - gone


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    def _o2c_fixed(self):
        """Files whose dossier somebody else has or had."""
        return self.filtered("handed_over_on")


class O2cDossierPart(models.Model):
    _inherit = "o2c.dossier.part"

    def _o2c_fixed(self):
        """Parts of a dossier that somebody else has or had."""
        return self.filtered("file_id.handed_over_on")
