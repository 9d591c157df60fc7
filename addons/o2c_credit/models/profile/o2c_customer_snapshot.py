"""One lean row per customer: the controller's one screen, with last night's figures."""

from odoo import fields, models
from odoo.exceptions import AccessError

from .o2c_risk_profile import CONFIDENCE, GRADES, LIMIT_KINDS


class O2cCustomerSnapshot(models.Model):
    """Figures of a customer as they stood at ``as_of``. Never decides anything:
    verdicts read the books themselves."""

    _name = "o2c.customer.snapshot"
    _description = "Customer Figures"
    _order = "exposure desc, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    segment_id = fields.Many2one(
        "o2c.customer.segment", ondelete="set null", readonly=True
    )
    user_id = fields.Many2one(
        "res.users", string="Salesperson", ondelete="set null", readonly=True
    )
    # no index: the night changes it for everybody, and an index would make PostgreSQL
    # write each row anew in all the others
    as_of = fields.Date(readonly=True, help="The day these figures were taken.")

    receivables = fields.Monetary(
        string="Open Invoices", readonly=True, help="Posted, minus what is unapplied."
    )
    credits = fields.Monetary(
        string="Unapplied",
        readonly=True,
        help="Credit notes and payments that are not matched with an invoice yet.",
    )
    drafts = fields.Monetary(string="Draft Invoices", readonly=True)
    delivered = fields.Monetary(string="Delivered, Not Invoiced", readonly=True)
    undelivered = fields.Monetary(string="Ordered, Not Delivered", readonly=True)
    down_payments = fields.Monetary(readonly=True)
    prepaid = fields.Monetary(string="Paid Online, Not Booked", readonly=True)
    others = fields.Monetary(
        string="Other", readonly=True, help="What other parts of the chain report."
    )
    exposure = fields.Monetary(
        readonly=True, help="Everything this customer owes and has ordered."
    )

    not_due = fields.Monetary(readonly=True)
    due_30 = fields.Monetary(string="1-30 Days", readonly=True)
    due_60 = fields.Monetary(string="31-60 Days", readonly=True)
    due_90 = fields.Monetary(string="61-90 Days", readonly=True)
    due_more = fields.Monetary(string="Over 90 Days", readonly=True)
    overdue = fields.Monetary(readonly=True, help="Past due, minus what is unapplied.")
    overdue_days = fields.Integer(
        string="Oldest (Days)", readonly=True, aggregator="max"
    )

    limit_kind = fields.Selection(LIMIT_KINDS, string="Limit", readonly=True)
    effective_limit = fields.Monetary(string="Limit Amount", readonly=True)
    cover = fields.Monetary(
        readonly=True, help="Insurance, guarantees and deposits for new orders."
    )
    headroom = fields.Monetary(
        readonly=True, help="What is left of the limit; empty when no limit is set."
    )
    over_limit = fields.Monetary(
        readonly=True, help="How much more than the limit is used."
    )
    advised_limit = fields.Monetary(
        readonly=True,
        help="Average sales per month times the factor of the credit policy.",
    )
    open_holds = fields.Integer(string="On Hold", readonly=True)

    grade = fields.Selection(GRADES, readonly=True)
    score = fields.Integer(readonly=True, aggregator="avg")
    confidence = fields.Selection(CONFIDENCE, readonly=True)
    insolvent = fields.Boolean(readonly=True)
    bureau_score = fields.Integer(readonly=True, aggregator="avg")
    payments = fields.Integer(
        readonly=True, help="Payments of invoices in the last 24 months."
    )
    paid_amount = fields.Monetary(string="Paid", readonly=True)
    days_late = fields.Float(
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Days after the due date, weighted by amount, over the last 24 months.",
    )
    on_time = fields.Float(
        readonly=True, aggregator="avg", help="Part that was paid in time."
    )
    last_paid_on = fields.Date(string="Last Payment", readonly=True)
    last_order_on = fields.Date(
        string="Last Order", readonly=True, help="Newest confirmed order."
    )
    since = fields.Date(string="Customer Since", readonly=True)
    sales_year = fields.Monetary(string="Invoiced in a Year", readonly=True)

    _partner_company_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id)", "One row of figures per customer and company."
    )

    def init(self):
        """Room in each page for the rows that the night writes anew."""
        result = super().init()
        self.env.cr.execute("DROP INDEX IF EXISTS o2c_customer_snapshot__as_of_index")
        self.env.cr.execute("ALTER TABLE o2c_customer_snapshot SET (fillfactor = 60)")
        return result

    def action_refresh(self):
        """Take the figures again, now: of these customers, or of all."""
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(self.env._("Ask your credit controller for new figures."))
        profiles = self.env["o2c.risk.profile"].sudo()
        if not self:
            company = self.env.company.root_id.sudo()
            profiles._rescore(company, company._o2c_today())
        for company, snapshots in self.sudo().grouped("company_id").items():
            profiles._rescore(company, company._o2c_today(), snapshots.partner_id.ids)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_profile(self):
        """Open the risk profile."""
        self.ensure_one()
        profile = self.env["o2c.risk.profile"]._of(
            self.company_id, self.partner_id.ids
        )[self.partner_id.id]
        return self._open("o2c.risk.profile", [("id", "=", profile.id)])

    def action_open_receivables(self):
        """The open items behind the amount."""
        self.ensure_one()
        return self._open(
            "account.move.line",
            [
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("company_id", "child_of", self.company_id.id),
            ],
            views=[[self.env.ref("o2c_credit.account_move_line_view_list").id, "list"]],
        )

    def action_open_overdue(self):
        """The open items that are past due."""
        action = self.action_open_receivables()
        action["name"] = self.env._("Overdue")
        action["domain"] += [
            ("date_maturity", "<", fields.Date.to_string(self.as_of)),
            ("amount_residual", ">", 0),
        ]
        return action

    def action_open_drafts(self):
        """The draft invoices."""
        self.ensure_one()
        return self._open(
            "account.move",
            [
                ("commercial_partner_id", "=", self.partner_id.id),
                ("move_type", "in", ("out_invoice", "out_receipt")),
                ("state", "=", "draft"),
                ("company_id", "child_of", self.company_id.id),
            ],
        )

    def action_open_orders(self):
        """Confirmed orders that are not invoiced yet."""
        self.ensure_one()
        return self._open(
            "sale.order",
            [
                ("partner_invoice_id.commercial_partner_id", "=", self.partner_id.id),
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
                ("company_id", "child_of", self.company_id.id),
            ],
        )

    def action_open_holds(self):
        """Orders that wait for a decision."""
        self.ensure_one()
        return self._open(
            "o2c.credit.hold",
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "child_of", self.company_id.id),
                ("state", "=", "open"),
            ],
        )

    def action_open_payments(self):
        """Each payment behind the behaviour."""
        self.ensure_one()
        return self._open(
            "o2c.payment.behaviour",
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
        )

    def _open(self, model, domain, views=None):
        """Action on the documents behind a number."""
        records = self.env[model].search(domain, limit=2)
        action = {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).name,
            "res_model": model,
            "domain": domain,
            "views": views or [[False, "list"], [False, "form"]],
            "context": {"create": False},
        }
        if len(records) == 1 and not views:
            action |= {"res_id": records.id, "views": [[False, "form"]]}
        return action
