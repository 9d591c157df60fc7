"""From a day on, another quantity or price; what was before stays readable."""

from odoo import api, fields, models


class O2cContractVersion(models.Model):
    """A dated change of a contract line, with who and why."""

    _name = "o2c.contract.version"
    _description = "Contract Change"
    _order = "line_id, date_from, id"
    _rec_name = "reason"

    line_id = fields.Many2one(
        "o2c.contract.line",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    contract_id = fields.Many2one(related="line_id.contract_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="line_id.currency_id")
    date_from = fields.Date(
        string="From", required=True, readonly=True, help="First day it holds."
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    price_unit = fields.Float(
        string="Price", digits="Product Price", required=True, readonly=True
    )
    reason = fields.Char(readonly=True, help="Why it changed.")
    indexed = fields.Boolean(readonly=True, help="An indexation set this price.")
    user_id = fields.Many2one(
        "res.users",
        string="By",
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="set null",
    )

    _day_uniq = models.Constraint(
        "UNIQUE(line_id, date_from)",
        "This line already changes on that day. Choose another day.",
    )


class O2cContractLine(models.Model):
    _inherit = "o2c.contract.line"

    quantity_now = fields.Float(
        digits="Product Unit",
        compute="_compute_now",
        help="The quantity that holds today.",
    )
    price_now = fields.Float(
        digits="Product Price",
        compute="_compute_now",
        help="The price that holds today.",
    )

    @api.depends(
        "quantity",
        "price_unit",
        "version_ids.date_from",
        "version_ids.quantity",
        "version_ids.price_unit",
    )
    def _compute_now(self):
        for line in self:
            today = (line.company_id or self.env.company)._o2c_today()
            line.quantity_now, line.price_now = line._terms_on(today)

    def _terms_on(self, day):
        """Quantity and price of a line on a day."""
        self.ensure_one()
        version = self.version_ids.filtered(lambda v: v.date_from <= day)[-1:]
        if version:
            return version.quantity, version.price_unit
        return self.quantity, self.price_unit

    def _set_terms(self, day, quantity=None, price=None, reason="", indexed=False):
        """From a day on another quantity or price; what was billed is settled.

        A later change keeps its own quantity and price. The same day twice: the last
        word counts.

        :param date day: first day
        :param quantity: None: unchanged
        :param price: None: unchanged
        """
        versions = self.env["o2c.contract.version"].sudo()
        for line in self:
            old_quantity, old_price = line._terms_on(day)
            values = {
                "quantity": old_quantity if quantity is None else quantity,
                "price_unit": old_price if price is None else price,
                "reason": reason,
                "user_id": self.env.uid,
                "indexed": indexed,
            }
            same = line.version_ids.filtered(lambda v, day=day: v.date_from == day)
            if same:
                same.sudo().write(values)
            else:
                versions.create({"line_id": line.id, "date_from": day, **values})
            line.invalidate_recordset(["version_ids"])
            line._look_again(day)
        self.contract_id._refresh_figures()
