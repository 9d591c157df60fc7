"""The badge of the customer on quotations and orders."""

from odoo import api, fields, models

from ..profile.o2c_risk_profile import GRADES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_grade = fields.Selection(
        GRADES,
        string="Grade",
        compute="_compute_o2c_badge",
        compute_sudo=True,
        groups="base.group_user",
    )
    o2c_credit_line = fields.Char(
        string="Credit Today",
        compute="_compute_o2c_badge",
        compute_sudo=True,
        groups="base.group_user",
        help="What you can sell to this customer today.",
    )

    @api.depends("partner_id", "partner_invoice_id", "company_id")
    @api.depends_context("lang")
    def _compute_o2c_badge(self):
        for order in self:
            debtor = (order.partner_invoice_id or order.partner_id).with_company(
                order.company_id
            )
            order.o2c_grade = debtor.o2c_grade
            order.o2c_credit_line = debtor.o2c_credit_line
