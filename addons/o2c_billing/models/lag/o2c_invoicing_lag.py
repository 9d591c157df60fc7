"""The invoicing lag: from the delivery until the invoice is with the customer."""

from odoo import fields, models
from odoo.tools import SQL

from .o2c_invoicing_stage import CAUSES


def _days(label, text, **options):
    """A weighted number of days."""
    return fields.Float(
        string=label, readonly=True, aggregator="avg", help=text, **options
    )


#: What the stages that are part of the lag say.
PART = (
    "Weighted by amount. Of an invoice that left, the four stages after the delivery "
    "add up to its lag. What has not left yet has the stages that ended and no lag: "
    "filter on Sent to compare."
)


class O2cInvoicingLag(models.Model):
    """One row per event of the queue, and per invoice that was made without it."""

    _name = "o2c.invoicing.lag"
    _description = "Invoicing Lag"
    _inherit = ["o2c.weighted.days"]
    _auto = False
    _order = "delivered_at desc, id desc"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    segment_id = fields.Many2one(
        "o2c.customer.segment", string="Segment", readonly=True
    )
    owner_id = fields.Many2one(
        "res.users", string="Owner", readonly=True, help="Of the longest stage."
    )
    cause = fields.Selection(
        CAUSES, readonly=True, help="Of the longest stage after the delivery."
    )
    source = fields.Char(
        readonly=True,
        help="What reported it: a delivery, a service, an order, another system, or an "
        "invoice made by hand.",
    )
    order_id = fields.Many2one("sale.order", readonly=True)
    event_id = fields.Many2one(
        "o2c.billing.event", string="Billing Event", readonly=True
    )
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="Without VAT, in company currency. Credits are left out."
    )
    finished = fields.Boolean(
        string="Sent", readonly=True, help="The invoice has left the house."
    )
    quoted_at = fields.Datetime(
        string="Quotation Sent",
        readonly=True,
        help="When it was first sent, from the chatter of the order.",
    )
    agreed_at = fields.Datetime(
        string="Signed",
        readonly=True,
        help="When the customer signed online, else when the order was confirmed.",
    )
    delivered_at = fields.Datetime(
        string="Delivered",
        readonly=True,
        help="When the delivery was validated or reported. Odoo keeps no moment of a "
        "signature on the delivery note. Of an invoice made by hand: its delivery "
        "date.",
    )
    billable_at = fields.Datetime(
        string="Billable",
        readonly=True,
        help="When it was known here and the rhythm of the customer allowed it.",
    )
    drafted_at = fields.Datetime(string="Drafted", readonly=True)
    approved_at = fields.Datetime(
        string="Approved",
        readonly=True,
        help="When it was posted, after approval where one was needed.",
    )
    sent_at = fields.Datetime(string="Invoice Sent", readonly=True)
    month = fields.Date(readonly=True, help="Month in which the invoice left.")
    days_quote = _days("Quotation to Signature", "Weighted by amount.")
    days_delivery = _days("Signature to Delivery", "Weighted by amount.")
    days_report = _days("Delivery to Billable", PART)
    days_draft = _days("Billable to Draft", PART)
    days_approve = _days("Draft to Approval", PART)
    days_send = _days("Approval to Customer", PART)
    days_total = _days(
        "Invoicing Lag (weighted)",
        "From the delivery until the invoice left: sum of amount x days, divided by "
        "the sum of the amounts. Not sent yet: not counted.",
    )
    median_total = _days(
        "Invoicing Lag (median)",
        "From the delivery until the invoice left: half of them took longer.",
    )
    cost = fields.Monetary(
        readonly=True,
        help="Amount x days from the delivery until the invoice left, or until now, x "
        "internal interest rate / 365.",
    )

    @property
    def _table_query(self):
        journey = self.env["o2c.billing.journey"]
        return SQL(
            """
            SELECT j.id, j.company_id, customer.commercial_partner_id AS partner_id,
                   debtor.o2c_segment_id AS segment_id, longest.owner_id,
                   longest.cause, j.source, j.order_id, j.event_id, j.move_id,
                   j.amount, j.sent_at IS NOT NULL AS finished, j.quoted_at,
                   j.agreed_at, j.delivered_at, j.billable_at, j.drafted_at,
                   j.approved_at, j.sent_at,
                   date_trunc('month', j.sent_at)::date AS month,
                   longest.days_quote, longest.days_delivery, longest.days_report,
                   longest.days_draft, longest.days_approve, longest.days_send,
                   span.days_total, span.days_total AS median_total,
                   j.amount * COALESCE(span.days_total, span.so_far)::numeric
                       * COALESCE(company.o2c_internal_rate, 0)::numeric / 36500 AS cost
              FROM (%(journeys)s) j
              JOIN res_company company ON company.id = j.company_id
         LEFT JOIN res_partner customer ON customer.id = j.partner_id
         LEFT JOIN res_partner debtor ON debtor.id = customer.commercial_partner_id
         LEFT JOIN account_move m ON m.id = j.move_id
        CROSS JOIN LATERAL (
                   SELECT %(total)s AS days_total, %(so_far)s AS so_far) span
        CROSS JOIN LATERAL (
                   SELECT (array_agg(cause ORDER BY days DESC, number) FILTER (
                               WHERE number > 2))[1] AS cause,
                          (array_agg(owner_id ORDER BY days DESC, number) FILTER (
                               WHERE number > 2))[1] AS owner_id,
                          %(per_stage)s
                     FROM (SELECT number, name, ended_at, cause, owner_id,
                                  GREATEST(EXTRACT(EPOCH FROM
                                      COALESCE(ended_at, %(now)s) - began_at)
                                      / 86400, 0)::float8 AS days
                             FROM (VALUES %(values)s) stage
                                  (number, name, began_at, ended_at, cause, owner_id)
                            WHERE began_at IS NOT NULL
                              AND (ended_at IS NOT NULL OR NOT j.ended)) part
                   ) longest
             WHERE j.delivered_at IS NOT NULL
               AND (j.sent_at IS NOT NULL OR NOT j.ended)
            """,
            journeys=journey._journey_sql(),
            values=journey._stage_values_sql(),
            now=journey._now_sql(),
            total=self._span_sql(SQL("j.sent_at")),
            so_far=self._span_sql(journey._now_sql()),
            per_stage=SQL(", ").join(
                SQL(
                    "max(days) FILTER (WHERE name = %s AND ended_at IS NOT NULL) AS %s",
                    stage,
                    SQL.identifier(f"days_{stage}"),
                )
                for stage in (
                    "quote",
                    "delivery",
                    "report",
                    "draft",
                    "approve",
                    "send",
                )
            ),
        )

    def _span_sql(self, until):
        """Days from the delivery until a moment; nothing while there is none."""
        return SQL(
            "CASE WHEN %(until)s IS NOT NULL THEN GREATEST(EXTRACT("
            "EPOCH FROM %(until)s - j.delivered_at) / 86400, 0)::float8 END",
            until=until,
        )

    def action_open_document(self):
        """The invoice, else the event."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.move_id or self.event_id)
