"""What is claimed: principal, interest and cost, on a day, line by line."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ...policy.collection_cost import summed_cost
from ...policy.interest import statutory_interest
from ...tools.amount import decimal

ZERO = Decimal(0)


@dataclass
class Figures:
    """The claim on a day. ``certain`` is False when a rate is not confirmed: then
    interest is left out of everything that leaves the house."""

    principal: Decimal = ZERO
    interest: Decimal = ZERO
    cost: Decimal = ZERO
    certain: bool = True
    #: (label, principal, ``policy.interest.Interest``)
    lines: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


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
    certain = fields.Boolean(
        readonly=True,
        default=True,
        help="Every rate in the calculation is confirmed. If not, interest is left out.",
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

    def _calculate(self, today):
        """Take the open items and their interest and cost again, and write them down.

        :param date today: the date in the company
        :return: :class:`Figures`
        """
        self.ensure_one()
        self._take_items(today)
        day = self._claim_day(today)
        figures = self._figures(day)
        self.write(
            {
                "principal": float(figures.principal),
                "interest": float(figures.interest),
                "cost": float(figures.cost),
                "certain": figures.certain,
                "calculated_on": day,
            }
        )
        return figures

    def _take_items(self, today):
        """The items of the file as the ledger has them: overdue, and for a trustee
        everything that is open (art. 131 Fw: claims that are not due yet count too).
        """
        self.ensure_one()
        cases = self.env["o2c.dunning.case"]
        accounts = cases._open_accounts(self.company_id, today, self.partner_id.ids)
        known = {(one.move_id.id, one.instalment): one for one in self.item_ids}
        for account in accounts:
            if account.currency_id != self.currency_id.id:
                continue
            for item in account.items:
                late = item.due < today or self.kind == "insolvency"
                values = self._item_values(item)
                found = known.pop((item.key.move_id, item.key.instalment), None)
                if found:
                    found.write(values)
                elif late and not item.at_agency:
                    self.env["o2c.collection.item"].create(
                        values
                        | {
                            "file_id": self.id,
                            "move_id": item.key.move_id,
                            "instalment": item.key.instalment,
                        }
                    )
        for gone in known.values():
            gone.unlink()
        self.invalidate_recordset(["item_ids"])

    @api.model
    def _item_values(self, item):
        return {
            "label": item.key.label,
            "issued": item.key.issued,
            "due": item.due,
            "principal": float(item.open),
            "last_open": float(item.open),
        }

    def _figures(self, day):
        """Interest and cost by the rules of the claim, else by the statutory ones.

        :param date day: last day that bears interest
        :return: :class:`Figures`
        """
        self.ensure_one()
        figures = Figures()
        moves = self.item_ids.move_id
        claims = getattr(moves, "_o2c_cost_and_interest", None)
        known = claims(day) if claims else {}
        kind = "civil" if self.partner_id.o2c_segment_id.natural_person else "trade"
        every = self.env["o2c.interest.rate"]._rates(kind)
        sure = self.env["o2c.interest.rate"]._rates(kind, True)
        default_from = self._default_days()
        for item in self.item_ids:
            amount = decimal(item.principal)
            figures.principal += amount
            start = default_from.get(item.move_id.id)
            result = statutory_interest(amount, start, day, sure) if start else None
            if start:
                figures.certain &= result == statutory_interest(
                    amount, start, day, every
                )
            figures.lines.append((item.label, amount, result))
        self._add_charges(figures, known)
        return figures

    def _default_days(self):
        """First day of default per invoice: what the law part knows, else the day
        after the due date.

        :return: dict of move id to date, None when default did not begin
        """
        moves = self.item_ids.move_id
        known = getattr(moves, "_o2c_default_from", None)
        if known:
            return {move.id: day for move, day in known().items()}
        return {item.move_id.id: item.due + timedelta(days=1) for item in self.item_ids}

    def _add_charges(self, figures, known):
        """Interest and cost of the whole claim.

        :param dict known: move to figures of the law part; empty without it
        """
        if known:
            figures.interest = sum((one.interest for one in known.values()), ZERO)
            figures.cost = sum((one.cost for one in known.values()), ZERO)
            for one in known.values():
                figures.remarks += [r for r in one.reasons if r not in figures.remarks]
            return
        results = [result for _label, _amount, result in figures.lines if result]
        if figures.certain:
            figures.interest = sum((result.total for result in results), ZERO)
        if not self.partner_id.o2c_segment_id.natural_person:
            figures.cost = summed_cost([amount for _l, amount, _r in figures.lines])
