"""What customers owe, by age: now, or as it stood on any day that is past."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

BUCKETS = [
    ("0", "Not due"),
    ("1", "1-30 days"),
    ("2", "31-60 days"),
    ("3", "61-90 days"),
    ("4", "Over 90 days"),
]


class O2cReceivableReport(models.Model):
    """One row per open item of a customer: an invoice or instalment, a credit note, a
    payment that is not matched. The day comes from the context, ``o2c_as_of``."""

    _name = "o2c.receivable.report"
    _description = "Receivables by Age"
    _auto = False
    _order = "due, id"
    _rec_name = "move_id"
    _depends = {
        "account.move": ["invoice_date", "invoice_user_id", "team_id", "state"],
        "account.move.line": [
            "account_id",
            "amount_residual",
            "company_id",
            "currency_id",
            "date",
            "date_maturity",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "account.partial.reconcile": [
            "amount",
            "credit_move_id",
            "debit_move_id",
            "max_date",
        ],
        "o2c.dispute": ["amount_company", "closed_on", "raised_on", "state"],
        "o2c.payment.promise": ["move_ids", "settled_on", "state", "until"],
        "res.partner": [
            "commercial_partner_id",
            "country_id",
            "o2c_segment_id",
            "state_id",
        ],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    segment_id = fields.Many2one(
        "o2c.customer.segment", string="Segment", readonly=True
    )
    country_id = fields.Many2one("res.country", readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    document_currency_id = fields.Many2one(
        "res.currency", string="Currency of Document", readonly=True
    )
    move_id = fields.Many2one("account.move", string="Document", readonly=True)
    invoice_date = fields.Date(string="Date", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    days_late = fields.Integer(
        readonly=True, aggregator="max", help="Days after the due date, on that day."
    )
    bucket = fields.Selection(BUCKETS, string="Age", readonly=True)
    amount = fields.Monetary(
        string="Open",
        readonly=True,
        help="What was still to pay on that day, in company currency. Credit notes and "
        "payments that are not matched with an invoice are negative.",
    )
    overdue = fields.Monetary(
        string="Past Due", readonly=True, help="The part whose due date is past."
    )
    disputed = fields.Monetary(
        readonly=True,
        help="The part that the customer disputed on that day; the newest instalments "
        "carry it.",
    )
    promised = fields.Monetary(
        readonly=True, help="Open under a promise to pay whose day was not past."
    )
    clear = fields.Monetary(
        string="Past Due, Undisputed",
        readonly=True,
        help="Past due, neither disputed nor promised: what there is to collect.",
    )

    @property
    def _table_query(self):
        return self._items_sql(self._as_of())

    @api.model
    def _as_of(self):
        """The day in the context, else today.

        :raises UserError: the day is not a date
        """
        day = self.env.context.get("o2c_as_of")
        try:
            return fields.Date.to_date(day) or fields.Date.context_today(self)
        except ValueError as error:
            raise UserError(
                self.env._("%(day)s is not a date. Choose one.", day=day)
            ) from error

    @api.model
    def _items_sql(self, day, companies=None):
        """The open items as they stood on a day.

        What is open now, plus what was settled later: so only later settlements are
        read, and of today none. Open on a day is what was posted with that date or
        before, as the ledger would print it.

        :param date day: the day
        :param companies: ids of companies; all when not given
        """
        some = SQL()
        if companies is not None:
            some = SQL("AND line.company_id = ANY(%s)", list(companies))
        return SQL(
            """
            WITH later AS (%(later)s), item AS (
                SELECT line.id, line.company_id, line.move_id, line.partner_id,
                       line.currency_id, line.date,
                       COALESCE(line.date_maturity, line.date) AS due,
                       line.amount_residual + COALESCE(later.amount, 0) AS amount
                  FROM account_move_line line
             LEFT JOIN later ON later.line_id = line.id
                 WHERE line.account_id = ANY(%(accounts)s)
                   AND line.parent_state = 'posted' AND line.date <= %(day)s
                   AND line.partner_id IS NOT NULL
                   AND (line.reconciled IS NOT TRUE OR later.line_id IS NOT NULL)
                   %(some)s
            ), disputed AS (%(disputed)s), promised AS (%(promised)s)
            SELECT item.id, item.company_id, debtor.id AS partner_id,
                   debtor.o2c_segment_id AS segment_id, debtor.country_id,
                   debtor.state_id, move.invoice_user_id AS user_id, move.team_id,
                   item.currency_id AS document_currency_id, item.move_id,
                   COALESCE(move.invoice_date, item.date) AS invoice_date, item.due,
                   GREATEST(%(day)s - item.due, 0) AS days_late,
                   CASE WHEN item.due >= %(day)s THEN '0'
                        WHEN item.due >= %(day)s - 30 THEN '1'
                        WHEN item.due >= %(day)s - 60 THEN '2'
                        WHEN item.due >= %(day)s - 90 THEN '3'
                        ELSE '4' END AS bucket,
                   item.amount,
                   CASE WHEN item.due < %(day)s THEN item.amount ELSE 0 END AS overdue,
                   part.disputed, part.promised,
                   CASE WHEN item.due < %(day)s
                        THEN item.amount - part.disputed - part.promised
                        ELSE 0 END AS clear
              FROM item
              JOIN account_move move ON move.id = item.move_id
              JOIN res_partner contact ON contact.id = item.partner_id
              JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
         LEFT JOIN disputed ON disputed.line_id = item.id
         LEFT JOIN promised ON promised.move_id = item.move_id
        CROSS JOIN LATERAL (
                   SELECT COALESCE(disputed.amount, 0) AS disputed,
                          CASE WHEN promised.move_id IS NOT NULL
                               THEN GREATEST(
                                   item.amount - COALESCE(disputed.amount, 0), 0)
                               ELSE 0 END AS promised
                   ) part
             WHERE item.amount <> 0
            """,
            later=self._later_sql(day),
            accounts=self._accounts_sql(),
            day=day,
            some=some,
            disputed=self._disputed_sql(day),
            promised=self._promised_sql(day),
        )

    @api.model
    def _accounts_sql(self):
        """Trade receivables: a deposit that is owed back to us is no sale."""
        return SQL(
            "ARRAY(SELECT id FROM account_account WHERE account_type = "
            "'asset_receivable' AND non_trade IS NOT TRUE)"
        )

    @api.model
    def _later_sql(self, day):
        """What was settled after the day, as it changes the balance of a line."""
        return SQL(
            """
            SELECT side.line_id, sum(side.amount) AS amount
              FROM account_partial_reconcile part
        CROSS JOIN LATERAL (
                   VALUES (part.debit_move_id, part.amount),
                          (part.credit_move_id, -part.amount)) side (line_id, amount)
             WHERE part.max_date > %s
             GROUP BY side.line_id
            """,
            day,
        )

    @api.model
    def _disputed_sql(self, day):
        """The disputed part of each item: newest instalments first, never more than is
        open. In company currency."""
        return SQL(
            """
            SELECT share.line_id,
                   GREATEST(LEAST(share.amount, share.disputed - share.before), 0)
                       AS amount
              FROM (
                    SELECT item.id AS line_id, item.amount, dispute.disputed,
                           COALESCE(sum(item.amount) OVER (
                               PARTITION BY item.move_id
                               ORDER BY item.due DESC, item.id DESC
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                               AS before
                      FROM (
                            SELECT move_id, sum(amount_company) AS disputed
                              FROM o2c_dispute
                             WHERE raised_on <= %(day)s
                               AND (state = 'open' OR closed_on > %(day)s)
                             GROUP BY move_id
                           ) dispute
                      JOIN item ON item.move_id = dispute.move_id AND item.amount > 0
                   ) share
            """,
            day=day,
        )

    @api.model
    def _promised_sql(self, day):
        """Invoices under a promise that was open on the day."""
        return SQL(
            """
            SELECT DISTINCT link.move_id
              FROM o2c_payment_promise promise
              JOIN o2c_payment_promise_move_rel link ON link.promise_id = promise.id
              JOIN res_company house ON house.id = promise.company_id
              JOIN res_partner place ON place.id = house.partner_id
             WHERE (promise.create_date AT TIME ZONE 'UTC' AT TIME ZONE
                    COALESCE(place.tz, 'Europe/Amsterdam'))::date <= %(day)s
               AND promise.until >= %(day)s
               AND (promise.state = 'open' OR promise.settled_on > %(day)s)
            """,
            day=day,
        )

    def action_open_document(self):
        """The invoice, credit note, payment or entry behind the item."""
        self.ensure_one()
        move = self.move_id
        if move.origin_payment_id:
            return move.origin_payment_id._get_records_action()
        return move._get_records_action()
