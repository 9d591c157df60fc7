"""How receivables by age follow from the key figures."""

from odoo import api, models
from odoo.tools import format_date, formatLang


class O2cReceivableReport(models.Model):
    _inherit = "o2c.receivable.report"

    def action_compare(self):
        """How the total of this list follows from the newest key figures, in a message
        that stays."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "sticky": True,
                "title": self.env._("From the key figures to this total"),
                "message": self._comparison(),
            },
        }

    @api.model
    def _bridge(self):
        """The steps from the key figures to the total by age of the day in the context.

        :return: (row of key figures, amounts by name); what was booked since the
            figures were taken is the difference in our own books
        """
        company = self.env.company.root_id
        day = self._as_of()
        row = self.env["o2c.kpi.snapshot"].search(
            [
                ("company_id", "=", company.id),
                ("dimension", "=", "total"),
                ("as_of", "<=", day),
            ],
            order="month desc",
            limit=1,
        )
        here = [("company_id", "child_of", company.id)]
        groups = self._read_group(here, ["ledger_id"], ["amount:sum"])
        own = sum(amount for ledger, amount in groups if not ledger)
        others = sum(amount for ledger, amount in groups if ledger)
        credit = self._read_group(
            [*here, ("ledger_id", "=", False), ("amount", "<", 0)], [], ["amount:sum"]
        )
        return row, {
            "figure": row.receivables,
            "since": company.currency_id.round(own - row.receivables),
            "others": others,
            "total": own + others,
            "credit": credit[0][0] or 0.0,
        }

    @api.model
    def _comparison(self):
        """The steps in words."""
        row, found = self._bridge()
        currency = self.env.company.root_id.currency_id
        money = {
            name: formatLang(self.env, amount, currency_obj=currency)
            for name, amount in found.items()
        }
        lines = []
        if row:
            lines += [
                self.env._(
                    "%(amount)s open in the key figures of %(day)s",
                    amount=money["figure"],
                    day=format_date(self.env, row.as_of),
                ),
                self.env._("%(amount)s booked since then", amount=money["since"]),
            ]
        else:
            lines.append(
                self.env._("%(amount)s in our own books", amount=money["since"])
            )
        lines += [
            self.env._(
                "%(amount)s of other ledgers, not in the key figures",
                amount=money["others"],
            ),
            self.env._("= %(amount)s by age", amount=money["total"]),
            self.env._(
                "Taken off in both: %(amount)s of credit that is not applied",
                amount=money["credit"],
            ),
        ]
        return " · ".join(lines)
