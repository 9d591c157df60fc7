"""A file of another ledger that was taken: who, when, and what it changed."""

from odoo import fields, models


class O2cMemoRefresh(models.Model):
    """Kept with the file, so that a balance can be traced to what it came from."""

    _name = "o2c.memo.refresh"
    _description = "File of Another Ledger"
    _order = "id desc"
    _rec_name = "filename"

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
    currency_id = fields.Many2one(related="company_id.currency_id")
    as_of = fields.Date(string="State Of", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Taken By", readonly=True)
    filename = fields.Char(string="File Name", readonly=True)
    file = fields.Binary(readonly=True, help="The file as it came in.")
    new_count = fields.Integer(string="New", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    gone_count = fields.Integer(string="Gone", readonly=True)
    left_out_count = fields.Integer(
        string="Left Out", readonly=True, help="Rows with a problem that were left out."
    )
    amount = fields.Monetary(
        string="Open Afterwards", readonly=True, help="In company currency."
    )
