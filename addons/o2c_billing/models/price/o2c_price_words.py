"""Codes of the price policy, in the words of the reader."""

from decimal import Decimal

from odoo import api, models
from odoo.tools import formatLang

from ...policy import price as policy


class O2cPriceWords(models.AbstractModel):
    """How a step, a volume or a lost rule is told."""

    _name = "o2c.price.words"
    _description = "Words for Prices"

    @api.model
    def _step(self, step, currency, company):
        """One step of a snapshot as a reader understands it.

        :param dict step: see ``o2c.priced.line._o2c_snapshot``
        """
        name = step.get("name")
        value = step.get("value")
        words = {
            "base": lambda: self.env._("List price"),
            "fixed": lambda: self.env._("Agreed in %(name)s", name=name),
            "percentage": lambda: self.env._(
                "%(name)s: %(value)s%% off", name=name, value=self._number(value)
            ),
            "discount": lambda: self.env._(
                "Discount of %(value)s%% (%(name)s)",
                name=name,
                value=self._number(value),
            ),
            "surcharge": lambda: self.env._(
                "Surcharge of %(value)s%% (%(name)s)",
                name=name,
                value=self._number(value, absolute=True),
            ),
            "addition": lambda: self.env._(
                "%(value)s on top (%(name)s)",
                name=name,
                value=self._money(value, currency),
            ),
            "index": lambda: self.env._(
                "Index %(name)s: × %(value)s", name=name, value=self._number(value)
            )
            if name
            else self.env._("Indexed: × %(value)s", value=self._number(value)),
            "minimum": lambda: self.env._(
                "Lifted to the minimum of %(name)s", name=name
            ),
            "margin": lambda: self.env._(
                "Lifted to a margin of %(value)s%% (%(name)s)",
                name=name,
                value=self._number(value),
            ),
            "rounding": lambda: self.env._("Rounded"),
        }[step["code"]]()
        if step.get("tier"):
            basis = step.get("basis") or policy.LINE
            measure = step.get("measure") or policy.QUANTITY
            words = self.env._(
                "%(step)s, %(volume)s",
                step=words,
                volume=self._volume(basis, measure, step["tier"], company, units=True),
            )
        return words

    @api.model
    def _volume(self, basis, measure, quantity, company, units=False):
        """From which volume on something holds.

        :param bool units: say that they are units
        """
        if measure == policy.AMOUNT:
            amount = self._money(quantity, company.currency_id)
            return self.env._("from %(amount)s in the year", amount=amount)
        number = self._number(quantity)
        if basis == policy.ORDER:
            return self.env._("from %(quantity)s in the order", quantity=number)
        if basis == policy.YEAR:
            return self.env._("from %(quantity)s in the year", quantity=number)
        if units:
            return self.env._("from %(quantity)s units", quantity=number)
        return self.env._("from %(quantity)s", quantity=number)

    @api.model
    def _lost(self, reason, to=None, chosen=True):
        """Why a rule did not count.

        :param str reason: see ``policy.price_why.Lost``
        :param str to: name of the rule that went first
        :param bool chosen: does the question name a form or group at all?
        """
        if reason == "subscription_form" and not to and not chosen:
            return self.env._("asks for a subscription form; none is chosen")
        if reason == "customer_group" and not to and not chosen:
            return self.env._("is for a customer group; this customer has none")
        words = {
            "not_yet": lambda: self.env._("is not valid yet"),
            "ended": lambda: self.env._("is not valid any more"),
            "currency": lambda: self.env._("is a price in another currency"),
            "customer_group": lambda: self.env._("is for another customer group"),
            "subscription_form": lambda: self.env._("is for another subscription form"),
            "quantity": lambda: self.env._("the quantity is not reached"),
            "scope": lambda: self.env._(
                "%(other)s is made for this customer more precisely", other=to
            ),
            "distance": lambda: self.env._(
                "%(other)s is agreed with a nearer parent company", other=to
            ),
            "article": lambda: self.env._(
                "%(other)s names the article more precisely", other=to
            ),
            "kind": lambda: self.env._(
                "%(other)s is made for this kind: goods or services", other=to
            ),
            "valid_from": lambda: self.env._("%(other)s began later", other=to),
            "minimum": lambda: self.env._(
                "%(other)s asks a higher quantity, which is reached", other=to
            ),
            "id": lambda: self.env._("%(other)s was made first", other=to),
            "excluded": lambda: self.env._(
                "%(other)s excludes it: one of the two counts", other=to
            ),
        }
        if to and reason == "customer_group":
            return self.env._(
                "%(other)s is made for the group of this customer", other=to
            )
        if to and reason == "subscription_form":
            return self.env._("%(other)s is made for this subscription form", other=to)
        return words[reason]()

    @api.model
    def _made_for(self, segment, grade):
        """For whom an agreement was made that somebody unknown does not get."""
        if segment and grade:
            return self.env._(
                "is for segment %(segment)s with grade %(grade)s",
                segment=segment.sudo().display_name,
                grade=grade.upper(),
            )
        if segment:
            return self.env._("is for segment %s", segment.sudo().display_name)
        return self.env._("is for customers with grade %s", grade.upper())

    @api.model
    def _number(self, value, absolute=False, least=0):
        """A number with the decimals that it has, and ``least`` at least."""
        number = Decimal(str(value or "0"))
        if absolute:
            number = abs(number)
        digits = max(least, -number.normalize().as_tuple().exponent)
        return formatLang(self.env, float(number), digits=min(digits, 6))

    @api.model
    def _money(self, value, currency):
        text = self._number(value, least=2)
        return f"{currency.symbol}\N{NO-BREAK SPACE}{text}" if currency else text
