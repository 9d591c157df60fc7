"""What is kept about a contact, for his own eyes (article 15 and 20 GDPR)."""

from odoo import api, fields, models
from odoo.fields import Domain


class O2cMyData(models.AbstractModel):
    """Personal data of one contact, not the books of his company."""

    _name = "o2c.my.data"
    _description = "Personal Data of a Contact"

    @api.model
    def _of(self, user):
        """Everything that these add-ons keep about the person behind a portal user.

        :return: dict of plain values, ready for JSON
        """
        partner = user.sudo().partner_id
        return {
            "made_on": fields.Datetime.to_string(fields.Datetime.now()),
            "contact": self._contact(partner),
            "login": user.login,
            "change_requests": self._rows(
                "o2c.change.request",
                Domain("asked_by_id", "=", user.id)
                | Domain("partner_id", "=", partner.id),
                ("create_date", "kind", "changes", "before", "state", "decided_at"),
            ),
            "seen_and_downloaded": self._rows(
                "o2c.delivery.log",
                Domain("partner_id", "=", partner.id)
                | Domain("detail", "=like", f"{user.login}%"),
                ("at", "document", "channel", "event", "detail"),
            ),
            "forms_sent": self._rows(
                "o2c.desk.receipt",
                Domain("contact_id", "=", partner.id),
                ("create_date", "kind", "proof"),
            ),
            "codes_mailed": self._rows(
                "o2c.mail.code",
                Domain("contact_id", "=", partner.id),
                ("made_at", "used_at", "tries"),
            ),
            "reminders_received": self._rows(
                "o2c.dunning.notice",
                Domain("contact_id", "=", partner.id) & Domain("sent_on", "!=", False),
                ("sent_on", "subject", "email_to", "channel"),
            ),
        }

    @api.model
    def _contact(self, partner):
        """The contact's own data."""
        names = ("name", "email", "phone", "lang", "street", "street2", "zip", "city")
        return {name: partner[name] or "" for name in names} | {
            "country": partner.country_id.name or "",
            "company": partner.commercial_partner_id.name,
        }

    @api.model
    def _rows(self, model, domain, names):
        """Records as plain values, oldest first."""
        found = self.env[model].sudo().search(domain, order="id")
        return [{name: self._plain(record[name]) for name in names} for record in found]

    @api.model
    def _plain(self, value):
        """A value that JSON knows."""
        if value is False or value is None:
            return ""
        if isinstance(value, dict | list | int | float):
            return value
        return str(value)
