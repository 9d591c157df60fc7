"""A dispute that is opened again: an answer that still waits must not leave."""

from odoo import fields, models

from odoo.addons.o2c_base.tools.local_form import day_text


class O2cDispute(models.Model):
    _inherit = "o2c.dispute"

    def action_reopen(self):
        """It was closed too soon: open again, with a new deadline to set."""
        self._check_decider()
        closed = self.filtered(lambda one: one.state in ("rejected", "withdrawn"))
        closed.sudo()._open_again()

    def _open_again(self):
        """Nobody may hear an answer that does not hold any more."""
        self._stop_answers()
        self.write({"state": "open", "closed_on": False, "untold": False})

    def _stop_answers(self):
        """The answer that still waits is stopped; the conversation says so, or says
        that it has left."""
        letters = self.env["o2c.customer.letter"].sudo()
        answers = letters.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("kind", "in", ("dispute_rejected", "dispute_settled")),
                ("state", "!=", "stopped"),
            ]
        )
        stopped = answers._stop()
        said = {}
        for letter in answers.sorted("id"):  # the newest is the one that counts
            said[letter.res_id] = (
                self._stopped_words(letter)
                if letter in stopped
                else self._left_words(letter)
            )
        for dispute in self.filtered(lambda one: one.id in said):
            dispute._message_log(body=said[dispute.id])

    def _stopped_words(self, letter):
        """An answer that the customer does not get."""
        if letter.channel == "email":
            return self.env._(
                "Opened again: the mail “%(subject)s” to %(email)s had not left yet "
                "and was stopped.",
                subject=letter.subject,
                email=letter.email_to,
            )
        return self.env._(
            "Opened again: the letter “%s” was not printed yet and was stopped.",
            letter.subject,
        )

    def _left_words(self, letter):
        """An answer that the customer has: somebody tells him."""
        moment = fields.Datetime.context_timestamp(self, letter.sent_at)
        return self.env._(
            "Opened again, but “%(subject)s” already left on %(day)s: tell the "
            "customer that his dispute is open again.",
            subject=letter.subject,
            day=day_text(self.env, moment.date()),
        )
