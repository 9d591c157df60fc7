"""Who can be reached by SMS: a mobile number that works and is not spared."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

try:
    import phonenumbers
except ImportError:  # without the library every number may be a mobile one
    phonenumbers = None

#: A number from which an SMS came back is left alone for so many days.
QUIET_DAYS = 180


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _recipients(self, partner_ids):
        """Also: the mobile number of each, as ``sms``, where an SMS may be sent."""
        recipients = super()._recipients(partner_ids)
        contacts = {one["contact_id"] for one in recipients.values()}
        numbers = self._mobile_numbers(contacts) if contacts else {}
        for one in recipients.values():
            one["sms"] = numbers.get(one["contact_id"], "")
            if one["sms"]:
                one["ways"] |= {"sms"}
        return recipients

    @api.model
    def _mobile_numbers(self, contact_ids):
        """Mobile numbers of contacts, or of their company: one statement. Without those
        on the blacklist, those that are known to be wrong, and those from which an SMS
        came back.

        :return: dict of contact id to number
        """
        self.env["res.partner"].flush_model(["phone_sanitized"])
        self.env["phone.blacklist"].flush_model(["number", "active"])
        self.env["o2c.contact.problem"].flush_model()
        self.env["o2c.dunning.notice"].flush_model(["sms_number", "state"])
        since = fields.Date.today() - timedelta(days=QUIET_DAYS)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT known.id, known.number
                  FROM (SELECT c.id, COALESCE(NULLIF(c.phone_sanitized, ''),
                                              p.phone_sanitized) AS number
                          FROM res_partner c
                          LEFT JOIN res_partner p ON p.id = c.commercial_partner_id
                         WHERE c.id = ANY(%(contacts)s)) known
                 WHERE known.number <> ''
                   AND NOT EXISTS (SELECT FROM phone_blacklist b
                                    WHERE b.number = known.number AND b.active)
                   AND NOT EXISTS (SELECT FROM o2c_contact_problem w
                                    WHERE w.partner_id = known.id
                                      AND w.problem = 'phone_wrong'
                                      AND w.solved_on IS NULL)
                   AND NOT EXISTS (SELECT FROM o2c_dunning_notice n
                                    WHERE n.sms_number = known.number
                                      AND n.state = 'bounced'
                                      AND n.bounced_on > %(since)s)
                """,
                contacts=list(contact_ids),
                since=since,
            )
        )
        return {contact: number for contact, number in rows if self._is_mobile(number)}

    @api.model
    def _is_mobile(self, number):
        """Whether an SMS arrives at a number; a landline reads it aloud at best."""
        if phonenumbers is None:
            return True
        try:
            kind = phonenumbers.number_type(phonenumbers.parse(number))
        except phonenumbers.NumberParseException:
            return False
        kinds = phonenumbers.PhoneNumberType
        return kind in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)
