"""A price that can be indexed: what agreement lines and contract lines share.

A model that inherits this says in three class attributes where its price and the dates
of that price are, and in three hooks which lines there are, who pays them and what was
bought at them. Indexing never overwrites: the line ends the day before, and a successor
with the new price begins.
"""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ...policy import indexation as policy


class O2cIndexedLine(models.AbstractModel):
    """Index and base of a price, and the way to give it another one from a date."""

    _name = "o2c.indexed.line"
    _description = "Indexed Line"

    #: Fields of the heir: the price, and the first and the last day of that price.
    _o2c_price_field = "fixed_price"
    _o2c_from_field = "date_from"
    _o2c_until_field = "date_to"

    o2c_index_never = fields.Boolean(
        string="Never Indexed",
        help="The price stays what it is, whatever an indexation does to the others.",
    )
    o2c_index_id = fields.Many2one(
        "o2c.price.index",
        string="Index",
        ondelete="restrict",
        index="btree_not_null",
        help="The series that the contract names. Empty: the one of the indexation.",
    )
    o2c_index_base_period = fields.Date(
        string="Base Period",
        help="The period whose figure belongs to this price. Empty: the one of the "
        "indexation.",
    )
    o2c_index_base_value = fields.Float(
        string="Base Figure",
        digits=(16, 4),
        aggregator=None,
        help="The figure that belongs to this price. Empty: looked up in the series.",
    )
    o2c_index_cap = fields.Float(
        string="At Most %",
        digits=(16, 2),
        aggregator=None,
        help="What the contract allows per indexation. 0: no limit of its own.",
    )
    o2c_index_has_floor = fields.Boolean(
        string="Has a Minimum",
        help="The contract says what an indexation is at least; 0 % means never down.",
    )
    o2c_index_floor = fields.Float(
        string="At Least %",
        digits=(16, 2),
        aggregator=None,
        help="What the contract asks per indexation at least.",
    )
    o2c_index_from_price = fields.Float(
        string="Price Before",
        digits="Product Price",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The price before the last indexation.",
    )
    o2c_index_factor = fields.Float(
        string="Index Factor",
        digits=(16, 10),
        readonly=True,
        copy=False,
        aggregator=None,
        help="By what the last indexation multiplied the price.",
    )
    o2c_index_name = fields.Char(
        string="Indexed By",
        readonly=True,
        copy=False,
        help="Series and period of the last indexation, as the price explains itself.",
    )
    o2c_index_root = fields.Integer(
        string="First of Its Kind",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The line with which this price began, before any indexation.",
    )

    # Hooks of the heir

    @api.model
    def _o2c_index_domain(self, company, day):
        """Domain of the lines of a company that hold on a day."""
        raise NotImplementedError(self._name)

    def _o2c_index_payer(self):
        """The customer of a line (empty: more than one) and what it belongs to.

        :return: ``res.partner`` and the record of agreement or contract
        """
        raise NotImplementedError(self._name)

    def _o2c_index_turnover(self, since, until):
        """What customers bought at these prices.

        :return: dict of line id to dict of commercial partner id to amount (Decimal) in
            company currency, without VAT
        """
        raise NotImplementedError(self._name)

    def _o2c_index_alive(self):
        """The lines that can still get another price, when it comes to doing it."""
        return self.exists()

    def _o2c_index_tiers(self):
        """Prices that go along with the line's own, as decimals in a fixed order."""
        return ()

    def _o2c_index_tier_rows(self, amounts):
        """The tiers with their old and new price, as they are shown.

        :param amounts: the new prices, in the order of :meth:`_o2c_index_tiers`
        :return: list of [quantity, old, new]
        """
        return []

    def _o2c_index_validity(self):
        """First and last day of the price, whatever holds it (dates or None)."""
        return self[self._o2c_from_field] or None, self[self._o2c_until_field] or None

    def _o2c_index_amount(self):
        """Whether the price is an amount; a percentage follows another price."""
        return True

    def _o2c_successor_values(self, day, verdict):
        """Values of the line that follows, on top of a copy of this one."""
        values = {
            self._o2c_price_field: float(verdict.price),
            self._o2c_from_field: day,
            "o2c_index_from_price": self[self._o2c_price_field],
            "o2c_index_factor": float(verdict.factor),
            "o2c_index_root": self._o2c_index_root_id(),
        }
        if verdict.figure:
            values["o2c_index_base_period"] = verdict.figure.period
            values["o2c_index_base_value"] = float(verdict.figure.value)
        return values

    # What the indexation calls

    def _o2c_index_root_id(self):
        return self.o2c_index_root or self.id

    def _o2c_index_facts(self, last=None):
        """These prices as the policy reads them; floats become decimals here only.

        :param dict last: root id to the day from which it was last indexed
        :return: dict of line id to :class:`policy.indexation.IndexedPrice`
        """
        last, facts = last or {}, {}
        for line in self:
            begins, ends = line._o2c_index_validity()
            facts[line.id] = policy.IndexedPrice(
                line.id,
                Decimal(str(line[self._o2c_price_field])),
                line._o2c_index_tiers(),
                fixed=line._o2c_index_amount(),
                never=line.o2c_index_never,
                index=line.o2c_index_id.id or None,
                base=line._o2c_index_base(),
                bounds=policy.Bounds(
                    cap=Decimal(str(line.o2c_index_cap)) or None,
                    floor=Decimal(str(line.o2c_index_floor))
                    if line.o2c_index_has_floor
                    else None,
                ),
                valid_from=begins,
                valid_to=ends,
                indexed_on=last.get(line._o2c_index_root_id()),
            )
        return facts

    def _o2c_index_base(self):
        """The line's own base figure, or None when it has none."""
        period, value = self.o2c_index_base_period, self.o2c_index_base_value
        if not period and not value:
            return None
        if not value and self.o2c_index_id:
            figure = self.o2c_index_id._figure(period)
            return policy.BaseFigure(period, figure.value if figure else None)
        return policy.BaseFigure(period or None, Decimal(str(value)) if value else None)

    def _o2c_index_to(self, day, verdicts, name=False):
        """Give these lines another price from a day on; the old one holds until then.

        :param date day: first day of the new prices
        :param dict verdicts: line id to :class:`policy.indexation.Verdict`
        :param str name: series and period, for the explanation of the price
        :return: the successors, in the order of these lines
        """
        values = [
            line.copy_data(line._o2c_successor_values(day, verdicts[line.id]))[0]
            | {"o2c_index_name": name}
            for line in self
        ]
        successors = self.create(values)
        self.write({self._o2c_until_field: day - timedelta(days=1)})
        return successors

    def _o2c_index_back(self, successors):
        """The indexation is withdrawn: these lines hold as long as they did before.

        :param successors: the lines made by :meth:`_o2c_index_to`, in this order
        """
        until = self._o2c_until_field
        same = defaultdict(self.browse)
        for line, successor in zip(self, successors, strict=True):
            same[successor[until]] |= line
        for day, lines in same.items():
            lines.write({until: day})
        successors.unlink()
