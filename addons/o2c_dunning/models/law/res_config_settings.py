"""Settings of cost and interest."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_term_agreed = fields.Selection(
        related="company_id.o2c_term_agreed", readonly=False
    )
    o2c_reasonable_days = fields.Integer(
        related="company_id.o2c_reasonable_days", readonly=False
    )
    o2c_day_basis = fields.Selection(related="company_id.o2c_day_basis", readonly=False)
    o2c_payment_order = fields.Selection(
        related="company_id.o2c_payment_order", readonly=False
    )
    o2c_contract_rate = fields.Float(
        related="company_id.o2c_contract_rate", readonly=False
    )
    o2c_contract_compound = fields.Boolean(
        related="company_id.o2c_contract_compound", readonly=False
    )
    o2c_business_cost = fields.Selection(
        related="company_id.o2c_business_cost", readonly=False
    )
    o2c_sole_traders_letter = fields.Boolean(
        related="company_id.o2c_sole_traders_letter", readonly=False
    )
    o2c_cost_vat = fields.Boolean(related="company_id.o2c_cost_vat", readonly=False)
    o2c_cost_vat_percent = fields.Float(
        related="company_id.o2c_cost_vat_percent", readonly=False
    )
    o2c_wik_extend = fields.Boolean(related="company_id.o2c_wik_extend", readonly=False)
    o2c_wik_interest = fields.Boolean(
        related="company_id.o2c_wik_interest", readonly=False
    )
    o2c_periodic_costs = fields.Boolean(
        related="company_id.o2c_periodic_costs", readonly=False
    )
    o2c_claim_journal_id = fields.Many2one(
        related="company_id.o2c_claim_journal_id", readonly=False
    )
    o2c_cost_account_id = fields.Many2one(
        related="company_id.o2c_cost_account_id", readonly=False
    )
    o2c_interest_account_id = fields.Many2one(
        related="company_id.o2c_interest_account_id", readonly=False
    )
    o2c_cost_product_id = fields.Many2one(
        related="company_id.o2c_cost_product_id", readonly=False
    )
    o2c_interest_product_id = fields.Many2one(
        related="company_id.o2c_interest_product_id", readonly=False
    )
    o2c_claim_tax_id = fields.Many2one(
        related="company_id.o2c_claim_tax_id", readonly=False
    )
