"""What will be an invoice: events of the billing queue, and contract periods."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .o2c_cash_forecast_facts import Amount, decimal

#: Months of contract periods that are looked ahead.
MONTHS = 3


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def _coming_amounts(self, companies, day):
        """Events and contract periods, with VAT and due date as the customer has them.

        Only where billing is live: elsewhere somebody makes those invoices by hand, and
        they would count twice.

        :return: list of :class:`Amount`
        """
        live = companies.filtered(lambda one: one._o2c_mode("billing") == "live")
        if not live:
            return []
        terms = self._usual_terms(companies, day)
        found = self._event_amounts(live, day) + self._contract_amounts(live, day)
        for one in found:
            days, vat = terms.get(one.partner_id) or terms[None]
            one.due = one.invoice_on + timedelta(days=days)
            one.amount = round(one.amount * vat, 2)
        return [one for one in found if one.amount]

    @api.model
    def _event_amounts(self, companies, day):
        """What was delivered and is not posted."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT 'event:' || event.id AS key, 'billable' AS kind,
                       event.id AS event_id, debtor.id AS partner_id,
                       debtor.o2c_segment_id AS segment_id, sale.user_id, sale.team_id,
                       company.currency_id AS document_currency_id, event.amount,
                       GREATEST(event.planned_date + 1, %(day)s) AS invoice_on,
                       GREATEST(event.planned_date + 1, %(day)s) AS due
                  FROM o2c_billing_event event
                  JOIN res_company company ON company.id = event.company_id
                  JOIN res_partner contact ON contact.id = event.partner_id
                  JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
             LEFT JOIN sale_order sale ON sale.id = event.order_id
                 WHERE event.company_id = ANY(%(companies)s) AND event.amount <> 0
                   AND event.state IN ('waiting', 'failed', 'drafted', 'to_approve')
                 ORDER BY event.id
                """,
                companies=companies.ids,
                day=day,
            )
        )
        return [Amount(**row | {"amount": decimal(row["amount"])}) for row in rows]

    @api.model
    def _contract_amounts(self, companies, day):
        """What running contracts bill in the months that come, per line and day."""
        contracts = (
            self.env["o2c.contract"]
            .sudo()
            .search(
                [
                    ("company_id", "in", companies.ids),
                    ("state", "in", ("running", "notice")),
                ]
            )
        )
        found = {}
        for row in contracts._coming(day, MONTHS) if contracts else ():
            line, due = row["line"], max(row["due"], day)
            contract = line.contract_id
            key = f"contract:{line.id}:{due}"
            amount = contract.currency_id._convert(
                row["amount"], contract.company_id.currency_id, contract.company_id, day
            )
            if key not in found:
                customer = contract.partner_id.commercial_partner_id
                found[key] = Amount(
                    key=key,
                    kind="contract",
                    partner_id=customer.id,
                    segment_id=customer.o2c_segment_id.id or None,
                    user_id=contract.user_id.id or None,
                    team_id=None,
                    document_currency_id=contract.currency_id.id,
                    contract_line_id=line.id,
                    invoice_on=due,
                    due=due,
                    amount=decimal(0),
                )
            found[key].amount += decimal(amount)
        return list(found.values())
