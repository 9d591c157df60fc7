"""Days that are averaged by amount, and medians, in every list, pivot and graph."""

from odoo import api, models
from odoo.tools import SQL


class O2cWeightedDays(models.AbstractModel):
    """A field ``days…`` with aggregator ``avg`` weighs by ``amount``; ``median…`` takes
    the middle row. Rows without a value have no say."""

    _name = "o2c.weighted.days"
    _description = "Days Weighted by Amount"

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Extends core: an average of days is no average of rows."""
        name, _colon, how = aggregate_spec.partition(":")
        if how != "avg" or name not in self._fields:
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, name, query)
        if name.startswith("median"):
            return SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)", column)
        if name.startswith("days"):
            amount = self._field_to_sql(self._table, "amount", query)
            return SQL(
                "(sum(%(amount)s * %(days)s) FILTER (WHERE %(days)s IS NOT NULL)"
                " / NULLIF(sum(%(amount)s) FILTER (WHERE %(days)s IS NOT NULL), 0)"
                ")::float8",
                amount=amount,
                days=column,
            )
        return super()._read_group_select(aggregate_spec, query)
