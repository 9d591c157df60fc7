"""Evidence to take along: every sent reminder with text, files, hashes and chain."""

import io
import json
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...policy.chain import digest

BATCH = 200


class O2cEvidenceExport(models.Model):
    """One export of a company: ordered by a person, made in the background."""

    _name = "o2c.evidence.export"
    _description = "Export of Evidence"
    _order = "id desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company.root_id,
    )
    date = fields.Date(
        required=True, readonly=True, default=lambda self: fields.Date.today()
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    state = fields.Selection(
        [("ordered", "Being made"), ("done", "Made")],
        default="ordered",
        required=True,
        readonly=True,
    )
    count = fields.Integer(string="Reminders", readonly=True)
    last_sequence = fields.Integer(
        string="Up To Link", readonly=True, help="Later reminders are not in it."
    )
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null")
    sha256 = fields.Char(string="SHA-256", readonly=True)

    _ordered_uniq = models.UniqueIndex(
        "(company_id) WHERE state = 'ordered'",
        "An export of this company is being made already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Ordering an export is all there is to do."""
        if not self.env.su:
            self.env["o2c.dunning.notice"]._check_collector(manager=True)
            vals_list = [
                {"company_id": vals.get("company_id") or self.env.company.root_id.id}
                for vals in vals_list
            ]
        exports = super().create(vals_list)
        self.env.ref("o2c_dunning.ir_cron_evidence_export").sudo()._trigger()
        return exports

    @api.model
    def _cron_export(self):
        """Make what was ordered."""
        for export in self.search([("state", "=", "ordered")], order="id"):
            if export.try_lock_for_update():
                export._make()
            self.env["o2c.dunning.case"]._commit(processed=1)

    def _make(self):
        """The ZIP of one company."""
        self.ensure_one()
        model = self.env["o2c.notice.proof"]
        model._seal_sent(self.company_id)
        proofs = model.search(
            [("company_id", "=", self.company_id.id)], order="sequence"
        )
        with io.BytesIO() as buffer:
            hashes = []
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                for batch in split_every(BATCH, proofs.ids):
                    for name, raw in model.browse(batch)._exported():
                        archive.writestr(name, raw)
                        hashes.append(f"{digest(raw)}  {name}\n")
                    self.env.invalidate_all()
                archive.writestr("SHA256SUMS.txt", "".join(hashes))
                archive.writestr("README.txt", self._readme())
            raw = buffer.getvalue()
        name = f"evidence-{self.company_id.id}-{self.date.isoformat()}.zip"
        self.write(
            {
                "state": "done",
                "count": len(proofs),
                "last_sequence": proofs[-1:].sequence,
                "sha256": digest(raw),
                "attachment_id": self.env["ir.attachment"]
                .create(
                    {
                        "name": name,
                        "raw": raw,
                        "mimetype": "application/zip",
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                )
                .id,
            }
        )

    def _readme(self):
        """How somebody without this software checks the export."""
        return self.env._(
            "Each reminder has a .json file with its proof, a .html file with the text "
            "that was sent, and its files.\n"
            "sha256sum -c SHA256SUMS.txt checks the files.\n"
            "seal = SHA-256 of the value of “sealed” in the .json file.\n"
            "hash = SHA-256 of “previous:sequence:seal”; the previous of each is the "
            "hash of the one before, the first has 64 zeros.\n"
        )

    def action_download(self):
        """Have the ZIP."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("The export is still being made."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }


class O2cNoticeProof(models.Model):
    _inherit = "o2c.notice.proof"

    def _exported(self):
        """Files of these proofs: (name, bytes)."""
        for proof in self:
            notice = proof.notice_id
            stem = f"{proof.sequence:06d}"
            values = {
                "sequence": proof.sequence,
                "previous": proof.previous,
                "seal": proof.seal,
                "hash": proof.hash,
                "sealed": proof.meta,
                "sent_on": notice.sent_on and notice.sent_on.isoformat(),
                "state": notice.state,
                "text_removed_on": proof.removal_id.date
                and proof.removal_id.date.isoformat(),
            }
            yield (
                f"{stem}.json",
                json.dumps(values, indent=1, ensure_ascii=False).encode(),
            )
            if notice.content:
                yield f"{stem}.html", str(notice.content).encode()
            for file in notice._kept_files():
                yield (
                    f"{stem}-{file.id}-{(file.name or '').replace('/', '-')}",
                    file.raw,
                )
