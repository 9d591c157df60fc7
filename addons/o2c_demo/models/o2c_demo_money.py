"""Money of the weekend that nobody matched: what the cash desk has to show."""

import re

from odoo import models


class O2cDemoMoney(models.AbstractModel):
    """Bank lines as payers write them, for invoices that nobody is reminded of."""

    _name = "o2c.demo.money"
    _description = "Demo Money of the Weekend"

    def _weekend(self, company, today):
        """A clear one, one without zeros, one short of bank costs, a part, two at once,
        one of somebody unknown, and interest; each with its proposal."""
        journal = self.env["o2c.demo.company"]._bank_journal(company)
        invoices = self._not_due(company, today)
        if len(invoices) < 7:
            return
        one, loose, short, part, unknown = invoices[:5]
        pair = invoices[5:7]
        lines = [
            (one, one.amount_residual, f"Betaling factuur {one.name}"),
            (loose, loose.amount_residual, f"fact {self._loosely(loose.name)}"),
            (short, short.amount_residual - 3.5, f"{short.name} minus kosten"),
            (part, round(part.amount_residual / 2, 2), f"1e deel {part.name}"),
            (None, unknown.amount_residual, "overboeking"),
            (
                pair[0],
                sum(pair.mapped("amount_residual")),
                " en ".join(pair.mapped("name")),
            ),
            (None, 18.27, "Rente zakelijke spaarrekening"),
        ]
        self.env["account.bank.statement.line"].create(
            [
                {
                    "journal_id": journal.id,
                    "date": today,
                    "amount": round(amount, 2),
                    "payment_ref": text,
                    "partner_name": payer.commercial_partner_id.name if payer else "",
                }
                for payer, amount, text in lines
            ]
        )
        self.env["o2c.cash.match"]._propose(company)

    def _not_due(self, company, today):
        """Unpaid invoices of different customers that fall due later."""
        found = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "=", "not_paid"),
                ("invoice_date_due", ">=", today),
                ("currency_id", "=", company.currency_id.id),
            ],
            order="invoice_date desc, id desc",
            limit=200,
        )
        groups = found.grouped("commercial_partner_id").values()
        return self.env["account.move"].union(*(moves[:1] for moves in groups))

    def _loosely(self, number):
        """A number as people type it: without its zeros."""
        parts = re.findall(r"[A-Za-z]+|\d+", number)
        return " ".join(part.lstrip("0") or "0" for part in parts)
