"""A broken promise weighs when the same customer orders again."""

from odoo import api, models
from odoo.tools import SQL


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _blockers(self, company, partner_ids):
        """Customers who broke a promise and still owe what it was about."""
        blockers = super()._blockers(company, partner_ids)
        self.env["o2c.payment.promise"].flush_model()
        self.env["account.move"].flush_model(["state", "payment_state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.partner_id
                  FROM o2c_payment_promise p
                  JOIN o2c_payment_promise_move_rel r ON r.promise_id = p.id
                  JOIN account_move m ON m.id = r.move_id
                 WHERE p.state = 'broken' AND p.company_id = %s
                   AND p.partner_id = ANY(%s)
                   AND m.state = 'posted'
                   AND m.payment_state IN ('not_paid', 'partial')
                """,
                company.root_id.id,
                list(partner_ids),
            )
        )
        for (partner_id,) in rows:
            blockers[partner_id] = [*blockers.get(partner_id, ()), "broken_promise"]
        return blockers

    @api.model
    def _verdict_reason(self, reason, money):
        if reason.code == "broken_promise":
            return self.env._("A promise to pay was broken, and it is still open.")
        return super()._verdict_reason(reason, money)
