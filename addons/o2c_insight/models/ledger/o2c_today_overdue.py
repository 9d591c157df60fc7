"""Overdue on the Today screen: the same open items as receivables by age."""

from odoo import api, fields, models

#: Customers that are named on the card.
ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _card_overdue(self, root):
        """What is past due at this moment, by customer.

        Credit's own card knows the figures of last night: a payment of this morning
        still counts there. Here the items count as they are now, so that the amount is
        that of the columns past due in receivables by age, which the card opens.
        """
        day = fields.Date.to_string(root._o2c_today())
        report = self.env["o2c.receivable.report"].with_context(o2c_as_of=day)
        here = [("company_id", "child_of", root.id), ("overdue", "!=", 0)]
        groups = report._read_group(
            here, ["partner_id"], ["overdue:sum"], order="overdue:sum desc"
        )
        owing = [(who, amount) for who, amount in groups if amount > 0]
        total = sum(amount for _who, amount in groups)
        action = self._overdue_action(report)
        rows = [
            {
                "label": who.display_name,
                "value": self._money(amount, root.currency_id),
                "tone": "warn",
                "action": action | {"domain": [*here, ("partner_id", "=", who.id)]},
            }
            for who, amount in owing[:ROWS]
        ]
        return self._overdue_card(
            self._money(total, root.currency_id),
            self._overdue_hint(report, here, len(owing), root.currency_id),
            action | {"domain": here},
            rows,
        )

    @api.model
    def _overdue_hint(self, report, here, customers, currency):
        """How many customers, what was taken off, and what is booked elsewhere."""

        def of(*condition):
            [(amount,)] = report._read_group([*here, condition], [], ["overdue:sum"])
            return amount or 0.0

        words = [self.env._("%s customers", customers)]
        credit, others = of("overdue", "<", 0), of("ledger_id", "!=", False)
        if credit:
            words.append(
                self.env._(
                    "%s of credit past its day taken off",
                    self._money(-credit, currency),
                )
            )
        if others:
            words.append(
                self.env._("%s of it in other ledgers", self._money(others, currency))
            )
        return " · ".join(words)

    @api.model
    def _overdue_action(self, report):
        """Opens items that were added up, with the day in the heading."""
        action = report._action_by_age(report._as_of())
        return action | {
            "context": action["context"] | {"search_default_by_partner": 1},
            "views": [[False, "list"], [False, "pivot"], [False, "graph"]],
            "view_mode": "list,pivot,graph",
        }
