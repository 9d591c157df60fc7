"""What a replay needs of the books: orders, invoices and payments of a company."""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.o2c_credit.policy.credit_facts import CreditFacts

from ...policy.scenario import Claim, Customer, Order

#: Days before the period from which orders and invoices still play a part in it.
BEFORE = 365


def _money(value):
    return Decimal(str(round(value or 0.0, 2)))


class O2cWhatIf(models.Model):
    _inherit = "o2c.what.if"

    def _customers(self, today):
        """Every customer who ordered or owed something, four statements for all.

        :param date today: the day whose limits, grades and policy count
        :return: {commercial partner id: (:class:`Customer`, segment id, grade)}
        """
        self.ensure_one()
        self.env["o2c.risk.profile"]._flush_exposure()
        claims, orders = self._claims_by_order(), defaultdict(list)
        taken = set()
        for key, partner, day, moment, amount in self._order_rows():
            taken.add(key)
            own = tuple(claims.get((partner, key), ()))
            orders[partner].append(Order(key, day, _money(amount), own, moment))
        others = defaultdict(list)
        for (partner, key), some in claims.items():
            if key not in taken:
                others[partner] += some
        return self._with_facts(orders, others, today)

    def _with_facts(self, orders, others, today):
        """Limit, rules, segment and grade beside what they ordered and owed."""
        partners = sorted(orders.keys() | others.keys())
        facts = self.env["o2c.risk.profile"]._credit_facts(
            self.company_id, partners, today
        )
        segments = {
            one.id: one.o2c_segment_id.id
            for one in self.env["res.partner"].sudo().browse(partners)
        }
        return {
            partner: (
                Customer(
                    CreditFacts(
                        limit_kind=one.limit_kind,
                        limit=one.limit,
                        cover=one.cover,
                        natural_person=one.natural_person,
                    ),
                    one.rules,
                    tuple(orders.get(partner, ())),
                    tuple(others.get(partner, ())),
                ),
                segments[partner],
                one.grade,
            )
            for partner, one in sorted(facts.items())
        }

    def _scope(self):
        """Branches count in; the days are those of the company."""
        return {
            "companies": self.env["res.company"]
            .sudo()
            .search([("id", "child_of", self.company_id.ids)])
            .ids,
            "zone": self.company_id._o2c_zone(),
            "start": self.date_from,
            "end": self.date_to,
            "before": BEFORE,
        }

    def _order_rows(self):
        """(id, commercial partner, day, moment, amount) of confirmed orders."""
        return self.env.execute_query(
            SQL(
                """
                SELECT o.id, p.commercial_partner_id,
                       (o.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
                       o.date_order,
                       o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1)
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_invoice_id
                 WHERE o.company_id = ANY(%(companies)s)
                   AND o.state = 'sale' AND o.amount_total > 0
                   AND (o.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                       BETWEEN %(start)s::date - %(before)s AND %(end)s
                 ORDER BY o.date_order, o.id
                """,
                **self._scope(),
            )
        )

    def _claims_by_order(self):
        """What was invoiced with what was paid of it, by customer and order.

        An invoice of several orders belongs to the last one of them.

        :return: {(commercial partner, order id or None): [:class:`Claim`]}
        """
        found = defaultdict(list)
        for partner, order, issued, due, amount, paid in self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id, ordered.id, m.invoice_date,
                       COALESCE(l.date_maturity, m.invoice_date), l.balance,
                       paid.payments
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_partner p ON p.id = l.partner_id
                  JOIN account_account a ON a.id = l.account_id
                  LEFT JOIN LATERAL (
                       SELECT jsonb_agg(jsonb_build_array(
                                  greatest(c.date, m.invoice_date), r.amount,
                                  cm.move_type = 'entry' AND %(money)s)
                                  ORDER BY c.date, r.id) AS payments,
                              max(c.date) AS last
                         FROM account_partial_reconcile r
                         JOIN account_move_line c ON c.id = r.credit_move_id
                         JOIN account_move cm ON cm.id = c.move_id
                        WHERE r.debit_move_id = l.id) paid ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT o.id
                         FROM account_move_line il
                         JOIN sale_order_line_invoice_rel rel
                           ON rel.invoice_line_id = il.id
                         JOIN sale_order_line ol ON ol.id = rel.order_line_id
                         JOIN sale_order o ON o.id = ol.order_id AND o.state = 'sale'
                        WHERE il.move_id = m.id
                        ORDER BY o.date_order DESC, o.id DESC LIMIT 1) ordered ON TRUE
                 WHERE l.company_id = ANY(%(companies)s)
                   AND l.parent_state = 'posted' AND m.move_type = 'out_invoice'
                   AND a.account_type = 'asset_receivable' AND l.balance > 0
                   AND m.invoice_date <= %(end)s
                   AND (m.invoice_date >= %(start)s::date - %(before)s
                        OR l.reconciled IS NOT TRUE OR paid.last >= %(start)s)
                 ORDER BY m.invoice_date, l.id
                """,
                money=self._money_sql(),
                **self._scope(),
            )
        ):
            payments = tuple(
                (fields.Date.to_date(day), _money(part), money)
                for day, part, money in paid or ()
            )
            found[partner, order].append(Claim(issued, due, _money(amount), payments))
        return found

    def _money_sql(self):
        """Whether the entry ``cm`` that settles is money: of the bank, the till or a
        payment. A write-off or a difference of rates settles and brings nothing."""
        return SQL(
            """
            (cm.statement_line_id IS NOT NULL OR cm.origin_payment_id IS NOT NULL
             OR EXISTS (SELECT FROM account_journal
                         WHERE id = cm.journal_id
                           AND type IN ('bank', 'cash', 'credit')))
            AND NOT EXISTS (SELECT FROM o2c_write_off
                             WHERE entry_id IN (cm.id, cm.reversed_entry_id))
            AND NOT EXISTS (SELECT FROM account_partial_reconcile
                             WHERE exchange_move_id IN (cm.id, cm.reversed_entry_id))
            """
        )
