"""Out-of-office mails are no answers."""

from odoo import api, models

from ...policy.machine_mail import by_machine


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Tell a case whether a machine wrote: the headers end here."""
        if any(route[0] in self._o2c_listening() for route in routes or ()):
            self = self.with_context(
                o2c_written_by_machine=self._o2c_by_machine(message)
            )
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _o2c_listening(self):
        """Models on which an answer of a customer is noticed, but not one of a machine."""
        return (
            "o2c.dunning.case",
            "o2c.payment.promise",
            "o2c.payment.plan",
            "o2c.dispute",
            "o2c.question",
        )

    @api.model
    def _o2c_by_machine(self, message):
        """Whether a mail was written by a machine (RFC 3834 and common habits).

        :param message: ``email.message.EmailMessage``
        """
        return by_machine(
            message, message.get("Subject") or "", message.get("Content-Type") or ""
        )
