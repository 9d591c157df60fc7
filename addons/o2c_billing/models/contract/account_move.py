"""Which contract an invoice bills a term of, for who reminds or claims."""

from odoo import api, models
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _o2c_contract_keys(self, move_ids):
        """The contract whose days a document bills; the largest part of it, where it
        bills several."""
        found = super()._o2c_contract_keys(move_ids)
        self.env["o2c.billing.event"].flush_model(["move_id", "contract_id", "amount"])
        self.env["o2c.contract"].flush_model(["name"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (event.move_id) event.move_id, contract.name
                  FROM o2c_billing_event event
                  JOIN o2c_contract contract ON contract.id = event.contract_id
                 WHERE event.move_id = ANY(%s)
                 GROUP BY event.move_id, contract.id
                 ORDER BY event.move_id, sum(event.amount) DESC, contract.id
                """,
                list(move_ids),
            )
        )
        return found | dict(rows)

    @api.model
    def _o2c_billed_kinds(self, move_ids):
        """Terms of contracts are that, not the services in which they are charged."""
        found = super()._o2c_billed_kinds(move_ids)
        terms = self._o2c_contract_keys(move_ids)
        return found | {move_id: {"subscription"} for move_id in terms}
