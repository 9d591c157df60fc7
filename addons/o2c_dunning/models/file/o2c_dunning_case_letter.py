"""What was written to the customer and did not reach him yet."""

from datetime import timedelta

from odoo import fields, models

from ...policy.receipt_clock import receipt_clock


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _letters_under_way(self, today):
        """Subjects of letters that wait to leave, and of what says that a plan ended
        until the day after it arrived: that one gives the customer time to react.

        :param date today: the date in the company
        """
        self.ensure_one()
        letters = self.env["o2c.customer.letter"].sudo()
        recent = fields.Datetime.to_datetime(today - timedelta(days=14))
        mine = [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        waiting = letters.search([*mine, ("state", "in", ("queued", "print"))])
        left = letters.search(
            [*mine, ("kind", "=", "plan_broken"), ("sent_at", ">=", recent)]
        )
        fresh = left.filtered(lambda one: one._arrives_on() >= today)
        return (waiting | fresh).mapped("subject") + self._reminders_under_way()

    def _reminders_under_way(self):
        """Reminders that the mail queue has: they can no longer be stopped here."""
        notices = self.notice_ids.filtered(
            lambda one: one.state == "queued" and one.channel != "call"
        )
        return [one.subject or one.display_name for one in notices]


class O2cCustomerLetter(models.Model):
    _inherit = "o2c.customer.letter"

    def _arrives_on(self):
        """The day on which a letter that left is assumed to be there."""
        self.ensure_one()
        left = self.company_id._o2c_today(self.sent_at)
        holidays = self.env["account.move"]._o2c_postal_holidays(left, left)
        terms = self.env["o2c.postal.term"]._terms()
        clock = receipt_clock(self.channel, left, holidays, terms)
        return clock.delivered if clock else left
