"""An open item of another ledger: seen here, booked there."""

from odoo import api, fields, models


class O2cMemoItem(models.Model):
    """What a customer owes according to another system. Nothing is booked of it."""

    _name = "o2c.memo.item"
    _description = "Item of Another Ledger"
    _order = "due, id"
    _rec_name = "number"
    _rec_names_search = ["number", "partner_id"]

    source_id = fields.Many2one(
        "o2c.memo.source",
        string="Ledger",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="source_id.company_id", store=True, index=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    number = fields.Char(
        required=True, readonly=True, help="As the other ledger has it."
    )
    date = fields.Date(required=True, readonly=True)
    due = fields.Date(string="Due Date", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, help="Of the document, when it was made.")
    open_amount = fields.Monetary(
        string="Open", readonly=True, help="Still to pay; a credit is negative."
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    open_company = fields.Monetary(
        string="Open in Company Currency",
        currency_field="company_currency_id",
        readonly=True,
        help="At the rate of the day of the newest file.",
    )
    days_late = fields.Integer(compute="_compute_days_late")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Gone")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    closed_on = fields.Date(
        readonly=True, help="The day of the first file in which it is not any more."
    )
    last_open = fields.Monetary(
        string="Open Before It Went",
        currency_field="company_currency_id",
        readonly=True,
        help="In company currency, as the last file had it.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE(source_id, number)", "This ledger has this item already."
    )
    _open_idx = models.Index("(partner_id, company_id) WHERE state = 'open'")

    @api.depends("due", "state")
    def _compute_days_late(self):
        for item in self:
            today = item.company_id._o2c_today()
            item.days_late = (
                max((today - item.due).days, 0) if item.state == "open" else 0
            )
