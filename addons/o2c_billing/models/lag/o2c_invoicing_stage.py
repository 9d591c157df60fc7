"""Each stage from quotation to customer: how long, why, whose, what it costs."""

from odoo import api, fields, models
from odoo.tools import SQL

STAGES = [
    ("quote", "Quotation to signature"),
    ("delivery", "Signature to delivery"),
    ("report", "Delivery to billable"),
    ("draft", "Billable to draft"),
    ("approve", "Draft to approval"),
    ("send", "Approval to customer"),
]
CAUSES = [
    ("customer", "The customer decides"),
    ("hold", "Credit hold"),
    ("delivery", "Delivery"),
    ("source", "Reported late"),
    ("rhythm", "Rhythm of the customer"),
    ("failed", "Could not be invoiced"),
    ("queue", "The queue"),
    ("by_hand", "Made by hand"),
    ("check", "Waiting for approval"),
    ("returned", "Returned by the approver"),
    ("missing", "Missing data"),
    ("mail", "Mail failed"),
]


class O2cInvoicingStage(models.Model):
    """One stage of one thing that is or will be invoiced, finished or still open."""

    _name = "o2c.invoicing.stage"
    _description = "Stage of Invoicing"
    _inherit = ["o2c.weighted.days"]
    _auto = False
    _order = "days desc, id"
    _rec_name = "stage"

    stage = fields.Selection(
        STAGES,
        readonly=True,
        help="Quotation: first sent, from the chatter of the order. Signature: signed "
        "online, else confirmed. Delivery: validated; Odoo keeps no moment of a "
        "signature on the delivery note. Billable: known here, and the rhythm of the "
        "customer allows it. Draft, approval, customer: made, posted, left.",
    )
    cause = fields.Selection(
        CAUSES, readonly=True, help="What the time of this stage went to."
    )
    open = fields.Boolean(
        string="Still There", readonly=True, help="This stage has not ended yet."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    segment_id = fields.Many2one(
        "o2c.customer.segment", string="Segment", readonly=True
    )
    owner_id = fields.Many2one(
        "res.users", string="Owner", readonly=True, help="Who could make it shorter."
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
    began_at = fields.Datetime(string="Began", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    finished = fields.Boolean(
        string="Invoice Sent",
        readonly=True,
        help="The invoice has left the house. Its stages after the delivery add up to "
        "its invoicing lag.",
    )
    month = fields.Date(
        readonly=True,
        help="Month in which the invoice left. Of what has not left: in which the "
        "stage ended, or the present one.",
    )
    days = fields.Float(
        string="Days (weighted)",
        readonly=True,
        aggregator="avg",
        help="Sum of amount x days, divided by the sum of the amounts. Of a stage that "
        "is still open: until now.",
    )
    median = fields.Float(
        string="Days (median)",
        readonly=True,
        aggregator="avg",
        help="The middle one: half of them took longer.",
    )
    cost = fields.Monetary(
        readonly=True, help="Amount x days x internal interest rate / 365."
    )
    mood = fields.Selection(
        [("fresh", "Fresh"), ("late", "Late"), ("very_late", "Very late")],
        readonly=True,
        help="Late beyond the target days of the company, very late from what others "
        "take on average.",
    )
    waits_for = fields.Char(
        compute="_compute_waits_for", help="What has to happen before it goes on."
    )

    @property
    def _table_query(self):
        journey = self.env["o2c.billing.journey"]
        return SQL(
            """
            SELECT stage.id, stage.stage, stage.cause, stage.open, stage.company_id,
                   stage.partner_id, customer.o2c_segment_id AS segment_id,
                   stage.owner_id, stage.source, stage.order_id, stage.event_id,
                   stage.move_id, stage.amount, stage.began_at, stage.ended_at,
                   stage.sent_at IS NOT NULL AS finished,
                   date_trunc('month', COALESCE(
                       stage.sent_at, stage.ended_at, %(now)s))::date AS month,
                   stage.days, stage.days AS median,
                   stage.amount * stage.days::numeric
                       * COALESCE(company.o2c_internal_rate, 0)::numeric / 36500
                       AS cost,
                   CASE WHEN stage.days <= COALESCE(company.o2c_lag_target, 1)
                        THEN 'fresh'
                        WHEN stage.days < COALESCE(company.o2c_lag_benchmark, 3.5)
                        THEN 'late' ELSE 'very_late' END AS mood
              FROM (%(stages)s) stage
              JOIN res_company company ON company.id = stage.company_id
         LEFT JOIN res_partner customer ON customer.id = stage.partner_id
            """,
            now=journey._now_sql(),
            stages=journey._stages_sql(SQL("(%s)", journey._journey_sql())),
        )

    @api.depends("stage", "cause", "open")
    @api.depends_context("lang")
    def _compute_waits_for(self):
        for row in self:
            row.waits_for = row._waiting_words() if row.open else False

    def _waiting_words(self):
        """What an open stage waits for, in one sentence."""
        self.ensure_one()
        move, event = self.move_id.sudo(), self.event_id.sudo()
        order = self.order_id.sudo()
        if self.stage == "quote":
            if order.validity_date:
                return self.env._(
                    "The customer signs, before %(date)s",
                    date=fields.Date.to_string(order.validity_date),
                )
            return self.env._("The customer signs")
        if self.stage == "delivery":
            return (
                self.env._("The credit hold is released")
                if self.cause == "hold"
                else self.env._("The delivery is validated")
            )
        if self.stage in ("report", "draft"):
            return event.waits_because or self.env._("The next run of the queue")
        if self.stage == "approve":
            if move.o2c_check_state == "returned":
                return self.env._("Mended: %(note)s", note=move.o2c_check_note or "")
            if move.o2c_check_state == "to_check":
                return self.env._(
                    "Approval: %(reasons)s", reasons=move.o2c_check_words or ""
                )
            return event.waits_because or self.env._("Somebody posts the draft")
        return move.o2c_send_reason or (
            self.env._("The next run of the send queue")
            if move.o2c_send_state == "waiting"
            else self.env._("Somebody sends it")
        )

    def action_open_document(self):
        """The invoice, else the event, else the order."""
        self.ensure_one()
        record = self.move_id or self.event_id or self.order_id
        return self.env["o2c.today"]._open_record(record)
