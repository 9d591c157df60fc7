"""Recurring revenue per month: what there is, what came, what went."""

from odoo import fields, models
from odoo.tools import SQL


class O2cContractRevenue(models.Model):
    """One row per contract line and month, as it stands on the last day of the month.

    Reads the terms of the contracts, so that it also tells the months to come.
    """

    _name = "o2c.contract.revenue"
    _description = "Recurring Revenue"
    _auto = False
    _order = "month, id"
    _rec_name = "contract_id"

    _depends = {
        "o2c.contract": ["state", "date_end", "partner_id", "currency_id", "user_id"],
        "o2c.contract.line": [
            "date_start",
            "date_end",
            "kind",
            "months",
            "price_basis",
            "price_unit",
            "product_id",
            "quantity",
        ],
        "o2c.contract.version": ["date_from", "price_unit", "quantity"],
    }

    month = fields.Date(readonly=True, help="First day of the month.")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    contract_id = fields.Many2one("o2c.contract", readonly=True)
    line_id = fields.Many2one("o2c.contract.line", string="Line", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    product_id = fields.Many2one("product.product", string="Article", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    recurring = fields.Monetary(
        string="Recurring per Month",
        readonly=True,
        help="At the end of the month, in company currency at today's rate. Do not add "
        "up months.",
    )
    gained = fields.Monetary(
        string="New", readonly=True, help="Of lines that began in this month."
    )
    changed = fields.Monetary(
        readonly=True, help="More or less because of quantities and prices."
    )
    lost = fields.Monetary(
        readonly=True, help="Of lines that ended; a negative amount."
    )
    net = fields.Monetary(
        string="Net Change", readonly=True, help="New, changed and lost together."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY line_id, month) AS id,
                   month, company_id, currency_id, contract_id, line_id, partner_id,
                   product_id, user_id, recurring,
                   CASE WHEN before IS NULL OR (before = 0 AND first)
                        THEN recurring ELSE 0 END AS gained,
                   CASE WHEN before IS NULL OR (before = 0 AND first) OR gone THEN 0
                        ELSE recurring - before END AS changed,
                   CASE WHEN gone THEN -COALESCE(before, 0) ELSE 0 END AS lost,
                   recurring - COALESCE(before, 0) AS net
              FROM (%(steps)s) step
            """,
            steps=self._steps_sql(),
        )

    def _steps_sql(self):
        """Per line and month the amount, and that of the month before."""
        return SQL(
            """
            SELECT value.*,
                   lag(recurring) OVER line_months AS before,
                   row_number() OVER line_months = 1 AS first
              FROM (%(values)s) value
            WINDOW line_months AS (PARTITION BY line_id ORDER BY month)
            """,
            values=self._values_sql(),
        )

    def _values_sql(self):
        """Per line and month from its start to a month after its end."""
        return SQL(
            """
            WITH line AS MATERIALIZED (%(lines)s)
            SELECT months.month::date AS month, line.company_id, line.currency_id,
                   line.contract_id, line.id AS line_id, line.partner_id,
                   line.product_id, line.user_id,
                   COALESCE(line.ends < span.month_end, FALSE) AS gone,
                   CASE WHEN line.ends < span.month_end THEN 0 ELSE
                        COALESCE(version.quantity, line.quantity)
                        * COALESCE(version.price_unit, line.price_unit)
                        * line.factor END::numeric AS recurring
              FROM line
        CROSS JOIN LATERAL generate_series(
                       date_trunc('month', line.date_start),
                       LEAST(date_trunc('month', line.ends) + interval '1 month',
                             date_trunc('month', CURRENT_DATE)
                             + interval '11 months'),
                       interval '1 month') months(month)
        CROSS JOIN LATERAL (
                    SELECT (months.month + interval '1 month'
                            - interval '1 day')::date AS month_end) span
         LEFT JOIN LATERAL (
                    SELECT quantity, price_unit
                      FROM o2c_contract_version
                     WHERE line_id = line.id AND date_from <= span.month_end
                  ORDER BY date_from DESC
                     LIMIT 1) version ON TRUE
            """,
            lines=self._lines_sql(),
        )

    def _lines_sql(self):
        """Recurring lines, with what turns their price into our money per month."""
        return SQL(
            """
            SELECT line.id, line.contract_id, line.company_id, line.product_id,
                   line.date_start, line.quantity, line.price_unit,
                   contract.partner_id, contract.user_id, company.currency_id,
                   LEAST(line.date_end, contract.date_end) AS ends,
                   CASE WHEN line.price_basis = 'month' THEN 1
                        ELSE 1.0 / line.months END
                   * CASE WHEN contract.currency_id = company.currency_id THEN 1
                          ELSE %(own_rate)s / %(rate)s END AS factor
              FROM o2c_contract_line line
              JOIN o2c_contract contract ON contract.id = line.contract_id
              JOIN res_company company ON company.id = line.company_id
             WHERE line.kind = 'recurring' AND contract.state != 'draft'
            """,
            rate=self._rate_sql(SQL("contract.currency_id")),
            own_rate=self._rate_sql(SQL("company.currency_id")),
        )

    def _rate_sql(self, currency):
        """The newest rate of a currency in the company of the line."""
        return SQL(
            """
            COALESCE((SELECT rate.rate
                        FROM res_currency_rate rate
                       WHERE rate.currency_id = %s
                         AND rate.name <= CURRENT_DATE
                         AND (rate.company_id IS NULL
                              OR rate.company_id =
                                 split_part(company.parent_path, '/', 1)::integer)
                    ORDER BY rate.company_id NULLS LAST, rate.name DESC
                       LIMIT 1), 1)
            """,
            currency,
        )
