"""How a company matches money, and the switch that starts it."""

from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.o2c_base.models.res_company import O2C_MODES

from ..policy.money import Rules


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_cash_mode = fields.Selection(
        O2C_MODES,
        string="Cash Matching",
        default="off",
        required=True,
        help="Off: nothing happens. Watch: bank lines get proposals, nothing is "
        "booked by itself. Live: certain ones are booked, after you approved a first "
        "batch.",
    )
    o2c_cash_start_date = fields.Date(
        string="Cash Matching Starts",
        help="Bank lines before this date are left alone.",
    )
    o2c_cash_automatic = fields.Boolean(
        string="Book Certain Ones",
        help="Certain matches are booked by themselves. Goes on with the approval of "
        "the first batch.",
    )
    o2c_cash_tolerance = fields.Monetary(
        string="Propose With Difference Up To",
        currency_field="currency_id",
        default=5.0,
        help="Bank costs or a few cents may be missing or too much; the rest is then "
        "proposed to be written off. A person always decides.",
    )
    o2c_cash_difference = fields.Monetary(
        string="Write-Off by a Cash Clerk",
        currency_field="currency_id",
        default=5.0,
        help="A cash clerk may write off differences up to this amount.",
    )
    o2c_cash_difference_manager = fields.Monetary(
        string="Write-Off by a Cash Manager",
        currency_field="currency_id",
        default=50.0,
        help="A cash manager may write off differences up to this amount; more goes "
        "through a write-off or a credit note.",
    )
    o2c_cash_difference_account_id = fields.Many2one(
        "account.account",
        string="Payment Differences Account",
        check_company=True,
        domain="[('account_type', 'in', ('expense', 'income', 'income_other',"
        " 'expense_other', 'expense_direct_cost'))]",
        help="Where small differences and bank costs are booked.",
    )
    o2c_cash_discount_days = fields.Integer(
        string="Days That a Bank Takes",
        help="An early payment discount still holds when the money comes so many "
        "days after its last day.",
    )
    o2c_cash_alone_from = fields.Monetary(
        string="By Amount Alone From",
        currency_field="currency_id",
        default=250.0,
        help="Money of an unknown payer is proposed for the only open item of exactly "
        "this amount, from this amount on.",
    )
    o2c_cash_approval_id = fields.Many2one(
        "o2c.cash.approval",
        string="First Batch of Cash Matching",
        compute="_compute_o2c_cash_approval_id",
        help="Who approved the first batch, and when.",
    )

    def _compute_o2c_cash_approval_id(self):
        found = dict(
            self.env["o2c.cash.approval"]
            .sudo()
            ._read_group(
                [("company_id", "in", self.ids), ("approved_at", "!=", False)],
                ["company_id"],
                ["id:recordset"],
            )
        )
        none = self.env["o2c.cash.approval"]
        for company in self:
            company.o2c_cash_approval_id = found.get(company, none)[:1]

    def write(self, vals):
        """Off by hand at any time; on only with the approval of a batch."""
        if vals.get("o2c_cash_automatic") and not self.env.su:
            for company in self:
                if not company.o2c_cash_automatic and not company.o2c_cash_approval_id:
                    raise UserError(
                        self.env._(
                            "Approve a first batch of matches first: from then on "
                            "certain ones are booked by themselves."
                        )
                    )
        return super().write(vals)

    def _o2c_cash_rules(self):
        """The settings as the policy reads them."""
        self.ensure_one()
        company = self.sudo()
        # without an account nothing can be given up, so it is not proposed either
        tolerance = company.o2c_cash_difference_account_id and company.o2c_cash_tolerance
        return Rules(
            tolerance=Decimal(str(tolerance or 0)),
            discount_days=company.o2c_cash_discount_days or 0,
            alone_from=Decimal(str(company.o2c_cash_alone_from or 0)),
        )

    def action_o2c_cash_approval(self):
        """Show the first batch, to be approved."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("First Batch of Matches"),
            "res_model": "o2c.cash.approval",
            "views": [(False, "form")],
            "target": "new",
        }
