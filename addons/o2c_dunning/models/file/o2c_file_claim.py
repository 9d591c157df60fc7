"""What is claimed: principal, interest and cost, on a day, line by line."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from odoo import api, fields, models

from ...policy.interest import Period
from ...tools.amount import decimal

ZERO = Decimal(0)


@dataclass
class Figures:
    """The claim on a day: the last one up to which every rate is confirmed."""

    day: date

    principal: Decimal = ZERO
    interest: Decimal = ZERO
    cost: Decimal = ZERO
    certain: bool = True
    #: (label, principal, lines of ``policy.interest.Period``, remarks)
    lines: list = field(default_factory=list)


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    principal = fields.Monetary(
        readonly=True, help="Open principal on the day of the calculation."
    )
    interest = fields.Monetary(readonly=True, help="Interest up to that day.")
    cost = fields.Monetary(
        string="Collection Cost", readonly=True, help="By the scale of the Besluit BIK."
    )
    total = fields.Monetary(
        string="Claim",
        compute="_compute_total",
        store=True,
        help="Principal, interest and cost together.",
    )
    calculated_on = fields.Date(
        string="Calculated Up To", readonly=True, help="Last day that bears interest."
    )
    counted_on = fields.Date(
        string="Cost Counted On",
        readonly=True,
        help="Day of the calculation. It is later than the last day of interest when a "
        "rate is not confirmed: collection cost does not depend on a rate.",
    )
    certain = fields.Boolean(
        readonly=True,
        default=True,
        help="Every rate up to the wanted day is confirmed. If not, interest is "
        "claimed up to the last day on which they are.",
    )
    open_now = fields.Monetary(
        string="Still Open", compute="_compute_open_now", compute_sudo=True
    )

    @api.depends("principal", "interest", "cost")
    def _compute_total(self):
        for file in self:
            file.total = file.principal + file.interest + file.cost

    @api.depends("item_ids")
    def _compute_open_now(self):
        for file in self:
            file.open_now = sum(file.item_ids.mapped("open_amount"))

    def _claim_day(self, today):
        """Last day that bears interest: today, or the day before the insolvency."""
        self.ensure_one()
        if self.kind == "insolvency" and self.insolvent_on:
            return self.insolvent_on - timedelta(days=1)
        return today

    def _calculate(self, today, keys=None):
        """Take the open items and their interest and cost again, and write them down.

        :param date today: the date in the company
        :param keys: only these (move id, instalment); everything that is due if not
        :return: :class:`Figures`
        """
        self.ensure_one()
        self._take_items(today, keys)
        return self._write_figures(today)[self]

    def _write_figures(self, today):
        """Interest and cost of the items of these files, written down.

        :return: dict of file to :class:`Figures`
        """
        found = {}
        for day, files in self.grouped(lambda one: one._claim_day(today)).items():
            found |= files._figures_each(day)
        for file, figures in found.items():
            file.write(
                {
                    "counted_on": file._claim_day(today),
                    "principal": float(figures.principal),
                    "interest": float(figures.interest),
                    "cost": float(figures.cost),
                    "certain": figures.certain,
                    "calculated_on": figures.day,
                }
            )
        return found

    def _take_items(self, today, keys=None):
        """The items of the file as the ledger has them: overdue, and for a trustee
        everything that is open (art. 131 Fw: claims that are not due yet count too).

        What the ladder proposed is not added to: other invoices climb on by themselves.
        """
        self.ensure_one()
        cases = self.env["o2c.dunning.case"]
        accounts = cases._open_accounts(self.company_id, today, self.partner_id.ids)
        known = {(one.move_id.id, one.instalment): one for one in self.item_ids}
        fixed = bool(known) and self.origin == "ladder"
        for account in accounts:
            if account.currency_id != self.currency_id.id:
                continue
            for item in account.items:
                key = item.key.move_id, item.key.instalment
                values = self._item_values(item)
                found = known.pop(key, None)
                if found:
                    found.write(values)
                elif not fixed and self._takes(item, key, keys, today):
                    self.env["o2c.collection.item"].create(
                        self._new_item_values(item) | {"file_id": self.id}
                    )
        for gone in known.values():
            gone.unlink()
        self.invalidate_recordset(["item_ids"])

    def _takes(self, item, key, keys, today):
        """Whether an open item belongs in this file."""
        late = item.due < today or self.kind == "insolvency"
        return late and not item.at_agency and (keys is None or key in keys)

    @api.model
    def _item_values(self, item):
        return {
            "label": item.key.label,
            "issued": item.key.issued,
            "due": item.due,
            "principal": float(item.open),
            "last_open": float(item.open),
        }

    @api.model
    def _new_item_values(self, item):
        """Values of an item that is not in the file yet."""
        return self._item_values(item) | {
            "move_id": item.key.move_id,
            "instalment": item.key.instalment,
        }

    def _figures(self, day):
        """Principal, and what is left to claim of interest and cost.

        :param date day: last day that bears interest
        :return: :class:`Figures`
        """
        self.ensure_one()
        return self._figures_each(day)[self]

    def _figures_each(self, day):
        """The figures of files of different customers: the law is asked once for all.

        :return: dict of file to :class:`Figures`
        """
        known = self.item_ids.move_id._o2c_cost_and_interest(day)
        sure = {
            file: min(
                (known[move].sure_until for move in file.item_ids.move_id), default=day
            )
            for file in self
        }
        found = {}
        for last, files in self.grouped(sure.get).items():
            on = known
            if last < day:
                on = files.item_ids.move_id._o2c_cost_and_interest(day, last)
            for file in files:
                found[file] = file._figures_of(on, min(day, last), last >= day)
        return found

    def _figures_of(self, known, last, certain):
        """The figures of one file.

        :param known: what the law says per move
        :param date last: last day that bears interest
        """
        figures = Figures(last, certain=certain)
        for item in self.item_ids:
            amount = decimal(item.principal)
            figures.principal += amount
            one = known[item.move_id]
            periods = [
                line
                for instalment, made in one.statements
                if instalment == item.instalment
                for line in made.lines
                if isinstance(line, Period) and line.start <= last
            ]
            words = item.move_id._o2c_why_not(one)
            figures.lines.append((item.label, amount, periods, words))
        for move in self.item_ids.move_id:
            one = known[move]
            figures.interest += self._in_currency(one.interest_left, last)
            figures.cost += self._in_currency(one.cost_left, last)
        return figures

    def _in_currency(self, amount, day):
        """An amount in company currency in the currency of the file."""
        company = self.company_id
        if self.currency_id == company.currency_id:
            return amount
        return decimal(
            company.currency_id._convert(float(amount), self.currency_id, company, day)
        )
