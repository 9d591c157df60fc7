"""At the desk: paying in instalments."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.o2c_base.tools.local_form import money_text

from ..policy import desk_form, payment_window

#: Months that can be asked for when the policy leaves everything to a person.
ASKED_MONTHS = 12
MOST_MONTHS = 36
#: Payments with which an invoice waits for a plan; one that was only started may be
#: given up for the plan.
HOLDS_PLAN = (payment_window.PENDING, payment_window.RECEIVED)


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _in_plan(self, moves):
        """Documents that are in a plan, or were asked to be, with that as a reason."""
        plans = self.env["o2c.account.overview"]._plans(moves)
        return {
            move_id: self.env._("is in payment plan %s", plan.name)
            for move_id, plan in plans.items()
        }

    @api.model
    def _plan_aside(self, moves):
        """Documents that cannot be put in a plan now, with the reason."""
        aside = self._in_plan(moves)
        plans = self.env["o2c.payment.plan"].sudo()
        for move in plans._in_dispute(moves):
            aside.setdefault(move.id, self.env._("is in dispute"))
        links = self.env["o2c.payment.link"]
        paying = links._told_per_move(moves)
        amounts = links._amounts_under_way(moves)
        for move in moves:
            _payment, kind = paying.get(move.id, (None, ""))
            if kind in HOLDS_PLAN and move.id in amounts:
                amount = money_text(self.env, amounts[move.id], move.currency_id)
                text = self.env._("a payment of %s is under way", amount)
                aside.setdefault(move.id, text)
            elif move.payment_state == "in_payment" or kind in HOLDS_PLAN:
                aside.setdefault(move.id, self.env._("a payment is under way"))
            elif move.payment_state == "blocked":
                aside.setdefault(move.id, self.env._("on hold, please contact us"))
        return aside

    @api.model
    def _plan_read(self, visitor, values):
        """What was chosen: invoices, months, first payment."""
        moves, errors = self._choosable(visitor), {}
        aside = self._plan_aside(moves)
        free = moves.filtered(lambda move: move.id not in aside)
        chosen = self._chosen(visitor, values, free)
        data = {"moves": chosen, "free": free, "aside": aside, "first": Decimal(0)}
        # untouched, our proposal follows the invoices that he ticks
        data["proposes"] = values.get("first") in (None, values.get("proposed"))
        if not chosen:
            return data | {"months": 1}, {"item": self._reason("choose")}
        bounds, total = self.env["o2c.payment.plan"]._request_bounds(chosen)
        data |= {"bounds": bounds, "total": total}
        usual = min(3, bounds.max_months or 3)
        months = values.get("months")
        data["months"] = desk_form.read_number(months, 1, MOST_MONTHS) or usual
        if months and data["months"] != desk_form.read_number(months, 1, MOST_MONTHS):
            errors["months"] = self.env._("Choose a number of months from the list.")
        typed = values.get("first")
        if data["proposes"]:
            data["first"] = bounds.least_first(total, self._cent(visitor.currency))
        elif typed.strip().strip("0.,"):
            errors |= self._plan_read_first(visitor, typed, data)
        return data, errors

    @api.model
    def _plan_read_first(self, visitor, typed, data):
        """The first payment as typed; it leaves something for the instalments."""
        cent = self._cent(visitor.currency)
        most = data["total"] - cent * data["months"]
        amount, reason = desk_form.read_amount(typed, cent, most)
        if reason:
            words = money_text(self.env, most, visitor.currency)
            return {"first": self._reason(reason, most=words)}
        data["first"] = amount
        return {}

    @api.model
    def _plan_form(self, visitor, values, data):
        """The calculator: what each choice comes to, before anything is asked."""
        free, chosen = data["free"], data["moves"]
        currency = visitor.currency
        form = {
            "choices": self._choices(self._choosable(visitor), chosen, data["aside"]),
            "free": bool(free),
            "months": data["months"],
            "first": self._plan_typed(values, data, currency),
            "proposed": self._plan_proposed(data, currency),
            "preview": {},
            "months_options": [],
            "nothing_at_once": bool(chosen) and not data["bounds"].max_months,
        }
        if not chosen:
            return form
        bounds = data["bounds"]
        most = max(bounds.max_months, ASKED_MONTHS)
        form["months_options"] = [
            (number, self._months_text(number, bounds)) for number in range(1, most + 1)
        ]
        form["preview"] = self._plan_preview(visitor, data)
        return form

    @api.model
    def _plan_typed(self, values, data, currency):
        """The first payment as it stands in the form."""
        if not data["proposes"]:
            return (values.get("first") or "")[:40]
        return self._plan_proposed(data, currency)

    @api.model
    def _plan_proposed(self, data, currency):
        """The first payment that the policy asks at least; empty when it asks none."""
        first = data["moves"] and data["bounds"].least_first(
            data["total"], self._cent(currency)
        )
        if not first:
            return ""
        cents = currency.decimal_places
        return formatLang(self.env, float(first), digits=cents, grouping=False)

    @api.model
    def _months_text(self, number, bounds):
        text = self.env._("1 month") if number == 1 else self.env._("%s months", number)
        # where every plan is looked at, that is said once and not behind each choice
        if bounds.max_months and number > bounds.max_months:
            return self.env._("%s, we look at it first", text)
        return text

    @api.model
    def _plan_preview(self, visitor, data):
        """The schedule of a choice with its sums, and what is said about interest."""
        plans = self.env["o2c.payment.plan"]

        def money(amount):
            return money_text(self.env, amount, visitor.currency)

        try:
            found = plans._request_preview(
                data["moves"], data["months"], float(data["first"])
            )
        except ValueError:
            return {}
        return {
            "rows": [
                (one.number, self._day(one.due), money(one.amount))
                for one in found["instalments"]
            ],
            "total": money(found["total"]),
            "count": self._count_text(data["months"], bool(data["first"])),
            "at_once": not found["outside"],
            "why": self._plan_why(found["outside"], data["bounds"], visitor.currency),
            "interest": self._interest_text(
                found["interest_mode"], found["cost"] + found["interest"], money
            ),
        }

    @api.model
    def _count_text(self, months, first):
        """How many payments it comes to, so that the table surprises nobody."""
        if first and months == 1:
            return self.env._("The first payment today, then 1 instalment.")
        if first:
            return self.env._("The first payment today, then %s instalments.", months)
        if months == 1:
            return self.env._("1 instalment, in a month.")
        return self.env._("%s instalments, the first one in a month.", months)

    @api.model
    def _plan_why(self, codes, bounds, currency):
        """What goes beyond the bounds, in words for the customer."""
        words = {
            "too_long": self.env._(
                "Up to %s months we agree at once.", bounds.max_months
            )
            if bounds.max_months
            else "",
            "too_small": self.env._(
                "From %s per instalment we agree at once.",
                money_text(self.env, bounds.min_instalment, currency),
            ),
            "first_low": self.env._(
                "With a first payment of at least %s%% we agree at once.",
                f"{float(bounds.first_percent):g}",
            ),
            "first_late": self.env._(
                "With a first payment within a week we agree at once."
            ),
        }
        # who pays nothing at once is late and low for the same reason
        if "first_low" in codes:
            codes = [code for code in codes if code != "first_late"]
        if not all(words.get(code) for code in codes):
            return []  # a person decides, whatever he changes
        return [words[code] for code in codes]

    @api.model
    def _interest_text(self, mode, owed, money):
        """What happens with interest and cost, said plainly."""
        if mode == "waived":
            return self.env._(
                "The plan costs nothing: we ask no interest and no costs for it, as "
                "long as you pay every instalment in time."
            )
        if mode == "owed" and not owed:
            return self.env._(
                "No interest is added during the plan, as long as you pay in time."
            )
        if mode == "owed":
            return self.env._(
                "No interest is added during the plan. Interest and costs of %s that "
                "you owe today stay due besides the instalments.",
                money(owed),
            )
        return self.env._(
            "Interest runs on during the plan and is asked at its end, besides the "
            "instalments. Today %s of interest and costs is due.",
            money(owed),
        )

    @api.model
    def _plan_make(self, visitor, data):
        """Ask for the plan: agreed at once, or to be looked at."""
        self._queue_up(data["moves"])
        if aside := self._plan_aside(data["moves"]):
            move = data["moves"].browse(next(iter(aside)))
            raise UserError(
                self.env._(
                    "%(invoice)s cannot be put in a plan now: %(reason)s.",
                    invoice=move.name,
                    reason=aside[move.id],
                )
            )
        return self.env["o2c.payment.plan"]._request(
            data["moves"],
            data["months"],
            float(data["first"]),
            signer=visitor.contact or visitor.customer,
        )
