"""Receivables by age say of which day and of which ledgers they are."""

from odoo import api, fields, models
from odoo.tools import format_date


class O2cReceivableReport(models.Model):
    _inherit = "o2c.receivable.report"

    @api.model
    def _action_by_age(self, day=None):
        """Action that opens the items as they stood on a day.

        :param date day: today when not given
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_insight.o2c_receivable_report_action"
        )
        named = day or fields.Date.context_today(self)
        report = self.with_context(o2c_as_of=fields.Date.to_string(named))
        others = report.search_count([("ledger_id", "!=", False)], limit=1)
        date = format_date(self.env, named)
        if others:
            name = self.env._("Open on %s, all ledgers", date)
        else:
            name = self.env._("Open on %s, own ledger", date)
        # of today no day is kept: who comes back tomorrow sees tomorrow's
        context = {"o2c_as_of": fields.Date.to_string(day)} if day else {}
        return action | {"name": name, "display_name": name, "context": context}
