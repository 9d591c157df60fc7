"""What became of an SMS: taken, delivered, refused, came back. A step that did not
arrive does not count; the reminder goes the next way of its step."""

from odoo import fields, models

from odoo.addons.o2c_dunning.models.notice.o2c_dunning_notice_queue import MAX_TRIES

#: The gateway may take it a little later.
TEMPORARY = ("sms_server", "unknown", "")
#: The number is wrong: somebody looks it up.
WRONG_NUMBER = (
    "sms_number_missing",
    "sms_number_format",
    "sms_invalid_destination",
    "sms_rejected",
)


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _sms_outcome(self, state, failure_type="", reason=""):
        """The gateway says what became of the SMS of these reminders.

        :param str state: as in ``sms.sms``: process, pending (taken), sent (delivered),
            error or canceled
        :param str failure_type: as in ``sms.sms``, of an error
        :param str reason: what the provider said about it
        """
        mine = self.filtered(lambda notice: notice.channel == "sms")
        queued = mine.filtered(lambda notice: notice.state == "queued")
        if state in ("pending", "sent"):
            queued._left(fields.Datetime.now())
        if state == "sent":
            sent = mine.filtered(lambda notice: notice.state == "sent")
            self.env["o2c.delivery.log"]._log(sent, "sms", "accepted")
        if state not in ("error", "canceled"):
            return
        words = self._sms_failure_words(state, failure_type, reason)
        for notice in queued:
            again = state == "error" and (failure_type or "") in TEMPORARY
            if again and notice.tries < MAX_TRIES:
                notice._fail(words)
            else:
                notice._by_another_way(words)
        back = (mine - queued).filtered(lambda notice: notice.state == "sent")
        back._sms_came_back(words)
        if failure_type in WRONG_NUMBER:
            (queued | back)._ask_for_number(words)

    def _sms_failure_words(self, state, failure_type, reason):
        """Why an SMS did not arrive, for a person."""
        if state == "canceled":
            return self.env._("The SMS was cancelled in the queue")
        kinds = dict(
            self.env["mail.notification"]
            ._fields["failure_type"]
            ._description_selection(self.env)
        )
        words = reason or kinds.get(failure_type) or failure_type or ""
        return self.env._("The SMS could not be delivered: %s", words)

    def _by_another_way(self, reason):
        """The step is not taken yet: the reminder leaves by the next way that works,
        with the amounts of that moment.

        :param str reason: why not by SMS, for a person
        """
        for notice in self:
            self.env["o2c.delivery.log"]._log(notice, "sms", "failed", detail=reason)
            notice.sms_failed = True
            recipient = notice.case_id._recipients(notice.partner_id.ids)
            step = {"step_id": notice.step_id.id}
            notice.write(
                {
                    "state": "approved",
                    "channel": notice._way_now(step, recipient[notice.partner_id.id]),
                    "content_hash": False,
                    "failure_reason": reason,
                    "tries": 0,
                    "retry_at": False,
                    "leaves_at": False,
                }
            )
        if self:
            self.env.ref("o2c_dunning.ir_cron_send").sudo()._trigger()

    def _sms_came_back(self, reason):
        """It had left and did not arrive: the step is taken again, another way."""
        for notice in self:
            notice.line_ids.write({"live": False})
            notice.write(
                {
                    "state": "bounced",
                    "bounced_on": notice.company_id._o2c_today(),
                    "failure_reason": reason,
                }
            )
            self.env["o2c.delivery.log"]._log(
                notice, "sms", "bounced", detail=notice.sms_number
            )

    def _ask_for_number(self, reason):
        """Somebody looks up the right number."""
        for notice in self:
            self.env["o2c.contact.task"]._open(
                notice.contact_id, notice.company_id, "phone_wrong", reason
            )
