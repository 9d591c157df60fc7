"""What promises, plans, disputes and questions share: they write to the customer, and
an answer to what they wrote is noticed."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.o2c_base.tools.local_form import day_text, money_text

from ...policy.salutation import addressed
from ...policy.working_days import add_working_days

_logger = logging.getLogger(__name__)


class O2cLetterSource(models.AbstractModel):
    """A record with ``partner_id``, ``company_id`` and a conversation."""

    _name = "o2c.letter.source"
    _description = "Writes to the Customer"
    _inherit = ["mail.thread"]

    letter_ids = fields.Many2many(
        "o2c.customer.letter",
        string="Letters",
        compute="_compute_letter_ids",
        help="What the customer was told about this, and whether it left.",
    )

    def _compute_letter_ids(self):
        found = self.env["o2c.customer.letter"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        for record in self:
            record.letter_ids = found.filtered(
                lambda one, record=record: one.res_id == record.id
            )

    @api.model
    def _working_day(self, company, day, count):
        """The working day of a company that is so many working days after a day."""
        until = day + timedelta(days=3 * abs(count) + 31)
        return add_working_days(day, count, company._o2c_holidays(day, until))

    def _letter_moves(self):
        """Hook: the invoices it is about."""
        return self.env["account.move"]

    def _letter_values(self, kind, lang):
        """Hook: placeholders that only this kind of record knows.

        :return: dict of placeholder to plain text
        """
        return {}

    def _letter_left(self, letter):
        """Hook: a letter about this record was sent."""

    def _letter_answered(self):
        """Hook: the customer answered a letter about this record."""

    def _letter_blank_values(self, kind, lang, contact):
        """Placeholders that every letter knows, and those of this record."""
        self.ensure_one()
        company = self.company_id.sudo()
        return {
            "customer": self.partner_id.name,
            "contact": addressed(contact.name or self.partner_id.name or "", lang),
            "company": company.name,
            "invoices": ", ".join(self.sudo()._letter_moves().mapped("name")),
            "iban": company.partner_id.bank_ids[:1].acc_number or "",
            "phone": company.phone or "",
            "email": company.o2c_dunning_email or company.email or "",
            "sender": self._letter_sender(),
        } | self._letter_values(kind, lang)

    def _letter_sender(self):
        """Name of the colleague who writes; our own name by night and in the portal."""
        user = self.env.user
        writes = user._is_internal() and user != self.env.ref("base.user_root")
        return user.name if writes else self.company_id.sudo().name

    @api.model
    def _letter_lang(self, lang, company):
        """A language that is installed: the customer's, else the company's."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        for code in (lang, company.partner_id.lang, "en_US"):
            if code in installed:
                return code
        return installed[0]

    @api.model
    def _letter_money(self, amount, currency, lang):
        """Amount as people write it in the customer's language."""
        return money_text(self.env, amount, currency, lang)

    @api.model
    def _letter_day(self, day, lang):
        """Day written out in the customer's language."""
        return day_text(self.env, day, lang, long=True)

    def _letter_recipient(self):
        """Who reads it: the invoice contact of the customer, else himself.

        :return: dict with contact_id, email and lang
        """
        self.env["res.partner"].flush_model()
        partner = self.partner_id._origin
        recipients = self.env["o2c.dunning.case"].sudo()._recipients(partner.ids)
        nobody = {"contact_id": partner.id, "email": "", "lang": ""}
        return recipients.get(partner.id, nobody)

    def _letter_content(self, kind, text=None):
        """What the customer would read now.

        :param text: ``o2c.customer.text`` that somebody chose
        :return: dict with subject, body, lang, email and contact; None without a text
        """
        self.ensure_one()
        company = self.company_id.sudo()
        recipient = self._letter_recipient()
        lang = self._letter_lang(recipient["lang"], company)
        text = text or self.env["o2c.customer.text"]._find(kind, company, lang)
        if not text:
            return None
        contact = self.env["res.partner"].sudo().browse(recipient["contact_id"])
        return text.sudo()._filled(self._letter_blank_values(kind, lang, contact)) | {
            "lang": lang,
            "email": recipient["email"],
            "contact": contact,
        }

    def _write_letter(self, kind, key="", content=None, attachments=None, now=None):
        """Write to the customer once: by mail, or by letter when he has no address.

        :param str key: which one, where a record writes several of a kind
        :param dict content: as from :meth:`_letter_content`, when a person edited it
        :param now: moment of the night's work; then the mail waits for office hours
        :return: the ``o2c.customer.letter``; empty when it was written before
        """
        self.ensure_one()
        letters = self.env["o2c.customer.letter"].sudo()
        same = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        same += [("kind", "=", kind), ("key", "=", key or False)]
        if letters.search_count(same, limit=1):
            return letters
        content = content or self._letter_content(kind)
        if not content:
            raise UserError(
                self.env._("There is no text for this occasion. A manager can add one.")
            )
        by_mail = bool(content["email"])
        company = self.company_id.sudo()
        letter = letters.create(
            {
                "res_model": self._name,
                "res_id": self.id,
                "kind": kind,
                "key": key or False,
                "company_id": company.id,
                "partner_id": self.partner_id.id,
                "contact_id": content["contact"].id,
                "email_to": content["email"],
                "lang": content["lang"],
                "channel": "email" if by_mail else "letter",
                "subject": content["subject"],
                "content": content["body"],
                "leaves_at": now and letters._leaves(company, self.partner_id, now),
                "state": "queued" if by_mail else "print",
            }
        )
        letter._queue_mail(attachments)
        return letter

    @api.model
    def _nightly_letter(self, record, kind, key, now):
        """A letter of the night's work: one that fails does not stop the others."""
        try:
            with self.env.cr.savepoint():
                record._write_letter(kind, key=key, now=now)
        except Exception:
            _logger.exception("%s %s: %s was not written", record, key, kind)

    def message_update(self, msg_dict, update_vals=None):
        """A person answered: whoever owns this reads it first."""
        if not self.env.context.get("o2c_written_by_machine"):
            self._letter_answered()
        return super().message_update(msg_dict, update_vals=update_vals)

    @api.model
    def _answer_to_case(self, cases):
        """No reminder leaves until somebody read what the customer wrote."""
        cases.sudo().filtered(lambda case: case.state in ("open", "paused")).write(
            {"state": "answered"}
        )
