"""What the figures of the work follow from: plans, holds and bank lines."""

from odoo import api, models
from odoo.tools import SQL

#: Dimensions that a bank line has: it knows no salesperson, and no customer before it
#: is matched.
OF_BANK = ("total", "currency")


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    @api.model
    def _planned(self, companies, first, last):
        """Plans that ended in a period. One about invoices of two salespeople counts
        for each of them."""
        source = SQL(
            """
            SELECT DISTINCT plan.id, plan.state, %(dimensions)s
              FROM o2c_payment_plan plan
         LEFT JOIN o2c_payment_plan_item item ON item.plan_id = plan.id
         LEFT JOIN account_move move ON move.id = item.move_id
              JOIN res_partner debtor ON debtor.id = plan.partner_id
             WHERE plan.company_id = ANY(%(companies)s)
               AND plan.ended_on BETWEEN %(first)s AND %(last)s
               AND plan.state IN ('kept', 'broken')
            """,
            dimensions=self._document_sql("move"),
            companies=companies.ids,
            first=first,
            last=last,
        )
        return self._grouped(
            source,
            plans_ended=SQL("count(DISTINCT id)"),
            plans_met=SQL("count(DISTINCT id) FILTER (WHERE state = 'kept')"),
        )

    @api.model
    def _held(self, companies, first, last):
        """Holds that were opened or ended in a period, and how they ended."""
        ended = SQL("ended_on BETWEEN %s AND %s", first, last)
        return self._grouped(
            self._holds_sql(companies, first, last),
            holds_opened=SQL(
                "count(*) FILTER (WHERE opened_on BETWEEN %s AND %s)", first, last
            ),
            holds_amount=SQL(
                "COALESCE(sum(amount) FILTER (WHERE opened_on BETWEEN %s AND %s), 0)",
                first,
                last,
            ),
            holds_ended=SQL("count(*) FILTER (WHERE %s)", ended),
            holds_released=SQL(
                "count(*) FILTER (WHERE %s AND state = 'released')", ended
            ),
            holds_paid=SQL(
                "count(*) FILTER (WHERE %s AND state = 'resolved' AND paid)", ended
            ),
            holds_declined=SQL(
                "count(*) FILTER (WHERE %s AND state = 'cancelled')", ended
            ),
            held_seconds=SQL(
                "sum(seconds) FILTER (WHERE %s AND state <> 'cancelled')", ended
            ),
        )

    @api.model
    def _holds_sql(self, companies, first, last):
        """Holds of a period, with their seconds; ``paid`` says that money of the
        customer was booked while an order waited."""
        company = companies[:1].root_id
        opened_on = self._day_sql(SQL("hold.opened_on"), company)
        ended_on = self._day_sql(SQL("hold.closed_on"), company)
        return SQL(
            """
            SELECT debtor.o2c_segment_id AS segment_id, sale.user_id, sale.team_id,
                   debtor.country_id, debtor.state_id,
                   sale.currency_id AS document_currency_id,
                   hold.amount, hold.state, %(opened_on)s AS opened_on,
                   %(ended_on)s AS ended_on,
                   EXTRACT(EPOCH FROM hold.closed_on - hold.opened_on) AS seconds,
                   hold.state = 'resolved' AND EXISTS (
                       SELECT FROM account_move_line money
                        WHERE money.partner_id IN (
                                  SELECT id FROM res_partner
                                   WHERE commercial_partner_id = debtor.id)
                          AND money.account_id = ANY(%(accounts)s)
                          AND money.company_id = ANY(%(companies)s)
                          AND money.parent_state = 'posted' AND money.credit > 0
                          AND money.date BETWEEN %(opened_on)s AND %(ended_on)s
                          AND (money.payment_id IS NOT NULL
                               OR money.journal_id = ANY(ARRAY(
                                  SELECT id FROM account_journal
                                   WHERE type IN ('bank', 'cash', 'credit'))))
                       ) AS paid
              FROM o2c_credit_hold hold
              JOIN sale_order sale ON sale.id = hold.order_id
              JOIN res_partner contact ON contact.id = hold.partner_id
              JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
             WHERE hold.company_id = ANY(%(companies)s) AND hold.state <> 'watch'
               AND (%(opened_on)s BETWEEN %(first)s AND %(last)s
                    OR %(ended_on)s BETWEEN %(first)s AND %(last)s)
            """,
            opened_on=opened_on,
            ended_on=ended_on,
            accounts=self.env["o2c.receivable.report"]._accounts_sql(),
            companies=companies.ids,
            first=first,
            last=last,
        )

    @api.model
    def _received(self, companies, first, last):
        """Bank lines with money that came in, and how many of them are matched.

        Read from core: what was matched by hand or by another add-on counts too, and
        the figure is there whether or not the cash desk is.
        """
        source = SQL(
            """
            SELECT NULL::int AS segment_id, NULL::int AS user_id, NULL::int AS team_id,
                   NULL::int AS country_id, NULL::int AS state_id,
                   COALESCE(line.foreign_currency_id, line.currency_id)
                       AS document_currency_id,
                   line.is_reconciled, move.amount_total_signed AS amount
              FROM account_bank_statement_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_journal journal ON journal.id = line.journal_id
             WHERE move.company_id = ANY(%(companies)s) AND move.state = 'posted'
               AND move.date BETWEEN %(first)s AND %(last)s
               AND line.amount > 0 AND journal.type = 'bank'
            """,
            companies=companies.ids,
            first=first,
            last=last,
        )
        found = self._grouped(
            source,
            bank_lines=SQL("count(*)"),
            bank_matched_lines=SQL("count(*) FILTER (WHERE is_reconciled)"),
            bank_amount=SQL("COALESCE(sum(abs(amount)), 0)"),
        )
        return {
            (dimension, value): row
            for (dimension, value), row in found.items()
            if dimension in OF_BANK and (dimension == "total" or value)
        }
