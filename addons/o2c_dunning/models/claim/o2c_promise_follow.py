"""What follows a promise: a word before its day, and work when it was broken."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import format_date


class O2cPaymentPromise(models.Model):
    _inherit = "o2c.payment.promise"

    @api.model
    def _remind_before(self, company, today, now):
        """A friendly word some days before a promised day, once per promised day.

        A day that is changed is a new promise to the customer: he gets a new word. A
        promise that was made inside those days needs none.

        :param company: ``res.company`` that is live and wants this
        :param date today: the date there
        :param datetime now: moment of the night's work
        """
        days = company.o2c_dunning_promise_reminder
        if days <= 0:
            return
        promises = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("date", ">", today),
                ("date", "<=", today + timedelta(days=days)),
            ]
        )
        for promise in promises:
            made_on = company._o2c_today(promise.create_date)
            if promise.date - made_on > timedelta(days=days):
                self._nightly_letter(promise, "promise_before", str(promise.date), now)

    def _broken(self, today):
        """A broken promise: the ladder goes on, and somebody calls today."""
        self.ensure_one()
        case = self.case_id
        if case.state == "closed":
            return
        lang = case.user_id.lang or self.company_id.partner_id.lang
        says = self.with_context(lang=lang).env._(
            "Call: promised %(amount)s for %(day)s, not paid",
            amount=self.currency_id.format(self.amount),
            day=format_date(self.env, self.date),
        )
        case.write({"next_action": says, "next_action_date": today})
        self._alert_broken(today)

    def _alert_broken(self, today):
        """The people of credit hear it too: an alert on the customer's profile."""
        company = self.company_id
        if company._o2c_credit_acting(today) == "off":
            return
        [profile] = (
            self.env["o2c.risk.profile"].sudo()._ensure(company, self.partner_id)
        )
        self.env["o2c.credit.alert"].sudo()._raise(
            [
                {
                    "profile_id": profile.id,
                    "kind": "agreement_breach",
                    "key": f"{self._name}:{self.id}",
                    "amount": self.currency_id._convert(
                        self.amount, company.currency_id, company, today
                    ),
                    "text": self.env._(
                        "He promised to pay on %s and did not.",
                        format_date(self.env, self.date),
                    ),
                }
            ],
            today=today,
        )

    def _letter_answered(self):
        self._answer_to_case(self.case_id)
        return super()._letter_answered()

    def _letter_values(self, kind, lang):
        return super()._letter_values(kind, lang) | {
            "reference": self.display_name,
            "amount": self._letter_money(self.amount, self.currency_id, lang),
            "date": self._letter_day(self.date, lang),
            "left": self._letter_money(
                sum(self.sudo().move_ids.mapped("amount_residual")),
                self.currency_id,
                lang,
            ),
        }
