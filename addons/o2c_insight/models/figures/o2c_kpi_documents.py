"""Every figure opens the documents that it is made of."""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.tools import SQL, format_date

from ...policy import work_results
from .o2c_kpi_snapshot import VALUES

#: Where a document names the value of a dimension, from its invoice.
OF_INVOICE = {
    "segment": "commercial_partner_id.o2c_segment_id",
    "user": "invoice_user_id",
    "team": "team_id",
    "country": "commercial_partner_id.country_id",
    "state": "commercial_partner_id.state_id",
    "currency": "currency_id",
}
OF_ORDER = {
    "segment": "partner_id.commercial_partner_id.o2c_segment_id",
    "user": "order_id.user_id",
    "team": "order_id.team_id",
    "country": "partner_id.commercial_partner_id.country_id",
    "state": "partner_id.commercial_partner_id.state_id",
    "currency": "order_id.currency_id",
}


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    def _value_domain(self, paths=None, before=""):
        """Domain of the documents of this row's segment, salesperson, …

        :param dict paths: where the value stands, per dimension; as in the receivables
            when not given
        :param str before: path to the document that ``paths`` begin at
        """
        self.ensure_one()
        name = VALUES.get(self.dimension)
        if not name:
            return []
        return [(before + (paths or VALUES)[self.dimension], "=", self[name].id)]

    def _in_month(self, name):
        """Domain of what has a date in the month, up to the last day that counts."""
        return [(name, ">=", self.month), (name, "<=", self.as_of)]

    def _in_month_at(self, name):
        """Domain of what has a moment in the month, by the clock of the company."""
        zone = pytz.timezone(self.company_id._o2c_zone())

        def moment(day):
            begin = zone.localize(datetime.combine(day, time.min))
            return fields.Datetime.to_string(begin.astimezone(pytz.utc))

        return [
            (name, ">=", moment(self.month)),
            (name, "<", moment(self.as_of + timedelta(days=1))),
        ]

    def _opened(self, action, title, domain, **values):
        """An action on documents of this row, as a list first.

        :param action: xmlid, or the name of a model
        """
        self.ensure_one()
        if action in self.env:
            found = {
                "type": "ir.actions.act_window",
                "res_model": action,
                "view_mode": "list,form",
                "views": [[False, "list"], [False, "form"]],
            }
        else:
            found = self.env["ir.actions.act_window"]._for_xml_id(action)
            kinds = sorted(found["view_mode"].split(","), key=lambda one: one != "list")
            found["view_mode"] = ",".join(kinds)
            found["views"] = [[False, kind] for kind in kinds]
        name = " · ".join(filter(None, (title, self.display_name)))
        company = [("company_id", "child_of", self.company_id.id)]
        shown = {"name": name, "display_name": name, "domain": company + domain}
        return found | {"context": {}} | shown | values

    def _open_items(self, domain):
        """Open items as they stood on the last day that counts."""
        action = "o2c_insight.o2c_receivable_report_action"
        return self._opened(
            action,
            self.env._("Receivables on %s", format_date(self.env, self.as_of)),
            # key figures are those of the books, not of other ledgers
            [*domain, ("ledger_id", "=", False), *self._value_domain()],
            context={"o2c_as_of": fields.Date.to_string(self.as_of)},
        )

    def action_open_receivables(self):
        """The open items behind what was owed at the end of the month."""
        return self._open_items([])

    def action_open_invoices(self):
        """Invoices and credit notes of the month."""
        kinds = ("out_invoice", "out_refund", "out_receipt")
        title = self.env._("Invoiced")
        return self._opened(
            "account.action_move_out_invoice",
            title,
            [("move_type", "in", kinds), ("state", "=", "posted")]
            + self._in_month("date")
            + self._value_domain(OF_INVOICE),
        )

    def action_open_paid(self):
        """Invoices that were paid in the month, in full or in part."""
        self.env.flush_all()
        payments = self.env["o2c.payment.behaviour"]._payments_sql(
            SQL(
                "item.company_id = ANY(%s) AND money.date BETWEEN %s AND %s",
                self._with_branches(self.company_id).ids,
                self.month,
                self.as_of,
            )
        )
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT invoice_id FROM (%s) payment", payments)
        )
        title = self.env._("Paid")
        return self._opened(
            "account.action_move_out_invoice",
            title,
            [("id", "in", [invoice for (invoice,) in rows])]
            + self._value_domain(OF_INVOICE),
        )

    def action_open_disputes(self):
        """Disputes that were raised or closed in the month."""
        title = self.env._("Disputes")
        return self._opened(
            "o2c_dunning.o2c_dispute_action",
            title,
            ["|", "&", *self._in_month("raised_on"), "&", *self._in_month("closed_on")]
            + self._value_domain(OF_INVOICE, "move_id."),
        )

    def action_open_promises(self):
        """Promises that fell due in the month and are settled."""
        title = self.env._("Promises")
        return self._opened(
            "o2c_dunning.o2c_payment_promise_action",
            title,
            [("state", "in", ("kept", "broken"))]
            + self._in_month("date")
            + self._value_domain(OF_INVOICE, "move_ids."),
        )

    def action_open_plans(self):
        """Plans that were kept or broken in the month."""
        title = self.env._("Payment Plans")
        return self._opened(
            "o2c_dunning.o2c_payment_plan_action",
            title,
            [("state", "in", ("kept", "broken"))]
            + self._in_month("ended_on")
            + self._value_domain(OF_INVOICE, "item_ids.move_id."),
        )

    def action_open_holds(self):
        """Holds that were opened or ended in the month."""
        opened, ended = self._in_month_at("opened_on"), self._in_month_at("closed_on")
        title = self.env._("Orders on Hold")
        return self._opened(
            "o2c_credit.o2c_credit_hold_action",
            title,
            [("state", "!=", "watch"), "|", "&", *opened, "&", *ended]
            + self._value_domain(OF_ORDER),
        )

    def _open_results(self, domain):
        """Reminders whose 14 days ended in the month."""
        first, last = work_results.ripe(self.month, self.as_of)
        title = self.env._("Reminders")
        return self._opened(
            "o2c_dunning.o2c_notice_result_action",
            title,
            [("sent_on", ">=", first), ("sent_on", "<=", last)]
            + domain
            + self._value_domain(OF_INVOICE, "notice_id.line_ids.move_id."),
        )

    def action_open_results(self):
        """Reminders whose 14 days ended in the month, with what they brought in."""
        return self._open_results([])

    def action_open_lag(self):
        """Invoices that left in the month, with the days since their delivery."""
        title = self.env._("Invoicing Lag")
        return self._opened(
            "o2c_billing.o2c_invoicing_lag_action",
            title,
            [("finished", "=", True)]
            + self._in_month_at("sent_at")
            + self._value_domain(OF_INVOICE, "move_id."),
        )

    def action_open_bank(self):
        """Money that came in at the bank in the month."""
        found = self._in_month("date")
        if self.dimension == "currency":
            currency = self.document_currency_id.id
            found += [
                "|",
                ("foreign_currency_id", "=", currency),
                "&",
                ("foreign_currency_id", "=", False),
                ("currency_id", "=", currency),
            ]
        title = self.env._("Bank Receipts")
        return self._opened(
            "account.bank.statement.line",
            title,
            [("amount", ">", 0), ("journal_id.type", "=", "bank")]
            + [("move_id.state", "=", "posted")]
            + found,
            view_mode="list",
            views=[[self.env.ref("o2c_insight.o2c_bank_receipt_view_list").id, "list"]],
        )
