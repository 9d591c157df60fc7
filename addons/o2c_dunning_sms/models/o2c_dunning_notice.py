"""A reminder as SMS: one short text with the pay link, through Odoo's SMS queue."""

import re
from html import unescape

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.o2c_dunning.tools.placeholder import filled

from ..policy.segments import plain, size

TAG = re.compile(r"<[^>]*>")


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    sms_number = fields.Char(
        string="Mobile Number", readonly=True, help="The number the SMS goes to."
    )
    sms_parts = fields.Integer(
        string="SMS Parts",
        readonly=True,
        help="Each part is charged as one SMS by the provider.",
    )
    sms_failed = fields.Boolean(
        readonly=True,
        help="An SMS of this reminder could not be sent: it goes another way.",
    )

    _sms_number_idx = models.Index("(sms_number) WHERE sms_number IS NOT NULL")

    @api.model
    def _queued_ways(self):
        return [*super()._queued_ways(), "sms"]

    def _way_now(self, step, recipient):
        """Not again by SMS when that failed."""
        if self.sms_failed:
            wish = "" if step.get("wish") == "sms" else step.get("wish")
            step = step | {"wish": wish}
            recipient = recipient | {"ways": recipient["ways"] - {"sms"}}
        return super()._way_now(step, recipient)

    def _values_now(self, message, steps, recipient, today, channel=""):
        """Also: the number of today."""
        values = super()._values_now(message, steps, recipient, today, channel)
        number = recipient["sms"] if values["channel"] == "sms" else False
        return values | {"sms_number": number}

    def _laid_out(self, pieces, blocks, floor, lang, url):
        """An SMS is its text and nothing else."""
        if self.channel != "sms":
            return super()._laid_out(pieces, blocks, floor, lang, url)
        values = self._placeholder_values(floor, lang)
        text = plain(
            filled(self._sms_pieces(pieces, lang, url), values | {"link": url})
        )
        return Markup('<div style="white-space:pre-wrap">%s</div>') % text

    def _sms_pieces(self, pieces, lang, url):
        """The text of the user; without a pay page or a text of his own, the usual
        one."""
        own = pieces.get("sms")
        if own and (url or "link" not in own[1::2]):
            return own
        texts = self.env["o2c.notice.text"].with_context(lang=lang)
        return texts._usual_sms(self.tone, bool(url))

    def _sms_body(self):
        """The text that is sent: that of the sealed content, letter by letter."""
        self.ensure_one()
        return unescape(TAG.sub("", str(self.content or "")))

    def _dispatch(self, company, now):
        self.filtered(lambda one: one.channel == "sms")._queue_sms(company, now)
        return super()._dispatch(company, now)

    def _queue_sms(self, company, now):
        """Put one SMS per notice in Odoo's queue, with a line in the conversation.

        :param company: ``res.company`` that sends
        :param datetime now: naive UTC moment
        """
        if not self:
            return
        messages = self._log_in_conversation(company)
        texts = self.env["sms.sms"].create(
            [
                {
                    "number": notice.sms_number,
                    "body": notice._sms_body(),
                    "partner_id": notice.contact_id.id,
                    "mail_message_id": message.id,
                }
                for notice, message in zip(self, messages, strict=True)
            ]
        )
        self.env["sms.tracker"].create(
            [
                {
                    "sms_uuid": text.uuid,
                    "o2c_notice_id": notice.id,
                    "mail_notification_id": message.notification_ids.id,
                }
                for notice, text, message in zip(self, texts, messages, strict=True)
            ]
        )
        for notice, text, message in zip(self, texts, messages, strict=True):
            notice.write(
                {
                    "state": "queued",
                    "tries": notice.tries + 1,
                    "failure_reason": False,
                    "sms_parts": size(text.body).parts,
                    "mail_message_id": message.id,
                }
            )
        self.env["o2c.delivery.log"]._log(self, "sms", "queued", at=now)

    def _log_in_conversation(self, company):
        """A line in the conversation of each case, with the state of the SMS on it.

        :return: ``mail.message`` records in the order of the notices
        """
        sender = company.o2c_dunning_email or company.email_formatted
        heading = {
            "subtype_id": self.env.ref("mail.mt_note").id,
            "author_id": company.partner_id.id,
            "record_company_id": company.id,
            "email_from": sender,
            "reply_to": sender,
        }
        return self.env["mail.message"].create(
            [heading | notice._sms_message_values() for notice in self]
        )

    def _sms_message_values(self):
        """What the line in the conversation says, and to whom it went."""
        self.ensure_one()
        return {
            "model": "o2c.dunning.case",
            "res_id": self.case_id.id,
            "message_type": "sms",
            "body": self.content,
            "notification_ids": [
                Command.create(
                    {
                        "res_partner_id": self.contact_id.id,
                        "notification_type": "sms",
                        "sms_number": self.sms_number,
                        "is_read": True,
                    }
                )
            ],
        }

    def _address_used(self):
        return self.sms_number if self.channel == "sms" else super()._address_used()

    def _proof_facts(self):
        """Also: the number that an SMS went to."""
        facts = super()._proof_facts()
        for notice in self.filtered(lambda one: one.channel == "sms"):
            facts[notice.id]["sms_number"] = notice.sms_number or ""
        return facts

    @api.model
    def _preview_pieces(self, text):
        """Also: the SMS as it is typed."""
        return super()._preview_pieces(text) | {"sms": text._typed_sms()}
