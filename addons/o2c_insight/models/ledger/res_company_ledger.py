"""Settings of the provision for doubtful debts."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_provision_account_id = fields.Many2one(
        "account.account",
        string="Provision for Doubtful Debts",
        ondelete="restrict",
        check_company=True,
        domain="[('account_type', 'in', ('asset_current', 'liability_current'))]",
        help="Balance sheet account that holds the provision. Use it for nothing else: "
        "what is booked is the difference between its balance and what the policy "
        "asks.",
    )
    o2c_provision_cost_account_id = fields.Many2one(
        "account.account",
        string="Cost of Doubtful Debts",
        ondelete="restrict",
        check_company=True,
        domain="[('internal_group', '=', 'expense')]",
        help="Expense account for additions to the provision and for what is released.",
    )
    o2c_provision_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of the Provision",
        ondelete="restrict",
        check_company=True,
        domain="[('type', '=', 'general')]",
        help="Journal in which an approved provision is booked.",
    )
    o2c_provision_net = fields.Boolean(
        string="Provide Without VAT",
        default=True,
        help="VAT on what is never paid comes back (art. 29 Wet OB), so it is no loss. "
        "Switch off when you may not claim it.",
    )
    o2c_provision_insolvent = fields.Float(
        string="Insolvent Customers",
        default=100.0,
        digits=(5, 2),
        help="Percentage for customers that are marked insolvent, whatever the age.",
    )

    o2c_small_amount = fields.Monetary(
        string="Small Balances Up To",
        currency_field="currency_id",
        default=5.0,
        help="Open amounts up to this one appear in Clean Ledger once they are old. "
        "Zero: none.",
    )
    o2c_small_days = fields.Integer(
        string="Old After",
        default=60,
        help="Days after the due date from which a small balance appears.",
    )

    @api.constrains("o2c_provision_insolvent")
    def _check_o2c_provision_insolvent(self):
        for company in self:
            if not 0 <= company.o2c_provision_insolvent <= 100:
                raise ValidationError(
                    self.env._("A percentage lies between 0 and 100.")
                )

    @api.constrains("o2c_provision_account_id", "o2c_provision_cost_account_id")
    def _check_o2c_provision_accounts(self):
        """On one account, or on two of the balance sheet, nothing would be provided."""
        for company in self:
            account = company.o2c_provision_account_id
            cost = company.o2c_provision_cost_account_id
            if cost and cost.internal_group != "expense":
                raise ValidationError(
                    self.env._(
                        "%s is no expense account: choose one for the cost of doubtful "
                        "debts.",
                        cost.display_name,
                    )
                )
            if account and account.internal_group not in ("asset", "liability"):
                raise ValidationError(
                    self.env._(
                        "%s is no account of the balance sheet: choose one that holds "
                        "the provision for doubtful debts.",
                        account.display_name,
                    )
                )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_provision_account_id = fields.Many2one(
        related="company_id.o2c_provision_account_id", readonly=False
    )
    o2c_provision_cost_account_id = fields.Many2one(
        related="company_id.o2c_provision_cost_account_id", readonly=False
    )
    o2c_provision_journal_id = fields.Many2one(
        related="company_id.o2c_provision_journal_id", readonly=False
    )
    o2c_provision_net = fields.Boolean(
        related="company_id.o2c_provision_net", readonly=False
    )
    o2c_provision_insolvent = fields.Float(
        related="company_id.o2c_provision_insolvent", readonly=False
    )
    o2c_small_amount = fields.Monetary(
        related="company_id.o2c_small_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_small_days = fields.Integer(related="company_id.o2c_small_days", readonly=False)
