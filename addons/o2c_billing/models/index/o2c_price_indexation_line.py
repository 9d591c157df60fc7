"""One price in an indexation: old, new, by which figures, or why not."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy import indexation as policy


class O2cPriceIndexationLine(models.Model):
    """Written by the preview and the run only; kept to explain the price later."""

    _name = "o2c.price.indexation.line"
    _description = "Indexed Price"
    _order = "indexation_id, partner_id, id"

    indexation_id = fields.Many2one(
        "o2c.price.indexation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="indexation_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    effective_date = fields.Date(related="indexation_id.effective_date", store=True)
    res_model = fields.Char(string="Kind of Line", required=True)
    res_id = fields.Many2oneReference(
        string="Line", model_field="res_model", required=True
    )
    root_id = fields.Integer(string="First of Its Kind", required=True, aggregator=None)
    successor_id = fields.Integer(string="New Line", aggregator=None)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: a price for a segment or for everyone.",
    )
    name = fields.Char(string="Article")
    source = fields.Char(string="Agreement or Contract")
    currency_id = fields.Many2one("res.currency", required=True)
    old_price = fields.Float(digits="Product Price", aggregator=None)
    new_price = fields.Float(digits="Product Price", aggregator=None)
    tiers = fields.Json(help="Quantity, old and new price of each tier.")
    factor = fields.Float(digits=(16, 10), aggregator=None)
    percentage = fields.Float(
        string="Change %", digits=(16, 4), aggregator="avg", help="After all bounds."
    )
    base_value = fields.Float(string="Base Figure", digits=(16, 4), aggregator=None)
    figure_value = fields.Float(string="New Figure", digits=(16, 4), aggregator=None)
    figure_period = fields.Date(string="New Period")
    turnover = fields.Monetary(
        currency_field="company_currency_id",
        help="Without VAT. Agreements: bought at this price in the last twelve months. "
        "Contracts: what the line charges in a year at today's quantity, without the "
        "discount of the first months; usage as agreements.",
    )
    effect = fields.Monetary(
        string="Effect per Year",
        currency_field="company_currency_id",
        help="What the new price adds to that turnover.",
    )
    state = fields.Selection(
        [
            ("planned", "Changes"),
            ("skipped", "Left alone"),
            ("approved", "Approved"),
            ("applied", "Changed"),
            ("failed", "Not changed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="planned",
        index=True,
    )
    reason = fields.Selection(
        [
            (policy.NEVER, "Agreed never to be indexed"),
            (policy.PERCENTAGE, "A percentage: it follows the list price"),
            (policy.FREE, "Free of charge"),
            (policy.LATER, "Begins on that date or later"),
            (policy.ENDED, "Has ended by then"),
            (policy.RECENT, "Was indexed not long before"),
            (policy.OTHER_INDEX, "Follows another index"),
            (policy.NO_FIGURE, "The new figure is missing: enter it"),
            (policy.PROVISIONAL, "The new figure is provisional: wait or allow it"),
            (policy.NO_BASE, "The base figure is missing: enter it"),
            (policy.BASE_ZERO, "The base figure is 0: correct it"),
            (policy.SMALL, "The change is too small"),
            (policy.UNCHANGED, "After rounding the price stays the same"),
            ("changed", "The price changed or ended after the approval"),
            ("error", "An error, see the detail"),
        ]
    )
    detail = fields.Char()

    _once_uniq = models.UniqueIndex(
        "(res_model, root_id, effective_date) WHERE state IN ('approved', 'applied')",
        "This price is indexed from that date already.",
    )

    @api.depends("name", "partner_id", "source")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " · ".join(
                filter(None, (row.partner_id.name, row.source, row.name))
            )

    def action_open_line(self):
        """Open the agreed price itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.successor_id or self.res_id,
            "views": [[False, "form"]],
        }

    def _article_code(self):
        """The number by which customers know the article, if it is about one."""
        line = self.env[self.res_model].browse(self.res_id).exists()
        product = line["product_id"] if "product_id" in line._fields else line
        return product.default_code if product._name == "product.product" else ""

    def _verdict(self):
        """What was previewed and approved, as the policy said it."""
        return policy.Verdict(
            policy.OK,
            Decimal(str(self.factor)),
            Decimal(str(self.percentage)),
            Decimal(str(self.new_price)),
            tuple(Decimal(str(new)) for _quantity, _old, new in self.tiers or ()),
            policy.Figure(self.figure_period, Decimal(str(self.figure_value)))
            if self.figure_period
            else None,
        )

    def _changed_since(self):
        """Rows whose line has another price now, or none any more."""
        changed = self.browse()
        for model, rows in self.grouped("res_model").items():
            lines = self.env[model].browse(rows.mapped("res_id"))._o2c_index_alive()
            facts = lines._o2c_index_facts()
            for row in rows:
                fact = facts.get(row.res_id)
                tiers = tuple(Decimal(str(old)) for _q, old, _new in row.tiers or ())
                if (
                    not fact
                    or fact.price != Decimal(str(row.old_price))
                    or fact.tiers != tiers
                    or (fact.valid_to and fact.valid_to < row.effective_date)
                ):
                    changed |= row
        return changed

    def _taken_by_others(self):
        """Rows of other indexations that hold the same prices from the same date."""
        if not self:
            return self
        self.flush_model()
        ids = self.env.execute_query(
            SQL(
                """
                SELECT other.id
                  FROM o2c_price_indexation_line own
                  JOIN o2c_price_indexation_line other USING (res_model, root_id)
                 WHERE own.id = ANY(%(ids)s) AND other.id != own.id
                   AND other.effective_date = own.effective_date
                   AND other.state IN ('approved', 'applied')
                """,
                ids=list(self.ids),
            )
        )
        return self.sudo().browse([key for (key,) in ids])

    def _take_back(self):
        """The lines hold on as they did before; nothing is left of the new prices."""
        applied = self.filtered(lambda row: row.state == "applied")
        for model, rows in applied.grouped("res_model").items():
            lines = self.env[model]
            there = set(
                lines.browse([*rows.mapped("res_id"), *rows.mapped("successor_id")])
                .exists()
                .ids
            )
            kept = rows.filtered(
                lambda row, ids=there: {row.res_id, row.successor_id} <= ids
            )
            lines.browse([row.res_id for row in kept])._o2c_index_back(
                lines.browse([row.successor_id for row in kept])
            )
        (applied | self.filtered(lambda row: row.state == "approved")).write(
            {"state": "withdrawn", "successor_id": False}
        )
