"""A text as a customer would get it, before anything is written."""

from odoo import api, fields, models
from odoo.fields import Command

from ...tools.placeholder import known_only


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    @api.model
    def _preview_html(self, text, partner, company, way=""):
        """The content alone, see :meth:`_preview`."""
        return self._preview(text, partner, company, way)["content"]

    @api.model
    def _preview(self, text, partner, company, way=""):
        """A text as a customer would get it, with his open items or with samples.

        :param text: ``o2c.notice.text``, saved or being edited
        :param partner: ``res.partner`` or empty
        :param company: ``res.company`` that would send it
        :param str way: by which way; the one of the preview when not given
        :return: dict with subject, content and script
        """
        step = text.step_id._origin or self.env["o2c.dunning.step"].search(
            [("tone", "=", text.tone), ("kind", "=", text.kind or "reminder")], limit=1
        )
        notice = self._preview_notice(
            partner,
            company,
            step_id=step.id,
            step_days=step.days,
            tone=text.tone,
            kind=text.kind or "reminder",
            charge_info="announce",
            channel=way or text.preview_channel or "email",
            lang=self._lang_of_family(text.lang),
        )
        pieces = self._preview_pieces(text)
        texts = {(text.tone, (text.lang or "en")[:2], 0, "", 0): pieces}
        return notice._rendered(texts)

    @api.model
    def _preview_pieces(self, text):
        """A text as it is typed: a blank that nobody knows yet is shown as it is; the
        save says what is wrong with it."""
        names, pieces = text._placeholder_labels(), text._compiled()
        return pieces | {
            "subject": known_only(pieces["subject"], names),
            "script": known_only(pieces["script"], names),
            "blocks": [
                (kind, known_only(block, names)) for kind, block in pieces["blocks"]
            ],
        }

    @api.model
    def _preview_notice(self, partner, company, **values):
        """A notice that is never saved, with the customer's open items or samples."""
        today, partner = company._o2c_today(), partner.commercial_partner_id
        notice = self.new(
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "partner_id": (partner or company.partner_id).id,
                "contact_id": (partner or company.partner_id).id,
                "date": today,
                "line_ids": [
                    Command.create(line)
                    for line in self._preview_lines(partner, company, today)
                ],
            }
            | values
        )
        notice.amount = sum(notice.line_ids.mapped("amount_asked"))
        notice.amount_company = notice.amount  # samples are in company currency
        return notice

    @api.model
    def _lang_of_family(self, family):
        """An installed language of a family, else the user's own."""
        for code, _name in self.env["res.lang"].get_installed():
            if code[:2] == family:
                return code
        return self.env.lang

    @api.model
    def _preview_lines(self, partner, company, today):
        """Lines for a preview: what the customer owes overdue, else two examples."""
        cases = self.env["o2c.dunning.case"].sudo()
        accounts = cases._open_accounts(company, today, partner.ids) if partner else []
        lines = [
            cases._ledger_values(item.key)
            | {"kind": "open", "amount": float(item.open), "amount_disputed": 0.0}
            for account in accounts
            if account.currency_id == company.currency_id.id
            for item in account.items
            if item.due < today
        ]
        for line in lines:
            line.pop("move_line_id")
        return lines or [
            {
                "kind": "open",
                "label": label,
                "issued": fields.Date.subtract(today, days=days + 30),
                "due": fields.Date.subtract(today, days=days),
                "amount": amount,
                "amount_disputed": 0.0,
            }
            for label, days, amount in (
                ("2026/0042", 18, 1210.0),
                ("2026/0057", 4, 363.0),
            )
        ]
