"""Where findings come from: one statement per kind over a whole company."""

from odoo import api, models
from odoo.tools import SQL

#: Verdicts after which no reminder comes by itself and nobody was asked either.
LOOSE = (
    "none",
    "no_ladder",
    "no_followup",
    "ladder_done",
    "before_start",
    "never_sent",
    "document_bounced",
    "reminder_bounced",
    "other_channel",
    "vulnerable",
    "failed",
)


class O2cFindingSource(models.AbstractModel):
    """Statements behind the list; an add-on may add rows with ``super()``."""

    _name = "o2c.finding.source"
    _description = "Source of Findings"

    @api.model
    def _found(self, company, today):
        """Hook: what is untidy now.

        :param company: root ``res.company``
        :param date today: day in the company
        :return: list of values of ``o2c.ledger.finding``, all with the same keys
        """
        companies = self.env["res.company"].search([("id", "child_of", company.id)])
        items = self.env["o2c.receivable.report"]._items_sql(today, companies.ids)
        found = [
            *self._select(self._small_sql(company, items)),
            *self._select(self._credit_sql(items)),
            *self._select(self._double_sql(company, companies)),
            *self._select(self._loose_sql(company, items, today)),
        ]
        for row in found:
            row["due"] = row["due"] and row["due"].isoformat()
            row["amount"] = float(row["amount"])
        return found

    @api.model
    def _select(self, query):
        return self.env.execute_query_dict(query)

    @api.model
    def _small_sql(self, company, items):
        """Old rests of invoices that nobody disputes or promised."""
        return SQL(
            """
            SELECT 'small' AS kind, item.move_id::text AS key, item.partner_id,
                   min(owner.currency_id) AS currency_id, sum(item.amount) AS amount,
                   min(item.due) AS due, sum(item.amount)::text AS digest,
                   jsonb_build_object('number', min(move.name), 'days',
                       max(item.days_late), 'moves', jsonb_build_array(item.move_id))
                       AS facts
              FROM (%(items)s) item
              JOIN account_move move ON move.id = item.move_id
              JOIN res_company owner ON owner.id = item.company_id
             WHERE move.move_type = 'out_invoice'
               AND NOT EXISTS (SELECT 1 FROM o2c_write_off
                                WHERE move_id = move.id
                                  AND state IN ('proposed', 'approved'))
             GROUP BY item.move_id, item.partner_id
            HAVING sum(item.amount) > 0 AND sum(item.amount) <= %(most)s
               AND max(item.days_late) >= %(days)s
               AND sum(item.disputed) = 0 AND sum(item.promised) = 0
            """,
            items=items,
            most=company.o2c_small_amount,
            days=company.o2c_small_days,
        )

    @api.model
    def _credit_sql(self, items):
        """Credit of a customer beside what he owes: same company, account, currency.

        What he disputes is left alone."""
        return SQL(
            """
            SELECT 'credit' AS kind, concat_ws(':', item.partner_id, item.company_id,
                       line.account_id, item.document_currency_id) AS key,
                   item.partner_id, item.document_currency_id AS currency_id,
                   LEAST(-sum(line.amount_residual_currency)
                             FILTER (WHERE item.amount < 0),
                         sum(line.amount_residual_currency)
                             FILTER (WHERE item.amount > 0)) AS amount,
                   min(item.due) FILTER (WHERE item.amount > 0) AS due,
                   string_agg(item.id || '=' || item.amount, ',' ORDER BY item.id)
                       AS digest,
                   jsonb_build_object(
                       'credit', -sum(line.amount_residual_currency)
                           FILTER (WHERE item.amount < 0),
                       'debt', sum(line.amount_residual_currency)
                           FILTER (WHERE item.amount > 0),
                       'moves', jsonb_agg(DISTINCT item.move_id),
                       'lines', jsonb_agg(item.id)) AS facts
              FROM (%s) item
              JOIN account_move_line line ON line.id = item.id
             WHERE item.disputed = 0
             GROUP BY item.partner_id, item.company_id, line.account_id,
                      item.document_currency_id
            HAVING sum(line.amount_residual_currency) FILTER (WHERE item.amount < 0) < 0
               AND sum(line.amount_residual_currency) FILTER (WHERE item.amount > 0) > 0
            """,
            items,
        )

    @api.model
    def _double_sql(self, company, companies):
        """Customers that look like one. A VAT number that firms with different
        registration numbers share is a fiscal unity, not a double."""
        return SQL(
            """
            WITH customer AS (
                SELECT id, name, lower(trim(email)) AS email,
                       NULLIF(upper(regexp_replace(vat, '[^A-Za-z0-9]', '', 'g')), '')
                           AS vat,
                       NULLIF(regexp_replace(company_registry, '[^0-9A-Za-z]', '', 'g'),
                              '') AS registry
                  FROM res_partner
                 WHERE active AND parent_id IS NULL AND customer_rank > 0
                   AND (company_id IS NULL OR company_id = ANY(%(companies)s))
            ), mark AS (
                SELECT id, registry, 'vat' AS same, vat AS value FROM customer
                 WHERE length(vat) > 4
             UNION ALL
                SELECT id, registry, 'registry', registry FROM customer
                 WHERE length(registry) > 4
             UNION ALL
                SELECT DISTINCT customer.id, NULL, 'iban', bank.sanitized_acc_number
                  FROM customer JOIN res_partner_bank bank
                    ON bank.partner_id = customer.id AND bank.active
             UNION ALL
                SELECT id, NULL, 'email', email || ' ' || lower(trim(name))
                  FROM customer WHERE email <> ''
            )
            SELECT 'double' AS kind, same || ':' || value AS key, min(id) AS partner_id,
                   %(currency)s AS currency_id, 0.0 AS amount, NULL::date AS due,
                   string_agg(id::text, ',' ORDER BY id) AS digest,
                   jsonb_build_object('same', same, 'value', value,
                       'partners', jsonb_agg(id ORDER BY id)) AS facts
              FROM mark WHERE value IS NOT NULL
             GROUP BY same, value
            HAVING count(*) > 1
               AND NOT (same = 'vat' AND count(DISTINCT registry) = count(*))
            """,
            companies=companies.ids,
            currency=company.currency_id.id,
        )

    @api.model
    def _loose_sql(self, company, items, today):
        """Overdue, no reminder will come, and nobody planned anything."""
        return SQL(
            """
            SELECT 'loose' AS kind, concat_ws(':', item.partner_id,
                       item.document_currency_id, reason) AS key, item.partner_id,
                   %(currency)s AS currency_id, sum(item.overdue) AS amount,
                   min(item.due) AS due,
                   string_agg(DISTINCT item.move_id::text, ',') AS digest,
                   jsonb_build_object('reason', reason, 'moves',
                       jsonb_agg(DISTINCT item.move_id)) AS facts
              FROM (%(items)s) item
         LEFT JOIN (SELECT DISTINCT ON (move_id, due) move_id, due, reason AS verdict
                      FROM o2c_remind_verdict WHERE company_id = %(company)s
                     ORDER BY move_id, due, id DESC) judged
                ON judged.move_id = item.move_id AND judged.due = item.due
        CROSS JOIN LATERAL (SELECT COALESCE(judged.verdict, 'none') AS reason) why
             WHERE item.overdue > 0 AND item.disputed < item.amount
               AND item.promised = 0 AND reason = ANY(%(loose)s)
               AND NOT EXISTS (
                   SELECT 1 FROM o2c_dunning_case opened
                    WHERE opened.partner_id = item.partner_id
                      AND opened.company_id = %(company)s
                      AND opened.currency_id = item.document_currency_id
                      AND opened.state <> 'closed'
                      AND (opened.next_action_date >= %(today)s
                           OR opened.paused_until >= %(today)s))
             GROUP BY item.partner_id, item.document_currency_id, reason
            HAVING sum(item.overdue) > %(least)s
            """,
            currency=company.currency_id.id,
            items=items,
            company=company.id,
            loose=list(LOOSE),
            today=today,
            least=company.o2c_dunning_tolerance,
        )
