"""Where the score learns what happened a number of times, and what was disputed."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

#: What is older than this says little about today.
BEHAVIOUR_MONTHS = 24
#: Money that the bank takes back later than this is something else. A direct debit
#: can be refunded for eight weeks (SEPA Core rulebook, 4.3.4).
REVERSAL_DAYS = 60


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _score_sources(self, root, today, partners):
        """Hook: things that happened a number of times. Extend with ``super()``.

        :param root: ``res.company``, the root
        :param date today: date in the company
        :param partners: ids of commercial partners, or None for all
        :return: dict of a column of the figures ("disputes_lost", "promises_broken",
            "payments_reversed") to SQL of ``partner_id`` (a commercial partner) and
            ``amount`` (how often, since ``_behaviour_since(today)``)
        """
        return {"payments_reversed": self._reversed_sql(root, today, partners)}

    @api.model
    def _behaviour_since(self, today):
        """From when on what happened says something about today."""
        return today - relativedelta(months=BEHAVIOUR_MONTHS)

    @api.model
    def _disputed_time_sql(self):
        """Hook: time in which invoices were disputed, or None.

        :return: SQL of ``move_id``, ``share`` (disputed part of the invoice, 0 to 1),
            ``day_from`` and ``day_to``; of disputes that the customer did not lose
        """
        return None

    @api.model
    def _score_counts_sql(self, root, today, partners):
        """All sources in one row per customer."""
        sources = [
            SQL("SELECT partner_id, %s AS fact, amount FROM (%s) source", fact, query)
            for fact, query in self._score_sources(root, today, partners).items()
        ]
        return SQL(
            """
            SELECT partner_id, jsonb_object_agg(fact, amount) AS counts
              FROM (SELECT partner_id, fact, sum(amount) AS amount
                      FROM (%s) source GROUP BY partner_id, fact) fact
             GROUP BY partner_id
            """,
            SQL(" UNION ALL ").join(sources),
        )

    @api.model
    def _reversed_sql(self, root, today, partners):
        """Payments that the bank refused, or took back as a whole within some weeks:
        matched with money that left by the bank, or with their own reversal. Money that
        we paid back ourselves is a payment of ours and does not count."""
        return SQL(
            """
            SELECT customer.commercial_partner_id AS partner_id, count(*) AS amount
              FROM (
                    SELECT payment.partner_id
                      FROM account_payment payment
                     WHERE payment.state = 'rejected'
                       AND payment.payment_type = 'inbound'
                       AND payment.company_id = ANY(%(companies)s)
                       AND payment.date BETWEEN %(since)s AND %(today)s
                       AND %(payers)s
                     UNION ALL
                    SELECT money.partner_id
                      FROM (
                            SELECT id, move_id, partner_id, date
                              FROM account_move_line
                             WHERE balance > 0
                               AND parent_state = 'posted'
                               AND account_id = ANY(%(accounts)s)
                               AND journal_id = ANY(ARRAY(
                                   SELECT id FROM account_journal
                                    WHERE type IN ('bank', 'cash', 'credit')))
                               AND company_id = ANY(%(companies)s)
                               AND date BETWEEN %(since)s AND %(today)s
                               AND %(contacts)s
                            OFFSET 0  -- they are few: begin here
                           ) back
                      JOIN account_move taken ON taken.id = back.move_id
                      JOIN account_partial_reconcile part
                        ON part.debit_move_id = back.id
                      JOIN account_move_line money ON money.id = part.credit_move_id
                      JOIN account_move entry ON entry.id = money.move_id
                 LEFT JOIN account_payment payment
                        ON payment.id = entry.origin_payment_id
                     WHERE taken.move_type = 'entry'
                       AND taken.origin_payment_id IS NULL
                       AND (taken.statement_line_id IS NOT NULL
                            OR taken.reversed_entry_id = entry.id)
                       AND entry.move_type = 'entry'
                       AND (entry.statement_line_id IS NOT NULL
                            OR entry.origin_payment_id IS NOT NULL)
                       AND payment.state IS DISTINCT FROM 'rejected'
                       AND part.amount = -money.balance
                       AND back.date - money.date <= %(days)s
                   ) reversed
              JOIN res_partner customer ON customer.id = reversed.partner_id
             GROUP BY customer.commercial_partner_id
            """,
            companies=self._companies_sql(root),
            since=self._behaviour_since(today),
            today=today,
            accounts=self._receivable_accounts_sql(),
            days=REVERSAL_DAYS,
            payers=self._contacts_sql(SQL("payment.partner_id"), partners),
            contacts=self._contacts_sql(SQL("partner_id"), partners),
        )
