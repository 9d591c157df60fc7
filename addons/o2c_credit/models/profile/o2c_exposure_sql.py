"""Where the amounts of the exposure come from: the SQL of each source."""

from odoo import api, models
from odoo.tools import SQL


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _companies_sql(self, company):
        """Array of the ids of a root company and its branches."""
        return SQL(
            "ARRAY(SELECT id FROM res_company WHERE parent_path LIKE %s)",
            f"{company.id}/%",
        )

    @api.model
    def _contacts_sql(self, column, partners):
        """Condition: a column names one of the customers or their contacts."""
        if partners is None:
            return SQL("TRUE")
        return SQL(
            "%s = ANY(ARRAY(SELECT id FROM res_partner"
            " WHERE commercial_partner_id = ANY(%s)))",
            column,
            list(partners),
        )

    @api.model
    def _receivable_sql(self, company, today, partners):
        """Open items per customer, by age. The ids of the receivable accounts are an
        array, so that the index of unreconciled lines is used: a join would hide them.
        """
        root = company.sudo()
        return SQL(
            """
            SELECT customer.commercial_partner_id AS partner_id,
                   sum(amount_residual) AS receivables,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual < 0), 0) AS credits,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late > 0), 0) AS overdue,
                   sum(amount_residual * late)
                       FILTER (WHERE amount_residual > 0 AND late > 0)
                       AS overdue_amount_days,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late > %(grace)s), 0)
                       AS late,
                   min(%(today)s - late)
                       FILTER (WHERE amount_residual > 0 AND late > 0) AS oldest_due,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late <= 0), 0) AS not_due,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late BETWEEN 1 AND 30), 0)
                       AS due_30,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late BETWEEN 31 AND 60), 0)
                       AS due_60,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late BETWEEN 61 AND 90), 0)
                       AS due_90,
                   COALESCE(sum(amount_residual)
                       FILTER (WHERE amount_residual > 0 AND late > 90), 0) AS due_more
              FROM (
                    SELECT partner_id, amount_residual,
                           %(today)s - COALESCE(date_maturity, date) AS late
                      FROM account_move_line
                     WHERE reconciled IS NOT TRUE
                       AND parent_state = 'posted'
                       AND account_id = ANY(ARRAY(
                           SELECT id FROM account_account
                            WHERE account_type = 'asset_receivable'))
                       AND company_id = ANY(%(companies)s)
                       AND %(contacts)s
                   ) item
              JOIN res_partner customer ON customer.id = item.partner_id
             GROUP BY customer.commercial_partner_id
            """,
            today=today,
            grace=root.o2c_overdue_days,
            companies=self._companies_sql(company),
            contacts=self._contacts_sql(SQL("partner_id"), partners),
        )

    @api.model
    def _draft_sql(self, company, partners):
        """Draft invoices; a draft credit note frees nothing before it is posted."""
        return SQL(
            """
            SELECT commercial_partner_id AS partner_id, amount_total_signed AS amount
              FROM account_move
             WHERE state = 'draft'
               AND move_type IN ('out_invoice', 'out_receipt')
               AND company_id = ANY(%s)
               AND %s
            """,
            self._companies_sql(company),
            SQL("TRUE")
            if partners is None
            else SQL("commercial_partner_id = ANY(%s)", list(partners)),
        )

    @api.model
    def _open_order_sql(self, company, partners):
        """Confirmed orders that are not fully invoiced, with their down payments.

        Quantities invoiced include draft invoices, which are a bucket of their own. An
        order counts at its own rate, so that it does not move with the day. Few joins
        on purpose: for one customer, planning is what this statement costs.
        """
        return SQL(
            """
            SELECT (SELECT commercial_partner_id FROM res_partner
                     WHERE id = o.partner_invoice_id) AS partner_id,
                   line.delivered / rate.value AS delivered,
                   (line.open - line.delivered) / rate.value AS undelivered,
                   COALESCE((%(advance)s), 0) AS down_payment
              FROM sale_order o
        CROSS JOIN LATERAL (
                    SELECT COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric AS value
                   ) rate
        CROSS JOIN LATERAL (%(lines)s) line
             WHERE o.state = 'sale'
               AND o.invoice_status <> 'invoiced'
               AND o.company_id = ANY(%(companies)s)
               AND %(contacts)s
               AND line.open <> 0
            """,
            advance=self._advance_sql(),
            lines=self._open_line_sql(),
            companies=self._companies_sql(company),
            contacts=self._contacts_sql(SQL("o.partner_invoice_id"), partners),
        )

    @api.model
    def _open_line_sql(self):
        """What of the order ``o`` is not invoiced, and what of that is delivered."""
        return SQL(
            """
            SELECT sum(price * open) AS open,
                   sum(price * LEAST(delivered, open)) AS delivered
              FROM (
                    SELECT CASE WHEN product_uom_qty = 0
                                THEN price_unit * (1 - COALESCE(discount, 0) / 100)
                                ELSE price_total / product_uom_qty
                                END::numeric AS price,
                           CASE WHEN product_uom_qty < 0
                                THEN LEAST(product_uom_qty - qty_invoiced, 0)
                                ELSE GREATEST(GREATEST(product_uom_qty, qty_delivered)
                                              - qty_invoiced, 0) END::numeric AS open,
                           GREATEST(qty_delivered - qty_invoiced, 0)::numeric
                               AS delivered
                      FROM sale_order_line
                     WHERE order_id = o.id
                       AND display_type IS NULL
                       AND is_downpayment IS NOT TRUE
                   ) quantity
            """
        )

    @api.model
    def _advance_sql(self):
        """Down payments of the order ``o`` that no later invoice deducted yet.

        The sign is that of the ledger, so credit notes and deductions count back.
        """
        return SQL(
            """
            SELECT sum(-sign(bill.balance) * abs(bill.price_total)
                       * CASE WHEN bill.currency_id = o.currency_id
                              THEN 1 / rate.value
                              ELSE abs(bill.balance / NULLIF(bill.price_subtotal, 0))
                              END)
              FROM sale_order_line down
              JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = down.id
              JOIN account_move_line bill ON bill.id = rel.invoice_line_id
             WHERE down.order_id = o.id
               AND down.is_downpayment
               AND bill.parent_state <> 'cancel'
            """
        )

    @api.model
    def _unbooked_payment_sql(self, company, partners):
        """Online payments of orders that no posted payment books yet; once booked they
        are an unapplied credit among the receivables."""
        return SQL(
            """
            SELECT DISTINCT ON (tx.id)
                   o.id AS order_id, o.state AS order_state,
                   (SELECT commercial_partner_id FROM res_partner
                     WHERE id = o.partner_invoice_id) AS partner_id,
                   (tx.amount + COALESCE((
                        SELECT sum(child.amount) FROM payment_transaction child
                         WHERE child.source_transaction_id = tx.id
                           AND child.operation = 'refund'
                           AND child.state = 'done'), 0))
                   / COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric AS amount
              FROM payment_transaction tx
              JOIN sale_order_transaction_rel rel ON rel.transaction_id = tx.id
              JOIN sale_order o ON o.id = rel.sale_order_id
             WHERE tx.state IN ('authorized', 'done')
               AND tx.operation IS DISTINCT FROM 'validation'
               AND o.company_id = ANY(%s)
               AND %s
               AND (tx.payment_id IS NULL OR EXISTS (
                    SELECT FROM account_payment payment
                     WHERE payment.id = tx.payment_id
                       AND payment.state IN ('draft', 'in_process')
                       AND NOT EXISTS (
                           SELECT FROM account_move entry
                            WHERE entry.id = payment.move_id
                              AND entry.state = 'posted')))
             ORDER BY tx.id, o.id
            """,
            self._companies_sql(company),
            self._contacts_sql(SQL("o.partner_invoice_id"), partners),
        )
