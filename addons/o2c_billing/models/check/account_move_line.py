"""The invoice line: advanced in the customer's name, or our own turnover."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    o2c_pass_through = fields.Boolean(
        string="Advanced",
        readonly=True,
        copy=False,
        help="Advanced in the customer's name, duties at customs for example, and "
        "passed on to him as it was: no turnover of ours.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._o2c_guard_pass_through(vals)
        if self.env.context.get("default_o2c_pass_through"):
            self = self.with_context(default_o2c_pass_through=False)
        lines = super().create(vals_list)
        lines._o2c_document_changed()
        return lines

    def write(self, vals):
        self._o2c_guard_pass_through(vals)
        result = super().write(vals)
        self._o2c_document_changed()
        return result

    def unlink(self):
        moves = self.move_id
        result = super().unlink()
        if not self.env.context.get("o2c_whole_document"):
            moves.exists()._o2c_content_changed()
        return result

    def copy_data(self, default=None):
        """The new invoice beside a credit note is of the same events."""
        vals_list = super().copy_data(default)
        if self._o2c_has_pen() and self.env.context.get("include_business_fields"):
            for line, vals in zip(self, vals_list, strict=True):
                if line.o2c_pass_through:
                    vals["o2c_pass_through"] = True
        return vals_list

    @api.model
    def _o2c_guard_pass_through(self, vals):
        """What counts as advanced is said by where it came from, not by a person: a
        rule may leave it out of the amount that is checked."""
        if vals.get("o2c_pass_through") and not (self.env.su or self._o2c_has_pen()):
            raise AccessError(
                self.env._(
                    "Which lines were advanced in the customer's name follows from the "
                    "billing event. It is not set by hand."
                )
            )

    def _o2c_document_changed(self):
        """A line written by itself; with its document, that looks after it."""
        if not self.env.context.get("o2c_whole_document"):
            self.move_id._o2c_content_changed()
