"""The SMS of a reminder text: what it says and what it costs."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.o2c_dunning.tools.placeholder import (
    compiled,
    known_only,
    unknown_placeholders,
)

from ..policy.segments import size


class O2cNoticeText(models.Model):
    _inherit = "o2c.notice.text"

    sms = fields.Text(
        string="SMS",
        help="What the customer reads when the step goes by SMS. Use {link} for the "
        "page where he can pay; it shows this reminder only. Empty: the usual text.",
    )
    sms_example = fields.Text(
        string="As It Is Sent",
        compute="_compute_sms_size",
        help="With the customer of the preview, or an example.",
    )
    sms_size = fields.Char(
        string="Length",
        compute="_compute_sms_size",
        help="The provider charges each part as one SMS.",
    )
    preview_channel = fields.Selection(
        selection_add=[("sms", "SMS")], ondelete={"sms": "set default"}
    )

    @api.depends("sms", "lang", "tone", "preview_partner_id", "subject")
    def _compute_sms_size(self):
        notices = self.env["o2c.dunning.notice"]
        for text in self:
            html = notices._preview_html(
                text, text.preview_partner_id, self.env.company, "sms"
            )
            text.sms_example = notices.new({"content": html})._sms_body()
            text.sms_size = text._size_words(size(text.sms_example))

    def _size_words(self, measured):
        """Length and cost of an SMS, in words."""
        words = self.env._(
            "%(places)s characters: %(parts)s SMS to pay for.",
            places=measured.places,
            parts=measured.parts,
        )
        if measured.dear:
            words += " " + self.env._(
                "Because of %s only 70 characters fit in one SMS instead of 160.",
                " ".join(measured.dear),
            )
        return words

    @api.constrains("sms")
    def _check_sms_placeholders(self):
        names = {*self._placeholder_labels(), "link"}
        for text in self:
            wrong = unknown_placeholders(text.sms or "", names)
            if wrong:
                raise ValidationError(
                    self.env._(
                        "The SMS contains %(wrong)s, which means nothing. Choose from "
                        "the list of placeholders, or {link} for the pay page.",
                        wrong=", ".join(wrong),
                    )
                )

    def _compiled(self):
        """Also: the SMS, where there is one of their own."""
        own = (self.sms or "").strip()
        return super()._compiled() | {"sms": compiled(own) if own else None}

    def _typed_sms(self):
        """The SMS as it is typed; a blank that nobody knows is shown as it is."""
        pieces = self._compiled()["sms"]
        names = {*self._placeholder_labels(), "link"}
        return pieces and known_only(pieces, names)

    @api.model
    def _usual_sms(self, tone, has_link):
        """The text that ships, in the language of the context.

        :param bool has_link: whether there is a page where the customer can pay
        :return: pieces, see ``compiled``
        """
        if tone in ("firm", "final"):
            words = self.env._(
                "{company}: {total} is still open, since {oldest_due}. Pay before or "
                "on {pay_by} to prevent further steps."
            )
        else:
            words = self.env._(
                "{company}: {total} is still open. Will you pay before or on {pay_by}?"
            )
        if has_link:
            how = self.env._("See and pay: {link}")
        else:
            how = self.env._("To {iban}, mention {invoices}.")
        return compiled(f"{words} {how}")
