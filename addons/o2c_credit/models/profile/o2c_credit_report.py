"""What a credit bureau or register says of a customer; the newest report counts."""

from odoo import api, fields, models


class O2cCreditReport(models.Model):
    """One report, kept as history."""

    _name = "o2c.credit.report"
    _description = "Credit Report"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="Date of the report; the newest one counts.",
    )
    source = fields.Char(
        required=True, help="Who made the report, such as the name of the bureau."
    )
    bureau_score = fields.Integer(
        tracking=True,
        help="The bureau's score, put on a scale from 0 (worst) to 100 (best).",
    )
    has_score = fields.Boolean(
        string="Report Has a Score",
        default=True,
        help="Off: the report says something else, such as an insolvency.",
    )
    advised_limit = fields.Monetary(
        tracking=True, help="The limit that the bureau advises. It is never taken over."
    )
    insolvent = fields.Boolean(
        string="Insolvency",
        tracking=True,
        help="Bankruptcy, suspension of payments or debt restructuring. New orders of "
        "this customer are held.",
    )
    document = fields.Binary(attachment=True, help="The report itself.")
    document_name = fields.Char()
    note = fields.Text()

    _score_range = models.Constraint(
        "CHECK(bureau_score BETWEEN 0 AND 100)",
        "The bureau's score is put on a scale from 0 to 100.",
    )
    _newest_idx = models.Index("(partner_id, company_id, date DESC, id DESC)")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            partner = self.env["res.partner"].browse(vals.get("partner_id"))
            vals["partner_id"] = partner.commercial_partner_id.id
            company = self.env["res.company"].browse(vals.get("company_id"))
            vals["company_id"] = (company or self.env.company).root_id.id
        reports = super().create(vals_list)
        reports._learn()
        return reports

    def write(self, vals):
        result = super().write(vals)
        if {"date", "bureau_score", "has_score", "insolvent"} & vals.keys():
            self._learn()
        return result

    def _learn(self):
        """Rescore the customers at once, where the part is on."""
        for company, reports in self.sudo().grouped("company_id").items():
            if company._o2c_mode("credit") != "off":
                self.env["o2c.risk.profile"].sudo()._rescore(
                    company, company._o2c_today(), reports.partner_id.ids
                )

    @api.model
    def get_import_templates(self):
        """A CSV to fill in and import."""
        return [
            {
                "label": self.env._("Import template for credit reports"),
                "template": "/o2c_credit/static/import/credit_reports.csv",
            }
        ]
