"""References of instalments, for who matches the money that comes in by the bank."""

from itertools import accumulate

from odoo import api, models

from ...tools.amount import decimal


class O2cMoneyIn(models.AbstractModel):
    _inherit = "o2c.money.in"

    @api.model
    def _instalments(self, company):
        """The references on plans, term notes and their letters.

        As agreed is the instalment that is named, and what comes to several of them
        that are open, from the first one on: who is late pays two at once, who has
        money pays ahead.
        """
        found = super()._instalments(company)
        plans = (
            self.env["o2c.payment.plan"]
            .sudo()
            .search(
                [
                    ("state", "=", "running"),
                    ("item_ids.move_id.company_id", "=", company.id),
                ],
                order="id",
            )
        )
        for plan in plans:
            items = plan.item_ids.sorted(lambda item: (item.sequence, item.id))
            moves = list(dict.fromkeys(items.move_id.ids))
            lines = plan.line_ids.sorted("number")
            left = {line: decimal(line.amount) - decimal(line.paid) for line in lines}
            ahead = set(accumulate(amount for amount in left.values() if amount > 0))
            found.append((plan.name, moves, ahead))
            found += [
                (line.reference, moves, ahead | {left[line]})
                for line in lines
                if left[line] > 0
            ]
        return found

    @api.model
    def _references(self, company):
        """A plan that ended stands on paper still: for what it was about."""
        found = super()._references(company)
        plans = (
            self.env["o2c.payment.plan"]
            .sudo()
            .search(
                [
                    ("state", "in", ("broken", "withdrawn")),
                    ("item_ids.move_id.company_id", "=", company.id),
                    ("item_ids.move_id.payment_state", "in", ("not_paid", "partial")),
                ],
                order="id",
            )
        )
        for plan in plans:
            names = [plan.name, *plan.line_ids.mapped("reference")]
            found += [(name, plan.move_ids.ids) for name in names]
        return found
