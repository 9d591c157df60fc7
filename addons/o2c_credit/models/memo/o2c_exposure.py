"""What other ledgers add to what a customer owes."""

from odoo import api, models
from odoo.tools import SQL


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _flush_exposure(self):
        result = super()._flush_exposure()
        self.env["o2c.memo.item"].flush_model()
        return result

    @api.model
    def _exposure_sources(self, company, today, partners):
        """Open items of other ledgers count as owed; credits there count against."""
        sources = super()._exposure_sources(company, today, partners)
        return {
            **sources,
            "other_ledgers": SQL(
                """
                SELECT (SELECT commercial_partner_id FROM res_partner
                         WHERE id = item.partner_id) AS partner_id,
                       item.open_company::numeric AS amount
                  FROM o2c_memo_item item
                 WHERE item.state = 'open'
                   AND item.company_id = ANY(%(companies)s)
                   AND %(contacts)s
                """,
                companies=self._companies_sql(company),
                contacts=self._contacts_sql(SQL("item.partner_id"), partners),
            ),
        }
