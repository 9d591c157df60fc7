"""Steps 5 to 7 of the demo story: from the reminder to a customer we know better."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .o2c_demo_story import PAID, REMINDED


class O2cDemoStory(models.AbstractModel):
    _inherit = "o2c.demo.story"

    def _night(self, company):
        """The nightly rescoring and reminders, and the mail that follows."""
        today = company._o2c_today()
        self.env["o2c.risk.profile"]._rescore(company, today)
        run = self.env["o2c.dunning.case"]._night(company, today)
        waiting = self.env["o2c.dunning.notice"].search(
            [("run_id", "=", run.id), ("state", "=", "waiting")]
        )
        if waiting:  # the first run of a company waits for a person
            waiting.with_user(self._user("controller")).action_approve()
        self._send_reminders(company)

    def _send_reminders(self, company):
        """What may leave leaves now, with the mail that carries it."""
        # the story is told at one moment: its mail does not wait for office hours
        hours, company.o2c_dunning_office_hours = (
            company.o2c_dunning_office_hours,
            False,
        )
        self.env["o2c.dunning.notice"]._send_queue(company, fields.Datetime.now())
        company.o2c_dunning_office_hours = hours
        self.env["mail.mail"].process_email_queue()

    def _reminded(self, company, order, days):
        """5. The night writes one reminder, in the customer's language."""
        with self._at(days(REMINDED), 2):
            self._night(company)
        invoice = order.invoice_ids
        notice = (
            self.env["o2c.dunning.notice.line"]
            .search([("move_id", "=", invoice.id)], limit=1)
            .notice_id
        )
        if not notice:
            verdict = self.env["o2c.remind.verdict"].search(
                [("move_id", "in", invoice.ids)], limit=1
            )
            raise UserError(
                self.env._(
                    "The story has no reminder for %(invoice)s (%(state)s): %(reason)s",
                    invoice=invoice.display_name or order.name,
                    state=invoice.state,
                    reason=verdict.reasons or verdict.reason,
                )
            )
        return notice, [
            (
                days(REMINDED),
                f"One reminder to {notice.partner_id.name} ({notice.lang}), "
                "with pay link and QR",
                notice.amount,
                notice,
            )
        ]

    def _paid(self, company, order, notice, days):
        """6. He pays by iDEAL from the link; the books know at once."""
        invoice, day = order.invoice_ids, days(PAID)
        with self._at(days(REMINDED + 7), 2):
            self._night(company)
        with self._at(day, 18, 30):
            transaction = self._pay(notice)
        late = (day - invoice.invoice_date_due).days
        return [
            (
                day,
                "The customer opens the link on his phone and pays by iDEAL, "
                f"{late} days late",
                transaction.amount,
                transaction,
            ),
            (
                day,
                f"Booked and matched: invoice {invoice.name} is "
                f"{invoice.payment_state}, the case is {notice.case_id.state}",
                invoice.amount_residual,
                invoice,
            ),
        ]

    def _learned(self, company, order, paid, today):
        """7. The nights after it, his behaviour and grade change."""
        profile = order.partner_id._o2c_profile(company)
        first = profile.history_ids.sorted("date")[:1]
        for days in range(1, (today - paid).days + 1):
            with self._at(paid + timedelta(days=days), 2):
                self.env["o2c.risk.profile"]._rescore(company, company._o2c_today())
        profile.invalidate_recordset()
        return [
            (
                today,
                f"His score went from {first.score} ({first.grade}) to "
                f"{profile.score} ({profile.grade}); sales see it on his next quote",
                0,
                profile,
            )
        ]

    def _pay(self, record):
        """Pay everything on the pay link of a document, as its page does."""
        link = self.env["o2c.payment.link"]._for(record)
        choice = link._choose()
        provider = self.env.ref("payment.payment_provider_demo")
        method = self.env.ref("payment.payment_method_ideal")
        transactions = self.env["payment.transaction"]
        transaction = transactions.create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": transactions._compute_reference(
                    "demo", prefix=link._transaction_prefix(choice)
                ),
                "amount": float(choice.amount),
                "currency_id": link.currency_id.id,
                "partner_id": link.partner_id.id,
                "operation": "online_direct",
                "landing_route": "/pay/back",
                **link._transaction_values(choice),
            }
        )
        transaction._process(
            "demo", {"reference": transaction.reference, "simulated_state": "done"}
        )
        transaction._post_process()
        return transaction
