"""What a source can charge: under which account, with which VAT."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class O2cChargeType(models.Model):
    """One kind of charge: a fee, a commission, or money advanced for the customer."""

    _name = "o2c.charge.type"
    _description = "Charge Type"
    _inherit = ["mail.thread"]
    _order = "sequence, code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    code = fields.Char(
        required=True,
        tracking=True,
        help="How the source names this charge, for example DUTY.",
    )
    name = fields.Char(
        required=True,
        translate=True,
        help="Printed on the invoice when the source sends no description.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    pass_through = fields.Boolean(
        string="Advanced in the Customer's Name",
        tracking=True,
        help="Only for what you paid in the name and for the account of the customer, "
        "such as import duties on a declaration that names him (art. 8 Wet OB). It "
        "is charged on without VAT and without a mark-up, from the account on which "
        "it was booked when you paid it.",
    )
    advance_account_id = fields.Many2one(
        "account.account",
        string="Advance Account",
        check_company=True,
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The balance sheet account on which the advanced amounts are booked. "
        "The invoice takes them off again; what stays was never charged on.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Article",
        check_company=True,
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Gives the account, the VAT and, when the source sends no price, the "
        "agreed price.",
    )
    account_id = fields.Many2one(
        "account.account",
        check_company=True,
        tracking=True,
        ondelete="restrict",
        help="Revenue account. Empty: the account of the article.",
    )
    tax_ids = fields.Many2many(
        "account.tax",
        string="VAT",
        check_company=True,
        domain=[("type_tax_use", "=", "sale")],
        help="For a customer at home; the fiscal position of the customer turns it "
        "into the right one. Empty: the VAT of the article.",
    )
    fiscal_tax_ids = fields.One2many(
        "o2c.charge.tax",
        "charge_type_id",
        string="VAT per Fiscal Position",
        help="Only where this charge is taxed differently from what the fiscal "
        "position says, such as services at import.",
    )
    commission_type_id = fields.Many2one(
        "o2c.charge.type",
        string="Commission",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        domain=[("pass_through", "=", False)],
        help="Charged by itself over everything that was advanced in the same file.",
    )
    commission_percentage = fields.Float(
        string="Percentage of Advances",
        digits=(6, 3),
        help="When this charge is a commission: percentage of what was advanced in a "
        "file.",
    )
    commission_minimum = fields.Monetary(
        string="Minimum Commission",
        help="When this charge is a commission: at least this per file, without VAT.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "This code is used by another charge type."
    )
    _commission_check = models.Constraint(
        "CHECK(commission_percentage >= 0 AND commission_minimum >= 0)",
        "A commission is not negative.",
    )

    @api.constrains(
        "pass_through",
        "advance_account_id",
        "product_id",
        "account_id",
        "tax_ids",
        "commission_type_id",
    )
    def _check_vat(self):
        """Without VAT is only what was advanced in the customer's name."""
        for charge in self:
            if charge.pass_through:
                charge._check_pass_through()
            elif charge.commission_type_id:
                raise ValidationError(
                    self.env._(
                        "A commission is charged over advanced amounts only. Tick "
                        "“Advanced in the Customer's Name” or clear the commission."
                    )
                )
            elif not (charge.account_id or charge.product_id):
                raise ValidationError(
                    self.env._("Give the article or the revenue account.")
                )
            elif not (charge.tax_ids or charge.product_id.taxes_id):
                raise ValidationError(
                    self.env._(
                        "Give the VAT of %(charge)s. Without VAT is only what you "
                        "advanced in the customer's name; for exempt or foreign "
                        "services choose the 0%% tax that says why.",
                        charge=charge.name,
                    )
                )

    def _check_pass_through(self):
        if not self.advance_account_id:
            raise ValidationError(
                self.env._(
                    "Give the advance account on which the amounts were booked when "
                    "you paid them."
                )
            )
        if not self.advance_account_id.account_type.startswith(("asset_", "liability")):
            raise ValidationError(
                self.env._(
                    "Advanced amounts are no revenue and no cost: the advance account "
                    "%(account)s is not a balance sheet account.",
                    account=self.advance_account_id.display_name,
                )
            )
        if self.tax_ids or self.fiscal_tax_ids:
            raise ValidationError(
                self.env._(
                    "What was advanced in the customer's name carries no VAT: clear "
                    "the VAT."
                )
            )
        commission = self.commission_type_id
        if commission.pass_through:
            raise ValidationError(
                self.env._("A commission is your own service, with VAT.")
            )
        if commission and not (
            commission.commission_percentage or commission.commission_minimum
        ):
            raise ValidationError(
                self.env._(
                    "Give %(charge)s a percentage or a minimum first.",
                    charge=commission.display_name,
                )
            )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for charge in self:
            charge.display_name = f"{charge.code} · {charge.name}"

    def _line_values(self, position):
        """Account, VAT and mark of an invoice line of this charge.

        :param position: ``account.fiscal.position`` of the customer (may be empty)
        :return: dict of values; what the article decides is left out
        """
        self.ensure_one()
        if self.pass_through:
            return {
                "account_id": self.advance_account_id.id,
                "tax_ids": [fields.Command.clear()],
                "o2c_pass_through": True,
            }
        values = {}
        if self.product_id:
            values["product_id"] = self.product_id.id
        if self.account_id:
            values["account_id"] = position.map_account(self.account_id).id
        own = self.fiscal_tax_ids.filtered(lambda row: row.position_id == position)
        if own and position:
            values["tax_ids"] = [fields.Command.set(own.tax_ids.ids)]
        elif self.tax_ids:
            taxes = position.map_tax(self.tax_ids)
            values["tax_ids"] = [fields.Command.set(taxes.ids)]
        return values


class O2cChargeTax(models.Model):
    """The VAT of a charge under one fiscal position."""

    _name = "o2c.charge.tax"
    _description = "VAT of a Charge"
    _check_company_auto = True
    _rec_name = "position_id"

    charge_type_id = fields.Many2one(
        "o2c.charge.type", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="charge_type_id.company_id", store=True)
    position_id = fields.Many2one(
        "account.fiscal.position",
        string="Fiscal Position",
        required=True,
        check_company=True,
        ondelete="cascade",
    )
    tax_ids = fields.Many2many(
        "account.tax",
        string="VAT",
        required=True,
        check_company=True,
        domain=[("type_tax_use", "=", "sale")],
    )

    _position_uniq = models.Constraint(
        "UNIQUE(charge_type_id, position_id)",
        "This fiscal position is there already.",
    )
