"""The verdict in words: a sentence per reason, with the facts behind it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ...policy.may_remind import DEBIT_DAYS, clock

#: Documents that are named in a sentence; more are counted.
NAMED = 3


class O2cRemindVerdict(models.Model):
    _inherit = "o2c.remind.verdict"

    facts = fields.Json(
        readonly=True, help="Figures, dates and names behind each reason, by code."
    )
    explanation = fields.Text(
        string="Why",
        compute="_compute_explanation",
        help="Every reason in a sentence, with its dates and amounts.",
    )

    @api.depends("reason", "reasons", "facts")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for verdict in self:
            codes = [code for code in (verdict.reasons or "").split(",") if code]
            facts = dict(verdict.facts or {})
            if verdict.step_id:
                facts["remind"] = {"text": verdict.step_id.display_name}
            verdict.explanation = self._explain(
                codes or [verdict.reason], facts, verdict.currency_id
            )

    @api.model
    def _explain(self, codes, facts, currency):
        """The reasons as sentences.

        :param codes: reason codes, heaviest first
        :param dict facts: what is known per code
        :param currency: ``res.currency`` of the item
        """
        if "sent_late" in facts:
            codes = [*codes, "sent_late"]
        if "channel" in facts and codes[:1] == ["remind"]:
            codes = [*codes, "channel"]
        return " ".join(
            self._ended(self._sentence(code, facts.get(code) or {}, currency))
            for code in self._said_once(codes)
        )

    @api.model
    def _sentence(self, code, told, currency):
        """One reason as a sentence; another add-on adds the reasons it sets.

        :param str code: a reason of the policy
        :param dict told: values such as day, amount, text, who, labels
        :param currency: ``res.currency`` of the item
        """
        labels = dict(self._fields["reason"]._description_selection(self.env))
        template = self._sentences().get(code)
        values = self._told_values(told, currency)
        if not template or not set(template[1]) <= values.keys():
            return f"{labels.get(code, code)}."
        return template[0] % values

    @api.model
    def _told_values(self, told, currency):
        """Values as people read them; empty ones are left out."""
        if told.get("currency"):
            currency = self.env["res.currency"].browse(told["currency"])
        names = told.get("labels") or []
        more = len(names) - NAMED
        shown = ", ".join(names[:NAMED])
        values = {
            "day": told.get("day") and format_date(self.env, told["day"]),
            "since": told.get("since") and format_date(self.env, told["since"]),
            "amount": told.get("amount") is not None
            and format_amount(self.env, told["amount"], currency),
            "text": self._say_banks(told.get("banks") or ()) or told.get("text"),
            "who": told.get("who"),
            "days": told.get("days") is not None and str(told["days"]),
            "labels": self.env._("%(names)s and %(more)s more", names=shown, more=more)
            if more > 0
            else shown,
        }
        return {name: value for name, value in values.items() if value}

    @api.model
    def _sentences(self):
        """Sentence per reason, and the values it cannot do without.

        :return: dict of code to (sentence, names)
        """
        return (
            self._timing_sentences()
            | self._people_sentences()
            | self._money_sentences()
        )

    @api.model
    def _timing_sentences(self):
        """Why not today: it is about time."""
        return {
            "remind": (self.env._("Will be reminded: %(text)s."), ["text"]),
            "not_due": (
                self.env._("Not due yet; the first step is on %(day)s."),
                ["day"],
            ),
            "step_later": (self.env._("The next step is on %(day)s."), ["day"]),
            "interval": (
                self.env._("Reminded on %(since)s; the next step is on %(day)s."),
                ["since", "day"],
            ),
            "ladder_done": (
                self.env._("All steps were taken; the last one left on %(since)s."),
                ["since"],
            ),
            "before_start": (
                self.env._(
                    "Fell due before collecting started on %(day)s, and was left out."
                ),
                ["day"],
            ),
            "sent_late": (
                self.env._(
                    "The invoice left %(days)s days after its date, on %(since)s: he "
                    "has until %(day)s."
                ),
                ["days", "since", "day"],
            ),
        }

    @api.model
    def _people_sentences(self):
        """Why not: it is about who he is, or what somebody said."""
        return {
            "factored": (
                self.env._("Assigned to %(text)s: it is theirs to collect."),
                ["text"],
            ),
            "other_payer": (
                self.env._("%(text)s pays for him: a person decides whom to ask."),
                ["text"],
            ),
            "paused": (
                self.env._("The case is paused until %(day)s: %(text)s."),
                ["day", "text"],
            ),
            "on_pause": (
                self.env._(
                    "The customer is on pause until %(day)s, set by %(who)s: %(text)s."
                ),
                ["day", "who", "text"],
            ),
            "vulnerable": (
                self.env._(
                    "Vulnerable debtor, set by %(who)s: %(text)s. A person decides."
                ),
                ["who", "text"],
            ),
            "other_channel": (
                self.env._("Wants to be approached by a person only: %(text)s."),
                ["text"],
            ),
            "channel": (
                self.env._("Goes another way, as he asked: %(text)s."),
                ["text"],
            ),
            "reminder_bounced": (
                self.env._(
                    "The last reminder came back from %(text)s: mend the address."
                ),
                ["text"],
            ),
            "question": (
                self.env._("He asked something on %(day)s: %(text)s."),
                ["day", "text"],
            ),
            "at_agency": (
                self.env._("Handed over to %(text)s on %(day)s."),
                ["text", "day"],
            ),
        }

    @api.model
    def _money_sentences(self):
        """Why not: money is on its way, or is not owed for sure."""
        return {
            "direct_debit": (
                self.env._("Is being collected by direct debit until %(day)s."),
                ["day"],
            ),
            "may_offset": (
                self.env._(
                    "You owe him %(amount)s yourself, overdue: settle that first."
                ),
                ["amount"],
            ),
            "payment_under_way": (
                self.env._("An online payment was started on %(day)s."),
                ["day"],
            ),
            "disputed": (self.env._("In dispute for %(amount)s."), ["amount"]),
            "promised": (self.env._("Promised until %(day)s."), ["day"]),
            "on_plan": (self.env._("In a payment plan until %(day)s."), ["day"]),
            "plan_waits": (
                self.env._(
                    "A payment plan waits for approval since %(day)s: %(text)s."
                ),
                ["text", "day"],
            ),
            "credit_covers": (
                self.env._("%(labels)s covers %(amount)s."),
                ["labels", "amount"],
            ),
            "bank_line": (
                self.env._(
                    "%(amount)s came in on %(day)s that nobody matched yet, and it "
                    "looks like his: %(text)s."
                ),
                ["amount", "day", "text"],
            ),
            "bank_stale": (
                self.env._("The bank data is too old to know who has paid: %(text)s."),
                ["text"],
            ),
            "below_tolerance": (
                self.env._("He owes no more than %(amount)s overdue in all."),
                ["amount"],
            ),
        }

    @api.model
    def _told(self, account, verdict, rules):
        """The facts behind the reasons of one verdict, as JSON.

        :param account: ``OpenAccount`` of the customer
        :param verdict: ``policy.message.Verdict``
        :param rules: ``policy.may_remind.Rules`` it was judged by
        :return: dict of reason code to values
        """
        item = verdict.item
        known = account.facts | item.facts
        sent = max(
            (past.sent_on for past in item.history if past.sent_on), default=None
        )
        timing = {"day": verdict.on, "since": sent}
        own = {
            "not_due": timing,
            "step_later": timing,
            "interval": timing,
            "ladder_done": timing,
            "before_start": {"day": rules.start},
            "direct_debit": {"day": item.due + timedelta(days=DEBIT_DAYS)},
            "payment_under_way": {"day": item.paying_since},
            "disputed": {"amount": float(item.disputed)},
            "promised": {"day": item.promised_until},
            "credit_covers": {
                "amount": float(item.covered),
                "labels": [credit.label for credit in account.credits],
            },
            "bank_stale": {
                "banks": [[name, self._json(day)] for name, day in rules.stale_banks]
            },
            "below_tolerance": {
                "amount": float(rules.tolerance),
                "currency": self.env.company.currency_id.id,
            },
        }
        codes = verdict.reasons or ("remind",)
        told = {code: own.get(code, {}) | known.get(code, {}) for code in codes}
        late = clock(item)
        if late != item.due:
            told["sent_late"] = {
                "days": (late - item.due).days,
                "since": item.delivered_on,
                "day": late,
            }
        if account.channel:
            told["channel"] = known.get("channel", {})
        return {
            code: {name: self._json(value) for name, value in values.items() if value}
            for code, values in told.items()
            if values
        }

    @api.model
    def _json(self, value):
        """Dates as text; the rest is JSON already."""
        return value.isoformat() if hasattr(value, "isoformat") else value

    @api.model
    def _say_banks(self, banks):
        """Names of bank accounts with the day of their newest line."""
        return ", ".join(
            self.env._(
                "%(bank)s until %(day)s", bank=name, day=format_date(self.env, day)
            )
            if day
            else self.env._("%(bank)s has no lines", bank=name)
            for name, day in banks
        )
