"""A rule of the draft check, and the reason that it gave, in plain words."""

from odoo import api, models, tools

from ...policy import draft_check as policy


class O2cDraftCheckRule(models.Model):
    _inherit = "o2c.draft.check.rule"

    def _rule_words(self):
        """What the rule says."""
        self.ensure_one()
        money = self._money_words(self.amount)
        percent = self._number_words(self.percentage)
        off = money if self.measure == "amount" else f"{percent}%"
        return {
            policy.AMOUNT: self.env._("Amount above %(amount)s", amount=money),
            policy.PRICE: self.env._(
                "Price more than %(off)s off what was agreed", off=off
            ),
            policy.MARGIN: self.env._(
                "Earns less than %(percent)s%% over cost", percent=percent
            ),
            policy.FIRST: self.env._("First invoice of this customer"),
            policy.GRADE: self.env._(
                "Customer with grade %(grade)s", grade=self.grade or "-"
            ),
            policy.LIMIT: self.env._("Customer goes over his limit")
            if not self.amount
            else self.env._(
                "Customer goes more than %(amount)s over his limit", amount=money
            ),
            policy.CUSTOMER: self.env._("Somebody wants this customer checked"),
            policy.MANUAL: self.env._("A price was set by hand"),
            policy.CREDIT_NOTE: self.env._("Credit note")
            if not self.amount
            else self.env._("Credit note above %(amount)s", amount=money),
            policy.PASS_THROUGH: self.env._(
                "More than %(percent)s%% was advanced in the customer's name",
                percent=percent,
            ),
            policy.CURRENCY: self.env._("Foreign currency"),
            policy.REFERENCE: self.env._("The customer's order number is missing"),
            policy.SAMPLE: self.env._(
                "Random sample of %(percent)s%%", percent=percent
            ),
        }.get(self.kind, "")

    @api.model
    def _words(self, kind, detail="", grade=""):
        """Why a draft is looked at, in the company of the environment. Extend with
        ``super()`` for reasons of an add-on.

        :param str kind: kind of the rule, or another reason of the policy
        :param str detail: what the policy measured
        """
        if kind in (
            policy.AMOUNT,
            policy.CREDIT_NOTE,
            policy.LIMIT,
            policy.PRICE,
            policy.MARGIN,
            policy.PASS_THROUGH,
            policy.SAMPLE,
        ):
            return self._measured_words(kind, detail or "0")
        return {
            policy.FIRST: self.env._("First invoice of this customer"),
            policy.GRADE: self.env._(
                "Customer with grade %(grade)s", grade=grade or detail or "-"
            ),
            policy.CUSTOMER: self.env._("Somebody wants this customer checked"),
            policy.MANUAL: self.env._("A price was set by hand"),
            policy.CURRENCY: self.env._("In %(currency)s", currency=detail),
            policy.REFERENCE: self.env._("The customer's order number is missing"),
            policy.POLICY: self.env._("The credit policy asks for it"),
            policy.COLLEAGUE: self.env._("A colleague asks for it"),
            policy.BATCH: self.env._("First batch: approve it by hand"),
        }.get(kind, kind)

    @api.model
    def _measured_words(self, kind, detail):
        """A reason with the figure that was measured."""
        number = detail.rstrip("%")
        words = self._number_words(number)
        money = self._money_words(number)
        if kind == policy.CREDIT_NOTE:
            return (
                self.env._("Credit note above %(amount)s", amount=money)
                if float(number)
                else self.env._("Credit note")
            )
        return {
            policy.AMOUNT: self.env._("Amount above %(amount)s", amount=money),
            policy.LIMIT: self.env._(
                "%(amount)s over the limit of the customer", amount=money
            ),
            policy.PRICE: self.env._(
                "Price %(off)s off what was agreed",
                off=f"{words}%" if detail.endswith("%") else money,
            ),
            policy.MARGIN: self.env._("Earns %(percent)s%% over cost", percent=words),
            policy.PASS_THROUGH: self.env._(
                "%(percent)s%% was advanced in the customer's name", percent=words
            ),
            policy.SAMPLE: self.env._("Random sample of %(percent)s%%", percent=words),
        }[kind]

    def _money_words(self, amount):
        currency = self.currency_id or self.env.company.currency_id
        return f"{currency.symbol} {self._number_words(amount)}"

    @api.model
    def _number_words(self, value):
        """A number with decimals only where it has them."""
        number = round(float(value or 0), 2)
        digits = 0 if number == int(number) else 2
        return tools.formatLang(self.env, number, digits=digits)
