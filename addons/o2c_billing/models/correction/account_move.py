"""Credit notes of the queue: they name their original and a person looks at them."""

from odoo import api, models

from ...policy import draft_check as policy

CREDIT = "credit"


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _o2c_sale_journal(self, company):
        """The journal in which the queue books."""
        return (
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "=", company.id), ("type", "=", "sale")], limit=1)
        )

    def _o2c_refer_to_original(self):
        """A credit note for returned goods refers to the last invoice of them."""
        for move in self:
            if move.move_type != "out_refund" or move.reversed_entry_id:
                continue
            lines = move.invoice_line_ids.sale_line_ids.invoice_lines
            originals = lines.move_id.filtered(
                lambda other: other.move_type == "out_invoice"
                and other.state == "posted"
            )
            move.reversed_entry_id = originals.sorted("id")[-1:]

    def _o2c_judge(self):
        """Money that goes back by itself is looked at, always."""
        verdicts = super()._o2c_judge()
        for move, verdict in verdicts.items():
            if move.move_type == "out_refund" and move.sudo().o2c_event_ids:
                reasons = ((CREDIT, 0, ""), *verdict.reasons)
                verdicts[move] = policy.Check(reasons, verdict.draws)
        return verdicts
