"""Whom to call: customers who can buy more, and customers to talk with first.

A narrow window on last night's figures for sellers, who may read neither profiles nor
figures: grade, what is left of the limit, what is late, and plain words.
"""

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..profile.o2c_risk_profile import GRADES


class O2cSalesList(models.Model):
    """One row per customer and company that a seller should know of."""

    _name = "o2c.sales.list"
    _description = "Whom to Call"
    _auto = False
    _order = "headroom desc, id"
    _rec_name = "partner_id"

    kind = fields.Selection(
        [("sell_more", "Sell more"), ("talk_first", "Talk first")], readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    segment_id = fields.Many2one("o2c.customer.segment", readonly=True)
    as_of = fields.Date(readonly=True, help="The night these figures were taken.")
    grade = fields.Selection(GRADES, readonly=True)
    headroom = fields.Monetary(
        string="Can Still Order", readonly=True, help="What is left of the limit."
    )
    over_limit = fields.Monetary(
        readonly=True, help="How much more than the limit is used."
    )
    overdue = fields.Monetary(readonly=True, help="Should have been paid already.")
    overdue_days = fields.Integer(
        string="Oldest (Days)", readonly=True, aggregator="max"
    )
    insolvent = fields.Boolean(readonly=True)
    last_order_on = fields.Date(string="Last Order", readonly=True)
    sales_year = fields.Monetary(string="Bought in a Year", readonly=True)
    open_orders = fields.Integer(
        readonly=True, help="Quotations and orders that are not invoiced yet."
    )
    words = fields.Char(string="In Short", compute="_compute_words")

    @property
    def _table_query(self):
        for model in (
            "o2c.customer.snapshot",
            "sale.order",
            "res.partner",
            "res.company",
        ):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT snapshot.id, snapshot.partner_id, snapshot.company_id,
                   company.currency_id, customer.user_id, customer.o2c_segment_id
                       AS segment_id,
                   snapshot.as_of, snapshot.grade, snapshot.headroom,
                   snapshot.over_limit, snapshot.overdue, snapshot.overdue_days,
                   snapshot.insolvent, snapshot.last_order_on, snapshot.sales_year,
                   COALESCE(running.number, 0) AS open_orders,
                   CASE WHEN trouble.found THEN 'talk_first' ELSE 'sell_more' END
                       AS kind
              FROM o2c_customer_snapshot snapshot
              JOIN res_company company ON company.id = snapshot.company_id
              JOIN res_partner customer ON customer.id = snapshot.partner_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(snapshot.insolvent, FALSE)
                          OR snapshot.over_limit > 0
                          OR snapshot.overdue > company.o2c_overdue_amount
                             AND snapshot.overdue_days > company.o2c_overdue_days
                          AS found) trouble
         LEFT JOIN (%(running)s) running
                ON running.partner_id = snapshot.partner_id
               AND running.root_id = snapshot.company_id
             WHERE company.o2c_credit_mode <> 'off' AND customer.active
               AND CASE WHEN trouble.found THEN running.number > 0
                   ELSE snapshot.grade IN ('A', 'B')
                        AND snapshot.limit_kind = 'amount' AND snapshot.headroom > 0
                        AND COALESCE(snapshot.open_holds, 0) = 0
                        AND COALESCE(snapshot.last_order_on, '-infinity'::date)
                            <= snapshot.as_of - company.o2c_sell_more_days
                        AND COALESCE(running.newest, '-infinity'::date)
                            <= snapshot.as_of - company.o2c_sell_more_days
                   END
            """,
            running=self._running_orders_sql(),
        )

    @api.model
    def _running_orders_sql(self):
        """Quotations that are still valid and orders that are not invoiced yet, per
        customer and head company."""
        return SQL(
            """
            SELECT customer.commercial_partner_id AS partner_id,
                   split_part(company.parent_path, '/', 1)::int AS root_id,
                   count(*) AS number,
                   max(sale.date_order) FILTER (WHERE sale.state = 'sale')::date
                       AS newest
              FROM sale_order sale
              JOIN res_partner customer ON customer.id = sale.partner_invoice_id
              JOIN res_company company ON company.id = sale.company_id
             WHERE sale.state = 'sale' AND sale.invoice_status <> 'invoiced'
                OR sale.state IN ('draft', 'sent')
                   AND COALESCE(sale.validity_date, 'infinity'::date) >= CURRENT_DATE
             GROUP BY 1, 2
            """
        )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_words(self):
        for row in self:
            row.words = row._in_words()

    def _in_words(self):
        """What a seller has to know, in one sentence."""
        self.ensure_one()

        def money(amount):
            return self.env["o2c.today"]._money(amount, self.currency_id)

        if self.kind == "sell_more":
            if not self.last_order_on:
                return self.env._("You can still sell %s.", money(self.headroom))
            return self.env._(
                "You can still sell %(amount)s; last order on %(date)s.",
                amount=money(self.headroom),
                date=format_date(self.env, self.last_order_on),
            )
        if self.insolvent:
            return self.env._("Insolvent: ask credit first.")
        parts = []
        if self.overdue > 0:
            parts.append(
                self.env._(
                    "%(amount)s should have been paid, the oldest part %(days)s ago",
                    amount=money(self.overdue),
                    days=self.env["o2c.risk.profile"]._days(self.overdue_days),
                )
            )
        if self.over_limit > 0:
            parts.append(self.env._("%s over the limit", money(self.over_limit)))
        return "; ".join(parts) + "."

    def action_open_customer(self):
        """The customer behind the row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [[False, "form"]],
        }

    def action_new_quotation(self):
        """Start a quotation for this customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "views": [[False, "form"]],
            "context": {"default_partner_id": self.partner_id.id},
        }

    def action_running_orders(self):
        """The quotations and orders to talk about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.partner_id.display_name,
            "res_model": "sale.order",
            "views": [[False, "list"], [False, "form"]],
            "domain": [
                ("partner_invoice_id.commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "child_of", self.company_id.id),
                "|",
                ("state", "in", ("draft", "sent")),
                "&",
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
            ],
            "context": {"create": False},
        }
