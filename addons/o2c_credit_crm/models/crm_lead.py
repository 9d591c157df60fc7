"""The badge of the customer on his opportunities."""

from odoo import api, fields, models

from odoo.addons.o2c_credit.models.profile.o2c_risk_profile import GRADES


class CrmLead(models.Model):
    _inherit = "crm.lead"

    o2c_grade = fields.Selection(
        GRADES,
        string="Grade",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
    )
    o2c_credit_line = fields.Char(
        string="Credit",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
        help="What you can sell to this customer today.",
    )
    o2c_overdue = fields.Monetary(
        string="Overdue",
        currency_field="company_currency",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
        help="Should have been paid already.",
    )
    o2c_credit_hint = fields.Char(
        string="Mind This",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
        help="What the expected revenue means for this customer's limit.",
    )

    @api.depends("partner_id", "company_id", "expected_revenue")
    @api.depends_context("company", "lang")
    def _compute_o2c_credit(self):
        for lead in self:
            company = lead.company_id or self.env.company
            lead._o2c_show_credit(lead.partner_id.with_company(company), company)

    def _o2c_show_credit(self, partner, company):
        """The badge of one opportunity, as it stands on the customer.

        :param partner: ``res.partner`` in the company of the opportunity
        """
        self.o2c_grade = partner.o2c_grade
        self.o2c_credit_line = partner.o2c_credit_line
        self.o2c_overdue = partner.o2c_overdue
        left = partner.o2c_headroom
        self.o2c_credit_hint = False
        if self.type == "opportunity" and 0 < left < self.expected_revenue:
            money = self.env["o2c.today"]._money
            self.o2c_credit_hint = self.env._(
                "%s of this needs an advance payment or a higher limit.",
                money(self.expected_revenue - left, company.root_id.currency_id),
            )
