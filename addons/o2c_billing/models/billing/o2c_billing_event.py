"""Something was delivered that the customer must pay for."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

#: States in which an event waits for the queue.
DUE_STATES = ("waiting", "failed")
#: What a person may write; the rest follows from what happens.
OWN_FIELDS = {"user_id"}


class O2cBillingEvent(models.Model):
    """One thing to invoice, once: known by the key of the system it came from.

    Comes from a delivery, a confirmed service or another system; becomes a line of a
    draft, which is checked, posted and sent. Its states follow that invoice.
    """

    _name = "o2c.billing.event"
    _description = "Billing Event"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "delivered_at, id"
    _rec_name = "description"
    _check_company_auto = True
    _mail_post_access = "read"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    source = fields.Char(
        required=True,
        readonly=True,
        help="What reported this: a delivery, a service, an order, or the name of "
        "another system.",
    )
    key = fields.Char(
        required=True,
        readonly=True,
        help="How the source names this event. The same key is never invoiced twice.",
    )
    description = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    product_id = fields.Many2one(
        "product.product", string="Article", readonly=True, ondelete="restrict"
    )
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="In the unit of the order line. Negative when goods came back.",
    )
    price_unit = fields.Float(
        string="Price",
        digits="Product Price",
        readonly=True,
        help="Given by another system. Empty: the agreed price holds.",
    )
    price_given = fields.Boolean(readonly=True)
    reference = fields.Char(
        readonly=True, help="Reference of the customer, printed on the invoice."
    )
    amount = fields.Monetary(
        readonly=True, help="Expected amount without VAT, in company currency."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    delivered_at = fields.Datetime(
        string="Delivered",
        required=True,
        readonly=True,
        help="From this moment on it can be invoiced.",
    )
    date = fields.Date(
        string="Delivery Date",
        required=True,
        readonly=True,
        index=True,
        help="The date of the delivery in the time zone of the company.",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("drafted", "Drafted"),
            ("to_approve", "To Approve"),
            ("posted", "Posted"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("skipped", "Skipped"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        tracking=True,
        group_expand=True,
    )
    reason = fields.Text(
        readonly=True, help="Why it waits, failed or was skipped, and what to do."
    )
    waits_because = fields.Char(
        string="Why", compute="_compute_waits_because", help="What it waits for now."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index="btree_not_null",
        help="Who solves it when it does not go by itself.",
    )
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(
        readonly=True, help="Empty after a failure: a person must look first."
    )
    invoice_line_id = fields.Many2one(
        "account.move.line", readonly=True, index="btree_not_null", ondelete="set null"
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    drafted_at = fields.Datetime(string="Drafted On", readonly=True)
    posted_at = fields.Datetime(
        string="Approved On",
        readonly=True,
        help="When the invoice was posted, after approval where one was needed.",
    )
    sent_at = fields.Datetime(string="Sent On", readonly=True)
    days_to_draft = fields.Float(
        compute="_compute_days", store=True, aggregator="avg", readonly=True
    )
    days_to_approve = fields.Float(
        compute="_compute_days", store=True, aggregator="avg", readonly=True
    )
    days_to_send = fields.Float(
        compute="_compute_days", store=True, aggregator="avg", readonly=True
    )
    days_total = fields.Float(
        string="Days Delivered to Sent",
        compute="_compute_days",
        store=True,
        aggregator="avg",
        readonly=True,
    )
    age = fields.Integer(
        string="Age (days)",
        compute="_compute_age",
        help="Days since the delivery while the invoice has not been sent.",
    )

    _key_uniq = models.Constraint(
        "UNIQUE(company_id, source, key)",
        "This event was reported before. The same key is never invoiced twice.",
    )
    _due_idx = models.Index(
        "(company_id, delivered_at, id) WHERE state IN ('waiting', 'failed', 'drafted')"
    )

    @api.depends("state", "reason", "move_id")
    @api.depends_context("lang")
    def _compute_waits_because(self):
        """Of the event itself, else of its invoice: the check, then the sending."""
        for event in self:
            move = event.move_id.sudo()
            words = {
                "to_approve": move.o2c_check_words,
                "posted": move.o2c_send_reason,
            }.get(event.state)
            event.waits_because = event.reason or words or False

    @api.depends("delivered_at", "drafted_at", "posted_at", "sent_at")
    def _compute_days(self):
        for event in self:
            stages = (
                event.delivered_at,
                event.drafted_at,
                event.posted_at,
                event.sent_at,
            )
            days = [
                (after - before).total_seconds() / 86400 if before and after else 0.0
                for before, after in zip(stages, stages[1:], strict=False)
            ]
            event.days_to_draft, event.days_to_approve, event.days_to_send = days
            event.days_total = sum(days) if event.sent_at else 0.0

    @api.depends("date", "state")
    def _compute_age(self):
        for event in self:
            ended = event.state in ("sent", "skipped")
            today = event.company_id._o2c_today()
            event.age = 0 if ended else (today - event.date).days

    def write(self, vals):
        foreign = {
            name for name in vals if not name.startswith(("message_", "activity_"))
        }
        if not self.env.su and foreign - OWN_FIELDS:
            raise AccessError(
                self.env._(
                    "A billing event follows its delivery and its invoice. Only its "
                    "owner can be changed by hand."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Billing events are kept: they prove what was invoiced and why.")
        )

    # What a person can do

    def _check_authority(self):
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(
                self.env._("Only a billing user works the billing queue.")
            )

    def action_retry(self):
        """Try again at once what failed or was skipped."""
        self._check_authority()
        self.check_access("write")
        again = self.filtered(lambda event: event.state in ("failed", "skipped"))
        spent = again.filtered(lambda event: event.move_id.state == "posted")
        (again - spent).sudo().write(
            {
                "state": "waiting",
                "reason": False,
                "attempts": 0,
                "next_try": False,
                "move_id": False,
                "invoice_line_id": False,
            }
        )
        if again - spent:
            self.env.ref("o2c_billing.o2c_billing_queue_cron").sudo()._trigger()

    def action_skip(self):
        """Do not invoice this; the reason is in the chatter."""
        self._check_authority()
        self.check_access("write")
        waiting = self.filtered(lambda event: event.state in DUE_STATES)
        waiting.sudo().write(
            {
                "state": "skipped",
                "next_try": False,
                "reason": self.env._("Set aside by %(user)s.", user=self.env.user.name),
            }
        )

    def action_open_invoice(self):
        """Open the invoice that this became."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.move_id)

    @api.model
    def _unbilled_domain(self, company):
        """Events that are not an invoice yet."""
        return Domain("company_id", "=", company.id) & Domain(
            "state", "in", ("waiting", "failed")
        )
