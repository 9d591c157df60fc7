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
        """One short text per reason, the amount first.

        :return: list of texts
        """
        self.ensure_one()
        currency = self.company_id.currency_id
        money = self.env["o2c.today"]._money
        words = []
        for reason in self.work_reasons or []:
            figure = reason["figure"]
            said = self._rank_word(reason["code"], figure, reason["text"])
            if said and reason["code"] in ("amount", "disputed", "over_limit"):
                said = said % {"amount": money(figure, currency)}
            words += [said] if said else []
        return words

    @api.model
    def _rank_word(self, code, figure, text):
        """What one reason is called; empty when it says nothing.

        :param str code: as in ``policy.work_rank``
        :param float figure: the amount, days or number behind it
        :param str text: the grade
        """
        days = count = round(figure)
        say = self.env._
        words = {
            "amount": say("%(amount)s overdue"),
            "disputed": say("%(amount)s in dispute"),
            "age": say("%s days late", days) if days else "",
            "broken_promise": say("broke a promise"),
            "promise_open": say("promise runs"),
            "answered": say("wrote back"),
            "call_due": say("call in the ladder"),
            "over_limit": say("%(amount)s over the limit"),
            "orders_waiting": say("%s orders on hold", count),
            "not_reached": say("not reached %s times", count),
            "recent_contact": say("spoken %s days ago", days)
            if days
            else say("spoken today"),
            "grade": say("grade %s", text) if text else "",
            "insolvent": say("insolvent"),
        }
        return words.get(code, "")

    def _rank_factors(self):
        """Every reason with its factor, for who wants to know exactly.

        :return: list of dicts with text and factor
        """
        self.ensure_one()
        reasons = [
            reason
            for reason in self.work_reasons or []
            if self._rank_word(reason["code"], reason["figure"], reason["text"])
        ]
        return [
            {
                "code": reason["code"],
                "text": text,
                "factor": formatLang(self.env, reason["factor"], digits=2),
                "lifts": reason["factor"] > 1,
                "lowers": reason["factor"] < 1,
            }
            for reason, text in zip(reasons, self._rank_words(), strict=True)
        ]
