"""Delivered before billing was switched on, and not invoiced."""

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class O2cBillingBacklog(models.Model):
    """Order lines with something to invoice of which no event speaks."""

    _name = "o2c.billing.backlog"
    _description = "Backlog to Invoice"
    _auto = False
    _order = "date, id"
    _rec_name = "line_id"

    company_id = fields.Many2one("res.company", readonly=True)
    line_id = fields.Many2one("sale.order.line", string="Order Line", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    product_id = fields.Many2one("product.product", string="Article", readonly=True)
    user_id = fields.Many2one("res.users", string="Seller", readonly=True)
    date = fields.Datetime(string="Ordered", readonly=True)
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="To invoice, less what waits in the queue already.",
    )
    amount = fields.Monetary(
        readonly=True, help="Without VAT, in the currency of the order."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    credited = fields.Boolean(
        readonly=True,
        help="Invoiced and credited before. Look why before you take it along.",
    )

    @property
    def _table_query(self):
        """What the books still have to invoice, less the events that wait."""
        return SQL(
            """
            SELECT l.id, l.id AS line_id, l.order_id, l.company_id,
                   o.partner_invoice_id AS partner_id, l.product_id, o.user_id,
                   o.date_order AS date, l.currency_id,
                   l.qty_to_invoice - COALESCE(e.quantity, 0) AS quantity,
                   (l.qty_to_invoice - COALESCE(e.quantity, 0))
                       * l.price_reduce_taxexcl AS amount,
                   EXISTS (
                       SELECT 1
                         FROM sale_order_line_invoice_rel r
                         JOIN account_move_line i ON i.id = r.invoice_line_id
                         JOIN account_move m ON m.id = i.move_id
                        WHERE r.order_line_id = l.id
                          AND m.move_type = 'out_refund' AND m.state = 'posted'
                   ) AS credited
              FROM sale_order_line l
              JOIN sale_order o ON o.id = l.order_id
              LEFT JOIN (
                  SELECT told.order_line_id, sum(told.quantity) AS quantity
                    FROM o2c_billing_event told
                    JOIN res_company seller ON seller.id = told.company_id
                   WHERE told.order_line_id IS NOT NULL
                     AND told.state IN ('waiting', 'failed')
                     AND (told.early OR seller.o2c_billing_mode <> 'live'
                          OR told.date >= seller.o2c_billing_start_date)
                   GROUP BY told.order_line_id
              ) e ON e.order_line_id = l.id
             WHERE o.state = 'sale'
               AND l.qty_to_invoice > COALESCE(e.quantity, 0)
               AND NOT COALESCE(l.is_downpayment, false)
               AND l.display_type IS NULL
            """
        )

    def action_take_along(self):
        """Let the queue invoice these too; once, whoever presses twice.

        :return: action that shows the new events
        """
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver takes the backlog along.")
            )
        self.check_access("read")
        now = fields.Datetime.now()
        taken = self.env["o2c.billing.event"].sudo()
        numbers = dict(
            taken._read_group(
                [("order_line_id", "in", self.ids), ("source", "=", "backlog")],
                ["order_line_id"],
                ["__count"],
            )
        )
        events = self.env["o2c.billing.event"]._record(
            [
                {
                    "company_id": row.company_id.id,
                    "source": "backlog",
                    "key": f"{row.id}/{numbers.get(row.line_id.sudo(), 0) + 1}",
                    "order_line_id": row.line_id.id,
                    "quantity": row.quantity,
                    "delivered_at": min(row.date or now, now),
                    "early": True,
                    "reason": False,
                }
                for row in self
            ]
        )
        self._put_aside_older(events)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_billing_event_action"
        )
        return action | {"domain": [("id", "in", events.ids)], "context": {}}

    def _put_aside_older(self, taken):
        """What was reported while billing only watched, before the start date, waits
        for nothing any more: these events speak of the same quantity.

        :param taken: the new events
        """
        older = (
            self.env["o2c.billing.event"]
            .sudo()
            .search(
                [
                    ("order_line_id", "in", taken.order_line_id.ids),
                    ("state", "in", ("waiting", "failed")),
                    ("early", "=", False),
                ]
            )
            .filtered(
                lambda event: event.company_id._o2c_mode("billing") == "live"
                and event.date < event.company_id._o2c_start_date("billing")
            )
        )
        older._silent().write(
            {
                "state": "skipped",
                "next_try": False,
                "reason": self.env._("Taken along with the backlog."),
            }
        )
