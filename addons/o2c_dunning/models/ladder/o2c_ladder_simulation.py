"""A ladder drawn for an example invoice: dates, days off, what the law says of it."""

from datetime import date, timedelta
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ...policy.collection_cost import collection_cost
from ...policy.ladder import Climber, Step, for_document, steps_for
from ...policy.ladder_check import check
from ...policy.ladder_plan import AFTER, BEFORE, Rung, plan
from ...tools.amount import decimal

#: An invoice of an ordinary size.
EXAMPLE = {
    "amount": 1210.0,
    "term": 30,
    "debtor": "business",
    "bills": "",
    "by": "",
    "agreed": True,
}


class O2cDunningLadder(models.Model):
    _inherit = "o2c.dunning.ladder"

    @api.model
    def simulate(self, steps, options):
        """Draw a ladder, saved or being edited, for an invoice that is never paid.

        :param list steps: values of the steps, as the form has them
        :param dict options: invoice_date, term, amount, debtor, bills, by, agreed;
            what is missing is taken from an example
        :return: dict with the example, the points on the line and the findings
        """
        self.browse().check_access("read")
        company = self.env.company
        example = self._example(company, options)
        issued = example["invoice_date"]
        due = issued + timedelta(days=example["term"])
        holidays = company._o2c_holidays(
            due - timedelta(days=BEFORE), due + timedelta(days=AFTER)
        )
        terms = self.env["o2c.postal.term"].sudo()._terms()
        extend = company.sudo().root_id.o2c_wik_extend
        rungs = self._rungs(steps, example, holidays)
        planned = plan(rungs, due, holidays, terms, extend)
        found = check(planned, example["debtor"], example["agreed"])
        names = {step["id"]: step.get("name") or "" for step in steps}
        points = [self._point(day, names, example) for day in planned]
        return {
            "example": example | {"invoice_date": issued.isoformat()},
            "issued": {"on": issued.isoformat(), "label": self._day(issued)},
            "due": {"on": due.isoformat(), "label": self._day(due)},
            "holidays": sorted(day.isoformat() for day in holidays),
            "points": points,
            "findings": [
                {
                    "weight": one.weight,
                    "step": names.get(one.step, ""),
                    "text": self._finding_text(one),
                }
                for one in found
            ],
            "currency": company.currency_id.symbol,
        }

    @api.model
    def _example(self, company, options):
        """The example with what the user filled in."""
        example = EXAMPLE | {
            name: value for name, value in options.items() if value is not None
        }
        try:
            issued = date.fromisoformat(options.get("invoice_date") or "")
        except ValueError:
            issued = company._o2c_today().replace(day=1)
        if not date(2000, 1, 1) <= issued <= date(2090, 1, 1):
            raise UserError(self.env._("Choose an invoice date between 2000 and 2090."))
        return example | {
            "invoice_date": issued,
            "term": min(max(int(example["term"] or 0), 0), 365),
            "amount": max(float(example["amount"] or 0), 0.0),
            "agreed": bool(example["agreed"]),
        }

    @api.model
    def _rungs(self, steps, example, holidays):
        """The steps that hold for the example, as the policy reads them."""
        rungs = {}
        for values in steps:
            channel = values.get("channel") or "email"
            if example["by"] and channel in ("email", "letter"):
                channel = example["by"]
            step = Step(
                key=values["id"],
                days=int(values.get("days") or 0),
                min_interval=max(int(values.get("min_interval") or 0), 0),
                kind=values.get("kind") or "reminder",
                holidays=holidays if values.get("working_days", True) else None,
                min_amount=decimal(values.get("min_amount")),
                debtor=values.get("debtor_kind") or "",
                bills=values.get("billed_kind") or "",
            )
            rungs[step.key] = Rung(
                step,
                channel,
                values.get("charge_info") or "none",
                int(values.get("pay_within") or 7),
            )
        climber = Climber(Decimal(str(example["amount"])), debtor=example["debtor"])
        steps = for_document([r.step for r in rungs.values()], {example["bills"]})
        held = steps_for(steps, climber)
        return [rungs[step.key] for step in held]

    @api.model
    def _point(self, day, names, example):
        """One step on the line, in words."""
        step = day.rung.step
        point = {
            "step": step.key,
            "name": names.get(step.key, ""),
            "kind": step.kind,
            "channel": day.rung.channel,
            "days": step.days,
            "asks": day.asks.isoformat(),
            "on": day.on.isoformat(),
            "label": self._day(day.on),
            "moved": self._moved_text(day),
            "clock": "",
        }
        if day.clock:
            point["clock"] = self.env._(
                "received on %(delivered)s, pays without cost until %(last)s",
                delivered=self._day(day.clock.delivered),
                last=self._day(day.clock.last_free_day),
            )
            if example["debtor"] == "consumer":
                cost = float(collection_cost(Decimal(str(example["amount"]))))
                point["clock"] += self.env._(
                    ", then owes %s cost",
                    format_amount(self.env, cost, self.env.company.currency_id),
                )
            point["free"] = day.clock.last_free_day.isoformat()
        return point

    @api.model
    def _day(self, day):
        """A day with its weekday, short, in the language of the user."""
        return format_date(self.env, day, date_format="EEE d MMM y")

    @api.model
    def _moved_text(self, day):
        """Why a step is not on the day it asks for."""
        texts = {
            "usual": self.env._("waits for his usual day"),
            "day_off": self.env._("%s is a day off", self._day(day.asks)),
            "interval": self.env._("waits for the interval after the previous step"),
            "clock": self.env._("waits until the term of the 14-day letter is over"),
        }
        return ", ".join(texts[reason] for reason in day.reasons)

    @api.model
    def _finding_text(self, finding):
        """A finding in words that say what to do about it."""
        facts = {
            name: self._day(value) if isinstance(value, date) else value
            for name, value in finding.facts.items()
        }
        return self._finding_texts().get(finding.code, finding.code) % facts

    @api.model
    def _finding_texts(self):
        """Words per code; each names the remedy."""
        return (
            self._letter_texts()
            | self._handover_texts()
            | {
                "fine": self.env._(
                    "Nothing to remark: this ladder keeps to the rules."
                ),
                "no_handover": self.env._(
                    "The ladder ends without a decision. Add a last step that proposes "
                    "to hand over, so that a person looks at what is still open."
                ),
                "after_handover": self.env._(
                    "This step comes after the proposal to hand over. Take it out, or "
                    "move the hand-over to the end."
                ),
                "interval_too_long": self.env._(
                    "It stands %(days)s days after the step before, but waits "
                    "%(interval)s: it never comes on its own day. Shorten the interval "
                    "or move the step."
                ),
                "cost_before_due": self.env._(
                    "Nothing is owed before the due date. Say nothing about cost here."
                ),
                "cost_before_letter": self.env._(
                    "A consumer owes no cost before the term of the 14-day letter is "
                    "over. Say that cost may follow, and show or claim it in a later "
                    "step."
                ),
            }
        )

    @api.model
    def _letter_texts(self):
        """Words about the 14-day letter."""
        return {
            "no_letter": self.env._(
                "A consumer owes collection cost only after a 14-day letter "
                "(art. 6:96(6) BW), and this ladder has none. Add a step of that kind."
            ),
            "letter_not_needed": self.env._(
                "A business or public body owes collection cost without a 14-day "
                "letter. It does no harm."
            ),
            "letter_not_written": self.env._(
                "A 14-day letter is in writing. Send it by post or by e-mail."
            ),
            "letter_by_mail": self.env._(
                "By e-mail the customer may say that he never got it, and you must "
                "prove that he did. By post a judge may assume it."
            ),
            "letter_before_default": self.env._(
                "Without an agreed term a consumer is not in default yet, and the "
                "letter is worth nothing. Put a notice of default before it."
            ),
            "letter_too_short": self.env._(
                "It asks to be paid within %(days)s days, but the customer has until "
                "%(last)s: fourteen days from the day after he got it. Ask for 21 days."
            ),
        }

    @api.model
    def _handover_texts(self):
        """Words about the days between the letter and the hand-over."""
        return {
            "post_never": self.env._(
                "%(days)s days after a posted letter never suffice: 17 to 21 are "
                "needed, by weekday and holidays. Here the hand-over waits until "
                "%(clock)s. Put it 21 days or more after the letter."
            ),
            "post_sometimes": self.env._(
                "%(days)s days after a posted letter suffice on some days only: 17 to "
                "21 are needed, by weekday and holidays. The hand-over waits where "
                "they do not; here it comes on %(on)s."
            ),
            "mail_never": self.env._(
                "%(days)s days after an e-mail never suffice: 15 are needed. Here the "
                "hand-over waits until %(clock)s."
            ),
            "clock_kept": self.env._(
                "%(days)s days between letter and hand-over always suffice; here the "
                "term of the letter is over on %(clock)s."
            ),
        }
