"""What became of a notice: sent, failed, came back. Only what was sent advances."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .o2c_dunning_notice_queue import MAX_TRIES

#: Failures that no retry mends.
ADDRESS_FAILURES = {
    "mail_email_missing": "email_missing",
    "mail_email_invalid": "email_bounced",
}
LOG_CHANNELS = {"email": "email", "letter": "post", "call": "call", "sms": "sms"}


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _left(self, now):
        """The notice reached the post, the mail server or the customer's ear.

        :param datetime now: naive UTC moment
        """
        for notice in self.filtered(lambda one: one.state == "queued"):
            if not notice.content_hash:
                notice.content_hash = notice._seal()
            notice.write(
                {
                    "state": "sent",
                    "sent_at": now,
                    "sent_on": notice.company_id._o2c_today(now),
                    "failure_reason": False,
                    "retry_at": False,
                }
            )
            notice.case_id.sudo().step_days = max(
                notice.case_id.step_days, notice.step_days
            )
            self.env["o2c.delivery.log"]._log(
                notice,
                LOG_CHANNELS[notice.channel],
                "sent",
                detail=notice._address_used(),
                at=now,
            )

    def _address_used(self):
        """Hook: the address or number that the reminder went to, for the log."""
        self.ensure_one()
        return self.email_to if self.channel == "email" else ""

    def _fail(self, reason, final=False):
        """The notice did not leave; it is tried again later unless that is useless.

        :param str reason: why, for a person
        :param bool final: whether trying again is useless
        """
        for notice in self:
            tries = MAX_TRIES if final else max(notice.tries, 1)
            notice.write(
                {
                    "state": "failed",
                    "failure_reason": reason,
                    "tries": tries,
                    "retry_at": fields.Datetime.now()
                    + timedelta(hours=2 ** (tries - 1)),
                }
            )
            self.env["o2c.delivery.log"]._log(
                notice, LOG_CHANNELS[notice.channel], "failed", detail=reason
            )

    @api.model
    def _mail_outcome(self, mails, failure_type, failure_reason):
        """What Odoo's mail queue says about mails that carry notices.

        :param mails: ``mail.mail`` records, just tried
        :param failure_type: as in ``mail.mail``, empty when the mail was sent
        """
        notices = self.sudo().search(
            [
                ("mail_message_id", "in", mails.mail_message_id.ids),
                ("state", "=", "queued"),
            ]
        )
        if not notices:
            return
        if not failure_type:
            notices._left(fields.Datetime.now())
            return
        problem = ADDRESS_FAILURES.get(failure_type)
        notices._fail(
            failure_reason or mails[:1].failure_reason or failure_type,
            final=bool(problem),
        )
        for notice in notices if problem else ():
            self.env["o2c.contact.task"]._open(
                notice.contact_id,
                notice.company_id,
                problem,
                self.env._("A reminder could not be sent to %s", notice.email_to),
            )

    @api.model
    def _bounced(self, cases, email):
        """A mail came back: the step does not count until the address is mended."""
        notice = self.search(
            [
                ("case_id", "in", cases.ids),
                ("channel", "=", "email"),
                ("state", "=", "sent"),
            ],
            order="sent_at desc, id desc",
            limit=1,
        )
        if not notice:
            return
        notice.line_ids.write({"live": False})
        notice.write(
            {
                "state": "bounced",
                "bounced_on": notice.company_id._o2c_today(),
                "failure_reason": self.env._("The mail to %s came back", email),
            }
        )
        self.env["o2c.delivery.log"]._log(notice, "email", "bounced", detail=email)
        self.env["o2c.contact.task"]._open(
            notice.contact_id,
            notice.company_id,
            "email_bounced",
            self.env._("A reminder to %s came back", email),
        )

    def action_print(self):
        """Print letters; they are sent once somebody says they were posted."""
        self._check_collector()
        letters = self.filtered(lambda notice: notice.channel == "letter").sudo()
        new = letters.filtered(lambda notice: notice.state == "approved")
        for company, batch in new.grouped("company_id").items():
            leaving = batch._take_again(company, company._o2c_today())
            leaving._freeze_content(company).write({"state": "queued"})
        ready = letters.filtered(lambda notice: notice.state in ("queued", "sent"))
        if not ready:
            raise UserError(
                self.env._("There is nothing to print: approve the letters first.")
            )
        return self.env.ref("o2c_dunning.o2c_dunning_notice_report").report_action(
            ready
        )

    def action_posted(self):
        """The printed letters were posted, or the call was made, today."""
        self._check_collector()
        queued = self.filtered(
            lambda notice: notice.state == "queued"
            and notice.channel in ("letter", "call")
        )
        activities = queued.sudo().activity_id
        queued.sudo()._left(fields.Datetime.now())
        activities.filtered("active").action_feedback()

    def action_as_letter(self):
        """Send a notice that could not be mailed as a letter."""
        self._check_collector()
        self.filtered(lambda notice: notice.state == "failed").sudo().write(
            {"channel": "letter", "state": "approved", "failure_reason": False}
        )
