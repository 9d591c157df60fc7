"""The words of a letter about a decision: main reasons that a customer understands."""

from odoo import api, models

from odoo.addons.o2c_base.tools.local_form import day_text, money_text


class O2cDecisionLetter(models.Model):
    _inherit = "o2c.decision.letter"

    @api.model
    def _main_reasons(self, source, kind):
        """Why, one line each, in the language of the environment.

        :param source: a hold or a limit change, of one customer
        :return: text
        """
        source = source.sudo()
        profile = self.env["o2c.risk.profile"]._of(
            source.company_id, source.partner_id.commercial_partner_id.ids
        )
        profile = next(iter(profile.values()), self.env["o2c.risk.profile"])
        lines = []
        if source._name == "o2c.credit.hold":
            lines += [
                self._reason_line(reason, source.currency_id)
                for reason in source._reasons()
            ]
        lines += self._score_lines(profile)
        found = [line for line in dict.fromkeys(lines) if line]
        return "\n".join(found or [self._no_reason_line()])

    @api.model
    def _no_reason_line(self):
        return self.env._(
            "We do not have enough information yet to deliver this amount on account."
        )

    @api.model
    def _reason_line(self, reason, currency):
        """A reason of a hold as the customer may read it."""
        amount = money_text(self.env, reason.amount, currency)
        texts = {
            "over_limit": self.env._(
                "With this order, your open invoices and orders together would be "
                "%s more than the amount for which we deliver to you on account.",
                amount,
            ),
            "cash_only": self.env._("We deliver to you when payment is made up front."),
            "overdue": self.env._(
                "Invoices of %s are past their due date in our books.", amount
            ),
            "insolvent": self.env._(
                "A public register mentions an insolvency in your name."
            ),
            "down_payment": self.env._("We ask for an advance payment of %s.", amount),
        }
        return texts.get(reason.code) or self.env._(
            "There is an open point in our records about earlier payments."
        )

    @api.model
    def _score_lines(self, profile):
        """What counted against him, without points or formulas; sources are named."""
        texts = {
            "days_late": self.env._("Invoices were paid after their due date."),
            "on_time": self.env._("A part of your invoices was not paid in time."),
            "overdue_now": self.env._("Invoices are past their due date now."),
            "trend": self.env._("Invoices were paid later than half a year earlier."),
            "promises": self.env._("An agreed payment date was not kept."),
            "promises_broken": self.env._("An agreed payment date was not kept."),
            "reversed": self.env._("A payment was taken back by the bank."),
            "payments_reversed": self.env._("A payment was taken back by the bank."),
            "relation": self.env._("You have been our customer for a short time."),
            "insolvent": self.env._(
                "A public register mentions an insolvency in your name."
            ),
        }
        lines = []
        for code, points in (profile.reasons if profile else None) or ():
            if points >= 0:
                continue
            if code == "bureau":
                lines.append(self._source_line(profile))
            elif code in texts:
                lines.append(texts[code])
        return lines

    @api.model
    def _source_line(self, profile):
        """Which report was used: the source of data has to be told (art. 15(1)(g))."""
        known = self.env["o2c.credit.report"]._known_facts(
            profile.company_id, profile.partner_id.ids
        )
        report = known.get(profile.partner_id.id, {}).get("report")
        if not report:
            return ""
        return self.env._(
            "We used a report of %(source)s of %(date)s.",
            source=report.source,
            date=day_text(self.env, report.date),
        )
