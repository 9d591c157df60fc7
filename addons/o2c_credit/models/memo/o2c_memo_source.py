"""Another ledger: whose open items count here and are booked there."""

from odoo import fields, models


class O2cMemoSource(models.Model):
    """A system that keeps open items of our customers beside Odoo."""

    _name = "o2c.memo.source"
    _description = "Other Ledger"
    _order = "name, id"

    name = fields.Char(
        required=True, help="How you call it, such as the old system or a branch."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    as_of = fields.Date(
        string="Last Taken Of",
        readonly=True,
        help="The day of which the newest file is. An older one is not taken.",
    )
    item_ids = fields.One2many("o2c.memo.item", "source_id", readonly=True)
    refresh_ids = fields.One2many("o2c.memo.refresh", "source_id", readonly=True)
    open_count = fields.Integer(string="Open Items", compute="_compute_open")
    open_amount = fields.Monetary(
        string="Open",
        compute="_compute_open",
        help="What is open there, in company currency.",
    )

    _name_uniq = models.Constraint(
        "UNIQUE(company_id, name)", "This ledger is there already."
    )

    def _compute_open(self):
        figures = {
            source: (count, amount)
            for source, count, amount in self.env["o2c.memo.item"]._read_group(
                [("source_id", "in", self.ids), ("state", "=", "open")],
                ["source_id"],
                ["__count", "open_company:sum"],
            )
        }
        for source in self:
            source.open_count, source.open_amount = figures.get(source, (0, 0.0))

    def action_open_items(self):
        """The items of this ledger."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_memo_item_action"
        )
        return action | {
            "domain": [("source_id", "=", self.id)],
            "context": {"search_default_open": 1},
        }

    def action_refresh(self):
        """Take in a newer file of this ledger."""
        self.ensure_one()
        page = self.env["o2c.memo.import"].create(
            {"source_id": self.id, "company_id": self.company_id.id}
        )
        return page._reopen()
