"""A credit note of what was advanced in the customer's name credits an advance."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def copy(self, default=None):
        copies = super().copy(default)
        if not (default or {}).get("reversed_entry_id"):
            return copies
        for move, reversal in zip(self, copies, strict=True):
            lines = move.invoice_line_ids.sorted(lambda one: (one.sequence, one.id))
            mirror = reversal.invoice_line_ids.sorted(
                lambda one: (one.sequence, one.id)
            )
            if len(lines) != len(mirror):
                continue
            for line, other in zip(lines, mirror, strict=True):
                if line.o2c_pass_through:
                    other.sudo().o2c_pass_through = True
        return copies
