"""How customers pay: one row per payment of an invoice, from the reconciliations."""

from odoo import api, fields, models
from odoo.tools import SQL


class O2cPaymentBehaviour(models.Model):
    """A payment matched with an invoice, or with a part of it.

    Part payments each count. Credit notes, write-offs and exchange differences do
    not: only money counts, so the paying side must stand in a bank, cash or card
    journal or be a payment. Time in dispute is shown apart.
    """

    _name = "o2c.payment.behaviour"
    _description = "Payment Behaviour"
    _auto = False
    _order = "paid_on desc, id desc"
    _rec_name = "invoice_id"

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    invoice_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    due_on = fields.Date(string="Due", readonly=True)
    paid_on = fields.Date(string="Paid", readonly=True)
    amount = fields.Monetary(readonly=True, help="Amount paid, in company currency.")
    days_late = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Days after the due date; negative: early.",
    )
    amount_days = fields.Float(
        string="Amount × Days Late",
        readonly=True,
        help="Divided by the amount this is the number of days late that counts.",
    )
    disputed_days = fields.Float(
        string="Of Which Disputed",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Days late on which the invoice was disputed, in part by its part. They "
        "do not count against the customer, unless he turned out to be wrong.",
    )
    amount_disputed = fields.Float(
        string="Amount × Disputed Days",
        readonly=True,
        help="Divided by the amount this is the disputed time.",
    )
    amount_on_time = fields.Monetary(
        string="Paid on Time", readonly=True, help="The part that came in time."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT payment.id,
                   customer.commercial_partner_id AS partner_id,
                   payment.company_id, payment.currency_id, payment.invoice_id,
                   payment.due_on, payment.paid_on, payment.amount, payment.days_late,
                   payment.amount_days, payment.disputed_days,
                   payment.amount_disputed, payment.amount_on_time
              FROM (%s) payment
              JOIN res_partner customer ON customer.id = payment.debtor_id
            """,
            self._payments_sql(),
        )

    @api.model
    def _payments_sql(self, condition=None):
        """One row per payment of an invoice; ``debtor_id`` is the partner of the
        invoice, whose commercial entity is the customer.

        The company is the root of its branches, as for limits. Money is known by its
        journal: bank, cash and card journals hold nothing but entries.

        :param condition: SQL on ``item`` (invoice line), ``money`` (paying line) and
            ``company``
        """
        condition = condition or SQL("TRUE")
        return SQL(
            """
            SELECT part.id,
                   item.partner_id AS debtor_id,
                   split_part(company.parent_path, '/', 1)::int AS company_id,
                   company.currency_id,
                   item.move_id AS invoice_id,
                   COALESCE(item.date_maturity, item.date) AS due_on,
                   money.date AS paid_on,
                   part.amount,
                   money.date - COALESCE(item.date_maturity, item.date) AS days_late,
                   part.amount * GREATEST(
                       money.date - COALESCE(item.date_maturity, item.date), 0)
                       AS amount_days,
                   COALESCE(dispute.days, 0) AS disputed_days,
                   part.amount * COALESCE(dispute.days, 0) AS amount_disputed,
                   CASE WHEN money.date - COALESCE(item.date_maturity, item.date)
                             <= COALESCE(dispute.days, 0)
                        THEN part.amount ELSE 0 END AS amount_on_time
              FROM account_partial_reconcile part
              JOIN account_move_line item ON item.id = part.debit_move_id
              JOIN account_move invoice ON invoice.id = item.move_id
              JOIN account_move_line money ON money.id = part.credit_move_id
              JOIN res_company company ON company.id = item.company_id
         LEFT JOIN (%(disputed)s) dispute ON dispute.part_id = part.id
             WHERE item.account_id = ANY(%(accounts)s)
               AND money.account_id = item.account_id
               AND item.parent_state = 'posted'
               AND invoice.move_type IN ('out_invoice', 'out_receipt')
               AND (money.journal_id = ANY(ARRAY(
                        SELECT id FROM account_journal
                         WHERE type IN ('bank', 'cash', 'credit')))
                    OR money.payment_id IS NOT NULL)
               AND %(condition)s
            """,
            disputed=self._disputed_days_sql(condition),
            accounts=self.env["o2c.risk.profile"]._receivable_accounts_sql(),
            condition=condition,
        )

    @api.model
    def _disputed_days_sql(self, condition):
        """Days late of a payment that fell in a dispute. Each day counts once, by the
        part of the invoice that was disputed. Begins at the disputes: they are few."""
        disputed = self.env["o2c.risk.profile"]._disputed_time_sql()
        if disputed is None:
            return SQL("SELECT NULL::int AS part_id, 0::numeric AS days")
        return SQL(
            """
            SELECT part_id, sum(share) AS days
              FROM (
                    SELECT part.id AS part_id, LEAST(sum(time.share), 1) AS share
                      FROM (%s) time
                      JOIN account_move_line item ON item.move_id = time.move_id
                      JOIN account_partial_reconcile part
                        ON part.debit_move_id = item.id
                      JOIN account_move_line money ON money.id = part.credit_move_id
                      JOIN res_company company ON company.id = item.company_id
                CROSS JOIN generate_series(
                               GREATEST(time.day_from,
                                        COALESCE(item.date_maturity, item.date) + 1),
                               LEAST(time.day_to, money.date),
                               '1 day') AS day
                     WHERE %s
                     GROUP BY part.id, day
                   ) day
             GROUP BY part_id
            """,
            disputed,
            condition,
        )
