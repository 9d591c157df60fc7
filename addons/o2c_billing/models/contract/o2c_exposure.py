"""What events without an order add to what a customer owes: contracts and sources."""

from odoo import api, models
from odoo.tools import SQL

#: Sources whose events speak of an order line: the order counts them.
ORDER_SOURCES = ("delivery", "service", "order", "measured")


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _flush_exposure(self):
        result = super()._flush_exposure()
        self.env["o2c.billing.event"].flush_model()
        self.env["o2c.contract.line"].flush_model(["order_line_id"])
        return result

    @api.model
    def _exposure_sources(self, company, today, partners):
        """Events that are no invoice yet count as delivered, unless an order counts
        them already; order lines that a contract charges do not count as ordered."""
        sources = super()._exposure_sources(company, today, partners)
        return {
            **sources,
            "delivered": SQL(
                "%s UNION ALL %s",
                sources["delivered"],
                self._free_event_sql(company, partners),
            ),
            "undelivered": SQL(
                "%s UNION ALL %s",
                sources["undelivered"],
                self._contract_order_sql(company, partners),
            ),
        }

    @api.model
    def _free_event_sql(self, company, partners):
        return SQL(
            """
            SELECT (SELECT commercial_partner_id FROM res_partner
                     WHERE id = event.partner_id) AS partner_id,
                   event.amount::numeric AS amount
              FROM o2c_billing_event event
              JOIN res_company seller ON seller.id = event.company_id
             WHERE event.order_line_id IS NULL
               AND event.source NOT IN %(order_sources)s
               AND event.state IN ('waiting', 'failed')
               AND seller.o2c_billing_mode = 'live'
               AND event.company_id = ANY(%(companies)s)
               AND %(contacts)s
            """,
            order_sources=ORDER_SOURCES,
            companies=self._companies_sql(company),
            contacts=self._contacts_sql(SQL("event.partner_id"), partners),
        )

    @api.model
    def _contract_order_sql(self, company, partners):
        """The part of open orders that a contract charges, taken off again."""
        return SQL(
            """
            SELECT (SELECT commercial_partner_id FROM res_partner
                     WHERE id = o.partner_invoice_id) AS partner_id,
                   -(line.price_total / line.product_uom_qty
                     * GREATEST(GREATEST(line.product_uom_qty, line.qty_delivered)
                                - line.qty_invoiced, 0))::numeric
                   / COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric AS amount
              FROM sale_order o
              JOIN sale_order_line line ON line.order_id = o.id
              JOIN res_company seller ON seller.id = o.company_id
             WHERE o.state = 'sale'
               AND o.invoice_status <> 'invoiced'
               AND seller.o2c_billing_mode = 'live'
               AND line.product_uom_qty > 0
               AND o.company_id = ANY(%(companies)s)
               AND %(contacts)s
               AND EXISTS (SELECT 1 FROM o2c_contract_line contract
                            WHERE contract.order_line_id = line.id)
            """,
            companies=self._companies_sql(company),
            contacts=self._contacts_sql(SQL("o.partner_invoice_id"), partners),
        )
