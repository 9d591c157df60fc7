"""A line that remembers why its price is what it is."""

from odoo import api, fields, models
from odoo.tools import float_compare

#: Finer than any price: what differs less is the same price.
SAME = 7
#: Who has this object under this key in the context writes snapshots. An object cannot
#: be sent over the wire, so nobody outside can put a reason on a price.
WRITER, _PEN = "o2c_price_writer", object()


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
        groups="base.group_user",
        help="How the price was built when it was asked.",
    )
    o2c_price_explanation = fields.Json(
        string="Why This Price?",
        compute="_compute_o2c_price_explanation",
        groups="base.group_user",
    )
    o2c_price_manual = fields.Boolean(
        string="Price by Hand",
        compute="_compute_o2c_price_manual",
        groups="base.group_user",
        help="Somebody chose another price than the rules give.",
    )
    o2c_below_floor = fields.Boolean(
        string="Below the Minimum",
        compute="_compute_o2c_below_floor",
        groups="base.group_user",
        help="What the customer pays per unit, discounts included, is less than the "
        "minimum price or margin allows.",
    )

    @api.depends("o2c_price_trace", "price_unit", "discount")
    @api.depends_context("lang")
    def _compute_o2c_price_explanation(self):
        for line in self:
            line.o2c_price_explanation = line._o2c_explain_price()

    @api.depends("o2c_price_trace")
    def _compute_o2c_price_manual(self):
        for line in self:
            trace = line.o2c_price_trace or {}
            line.o2c_price_manual = bool(trace.get("manual"))

    @api.depends("o2c_price_trace", "price_unit", "discount")
    def _compute_o2c_below_floor(self):
        for line in self:
            floor = (line.o2c_price_trace or {}).get("floor")
            net = line.price_unit * (1 - (line.discount or 0.0) / 100.0)
            line.o2c_below_floor = bool(
                floor and float_compare(net, float(floor), precision_digits=SAME) < 0
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._o2c_without_forged(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._o2c_without_forged(vals))

    @api.model
    def _o2c_without_forged(self, vals):
        """Values without a snapshot that somebody made up."""
        if "o2c_price_trace" not in vals or self.env.su or self._o2c_has_pen():
            return vals
        return {name: vals[name] for name in vals if name != "o2c_price_trace"}

    @api.model
    def _o2c_has_pen(self):
        """Is this our own code, that copies or remembers what is known of a line?"""
        return self.env.context.get(WRITER) is _PEN

    def _o2c_with_pen(self):
        """These records, for the code that remembers why a price is what it is."""
        return self.with_context(**{WRITER: _PEN})

    def _o2c_explain_price(self):
        """The snapshot in words.

        :return: dict with ``title``, ``tone``, ``steps`` (label and amount) and
            ``note``, or False when the price was never asked
        """
        self.ensure_one()
        trace = self.o2c_price_trace
        if not trace:
            return False
        words = self.env["o2c.price.words"]
        company = self.company_id or self.env.company
        currency = self.env["res.currency"].browse(trace.get("currency"))
        title, tone = self._o2c_price_title(trace)
        note = ""
        if self.o2c_below_floor:
            tone = "danger"
            note = self.env._(
                "Below the minimum of %(floor)s (%(name)s)",
                floor=words._money(trace["floor"], currency),
                name=trace.get("floor_name"),
            )
        return {
            "title": title,
            "tone": tone,
            "note": note,
            "steps": [
                {
                    "label": words._step(step, currency, company),
                    "amount": words._money(step["amount"], currency),
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
    def _o2c_snapshot(self, price, mode, currency, manual, floor=None):
        """What is remembered of a price: text and numbers only.

        :param price: :class:`policy.price.Price`
        :param str mode: what billing did in the company then
        :param currency: currency of the amounts
        :param bool manual: a person set another price
        :param floor: the floor where the line keeps its price otherwise than the
            agreements do (other taxes in the price); the price's own when not given
        """
        bound = price.floor if floor is None else floor
        return {
            "mode": mode,
            "manual": manual,
            "currency": currency.id,
            "agreed": str(price.amount),
            **(
                {}
                if bound is None
                else {"floor": str(bound), "floor_name": price.floor_name}
            ),
            "steps": [self._o2c_step(step) for step in price.steps],
        }

    @api.model
    def _o2c_step(self, step):
        """One step, without what is empty or usual."""
        return {
            "code": step.code,
            "amount": str(step.amount),
            **({"rule": step.rule, "name": step.name} if step.rule else {}),
            **({} if step.value is None else {"value": str(step.value)}),
            **({} if step.tier is None else {"tier": str(step.tier)}),
            **({} if step.basis == "line" else {"basis": step.basis}),
            **({} if step.measure == "quantity" else {"measure": step.measure}),
        }
