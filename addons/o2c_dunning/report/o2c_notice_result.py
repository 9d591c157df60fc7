"""What works: what became of each reminder, from the books."""

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.o2c_credit.models.profile.o2c_risk_profile import GRADES

from ..models.ladder.o2c_dunning_ladder import CHANNELS, STEP_KINDS, TONES
from ..models.result.o2c_hold_out_notice import ARMS


def _count(label, text=None):
    """Counts reminders: 0 or 1 in a row."""
    return fields.Integer(string=label, readonly=True, help=text)


def _share(label, text):
    """A part of 1; of groups the part of the whole, not the average of the parts."""
    return fields.Float(
        string=label, readonly=True, aggregator="avg", digits=(16, 1), help=text
    )


class O2cNoticeResult(models.Model):
    """One row per reminder that left. A payment belongs to the last reminder before
    it, so a second reminder does not take the honours of the first, nor share them."""

    _name = "o2c.notice.result"
    _description = "Reminder Result"
    _auto = False
    _order = "sent_on desc, id desc"
    _rec_name = "notice_id"

    notice_id = fields.Many2one("o2c.dunning.notice", string="Reminder", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    segment_id = fields.Many2one(
        "o2c.customer.segment", string="Segment", readonly=True
    )
    grade = fields.Selection(
        GRADES, readonly=True, help="The grade when the reminder left."
    )
    ladder_id = fields.Many2one("o2c.dunning.ladder", string="Ladder", readonly=True)
    step_id = fields.Many2one("o2c.dunning.step", string="Step", readonly=True)
    step_days = fields.Integer(string="Day", readonly=True, aggregator=None)
    kind = fields.Selection(STEP_KINDS, string="What It Is", readonly=True)
    tone = fields.Selection(TONES, readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    text_id = fields.Many2one("o2c.notice.text", string="Text", readonly=True)
    arm = fields.Selection(ARMS, string="Trial", readonly=True)
    sent_on = fields.Date(readonly=True)
    over_7 = fields.Boolean(string="A Week Old", readonly=True)
    over_14 = fields.Boolean(string="Two Weeks Old", readonly=True)
    sent = _count("Sent")
    delivered = _count("Delivered", "Left and did not come back.")
    bounced = _count("Came Back")
    amount = fields.Monetary(string="Asked", readonly=True, help="In company currency.")
    paid_7 = _count(
        "Paid in Full (7 days)", "All that was asked came within 7 days of sending."
    )
    paid_14 = _count(
        "Paid in Full (14 days)", "All that was asked came within 14 days of sending."
    )
    amount_7 = fields.Monetary(
        string="Paid in 7 Days", readonly=True, help="In company currency."
    )
    amount_14 = fields.Monetary(
        string="Paid in 14 Days", readonly=True, help="In company currency."
    )
    share_7 = _share(
        "Share Paid (7 days)", "Money that came within 7 days, of all that was asked."
    )
    share_14 = _share(
        "Share Paid (14 days)", "Money that came within 14 days, of all that was asked."
    )
    answered = _count("Answered", "The customer wrote back before the next reminder.")
    disputed = _count(
        "Disputed", "An invoice in it was disputed before the next reminder."
    )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Extends core: a share of a group is money over money."""
        name, _colon, how = aggregate_spec.partition(":")
        if how == "avg" and name in ("share_7", "share_14"):
            paid = self._field_to_sql(
                self._table, name.replace("share", "amount"), query
            )
            asked = self._field_to_sql(self._table, "amount", query)
            return SQL("(sum(%s) / NULLIF(sum(%s), 0))::float8", paid, asked)
        return super()._read_group_select(aggregate_spec, query)

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT n.id, n.id AS notice_id, n.company_id, n.partner_id,
                   customer.o2c_segment_id AS segment_id, graded.grade,
                   step.ladder_id, n.step_id, n.step_days, n.kind, n.tone, n.channel,
                   n.text_id, n.arm, n.sent_on,
                   n.sent_on <= %(today)s - 7 AS over_7,
                   n.sent_on <= %(today)s - 14 AS over_14,
                   1 AS sent,
                   (n.state = 'sent')::int AS delivered,
                   (n.state = 'bounced')::int AS bounced,
                   n.amount_company AS amount,
                   (n.amount_company > 0
                    AND COALESCE(paid.in_7, 0) >= n.amount_company - 0.01)::int
                       AS paid_7,
                   (n.amount_company > 0
                    AND COALESCE(paid.in_14, 0) >= n.amount_company - 0.01)::int
                       AS paid_14,
                   LEAST(COALESCE(paid.in_7, 0), n.amount_company) AS amount_7,
                   LEAST(COALESCE(paid.in_14, 0), n.amount_company) AS amount_14,
                   LEAST(COALESCE(paid.in_7, 0), n.amount_company)
                       / NULLIF(n.amount_company, 0) AS share_7,
                   LEAST(COALESCE(paid.in_14, 0), n.amount_company)
                       / NULLIF(n.amount_company, 0) AS share_14,
                   (answer.id IS NOT NULL)::int AS answered,
                   (dispute.id IS NOT NULL)::int AS disputed
              FROM (%(notices)s) n
              JOIN res_partner customer ON customer.id = n.partner_id
              LEFT JOIN o2c_dunning_step step ON step.id = n.step_id
              LEFT JOIN (%(paid)s) paid ON paid.notice_id = n.id
              LEFT JOIN LATERAL (%(grade)s) graded ON TRUE
              LEFT JOIN LATERAL (%(answer)s) answer ON TRUE
              LEFT JOIN LATERAL (%(dispute)s) dispute ON TRUE
            """,
            today=today,
            notices=self._left_sql(),
            paid=self._paid_sql(),
            grade=self._grade_sql(),
            answer=self._answer_sql(),
            dispute=self._dispute_sql(),
        )

    @api.model
    def _left_sql(self):
        """Reminders that left, with the moment of the next one in the same case."""
        return SQL(
            """
            SELECT *, COALESCE(lead(sent_on) OVER later, 'infinity'::date) AS until_on,
                   COALESCE(lead(sent_at) OVER later, 'infinity'::timestamp)
                       AS until_at
              FROM o2c_dunning_notice
             WHERE state IN ('sent', 'bounced') AND sent_on IS NOT NULL
            WINDOW later AS (PARTITION BY case_id ORDER BY sent_at, id)
            """
        )

    @api.model
    def _paid_sql(self):
        """Money on the items of each reminder, from its day until the next one.

        Money is known as in the payment behaviour: by its journal or its payment.
        Credit notes and write-offs are no payments.
        """
        return SQL(
            """
            SELECT n.id AS notice_id,
                   sum(part.amount) FILTER (WHERE money.date <= n.sent_on + 7) AS in_7,
                   sum(part.amount) AS in_14
              FROM (%(notices)s) n
              JOIN o2c_dunning_notice_line line
                ON line.notice_id = n.id AND line.kind IN ('remind', 'open')
              JOIN account_move_line item
                ON item.move_id = line.move_id
               AND item.account_id = ANY(%(accounts)s)
               AND (line.move_line_id IS NULL OR item.id = line.move_line_id)
              JOIN account_partial_reconcile part ON part.debit_move_id = item.id
              JOIN account_move_line money ON money.id = part.credit_move_id
             WHERE money.date >= n.sent_on AND money.date <= n.sent_on + 14
               AND money.date < n.until_on
               AND (money.payment_id IS NOT NULL
                    OR money.journal_id = ANY(ARRAY(
                       SELECT id FROM account_journal
                        WHERE type IN ('bank', 'cash', 'credit'))))
             GROUP BY n.id
            """,
            notices=self._left_sql(),
            accounts=self.env["o2c.risk.profile"]._receivable_accounts_sql(),
        )

    @api.model
    def _grade_sql(self):
        """The grade on the day of sending; today's where nothing older is known."""
        return SQL(
            """
            SELECT COALESCE(
                       (SELECT h.grade FROM o2c_score_history h
                         WHERE h.profile_id = p.id AND h.date <= n.sent_on
                         ORDER BY h.date DESC, h.id DESC LIMIT 1),
                       p.grade) AS grade
              FROM o2c_risk_profile p
             WHERE p.partner_id = n.partner_id AND p.company_id = n.company_id
            """
        )

    @api.model
    def _answer_sql(self):
        """A mail of the customer on the case, before the next reminder."""
        return SQL(
            """
            SELECT m.id FROM mail_message m
             WHERE m.model = 'o2c.dunning.case' AND m.res_id = n.case_id
               AND m.message_type = 'email'
               AND m.date >= n.sent_at AND m.date < n.until_at
             LIMIT 1
            """
        )

    @api.model
    def _dispute_sql(self):
        """A dispute on one of its invoices, before the next reminder."""
        return SQL(
            """
            SELECT d.id FROM o2c_dispute d
              JOIN o2c_dunning_notice_line line
                ON line.move_id = d.move_id AND line.notice_id = n.id
             WHERE d.create_date >= n.sent_at AND d.create_date < n.until_at
             LIMIT 1
            """
        )

    def action_open_notice(self):
        """The reminder behind the row."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.notice_id)
