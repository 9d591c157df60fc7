"""The month that is still running says so wherever months stand side by side."""

from odoo import api, models

MONTH = "month:month"


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    @api.depends("month", "final")
    @api.depends_context("lang")
    def _compute_period(self):
        result = super()._compute_period()
        for one in self:
            if one.period and not one.final:
                one.period = self._running_words(one.period)
        return result

    @api.model
    def _running_words(self, month):
        return self.env._("%(month)s (running)", month=month)

    @api.model
    def _with_running(self, groups):
        """Groups by month, with the words in the name of one that has not ended."""
        if not any(group.get(MONTH) for group in groups):
            return groups
        running = {
            month.isoformat()
            for (month,) in self._read_group([("final", "=", False)], [MONTH])
        }
        for group in groups:
            month = group.get(MONTH)
            if month and month[0] in running:
                group[MONTH] = (month[0], self._running_words(month[1]))
        return groups

    @api.model
    def formatted_read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """For lists and the graph."""
        groups = super().formatted_read_group(
            domain, groupby, aggregates, having, offset, limit, order
        )
        return self._with_running(groups)

    @api.model
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), *, order=None
    ):
        """For the pivot."""
        sets = super().formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, order=order
        )
        return [self._with_running(groups) for groups in sets]
