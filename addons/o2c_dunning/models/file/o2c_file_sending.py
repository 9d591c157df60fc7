"""How the agency gets the dossier: by mail from here, or another way that is noted; and
what is to be done next, in one sentence."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .o2c_collection_file import OUTSIDE

#: What most mail servers take; a larger ZIP is sent as a link.
MOST_BYTES = 15_000_000


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    dossier_sent_on = fields.Date(
        readonly=True,
        copy=False,
        help="Day on which the agency or the trustee was given the dossier.",
    )
    next_step = fields.Char(
        string="What To Do Next",
        compute="_compute_next_step",
        help="What this file waits for, and who does it.",
    )

    @api.depends("state", "dossier_sent_on", "dossier_state", "event_ids.reported_on")
    @api.depends_context("lang")
    def _compute_next_step(self):
        for file in self:
            words = file._next_steps()
            key = file.state
            if key in OUTSIDE:
                key = "outside" if file.dossier_sent_on else "unsent"
                key = "tell" if file.to_report and file.dossier_sent_on else key
            file.next_step = words.get(key, False)

    def _next_steps(self):
        """A sentence per state."""
        who = self._receiver().display_name
        who = who or self.env._("the agency")
        return {
            "proposed": self.env._(
                "Choose who collects and read what stands in the way. Then agree: the "
                "dossier is made."
            ),
            "preparing": self.env._(
                "The dossier is being made in the background. You need not wait here."
            ),
            "ready": self.env._(
                "Look through the dossier. A collecting manager hands the claim over."
            ),
            "unsent": self.env._(
                "%s does not have the dossier yet: send it, or download it and mark it "
                "as sent.",
                who,
            ),
            "tell": self.env._("Tell %s what was paid to you.", who),
            "outside": self.env._(
                "%s collects. Note money that comes from there; payments to you are "
                "noted every night.",
                who,
            ),
        }

    def _receiver(self):
        """Who gets the dossier: the agency's contact, or the trustee."""
        self.ensure_one()
        if self.kind == "insolvency":
            return self.trustee_id
        return self.agency_id.sudo().partner_id

    def _reachable_receiver(self):
        """Who gets the dossier by mail; says what to do when he has no address."""
        receiver = self._receiver()
        if not receiver.email:
            raise UserError(
                self.env._(
                    "There is no e-mail address of %s. Fill it in, or download the "
                    "dossier and mark it as sent.",
                    receiver.display_name or self.env._("the agency"),
                )
            )
        return receiver

    def action_send_dossier(self):
        """A mail to who collects, with the dossier; a person reads and sends it."""
        self.ensure_one()
        self._check_collector()
        self._expect(*OUTSIDE)
        receiver = self._reachable_receiver()
        files, link = self.sudo()._dossier_files()
        company = self.company_id.partner_id
        lang = receiver.lang or company.lang or self.env.lang
        theirs = self.with_context(lang=lang)
        body = theirs.env["ir.qweb"]._render(
            "o2c_dunning.agency_dossier_mail", {"file": theirs, "link": link}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the Dossier"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": receiver.ids,
                "default_subject": theirs.env._(
                    "Claim on %(customer)s for collection",
                    customer=self.partner_id.name,
                ),
                "default_body": body,
                "default_attachment_ids": files.ids,
                "o2c_sends_dossier": True,
                "force_email": True,
            },
        }

    def _dossier_files(self):
        """What goes along, and a link to what is too large for mail.

        :return: (attachments, address or "")
        """
        self.ensure_one()
        files = self.pdf_id + self.zip_id
        if not files:
            raise UserError(
                self.env._("The dossier is not there yet: prepare the file first.")
            )
        if sum(files.mapped("file_size")) <= MOST_BYTES:
            return files, ""
        token = self.zip_id.generate_access_token()[0]
        link = (
            f"{self.get_base_url()}/web/content/{self.zip_id.id}"
            f"?download=true&access_token={token}"
        )
        small = self.pdf_id.filtered(lambda one: one.file_size <= MOST_BYTES)
        return small, link

    def action_dossier_sent(self):
        """It went another way: the agency's own website, a courier, by hand."""
        self._check_collector()
        self._expect(*OUTSIDE)
        self.filtered(lambda file: not file.dossier_sent_on)._dossier_was_sent(
            self.env._("Marked as sent by %s", self.env.user.name)
        )

    def _dossier_was_sent(self, words):
        """Note in the log that who collects has the dossier."""
        for file in self:
            today = file.company_id._o2c_today()
            file.sudo().dossier_sent_on = today
            file._log("step", words)

    def message_post(self, **kwargs):
        """The mail with the dossier left from the composer."""
        message = super().message_post(**kwargs)
        if self.env.context.get("o2c_sends_dossier"):
            self._dossier_was_sent(
                self.env._("Dossier mailed to %s", self._receiver().display_name)
            )
        return message
