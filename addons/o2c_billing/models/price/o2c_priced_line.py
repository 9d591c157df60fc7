"""A line that remembers why its price is what it is."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import formatLang


class O2cPricedLine(models.AbstractModel):
    """Order lines and invoice lines: a snapshot of each step of the price.

    The snapshot holds codes, names and numbers as they were, never a reference that
    can change its meaning; it is put into words in the language of the reader.
    """

    _name = "o2c.priced.line"
    _description = "Priced Line"

    o2c_price_trace = fields.Json(
        string="Price Steps",
        readonly=True,
        help="How the price was built when it was asked.",
    )
    o2c_price_explanation = fields.Json(
        string="Why This Price?", compute="_compute_o2c_price_explanation"
    )

    @api.depends("o2c_price_trace")
    @api.depends_context("lang")
    def _compute_o2c_price_explanation(self):
        for line in self:
            line.o2c_price_explanation = line._o2c_explain_price()

    def _o2c_explain_price(self):
        """The snapshot in words.

        :return: dict with ``title``, ``tone`` and ``steps`` (label and amount), or
            False when the price was never asked
        """
        self.ensure_one()
        trace = self.o2c_price_trace
        if not trace:
            return False
        currency = self.env["res.currency"].browse(trace.get("currency"))
        title, tone = self._o2c_price_title(trace)
        return {
            "title": title,
            "tone": tone,
            "steps": [
                {
                    "label": self._o2c_step_words(step, currency),
                    "amount": self._o2c_money(step["amount"], currency),
                }
                for step in trace["steps"]
            ],
        }

    @api.model
    def _o2c_price_title(self, trace):
        """One sentence above the steps, and its tone."""
        if trace["mode"] == "watch":
            return (
                self.env._("Watching: this is what the agreed price would be."),
                "info",
            )
        if trace.get("manual"):
            return (
                self.env._("The price was set by hand. By the rules it would be:"),
                "warning",
            )
        if len(trace["steps"]) > 1:
            return self.env._("Agreed price"), "success"
        return self.env._("No agreement fits; this is the list price."), "muted"

    @api.model
    def _o2c_step_words(self, step, currency):
        """One step as a reader understands it."""
        words = {
            "base": self.env._("List price"),
            "fixed": self.env._("Agreed in %(name)s", name=step.get("name")),
            "percentage": self.env._(
                "%(name)s: %(value)s%% off",
                name=step.get("name"),
                value=self._o2c_number(step.get("value")),
            ),
            "discount": self.env._(
                "Discount of %(value)s%% (%(name)s)",
                name=step.get("name"),
                value=self._o2c_number(step.get("value")),
            ),
            "surcharge": self.env._(
                "Surcharge of %(value)s%% (%(name)s)",
                name=step.get("name"),
                value=self._o2c_number(step.get("value"), absolute=True),
            ),
            "addition": self.env._(
                "%(value)s on top (%(name)s)",
                name=step.get("name"),
                value=self._o2c_money(step.get("value"), currency),
            ),
            "rounding": self.env._("Rounded"),
        }[step["code"]]
        if step.get("tier"):
            words = self.env._(
                "%(step)s, from %(quantity)s units",
                step=words,
                quantity=self._o2c_number(step["tier"]),
            )
        return words

    @api.model
    def _o2c_number(self, value, absolute=False):
        number = Decimal(value or "0")
        if absolute:
            number = abs(number)
        digits = max(0, -number.normalize().as_tuple().exponent)
        return formatLang(self.env, float(number), digits=digits)

    @api.model
    def _o2c_money(self, value, currency):
        number = Decimal(value or "0")
        digits = max(2, -number.normalize().as_tuple().exponent)
        text = formatLang(self.env, float(number), digits=min(digits, 6))
        return f"{currency.symbol}\N{NO-BREAK SPACE}{text}" if currency else text

    @api.model
    def _o2c_snapshot(self, price, mode, currency, manual):
        """What is remembered of a price: text and numbers only.

        :param price: :class:`policy.price.Price`
        :param str mode: what billing did in the company then
        :param currency: currency of the amounts
        :param bool manual: a person set another price
        """
        return {
            "mode": mode,
            "manual": manual,
            "currency": currency.id,
            "steps": [
                {
                    "code": step.code,
                    "amount": str(step.amount),
                    **({"rule": step.rule, "name": step.name} if step.rule else {}),
                    **({} if step.value is None else {"value": str(step.value)}),
                    **({} if step.tier is None else {"tier": str(step.tier)}),
                }
                for step in price.steps
            ],
        }
