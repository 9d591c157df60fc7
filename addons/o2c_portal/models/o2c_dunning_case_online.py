"""The case knows what customers began and did not finish."""

from odoo import models
from odoo.tools import format_amount

SHOWN = 10


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _timeline_events(self):
        """Extends: online payments that were started and not finished. Nobody is kept
        from being reminded by them, but who calls asks what went wrong."""
        return [*super()._timeline_events(), *self._timeline_unfinished()]

    def _timeline_unfinished(self):
        """Payments on links of this customer that nobody finished."""
        self.ensure_one()
        transactions = (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("o2c_abandoned_at", "!=", False),
                    ("state", "!=", "done"),
                    ("partner_id", "child_of", self.partner_id.id),
                    ("company_id", "child_of", self.company_id.id),
                    ("currency_id", "=", self.currency_id.id),
                ],
                order="o2c_abandoned_at desc, id desc",
                limit=SHOWN,
            )
        )
        return [
            self._event(
                tx,
                "unfinished",
                tx.o2c_abandoned_at,
                self.env._("Online payment not finished"),
                " · ".join(
                    (
                        format_amount(self.env, tx.amount, tx.currency_id),
                        tx.payment_method_id.name,
                        tx.o2c_link_id.document or "",
                    )
                ),
            )
            for tx in transactions
        ]
