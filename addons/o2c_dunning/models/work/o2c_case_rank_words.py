"""The reasons of a rank in words, in the language of the reader."""

from odoo import api, models
from odoo.tools import formatLang


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.depends("work_reasons")
    @api.depends_context("lang")
    def _compute_work_reasons_text(self):
        for case in self:
            case.work_reasons_text = " · ".join(case._rank_words())

    def _rank_words(self):
        """One short text per reason, the amount first; one that says nothing is empty.

        :return: list of texts
        """
        return [text for _reason, text in self._rank_said()]

    def _rank_said(self):
        """The reasons that say something, each with its text.

        :return: list of (reason, text)
        """
        self.ensure_one()
        currency = self.company_id.currency_id
        said = [
            (reason, self._rank_word(reason, currency))
            for reason in self.work_reasons or []
        ]
        return [(reason, text) for reason, text in said if text]

    @api.model
    def _rank_word(self, reason, currency):
        """What one reason is called; empty when it says nothing.

        :param dict reason: code, figure (amount, days or number) and text (the grade)
        :param currency: of the company, in which the amounts are
        """
        code, figure = reason["code"], reason["figure"]
        if code in ("amount", "disputed", "over_limit"):
            return self._say_amount(
                code, self.env["o2c.today"]._money(figure, currency)
            )
        count = round(figure)
        if code == "age":
            return self._say_days_late(count)
        if code == "recent_contact":
            return self._say_spoken(count)
        if code == "orders_waiting":
            return self.env._("orders on hold: %s", count)
        if code == "not_reached":
            return self.env._("calls in vain: %s", count)
        if code == "grade":
            return self.env._("grade %s", reason["text"]) if reason["text"] else ""
        if code == "answered" and reason["text"]:
            return self._say_news(reason["text"])
        if code == "promise_open" and figure:
            money = self.env["o2c.today"]._money(figure, currency)
            return self.env._("promise of %s runs", money)
        words = {
            "broken_promise": self.env._("broke a promise"),
            "promise_open": self.env._("promise runs"),
            "answered": self.env._("wrote back"),
            "call_due": self.env._("call in the ladder"),
            "insolvent": self.env._("insolvent"),
        }
        return words.get(code, "")

    @api.model
    def _say_news(self, kind):
        """What the customer did in the portal."""
        return {
            "question": self.env._("asked a question"),
            "plan": self.env._("asks for a plan"),
            "dispute": self.env._("disputes an invoice"),
            "promise": self.env._("promised to pay"),
            "taken_back": self.env._("took a dispute back"),
        }.get(kind, "")

    @api.model
    def _say_amount(self, code, amount):
        """Reasons that are an amount."""
        if code == "disputed":
            return self.env._("%s in dispute", amount)
        if code == "over_limit":
            return self.env._("%s over the limit", amount)
        return self.env._("%s overdue", amount)

    @api.model
    def _say_days_late(self, days):
        """How late the oldest invoice is."""
        if not days:
            return ""
        if days == 1:
            return self.env._("1 day late")
        return self.env._("%s days late", days)

    @api.model
    def _say_spoken(self, days):
        """When somebody spoke with him."""
        if not days:
            return self.env._("spoken today")
        if days == 1:
            return self.env._("spoken yesterday")
        return self.env._("spoken %s days ago", days)

    def _rank_factors(self):
        """Every reason with its factor, for who wants to know exactly.

        :return: list of dicts with text and factor
        """
        return [
            {
                "code": reason["code"],
                "text": text,
                "factor": formatLang(self.env, reason["factor"], digits=2),
                "lifts": reason["factor"] > 1,
                "lowers": reason["factor"] < 1,
            }
            for reason, text in self._rank_said()
        ]
