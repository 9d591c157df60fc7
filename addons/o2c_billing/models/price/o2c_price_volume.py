"""What customers bought, for tiers by volume of the year."""

from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...policy import price as policy
from ...policy.price_volume import Bought


class O2cPriceAgreement(models.Model):
    _inherit = "o2c.price.agreement"

    @api.model
    def _bought(self, windows, company):
        """What was ordered or invoiced in these windows, per article: one statement.

        :param windows: :class:`policy.price_volume.Window`
        :return: dict of window to list of :class:`policy.price_volume.Bought`
        """
        windows = list(windows)
        found = {window: [] for window in windows}
        if not windows:
            return found
        self._flush_bought()
        for row in self.env.execute_query(self._bought_sql(windows, company)):
            number, product, template, path, group, kind, quantity, amount = row
            found[windows[number]].append(
                Bought(
                    quantity=Decimal(str(quantity or 0)),
                    amount=Decimal(str(amount or 0)),
                    product=product,
                    template=template,
                    categories=tuple(
                        int(one) for one in reversed((path or "").split("/")) if one
                    ),
                    article_group=group,
                    kind=policy.SERVICE if kind == "service" else policy.GOODS,
                )
            )
        return found

    @api.model
    def _flush_bought(self):
        wanted = {
            "sale.order": ["partner_id", "company_id", "state", "date_order"],
            "sale.order.line": ["product_id", "product_uom_qty", "price_subtotal"],
            "account.move": ["move_type", "state", "invoice_date"],
            "account.move.line": ["partner_id", "quantity", "balance", "product_id"],
            "product.template": ["categ_id", "o2c_discount_group_id", "type", "uom_id"],
            "res.partner": ["commercial_partner_id", "parent_id"],
        }
        for model, names in wanted.items():
            self.env[model].flush_model(names)

    @api.model
    def _bought_sql(self, windows, company):
        """Purchases per window and article, in the unit of the article and in company
        currency; orders by their day in the time zone of the company."""
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s, %s::date, %s::date, %s)",
                number,
                one.holder,
                one.group,
                one.source,
                one.since,
                one.until,
                one.order,
            )
            for number, one in enumerate(windows)
        )
        return SQL(
            """
            WITH RECURSIVE asked (
                number, holder, grouped, source, since, until, own
            ) AS (
                VALUES %(rows)s
            ), family (holder, partner) AS (
                SELECT holder, holder FROM asked WHERE grouped
             UNION
                SELECT family.holder, below.id
                  FROM family
                  JOIN res_partner below ON below.parent_id = family.partner
            ), who AS (
                SELECT asked.*, partner.id AS partner
                  FROM asked
                  JOIN res_partner partner
                    ON partner.commercial_partner_id = asked.holder
                 WHERE NOT asked.grouped
             UNION ALL
                SELECT asked.*, family.partner
                  FROM asked
                  JOIN family ON family.holder = asked.holder
                 WHERE asked.grouped
            ), bought AS (
                SELECT who.number, line.product_id, line.product_uom_id,
                       line.product_uom_qty AS quantity,
                       line.price_subtotal
                       / COALESCE(NULLIF(sale.currency_rate, 0), 1) AS amount
                  FROM who
                  JOIN sale_order sale ON sale.partner_id = who.partner
                  JOIN sale_order_line line ON line.order_id = sale.id
                 WHERE who.source = 'ordered'
                   AND sale.company_id = %(company)s AND sale.state = 'sale'
                   AND sale.id != who.own
                   AND (sale.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                       BETWEEN who.since AND who.until
                   AND line.display_type IS NULL AND line.product_id IS NOT NULL
                   AND line.is_downpayment IS NOT TRUE
             UNION ALL
                SELECT who.number, line.product_id, line.product_uom_id,
                       CASE move.move_type WHEN 'out_refund'
                            THEN -line.quantity ELSE line.quantity END,
                       -line.balance
                  FROM who
                  JOIN account_move_line line ON line.partner_id = who.partner
                  JOIN account_move move ON move.id = line.move_id
                 WHERE who.source = 'invoiced'
                   AND line.company_id = %(company)s AND move.state = 'posted'
                   AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND move.invoice_date BETWEEN who.since AND who.until
                   AND line.display_type = 'product' AND line.product_id IS NOT NULL
                   AND line.is_downpayment IS NOT TRUE
            )
            SELECT bought.number, product.id, template.id, category.parent_path,
                   template.o2c_discount_group_id, template.type,
                   SUM(bought.quantity * COALESCE(unit.factor / own.factor, 1)),
                   SUM(bought.amount)
              FROM bought
              JOIN product_product product ON product.id = bought.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              LEFT JOIN product_category category ON category.id = template.categ_id
              LEFT JOIN uom_uom unit ON unit.id = bought.product_uom_id
              LEFT JOIN uom_uom own ON own.id = template.uom_id
             GROUP BY bought.number, product.id, template.id, category.parent_path
            """,
            rows=rows,
            company=company.id,
            zone=company._o2c_zone(),
        )
