"""A letter or mail beside the ladder: written once, and known what became of it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_split, formataddr

from .o2c_customer_text import KINDS

WRITABLE = {"state", "sent_at", "failure_reason"}


class O2cCustomerLetter(models.Model):
    """What a customer was told about a promise, a plan, a dispute or a question."""

    _name = "o2c.customer.letter"
    _description = "Letter to a Customer"
    _order = "id desc"
    _rec_name = "subject"

    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True, readonly=True
    )
    kind = fields.Selection(KINDS, string="Occasion", required=True, readonly=True)
    key = fields.Char(
        string="Once Per", readonly=True, help="Which one, where there can be several."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    contact_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    email_to = fields.Char(string="E-mail", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    channel = fields.Selection(
        [("email", "E-mail"), ("letter", "Letter")], required=True, readonly=True
    )
    subject = fields.Char(readonly=True)
    content = fields.Html(readonly=True, sanitize=False)
    leaves_at = fields.Datetime(
        string="Leaves", readonly=True, help="Mails leave by day, on working days."
    )
    state = fields.Selection(
        [
            ("queued", "On its way"),
            ("print", "To print"),
            ("sent", "Sent"),
            ("failed", "Not sent"),
            ("stopped", "Stopped before it left"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    sent_at = fields.Datetime(readonly=True)
    failure_reason = fields.Char(string="Why Not", readonly=True)
    mail_message_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _once_uniq = models.UniqueIndex(
        "(res_model, res_id, kind, COALESCE(key, ''))",
        "This was written to the customer before.",
    )

    def write(self, vals):
        """What was written stays as it is."""
        if not self.env.su or vals.keys() - WRITABLE - {"mail_message_id"}:
            raise AccessError(
                self.env._("A letter to a customer cannot be changed afterwards.")
            )
        return super().write(vals)

    @api.model
    def _leaves(self, company, partner, now):
        """When a mail that nobody pressed a button for may leave: in the customer's
        office hours, as reminders do.

        :param datetime now: naive UTC moment
        :return: naive UTC datetime, ``now`` itself in office hours
        """
        window = company._o2c_dunning_window()
        if not window:
            return now
        notices = self.env["o2c.dunning.notice"].sudo()
        hours = notices._recipient_hours(company, partner.ids)[partner.id]
        return notices._leaves(company, window, now, *hours) or now

    def _queue_mail(self, attachments=None):
        """Put the mail in Odoo's own queue, on the thread of its document."""
        for letter in self.filtered(lambda one: one.channel == "email"):
            company = letter.company_id
            sender = company.o2c_dunning_email or company.email_formatted
            thread = self.env[letter.res_model]
            reply_to = thread._notify_get_reply_to(
                default=sender, author_id=company.partner_id.id
            )[False]
            addresses = email_split(letter.email_to) or [letter.email_to]
            name = letter.contact_id.name or ""
            mail = self.env["mail.mail"].create(
                {
                    "subject": letter.subject,
                    "body_html": letter.content,
                    "body": letter.content,
                    "email_from": sender,
                    "reply_to": reply_to or sender,
                    "email_to": ",".join(
                        formataddr((name, address)) for address in addresses
                    ),
                    "author_id": company.partner_id.id,
                    "model": letter.res_model,
                    "res_id": letter.res_id,
                    "message_type": "email_outgoing",
                    "is_notification": True,
                    "auto_delete": True,
                    "scheduled_date": letter.leaves_at,
                    "attachment_ids": [(6, 0, (attachments or []))],
                }
            )
            letter.mail_message_id = mail.mail_message_id
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _mail_outcome(self, mails, failure_type, failure_reason):
        """What the mail queue says about mails that are letters of ours."""
        letters = self.sudo().search(
            [
                ("mail_message_id", "in", mails.mail_message_id.ids),
                ("state", "=", "queued"),
            ]
        )
        if failure_type:
            reason = failure_reason or mails[:1].failure_reason or failure_type
            letters.write({"state": "failed", "failure_reason": reason})
        else:
            letters.write({"state": "sent", "sent_at": fields.Datetime.now()})
        for letter in letters:
            self.env["o2c.delivery.log"]._log(
                letter,
                "email",
                "failed" if failure_type else "sent",
                detail=letter.failure_reason or letter.email_to,
            )
        letters._sent()

    def _stop(self):
        """Letters that have not left stay here, and so do their mails.

        :return: the letters that were stopped; the others have left
        """
        waiting = self.filtered(
            lambda one: one.state in ("queued", "print", "failed")
        ).sudo()
        mails = self.env["mail.mail"].sudo()
        mails.search(
            [
                ("mail_message_id", "in", waiting.mail_message_id.ids),
                ("state", "in", ("outgoing", "exception")),
            ]
        ).cancel()
        waiting.write({"state": "stopped"})
        return waiting

    def _sent(self):
        """Tell the documents that their letter left."""
        for letter in self.filtered(lambda one: one.state == "sent"):
            record = self.env[letter.res_model].sudo().browse(letter.res_id).exists()
            if record:
                record._letter_left(letter)

    def action_print(self):
        """Print letters; printing them counts as posting them."""
        self.env.user._o2c_check_collector()
        self.check_access("read")
        letters = self.sudo().filtered(
            lambda one: one.state == "print"
            or one.channel == "letter"
            and one.state == "sent"
        )
        new = letters.filtered(lambda one: one.state == "print")
        new.write({"state": "sent", "sent_at": fields.Datetime.now()})
        for letter in new:
            self.env["o2c.delivery.log"]._log(letter, "post", "sent")
        new._sent()
        return self.env.ref("o2c_dunning.o2c_customer_letter_report").report_action(
            letters
        )
