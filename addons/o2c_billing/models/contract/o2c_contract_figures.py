"""What a contract is worth: per month, next time, and in the year that comes."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy import contract_charge as policy
from ...policy import contract_term
from ...policy.contract_period import add_months


class O2cContract(models.Model):
    _inherit = "o2c.contract"

    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    coming_end = fields.Date(
        string="Next End",
        compute="_compute_coming_end",
        help="When it can end next. Empty: it goes on and can be ended at any day.",
    )
    coming_notice = fields.Date(
        string="Give Notice Before",
        compute="_compute_coming_end",
        help="Notice given before this day ends it with the term that is shown.",
    )
    mrr = fields.Monetary(
        string="Per Month",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        help="Recurring revenue per month at today's quantities and prices, without "
        "usage and one-off lines, in company currency.",
    )
    arr = fields.Monetary(
        string="Per Year",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        help="Twelve times the recurring revenue per month.",
    )
    next_date = fields.Date(
        string="Next Invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="When something of this contract is billed again; today when that is due "
        "and the night has not billed it yet.",
    )
    next_amount = fields.Monetary(
        readonly=True,
        copy=False,
        help="What is billed then, without VAT and without usage.",
    )
    without_price = fields.Boolean(
        readonly=True, copy=False, help="A line has no price, today."
    )
    period_count = fields.Integer(compute="_compute_period_count")
    past_due = fields.Integer(
        compute="_compute_past_due",
        help="Periods that are billed at once when the contract starts.",
    )

    def _compute_period_count(self):
        counts = dict(
            self.env["o2c.contract.period"]._read_group(
                [("contract_id", "in", self.ids)], ["contract_id"], ["__count"]
            )
        )
        for contract in self:
            contract.period_count = counts.get(contract, 0)

    @api.depends("term_end", "cancel_before", "renewal", "state", "date_end")
    def _compute_coming_end(self):
        """The dates that still count today, not those of a term that was let pass."""
        for contract in self:
            end, notice = contract.term_end or None, None
            if contract.state in ("draft", "running") and not contract.date_end:
                today = (contract.company_id or self.env.company)._o2c_today()
                end, notice = contract_term.standing(end, contract._renewal(), today)
            contract.coming_end, contract.coming_notice = end or False, notice or False

    @api.depends("date_start", "billed_until", "line_ids", "state")
    def _compute_past_due(self):
        for contract in self:
            contract.past_due = 0
            if contract.state == "draft" and contract.id and contract.company_id:
                today = contract.company_id._o2c_today()
                contract.past_due = sum(
                    row["due"] < today for row in contract._coming(today, 0)
                )

    def _first_year_worth(self):
        """Twelve months of the lines and what is charged once, contract currency."""
        self.ensure_one()
        return sum(line._yearly() for line in self.line_ids)

    def _refresh_figures(self):
        """Work out the figures that lists show; one statement for all."""
        rows = []
        for contract in self.exists():
            company = contract.company_id
            today = company._o2c_today()
            lines = contract.line_ids
            monthly = sum(line._monthly(today) for line in lines)
            monthly = contract.currency_id._convert(
                monthly, company.currency_id, company, today
            )
            due, amount = contract._next_bill(today)
            unpriced = any(line._unpriced(today) for line in lines)
            row = (contract.id, monthly, monthly * 12, due, amount, unpriced)
            rows.append(SQL("(%s, %s, %s, %s::date, %s, %s)", *row))
        if not rows:
            return
        names = ["mrr", "arr", "next_date", "next_amount", "without_price"]
        self.flush_recordset(names)
        self.env.cr.execute(
            SQL(
                """
                UPDATE o2c_contract contract
                   SET mrr = figure.mrr, arr = figure.arr, next_date = figure.due,
                       next_amount = figure.amount, without_price = figure.unpriced
                  FROM (VALUES %(rows)s)
                       AS figure(id, mrr, arr, due, amount, unpriced)
                 WHERE contract.id = figure.id
                """,
                rows=SQL(", ").join(rows),
            )
        )
        self.invalidate_recordset(names, flush=False)

    def _next_bill(self, today):
        """When something is billed next, and for how much.

        :return: date or None, and a float
        """
        self.ensure_one()
        if self.state == "ended":
            return None, 0.0
        found = [line._next_bill(today) for line in self.line_ids]
        found = [(due, amount) for due, amount in found if due]
        if not found:
            return None, 0.0
        first = min(due for due, _amount in found)
        return first, sum(amount for due, amount in found if due == first)

    def _coming(self, today, months=12):
        """What will be billed from now on, line by line, oldest first.

        :param int months: how far to look
        :return: list of dicts with ``due``, ``line``, ``charge`` and ``amount``
        """
        lines = self.line_ids
        billed, usage = lines._billed_charges(), lines._usage_by_day()
        until = add_months(today, months)
        rows = []
        for line in lines:
            rule = line._charged_line(known=True)
            done = billed.get(line, self.env["o2c.contract.period"])
            digits = line.currency_id.decimal_places
            for charge in line._left(rule, done, usage.get(line._origin.id, ()), until):
                due = line._due_on(charge.period.first, charge.period.last)
                rows.append(
                    {
                        "due": max(due, today) if done else due,
                        "line": line,
                        "charge": charge,
                        "amount": float(charge.amount(digits)),
                    }
                )
        return sorted(rows, key=lambda row: (row["due"], row["line"].id))

    def action_coming(self):
        """Show what will be billed in the next twelve months."""
        return self.env["o2c.contract.coming"]._show(self)

    def action_open_periods(self):
        """Open what was billed of this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_contract_period_action"
        )
        return action | {"domain": [("contract_id", "=", self.id)], "context": {}}

    def action_open_order(self):
        """Open the order that this contract came from."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.order_id)


class O2cContractLine(models.Model):
    _inherit = "o2c.contract.line"

    monthly = fields.Monetary(
        string="Per Month",
        compute="_compute_monthly",
        help="Recurring revenue per month at today's quantity and price.",
    )

    @api.depends("quantity_now", "price_now", "months", "price_basis", "kind")
    def _compute_monthly(self):
        for line in self:
            today = (line.company_id or self.env.company)._o2c_today()
            line.monthly = line._monthly(today)

    def _monthly(self, today):
        """Recurring revenue per month; before the start: what it will be."""
        if self.kind != "recurring" or not self.date_start:
            return 0.0
        day = max(today, self.date_start)
        end = self._ends_on()
        if end and end < day:
            return 0.0
        quantity, price = self._terms_on(day)
        return float(self._per_period(price)) * quantity / (self.months or 1)

    def _yearly(self):
        """Worth in the first year; usage counts for its minimum."""
        day = self.date_start
        quantity, price = self._terms_on(day)
        if self.kind == "recurring":
            return self._monthly(day) * 12
        if self.kind == "usage":
            return self.minimum_quantity * price * 12 / (self.months or 1)
        return quantity * price

    def _unpriced(self, today):
        """No price today, and not free by agreement."""
        end = self._ends_on()
        return not self._terms_on(max(today, self.date_start))[1] and not (
            end and end < today
        )

    def _due(self, today):
        """What tonight bills of this line, or gives back; 0.0 when nothing is left."""
        charges = self._left(
            self._charged_line(known=True),
            self._billed_charges().get(self, self.env["o2c.contract.period"]),
            self._usage_by_day().get(self.id, ()),
            today,
        )
        digits = self.currency_id.decimal_places
        return float(sum((one.amount(digits) for one in charges), Decimal(0)))

    def _next_bill(self, today):
        """When this line is billed next, and for how much.

        A line that waits for tonight shows what tonight bills, unless that is nothing.
        """
        rule = self._charged_line(known=True)
        if self.contract_state == "draft" or not self.look_from:
            since = self.date_start - policy.DAY * (self.lead_days + 400)
        elif self.next_due and self.next_due <= today and (left := self._due(today)):
            return today, left
        else:
            since = today
        for due, period, first in policy.coming(
            rule, since, self.contract_id.billed_until or None
        ):
            parts = [part for part in policy.slices(rule, period) if part.last >= first]
            digits = self.currency_id.decimal_places
            if self.kind == "usage":
                return due, 0.0
            amount = sum((part.amount(digits) for part in parts), Decimal(0))
            return due, float(amount)
        return None, 0.0
