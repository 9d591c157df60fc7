"""The invoice: what of it is disputed on a day, and the credit note that ends it."""

from odoo import models
from odoo.tools import SQL

from ...tools.amount import decimal


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_disputed_amounts(self, day):
        """What of each invoice was in dispute on a day, by right: no interest and no
        cost is asked over it.

        An open dispute counts; one that was credited or settled counts for what was
        agreed, as long as it lasted; one that the customer lost never counts.

        :param date day: the day that is asked about
        :return: dict of move id to amount in the invoice's currency; absent when none
        """
        if not self.ids:
            return {}
        self.env["o2c.dispute"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move_id, sum(
                       CASE WHEN state = 'settled' THEN COALESCE(agreed_amount, 0)
                            ELSE amount END)
                  FROM o2c_dispute
                 WHERE move_id = ANY(%(moves)s)
                   AND state NOT IN ('rejected', 'withdrawn')
                   AND raised_on <= %(day)s
                   AND (closed_on IS NULL OR closed_on > %(day)s)
                 GROUP BY move_id
                """,
                moves=self.ids,
                day=day,
            )
        )
        return {move_id: decimal(amount) for move_id, amount in rows if amount}

    def _post(self, soft=True):
        posted = super()._post(soft)
        notes = posted.filtered(lambda move: move.move_type == "out_refund")
        if notes:
            self.env["o2c.dispute"]._credited(notes)
        return posted

    def button_draft(self):
        result = super().button_draft()
        notes = self.filtered(lambda move: move.move_type == "out_refund")
        if notes:
            self.env["o2c.dispute"]._uncredited(notes)
        return result
