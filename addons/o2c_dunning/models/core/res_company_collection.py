"""Settings of hand-over, write-off and evidence."""

from odoo import fields, models

from ..file.o2c_limitation_term import CLAIM_KINDS


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_claim_kind = fields.Selection(
        CLAIM_KINDS,
        string="Kind of Your Claims",
        default="general",
        required=True,
        help="Decides how long invoices can be claimed. Consumers count as sale to a "
        "consumer, and a customer may have his own kind.",
    )
    o2c_agency_cost_account_id = fields.Many2one(
        "account.account",
        string="Cost of Agencies",
        ondelete="restrict",
        check_company=True,
        help="Account for what an agency keeps of what a customer paid.",
    )
    o2c_bad_debt_account_id = fields.Many2one(
        "account.account",
        string="Bad Debts",
        ondelete="restrict",
        check_company=True,
        help="Account for the loss of a write-off, without VAT.",
    )
    o2c_bad_debt_vat_account_id = fields.Many2one(
        "account.account",
        string="VAT on Bad Debts",
        ondelete="restrict",
        check_company=True,
        help="Account for the VAT that you claim back on a write-off.",
    )
    o2c_bad_debt_months = fields.Integer(
        string="VAT Back After",
        default=12,
        help="Months after the due date from which VAT on an unpaid invoice can be "
        "claimed back (art. 29 Wet OB: one year).",
    )
    o2c_write_off_own = fields.Monetary(
        string="Collectors Write Off Up To",
        currency_field="currency_id",
        help="Up to this amount a collector decides a write-off himself. Above it a "
        "collecting manager decides, who did not propose it.",
    )
    o2c_write_off_manager = fields.Monetary(
        string="Managers Write Off Up To",
        currency_field="currency_id",
        help="Above this amount an accounting manager decides. Zero: no such amount.",
    )
    o2c_evidence_years = fields.Integer(
        string="Keep Texts For",
        help="Years after which the text of a sent reminder is removed; its hash and "
        "dates stay. Zero: texts are kept.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_claim_kind = fields.Selection(
        related="company_id.o2c_claim_kind", readonly=False
    )
    o2c_agency_cost_account_id = fields.Many2one(
        related="company_id.o2c_agency_cost_account_id", readonly=False
    )
    o2c_bad_debt_account_id = fields.Many2one(
        related="company_id.o2c_bad_debt_account_id", readonly=False
    )
    o2c_bad_debt_vat_account_id = fields.Many2one(
        related="company_id.o2c_bad_debt_vat_account_id", readonly=False
    )
    o2c_bad_debt_months = fields.Integer(
        related="company_id.o2c_bad_debt_months", readonly=False
    )
    o2c_write_off_own = fields.Monetary(
        related="company_id.o2c_write_off_own",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_write_off_manager = fields.Monetary(
        related="company_id.o2c_write_off_manager",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_evidence_years = fields.Integer(
        related="company_id.o2c_evidence_years", readonly=False
    )
