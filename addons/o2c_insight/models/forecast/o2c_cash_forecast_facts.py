"""What a cash forecast is made of: one statement per fact, as of any day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...policy.cash_parts import kept_chance

#: Days of payments that make a habit.
HISTORY = 365
ZERO, ONE = Decimal(0), Decimal(1)


def decimal(value):
    """A figure of the database as the policy reads it."""
    return Decimal(str(value or 0))


@dataclass(slots=True)
class Amount:
    """An open amount on its way through the forecast."""

    key: str
    kind: str
    partner_id: int
    segment_id: int | None
    user_id: int | None
    team_id: int | None
    document_currency_id: int | None
    due: date
    amount: Decimal
    move_id: int | None = None
    event_id: int | None = None
    contract_line_id: int | None = None
    invoice_on: date | None = None
    disputed: Decimal = ZERO
    away: bool = False
    rate: Decimal = ONE
    set_off: Decimal = ZERO
    basis: str = "own"
    dated: list = field(default_factory=list)

    @property
    def counted(self):
        """What money is expected for."""
        if self.away or self.amount <= 0:
            return ZERO
        return self.amount - self.disputed - self.set_off


class Payment(NamedTuple):
    """A payment of an invoice. ``booked`` is the day of the invoice in the ledger."""

    partner_id: int
    segment_id: int | None
    late: int
    paid_on: date
    amount: Decimal
    booked: date


@dataclass(frozen=True)
class Agreed:
    """A promise, or a plan with its instalments, and the days on which it held."""

    kind: str
    since: date
    until: date | None
    days: tuple
    moves: frozenset
    before: Decimal = ZERO

    def holds(self, day):
        """Whether it was open on a day."""
        return self.since <= day and (self.until is None or self.until > day)


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def _open_amounts(self, companies, day):
        """Open items as the ledger had them at the end of a day.

        :return: list of :class:`Amount`, oldest first
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT 'line:' || item.id,
                       CASE WHEN item.amount > 0 THEN 'invoice' ELSE 'credit' END,
                       item.partner_id, item.segment_id, item.user_id, item.team_id,
                       item.document_currency_id, item.due, item.move_id,
                       away.move_id IS NOT NULL, item.amount::text,
                       item.disputed::text,
                       CASE WHEN move.amount_total <> 0
                            THEN abs(move.amount_total_signed / move.amount_total)
                            ELSE 1 END::text
                  FROM (%(items)s) item
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN (
                       SELECT DISTINCT claimed.move_id
                         FROM o2c_collection_item claimed
                         JOIN o2c_collection_file file ON file.id = claimed.file_id
                        WHERE file.handed_over_on <= %(day)s
                          AND (file.closed_on IS NULL OR file.closed_on > %(day)s)
                       ) away ON away.move_id = item.move_id
                 ORDER BY item.due, item.id
                """,
                items=self.env["o2c.receivable.report"]._items_sql(day, companies.ids),
                day=day,
            )
        )
        return [
            Amount(
                *facts,
                Decimal(amount),
                move_id,
                disputed=Decimal(disputed or 0),
                away=away,
                rate=Decimal(rate),
            )
            for *facts, move_id, away, amount, disputed, rate in rows
        ]

    @api.model
    def _payments_since(self, companies, day):
        """Payments of invoices since a day; days in dispute do not make anyone late.

        :return: list of :class:`Payment`, in the order of their days
        """
        payments = self.env["o2c.payment.behaviour"]._payments_sql(
            SQL(
                "item.company_id = ANY(%s) AND money.date >= %s",
                companies.ids,
                day,
            )
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT debtor.id, debtor.o2c_segment_id,
                       payment.days_late - round(payment.disputed_days)::int,
                       payment.paid_on, payment.amount::text, move.date
                  FROM (%s) payment
                  JOIN account_move move ON move.id = payment.invoice_id
                  JOIN res_partner contact ON contact.id = payment.debtor_id
                  JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
                 ORDER BY payment.paid_on
                """,
                payments,
            )
        )
        return [
            Payment(*facts, Decimal(amount), booked) for *facts, amount, booked in rows
        ]

    @api.model
    def _agreements_since(self, company, day):
        """Promises and plans that held on a day or after it, and how promises ended.

        :return: list of :class:`Agreed`, and tuples of day and whether it was kept
        """
        plans = self.env.execute_query(self._plans_sql(company, day))
        agreed = [
            Agreed(
                "plan",
                since,
                until,
                tuple(zip(days or (), map(decimal, amounts or ()), strict=True)),
                frozenset(moves),
            )
            for since, until, moves, days, amounts in plans
        ]
        settled = []
        for row in self.env.execute_query_dict(self._promises_sql(company, day)):
            ended = row["settled_on"]
            if row["state"] in ("kept", "broken"):
                settled.append((ended, row["state"] == "kept"))
            silent = row["until"] + timedelta(days=1)
            agreed.append(
                Agreed(
                    "promise",
                    row["since"],
                    min(silent, ended) if ended else silent,
                    ((row["date"], decimal(row["amount"])),),
                    frozenset(row["moves"]),
                    decimal(row["amount_before"]),
                )
            )
        return agreed, settled

    @api.model
    def _promises_sql(self, company, day):
        return SQL(
            """
            SELECT promise.create_date::date AS since, promise.until,
                   promise.settled_on, promise.state, promise.date, promise.amount,
                   promise.amount_before, array_agg(link.move_id) AS moves
              FROM o2c_payment_promise promise
              JOIN o2c_payment_promise_move_rel link ON link.promise_id = promise.id
             WHERE promise.company_id = %s
               AND (promise.state = 'open' OR promise.settled_on >= %s)
             GROUP BY promise.id
             ORDER BY promise.date, promise.id
            """,
            company.id,
            day,
        )

    @api.model
    def _plans_sql(self, company, day):
        return SQL(
            """
            SELECT plan.started_on, plan.ended_on, array_agg(link.move_id),
                   (SELECT array_agg(line.due ORDER BY line.number)
                      FROM o2c_payment_plan_line line WHERE line.plan_id = plan.id),
                   (SELECT array_agg(line.amount ORDER BY line.number)
                      FROM o2c_payment_plan_line line WHERE line.plan_id = plan.id)
              FROM o2c_payment_plan plan
              JOIN o2c_payment_plan_move_rel link ON link.plan_id = plan.id
             WHERE plan.company_id = %s AND plan.started_on IS NOT NULL
               AND (plan.ended_on IS NULL OR plan.ended_on >= %s)
             GROUP BY plan.id
             ORDER BY plan.id
            """,
            company.id,
            day,
        )

    @api.model
    def _kept_chance(self, settled, day):
        """The chance that an agreed day is kept, as known on a day."""
        known = [
            kept for ended, kept in settled if ended and 0 < (day - ended).days <= 365
        ]
        return kept_chance(sum(known), len(known))

    @api.model
    def _usual_terms(self, companies, day):
        """Days from invoice to due date and the weight of VAT, per customer.

        :return: dict of customer id to (days, total by untaxed); None is the company
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.commercial_partner_id,
                       round(sum(move.amount_total_signed
                                 * (move.invoice_date_due - move.invoice_date))
                             / sum(move.amount_total_signed))::int,
                       sum(move.amount_total_signed) / sum(move.amount_untaxed_signed)
                  FROM account_move move
                 WHERE move.company_id = ANY(%s) AND move.state = 'posted'
                   AND move.move_type IN ('out_invoice', 'out_receipt')
                   AND move.invoice_date_due IS NOT NULL
                   AND move.invoice_date > %s AND move.amount_untaxed_signed > 0
                 GROUP BY GROUPING SETS ((move.commercial_partner_id), ())
                HAVING sum(move.amount_untaxed_signed) > 0
                """,
                companies.ids,
                day - timedelta(days=HISTORY),
            )
        )
        found = defaultdict(lambda: (30, ONE))
        found |= {customer: (days, decimal(vat)) for customer, days, vat in rows}
        return found
