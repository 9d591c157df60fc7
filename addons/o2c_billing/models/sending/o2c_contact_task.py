"""Mended contact data lets the documents go that waited for it."""

from odoo import models


class O2cContactTask(models.Model):
    _inherit = "o2c.contact.task"

    def _mended(self, problems):
        result = super()._mended(problems)
        for company, lines in problems.grouped("company_id").items():
            rows = (
                self.env["o2c.sending"]
                .sudo()
                .search(
                    [
                        ("company_id", "=", company.id),
                        (
                            "customer_id",
                            "in",
                            lines.partner_id.commercial_partner_id.ids,
                        ),
                        ("state", "in", ("blocked", "returned")),
                        ("waits_for", "=", "customer"),
                        ("move_id.state", "=", "posted"),
                    ]
                )
            )
            if rows:
                rows._again()
                self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()
        return result
