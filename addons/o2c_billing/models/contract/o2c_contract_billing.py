"""Contract lines that are due: charges become rows and billing events, once."""

from collections import Counter
from datetime import datetime, time
from decimal import Decimal

import pytz

from odoo import fields, models
from odoo.tools import SQL

from ...policy import contract_charge as policy
from ...policy import contract_settlement as settlement
from .o2c_contract_period import DECIMALS


class O2cContractLine(models.Model):
    _inherit = "o2c.contract.line"

    def _bill(self, company, today):
        """Bill what is left of these lines, and note when they come next.

        :param company: ``res.company`` of all these lines
        :param date today: date in the company
        :return: the new ``o2c.contract.period`` records
        """
        billed = self._billed_charges()
        usage = self._usage_by_day()
        rows, marks = [], []
        taken = Counter(
            (row.line_id, row.date_from) for own in billed.values() for row in own
        )
        for line in self:
            rule = line._charged_line()
            done = billed.get(line, self.env["o2c.contract.period"])
            reported = usage.get(line.id, ())
            for charge in line._left(rule, done, reported, today):
                number = taken[line, charge.first]
                taken[line, charge.first] += 1
                rows.append(line._row_values(charge, number))
            after = line.contract_id.billed_until or None
            due, first = policy.next_due(rule, today, after)
            ended = rule.end and max(rule.end, line.date_start) + policy.DAY
            marks.append((line.id, due, first or ended or today))
        periods = self.env["o2c.contract.period"].sudo().create(rows)
        periods._to_events(today)
        self._mark(marks)
        return periods

    def _left(self, rule, done, usage, today):
        """Charges that are owed and not billed, up to a day."""
        self.ensure_one()
        charges = [row._charge() for row in done]
        owed = policy.owed(
            rule,
            today,
            since=self.company_id._o2c_start_date("billing"),
            after=self.contract_id.billed_until or None,
            look_from=self.look_from or None,
            usage=usage,
            billed=charges,
        )
        return settlement.difference(rule, owed, charges)

    def _row_values(self, charge, number):
        """Values of the row of a charge; an open price is asked now.

        :param int number: how many rows of this line begin on that day already
        """
        trace = False
        if charge.price is None:
            price, trace = self._ask_price(charge.first, float(charge.quantity))
            charge = policy.replace(charge, price=self._per_period(price))
        return {
            "line_id": self.id,
            "contract_id": self.contract_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "period_from": charge.period.first,
            "period_to": charge.period.last,
            "date_from": charge.first,
            "date_to": charge.last,
            "number": number,
            "prorated": charge.prorated,
            "quantity": float(charge.quantity),
            "price_unit": float(charge.price),
            "price_days": float(charge.unit_price(DECIMALS)),
            "discount": float(charge.discount),
            "amount": float(charge.amount(self.currency_id.decimal_places, DECIMALS)),
            "trace": trace,
        }

    def _due_on(self, first, last):
        """The day on which a period of this line falls due.

        :param date first: first day of the full period
        :param date last: its last day
        """
        self.ensure_one()
        first = max(first, self.date_start)
        last = max(first, min(last, self._ends_on() or last))
        return policy.due_on(first, last, self.timing == "advance", self.lead_days)

    def _mark(self, marks):
        """Write when each line comes next: one statement for all.

        :param list marks: tuples of line id, next due date or None, first open day
        """
        if not marks:
            return
        self.flush_recordset(["next_due", "look_from"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE o2c_contract_line line
                   SET next_due = mark.due::date, look_from = mark.first::date
                  FROM (VALUES %(marks)s) AS mark(id, due, first)
                 WHERE line.id = mark.id
                """,
                marks=SQL(", ").join(
                    SQL("(%s, %s::date, %s::date)", *mark) for mark in marks
                ),
            )
        )
        self.invalidate_recordset(["next_due", "look_from"], flush=False)


class O2cContractPeriod(models.Model):
    _inherit = "o2c.contract.period"

    def _to_events(self, today):
        """Report the rows to the billing queue; what costs nothing stays a row."""
        owed = self.filtered(lambda row: not row.currency_id.is_zero(row.amount))
        self.env["o2c.billing.event"]._record(
            [row._event_values(today) for row in owed]
        )

    def _event_values(self, today):
        """What a row reports to the queue."""
        self.ensure_one()
        line, contract = self.line_id, self.contract_id
        net = Decimal(str(self.price_days)) * (100 - Decimal(str(self.discount))) / 100
        values = {
            "company_id": self.company_id.id,
            "source": "contract",
            "key": self._key(),
            "contract_period_id": self.id,
            "partner_id": contract.invoice_partner_id.id,
            "product_id": line.product_id.id,
            "description": self._words(contract.invoice_partner_id.lang),
            "quantity": self.quantity,
            "price_unit": float(net),
            "reference": contract.client_ref or False,
            "delivered_at": self._billable_at(today),
            "user_id": contract.user_id.id,
        }
        events = self.env["o2c.billing.event"]
        if "price_currency_id" in events._fields:
            values["price_currency_id"] = self.currency_id.id
        if "corrects_id" in events._fields and self.quantity < 0:
            values["corrects_id"] = self._first_event().id
        return values

    def _first_event(self):
        """The event that billed the days of this settlement first."""
        rows = self.search(
            [
                ("line_id", "=", self.line_id.id),
                ("period_from", "=", self.period_from),
                ("quantity", ">", 0),
                ("id", "<", self.id),
            ],
            order="id",
            limit=1,
        )
        return rows.event_ids[:1]

    def _key(self):
        """The line and the first day; later numbers settle the same days."""
        key = f"{self.line_id.id}/{fields.Date.to_string(self.date_from)}"
        return f"{key}/{self.number}" if self.number else key

    def _words(self, lang):
        """What the invoice line says: article and days, in the customer's language."""
        self.ensure_one()
        line = self.line_id.with_context(lang=lang)
        name = self.line_id.name or line.product_id.display_name
        if self.line_id.kind == "once":
            return name
        return f"{name}, {self._span_words(lang)}"

    def _billable_at(self, today):
        """The moment it fell due; a settlement is due now."""
        line = self.line_id
        if self.number or self.quantity < 0:
            due = today
        else:
            due = min(line._due_on(self.period_from, self.period_to), today)
        zone = pytz.timezone(self.company_id._o2c_zone())
        moment = zone.localize(datetime.combine(due, time.min))
        return moment.astimezone(pytz.utc).replace(tzinfo=None)
