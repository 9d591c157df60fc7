"""Writes confirmed orders of services that are not delivered yet."""

from datetime import datetime, time, timedelta

from odoo import models
from odoo.tools import SQL

from ..policy.amounts import line_cents, tax_cents
from ..policy.trade import pick

#: Orders of this many days are still to be delivered.
OPEN_DAYS = 60


class O2cDemoOrders(models.AbstractModel):
    _name = "o2c.demo.orders"
    _description = "Demo Orders"

    def _store(self, scene, patterns, count, today, dice):
        """Write ``count`` orders, one line each.

        :return: {what: how many}
        """
        if not count:
            return {"open orders": 0}
        rows = self._draw(scene, count, today, dice)
        ledger = self.env["o2c.demo.ledger"]
        first = ledger._reserve("sale.order", count) + 1
        line = ledger._reserve("sale.order.line", count) + 1
        self._write_orders(scene, patterns["order"]["order"], rows, first)
        self._write_lines(scene, patterns["order"]["line"], rows, first, line)
        return {"open orders": count}

    def _draw(self, scene, count, today, dice):
        """(day, buyer, article, units, untaxed, tax) per order."""
        services = [
            index
            for index, product in enumerate(scene.products)
            if product.type == "service"
        ]
        buyers = [buyer for buyer in scene.buyers if not buyer.foreign]
        draw = pick([buyer.weight for buyer in buyers], dice)
        rows = []
        for _number in range(count):
            buyer = buyers[draw()]
            article = services[int(dice() * len(services))]
            units = 1 + int(dice() * 12)
            cents = line_cents(scene.prices[article], units)
            percent = scene.postings[buyer.position][article].percent
            day = today - timedelta(days=int(dice() * OPEN_DAYS))
            rows.append((day, buyer, article, units, cents, tax_cents(cents, percent)))
        return sorted(rows, key=lambda row: row[0])

    def _names(self, count):
        """Numbers from the sequence of orders, all at once."""
        sequence = self.env["ir.sequence"].search(
            [
                ("code", "=", "sale.order"),
                ("company_id", "in", (self.env.company.id, False)),
            ],
            order="company_id",
            limit=1,
        )
        first = sequence.number_next_actual
        sequence.number_next = first + count
        return [
            sequence.get_next_char(number) for number in range(first, first + count)
        ]

    def _write_orders(self, scene, pattern, rows, first):
        count = len(rows)
        self.env["o2c.demo.ledger"]._insert(
            "sale.order",
            {**pattern, "currency_id": scene.company.currency_id.id},
            {
                "id": list(range(first, first + count)),
                "name": self._names(count),
                "partner_id": [row[1].partner for row in rows],
                "fiscal_position_id": [row[1].position or None for row in rows],
                "payment_term_id": [row[1].term for row in rows],
                "date_order": [datetime.combine(row[0], time(9)) for row in rows],
                "amount_untaxed": [row[4] / 100 for row in rows],
                "amount_tax": [row[5] / 100 for row in rows],
                "amount_total": [(row[4] + row[5]) / 100 for row in rows],
            },
            {
                "partner_invoice_id": SQL("g.partner_id"),
                "partner_shipping_id": SQL("g.partner_id"),
                "validity_date": SQL("(g.date_order + interval '30 days')::date"),
            },
        )

    def _write_lines(self, scene, pattern, rows, first, line):
        count = len(rows)
        ids = list(range(line, line + count))
        products = scene.products.ids
        net = [row[4] / 100 for row in rows]
        gross = [(row[4] + row[5]) / 100 for row in rows]
        units = [row[3] for row in rows]
        ledger = self.env["o2c.demo.ledger"]
        ledger._insert(
            "sale.order.line",
            pattern,
            {
                "id": ids,
                "order_id": list(range(first, first + count)),
                "order_partner_id": [row[1].partner for row in rows],
                "product_id": [products[row[2]] for row in rows],
                "product_uom_id": [scene.uoms[row[2]] for row in rows],
                "name": [
                    scene.names[row[2]].get(row[1].lang) or scene.names[row[2]]["en_US"]
                    for row in rows
                ],
                "product_uom_qty": units,
                "price_unit": [scene.prices[row[2]] / 100 for row in rows],
                "technical_price_unit": [scene.prices[row[2]] / 100 for row in rows],
                "price_subtotal": net,
                "price_tax": [row[5] / 100 for row in rows],
                "price_total": gross,
                "price_reduce_taxexcl": [
                    value / n for value, n in zip(net, units, strict=True)
                ],
                "price_reduce_taxinc": [
                    value / n for value, n in zip(gross, units, strict=True)
                ],
            },
        )
        ledger._relate(
            "account_tax_sale_order_line_rel",
            "sale_order_line_id",
            "account_tax_id",
            [
                (number, scene.postings[row[1].position][row[2]].tax)
                for number, row in zip(ids, rows, strict=True)
            ],
        )
