"""Last contacts with a customer in one line of time: reminders, mails, calls, promises,
disputes."""

from datetime import datetime, time

from odoo import models
from odoo.tools import format_amount, format_date, format_datetime, html2plaintext

SHOWN = 30
LENGTH = 400
ICONS = {
    "notice": "fa-bell-o",
    "mail": "fa-envelope-o",
    "answer": "fa-reply",
    "call": "fa-phone",
    "promise": "fa-handshake-o",
    "dispute": "fa-balance-scale",
    "plan": "fa-calendar",
    "question": "fa-question-circle-o",
}


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _work_timeline(self):
        """The newest first.

        :return: list of dicts with ``when``, ``kind``, ``icon``, ``title``, ``text``,
            ``who``, ``model`` and ``id``
        """
        self.ensure_one()
        events = self._timeline_events()
        events.sort(key=lambda event: event["at"], reverse=True)
        shown = []
        for event in events[:SHOWN]:
            at = event.pop("at")
            has_time = event.pop("has_time", False)
            event["when"] = (
                format_datetime(self.env, at, dt_format="short")
                if has_time
                else format_date(self.env, at.date())
            )
            event["icon"] = ICONS.get(event["kind"], "fa-circle-o")
            shown.append(event)
        return shown

    def _timeline_events(self):
        """Hook: what happened with this customer, in any order. Each event has ``at``
        (naive UTC), ``kind``, ``title``, ``text``, ``who``, ``model`` and ``id``."""
        return [
            *self._timeline_notices(),
            *self._timeline_mails(),
            *self._timeline_calls(),
            *self._timeline_promises(),
            *self._timeline_disputes(),
        ]

    def _event(self, record, kind, at, title, text="", who=""):
        """One event; a date stands at the end of its day."""
        has_time = isinstance(at, datetime)
        return {
            "at": at if has_time else datetime.combine(at, time(12)),
            "has_time": has_time,
            "kind": kind,
            "title": title,
            "text": text[:LENGTH],
            "who": who or "",
            "model": record._name,
            "id": record.id,
        }

    def _of_customer(self):
        """Domain of everything about this customer in this company."""
        return [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]

    def _timeline_notices(self):
        notices = self.env["o2c.dunning.notice"].search(
            [*self._of_customer(), ("state", "not in", ("preview", "withdrawn"))],
            limit=SHOWN,
        )
        states = dict(notices._fields["state"]._description_selection(self.env))
        channels = dict(notices._fields["channel"]._description_selection(self.env))
        return [
            self._event(
                notice,
                "notice",
                notice.sent_at or notice.date,
                notice.step_name or self.env._("Reminder"),
                " · ".join(
                    (
                        channels[notice.channel],
                        format_amount(self.env, notice.amount, notice.currency_id),
                        states[notice.state],
                    )
                ),
            )
            for notice in notices
        ]

    def _timeline_mails(self):
        """Mails and notes on the case; the customer's own are answers."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ("email", "comment")),
            ],
            order="date desc, id desc",
            limit=SHOWN,
        )
        return [
            self._event(
                message,
                "answer" if message.message_type == "email" else "mail",
                message.date,
                message.subject or self.env._("Note"),
                html2plaintext(message.body or "").strip(),
                message.author_id.sudo().display_name or message.email_from,
            )
            for message in messages
        ]

    def _timeline_calls(self):
        calls = self.env["o2c.call.result"].search(self._of_customer(), limit=SHOWN)
        labels = dict(calls._fields["result"]._description_selection(self.env))
        return [
            self._event(
                call,
                "call",
                call.at,
                self.env._("Call: %s", labels[call.result]),
                call.note or "",
                call.user_id.sudo().name,
            )
            for call in calls
        ]

    def _timeline_promises(self):
        promises = self.env["o2c.payment.promise"].search(
            self._of_customer(), limit=SHOWN
        )
        states = dict(promises._fields["state"]._description_selection(self.env))
        return [
            self._event(
                promise,
                "promise",
                promise.create_date,
                self.env._(
                    "Promised: %(amount)s for %(day)s",
                    amount=format_amount(self.env, promise.amount, promise.currency_id),
                    day=format_date(self.env, promise.date),
                ),
                states[promise.state],
                promise.create_uid.sudo().name,
            )
            for promise in promises
        ]

    def _timeline_disputes(self):
        disputes = self.dispute_ids[:SHOWN]
        states = dict(disputes._fields["state"]._description_selection(self.env))
        causes = dict(disputes._fields["cause"]._description_selection(self.env))
        return [
            self._event(
                dispute,
                "dispute",
                dispute.create_date,
                self.env._(
                    "Dispute on %(invoice)s: %(amount)s",
                    invoice=dispute.move_id.sudo().name,
                    amount=format_amount(self.env, dispute.amount, dispute.currency_id),
                ),
                " · ".join(
                    filter(
                        None,
                        (
                            causes.get(dispute.cause),
                            states[dispute.state],
                            dispute.note,
                        ),
                    )
                ),
                dispute.user_id.sudo().name,
            )
            for dispute in disputes
        ]
