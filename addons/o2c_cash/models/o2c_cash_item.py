"""One open item in a match, with the part of the money that it gets."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, formatLang


class O2cCashItem(models.Model):
    """An item keeps its own key: ids of receivable lines are not stable."""

    _name = "o2c.cash.item"
    _description = "Item of a Cash Match"
    _order = "id"
    _rec_name = "name"

    match_id = fields.Many2one(
        "o2c.cash.match", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="match_id.company_id")
    move_line_id = fields.Many2one(
        "account.move.line",
        string="Open Item",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Document",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    name = fields.Char(string="Number", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Owed By", readonly=True, ondelete="restrict"
    )
    due_date = fields.Date(readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, help="Part of the money for this item.")
    discount = fields.Monetary(
        readonly=True, help="Early payment discount that is granted on top."
    )
    settled = fields.Monetary(
        compute="_compute_settled", help="What the item gets smaller by."
    )

    sort = fields.Selection(
        [("document", "Document"), ("payment", "Registered Payment")],
        string="What It Is",
        compute="_compute_sort",
        help="A registered payment stands in the books already: the bank line confirms "
        "it, and its invoices are settled by it.",
    )

    _item_uniq = models.UniqueIndex(
        "(match_id, move_line_id)", "An item stands in a match once."
    )

    @api.depends("amount", "discount")
    def _compute_settled(self):
        for item in self:
            item.settled = item.amount + item.discount

    @api.depends("move_id", "move_line_id")
    def _compute_sort(self):
        for item in self:
            account = item.move_line_id.sudo().account_id
            registered = (
                item.move_id.sudo().origin_payment_id
                and account.account_type != "asset_receivable"
            )
            item.sort = "payment" if registered else "document"

    def _desk_item(self):
        """An item of a match as the screen shows it."""
        self.ensure_one()
        line = self.move_line_id.sudo()
        return {
            "id": self.id,
            "line_id": line.id,
            "move_id": self.move_id.id,
            "name": self.name or "",
            "sort": self.sort,
            "pays": self._pays(),
            "who": self.partner_id.sudo().name or "",
            "due": format_date(self.env, self.due_date) if self.due_date else "",
            "value": self.amount,
            "amount": format_amount(self.env, self.amount, self.currency_id),
            "typed": formatLang(
                self.env, self.amount, digits=self.currency_id.decimal_places
            ),
            "other_money": (
                self.currency_id.name
                if self.currency_id != self.match_id.currency_id
                else ""
            ),
            "open_value": line.amount_residual_currency,
            "discount": self.discount,
            "discount_text": format_amount(self.env, self.discount, self.currency_id),
            "open": format_amount(
                self.env, line.amount_residual_currency, self.currency_id
            ),
        }

    def _pays(self):
        """What a registered payment says that it is for."""
        if self.sort != "payment":
            return ""
        return self.move_id.sudo().origin_payment_id.memo or ""
