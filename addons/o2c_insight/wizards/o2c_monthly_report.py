"""Which month is printed."""

from odoo import api, fields, models


class O2cMonthlyReport(models.TransientModel):
    """Asks for the month, and for a part of the company, and prints the report."""

    _name = "o2c.monthly.report"
    _description = "Monthly Report"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
        help="Its branches count in.",
    )
    dimension = fields.Selection(
        lambda self: self.env["o2c.kpi.snapshot"]
        ._fields["dimension"]
        ._description_selection(self.env),
        string="Report On",
        required=True,
        default="total",
        help="The company as a whole, or one segment, salesperson, region, …",
    )
    snapshot_id = fields.Many2one(
        "o2c.kpi.snapshot",
        string="Month",
        compute="_compute_snapshot_id",
        store=True,
        readonly=False,
        required=True,
        domain="[('company_id', '=', company_id), ('dimension', '=', dimension)]",
        help="A month that has ended is final; the present month still changes.",
    )

    @api.depends("company_id", "dimension")
    def _compute_snapshot_id(self):
        for one in self:
            domain = [
                ("company_id", "=", one.company_id.id),
                ("dimension", "=", one.dimension),
            ]
            found = one.env["o2c.kpi.snapshot"].search(
                domain + [("final", "=", True)], limit=1
            )
            one.snapshot_id = found or one.env["o2c.kpi.snapshot"].search(
                domain, limit=1
            )

    def action_print(self):
        """The report as a PDF."""
        self.ensure_one()
        return self.snapshot_id.action_print()

    def action_show(self):
        """The figures of the month on the screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.kpi.snapshot",
            "res_id": self.snapshot_id.id,
            "views": [[False, "form"]],
        }
