"""By e-mail: the documents in a mail, carried to the mail server once."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...policy import channel as policy

BOUNCES_FOR_DAYS = 30


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    copy_bounced = fields.Boolean(
        readonly=True, help="A copy came back, and somebody was told."
    )

    def _send_email(self):
        """The document by e-mail, alone or with its bundle."""
        self.ensure_one()
        if not self.message_id:
            if not self._preflight():
                return False
            self._add_network()
            if self._preference().rhythm in ("daily", "weekly"):
                return self._get_ready()
            if not self._generate(["email"], **self._mail_settings()):
                return False
            if not self.message_id:
                raise UserError(self.env._("Odoo wrote no e-mail for this document."))
        return self._carry()

    def _add_network(self):
        """Without a preference of ours Odoo's own rule stands: who is on the network
        gets the e-invoice there too."""
        if self._preference() or self.instead_of or not self._on_network():
            return
        known = self.search(
            [
                ("move_id", "=", self.move_id.id),
                ("channel", "=", policy.NETWORK),
                ("state", "!=", "dropped"),
            ]
        )
        if not known:
            self._another(policy.NETWORK)
            self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()

    def _mail_settings(self):
        """What core's sending is told about the mail: recipients and text."""
        recipients = self.partner_id | self._copies()
        settings = {"mail_partner_ids": recipients.filtered("email").ids}
        template = self._preference().mail_template_id
        if template:
            settings["mail_template"] = template
        return settings

    def _copies(self):
        """Who gets the e-mail too."""
        preference = self._preference()
        copies = preference.copy_ids
        if preference.copy_to_orderer:
            orders = self.move_id.invoice_line_ids.sale_line_ids.order_id
            copies |= orders.partner_id.filtered("email")
        return copies.filtered("active") - self.partner_id

    # Carrying

    def _carry(self):
        """Hand the e-mail to the mail server and read what it says.

        The rows are marked before, and the mail is put out of reach of Odoo's own
        outbox: whoever is killed after the server took it leaves a mark, not a mail
        that is sent again.

        :return: True when the server took it
        """
        message = self.message_id
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        waiting = mails.filtered(lambda mail: mail.state in ("outgoing", "exception"))
        waiting.write(
            {
                "state": "exception",
                "failure_reason": self.env._("Being handed to the mail server."),
            }
        )
        self.handed_at = fields.Datetime.now()
        self.env["ir.cron"]._commit_progress()
        waiting.mark_outgoing()
        waiting.send(raise_exception=False)
        self.handed_at = False
        message.invalidate_recordset(["notification_ids"])
        main = self.partner_id
        failed = message.notification_ids.filtered(
            lambda note: note.notification_status in ("exception", "bounce")
            and (
                note.res_partner_id in main or note.failure_type != "mail_email_invalid"
            )
        )
        stuck = mails.exists().filtered(lambda mail: mail.state == "exception")
        if not failed and not stuck:
            self._mail_left()
            return True
        if any(note.failure_type == "mail_email_invalid" for note in failed):
            self._unreachable(failed[:1].res_partner_id)
            return False
        reason = stuck[:1].failure_reason or failed[:1].failure_reason
        words = self.env._(
            "The mail server did not take it: %(reason)s",
            reason=" ".join((reason or self.env._("no reason given")).split()),
        )
        for row in self:
            row._fail(UserError(words))
        return False

    def _mail_left(self):
        """The mail server took it: remember when and to whom."""
        addresses = self.message_id.notified_partner_ids.filtered("email")
        self._left(", ".join(addresses.mapped("email")))
        for channel, rows in self.grouped("channel").items():
            self.env["o2c.delivery.log"]._log(
                rows.move_id,
                channel,
                "accepted",
                detail=self.env._("the mail server took it"),
            )

    def _unsure(self):
        """The process ended between handing over and answer: never twice by itself."""
        for row in self:
            row.handed_at = False
            row._block(
                self.env._(
                    "The mail server was given this e-mail on %(moment)s, but the "
                    "program stopped before the answer. Look in the mail server or ask "
                    "the customer; then press Sent by Hand or Try Again.",
                    moment=fields.Datetime.to_string(fields.Datetime.now()),
                ),
                "person",
            )
        return False

    def _unreachable(self, partner):
        """The address does not exist."""
        words = self.env._(
            "The e-mail address %(email)s does not work.", email=partner.email or ""
        )
        self._came_back("email_bounced", words, partner or None)

    @api.model
    def _read_bounces(self, company):
        """E-mails that came back since: the document was not delivered after all."""
        self.flush_model()
        since = fields.Datetime.subtract(fields.Datetime.now(), days=BOUNCES_FOR_DAYS)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.id, n.res_partner_id, n.failure_reason
                  FROM o2c_sending s
                  JOIN mail_notification n ON n.mail_message_id = s.message_id
                 WHERE s.company_id = %(company)s
                   AND s.state = 'sent'
                   AND s.channel IN %(mailed)s
                   AND s.sent_at >= %(since)s
                   AND n.notification_status = 'bounce'
                 ORDER BY s.id
                """,
                company=company.id,
                mailed=(policy.EMAIL, policy.PORTAL),
                since=since,
            )
        )
        for key, partner_id, reason in rows:
            row = self.browse(key)
            partner = self.env["res.partner"].browse(partner_id)
            if partner == row.partner_id and row.state == "sent":
                words = self.env._(
                    "The e-mail to %(email)s came back. %(reason)s",
                    email=partner.email or "",
                    reason=" ".join((reason or "").split()),
                ).strip()
                row._came_back("email_bounced", words, partner)
            elif partner != row.partner_id and not row.copy_bounced:
                # a copy: the customer himself has his document
                row.copy_bounced = True
                self.env["o2c.contact.task"]._open(
                    partner,
                    company,
                    "email_bounced",
                    self.env._("A copy of an invoice came back."),
                )
