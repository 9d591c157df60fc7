"""What became of a document by one way: left, waits, came back, goes another way."""

from odoo import fields, models

from ...policy import channel as policy


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    def _settle(self):
        """The documents say the same as their ways."""
        self.move_id._o2c_settle()

    def _block(self, words, waits_for, next_try=None):
        """Something is missing: it waits, with an owner."""
        self.ensure_one()
        owner = self.user_id or self._owner(self.move_id, waits_for)
        self.write(
            {
                "state": "blocked",
                "waits_for": waits_for,
                "reason": words,
                "user_id": owner.id,
                "next_try": next_try,
            }
        )
        self._settle()

    def _left(self, detail="", event="sent"):
        """It left the house."""
        self.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "reason": False,
                "waits_for": False,
                "next_try": False,
                "handed_at": False,
            }
        )
        for channel, rows in self.grouped("channel").items():
            self.env["o2c.delivery.log"]._log(
                rows.move_id, channel, event, detail=detail
            )
        self._settle()

    def _came_back(self, problem, words, partner=None, event="bounced"):
        """It did not arrive after all: a task for the customer, another way if any."""
        for row in self:
            contact = partner or row.partner_id
            row.write(
                {
                    "state": "returned",
                    "waits_for": "customer",
                    "reason": words,
                    "user_id": row._owner(row.move_id, "customer").id,
                    "next_try": False,
                    "message_id": False,
                    "ready": False,
                    "batch_id": False,
                }
            )
            log = self.env["o2c.delivery.log"]
            log._log(row.move_id, row.channel, event, detail=words)
            self.env["o2c.contact.task"]._open(
                contact, row.company_id, problem, f"{row.move_id.name}: {words}"
            )
            row._go_other_way()
        self._settle()

    def _another(self, channel, instead_of=False):
        """The same document by one more way."""
        self.ensure_one()
        return self.create(
            {
                "move_id": self.move_id.id,
                "company_id": self.company_id.id,
                "partner_id": self.move_id._o2c_recipient().id,
                "customer_id": self.customer_id.id,
                "channel": channel,
                "instead_of": instead_of,
            }
        )

    def _go_other_way(self):
        """Let the document go by the company's other way, when there is one.

        :return: the new row, or an empty one
        """
        self.ensure_one()
        move = self.move_id
        taken = self.search(
            [("move_id", "=", move.id), ("state", "!=", "dropped")]
        ).mapped("channel")
        order = self.company_id._o2c_other_ways()
        problems = self.env["o2c.contact.task"]._closed_ways(
            self.company_id, self.customer_id | self.customer_id.child_ids
        )
        shut = move._o2c_shut_ways(problems)
        possible = move._o2c_possible_ways() - shut
        if set(taken) & set(order) - {self.channel}:
            other = ""
        else:
            other = policy.other_way(order, possible, set(taken))
        if not other:
            return self.browse()
        row = self._another(other, instead_of=self.channel)
        self.write({"state": "dropped", "reason": self.reason, "next_try": False})
        self.env["o2c.delivery.log"]._log(
            move, other, "queued", detail=self.env._("the other way")
        )
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()
        return row
