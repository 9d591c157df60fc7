"""Billing goes by itself only after somebody saw the first batch."""

from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_first_batch_id = fields.Many2one(
        "o2c.first.batch",
        string="First Batch",
        compute="_compute_o2c_first_batch_id",
        help="Who approved the first batch, and when.",
    )

    def _compute_o2c_first_batch_id(self):
        found = dict(
            self.env["o2c.first.batch"]
            .sudo()
            ._read_group(
                [("company_id", "in", self.ids), ("approved_at", "!=", False)],
                ["company_id"],
                ["id:recordset"],
            )
        )
        for company in self:
            company.o2c_first_batch_id = found.get(
                company, self.env["o2c.first.batch"]
            )[:1]

    def write(self, vals):
        """Switched off by hand at any time; on only with the approval of a batch."""
        if vals.get("o2c_billing_automatic") and not self.env.su:
            for company in self:
                if not company.o2c_billing_automatic and not company.o2c_first_batch_id:
                    raise UserError(
                        self.env._(
                            "Approve the first batch first: billing then posts and "
                            "sends by itself what needs no check."
                        )
                    )
        return super().write(vals)

    def action_o2c_first_batch(self):
        """Show the first batch, to be approved."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("First Batch"),
            "res_model": "o2c.first.batch",
            "views": [(False, "form")],
            "target": "new",
        }
