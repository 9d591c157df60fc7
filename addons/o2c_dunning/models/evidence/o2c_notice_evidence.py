"""What the proof of a notice covers, and how it is checked and told."""

import json

from odoo import fields, models

from ...policy.chain import digest


class O2cNoticeProof(models.Model):
    _inherit = "o2c.notice.proof"

    def _stored_meta(self):
        """What was sealed, as values."""
        self.ensure_one()
        return json.loads(self.meta or "{}")

    def action_check(self):
        """Check these proofs, and say what was found in words."""
        return self.notice_id.action_check_proof()


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    proof_ids = fields.One2many("o2c.notice.proof", "notice_id", readonly=True)

    def _proof_facts(self):
        """What can be compared at any time: text, files, amounts, items, moments.

        :return: dict of notice id to values
        """
        files = self._files_by_notice()
        return {
            notice.id: {
                "notice": notice.id,
                "company": notice.company_id.id,
                "step": notice.step_name or "",
                "kind": notice.kind or "",
                "channel": notice.channel,
                "lang": notice.lang or "",
                "email_to": notice.email_to or "",
                "subject": notice.subject or "",
                "amount": f"{notice.amount:.2f}",
                "currency": notice.currency_id.name,
                "sent_at": notice.sent_at and notice.sent_at.isoformat(),
                "content": digest(str(notice.content or "")),
                "files": files.get(notice.id, {}),
                "items": sorted(
                    [
                        line.label or "",
                        line.due and line.due.isoformat(),
                        f"{line.amount:.2f}",
                        line.kind,
                    ]
                    for line in notice.line_ids
                ),
            }
            for notice in self
        }

    def _files_by_notice(self):
        """Hashes of the files that are kept with each notice.

        :return: dict of notice id to dict of file name to SHA-256
        """
        found = {}
        for file in self._kept_files():
            found.setdefault(file.res_id, {})[f"{file.id} {file.name}"] = digest(
                file.raw or b""
            )
        return found

    def _kept_files(self):
        """Files of these notices: the printed letter and what went with the mail."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("res_field", "=", False),
                ],
                order="id",
            )
        )

    def _proof_party(self):
        """Who it was sent to, copied: a partner may move, merge or be renamed."""
        self.ensure_one()
        contact = self.contact_id or self.partner_id
        return {
            "customer": self.partner_id.name or "",
            "register": self.partner_id.company_registry or "",
            "addressee": contact.name or "",
            "address": " ".join(
                filter(
                    None,
                    (
                        contact.street or self.partner_id.street,
                        contact.zip or self.partner_id.zip,
                        contact.city or self.partner_id.city,
                        contact.country_id.code or self.partner_id.country_id.code,
                    ),
                )
            ),
        }

    def action_check_proof(self):
        """Check the proof of these reminders, and say what was found in words."""
        self._check_collector()
        check = self.env["o2c.evidence.check"].create(
            {"notice_ids": [(6, 0, self._has_left().ids)]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check of the proof"),
            "res_model": check._name,
            "res_id": check.id,
            "views": [(False, "form")],
            "target": "new",
        }
