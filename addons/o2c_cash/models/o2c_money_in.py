"""What the bank has and nobody booked yet, told to who reminds."""

from odoo import api, models
from odoo.tools import SQL


class O2cMoneyIn(models.AbstractModel):
    _inherit = "o2c.money.in"

    @api.model
    def _expected(self, company):
        """Proposals that wait: their items are probably paid. A line that a person
        dismissed is for none of them."""
        found = super()._expected(company)
        if company._o2c_mode("cash") == "off":
            return found
        self.env["o2c.cash.match"].flush_model()
        self.env["o2c.cash.item"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT x.statement_line_id,
                       CASE WHEN x.state <> 'dismissed' THEN i.move_line_id END,
                       x.date, x.amount,
                       x.currency_id, x.text, x.certainty
                  FROM o2c_cash_match x
                  JOIN res_company c ON c.id = x.company_id
                   AND split_part(c.parent_path, '/', 1) = %s
                  LEFT JOIN o2c_cash_item i ON i.match_id = x.id
                 WHERE x.kind = 'receipt'
                   AND (x.state IN ('proposed', 'accepted')
                        AND i.move_line_id IS NOT NULL
                        OR x.state = 'dismissed')
                """,
                str(company.root_id.id),
            )
        )
        names = (
            "statement_line_id",
            "line_id",
            "day",
            "amount",
            "currency_id",
            "text",
            "certainty",
        )
        return found + [dict(zip(names, row, strict=True)) for row in rows]
