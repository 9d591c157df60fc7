"""Overlaps of an agreement, shown before it starts."""

from odoo import api, fields, models


class O2cPriceOverlap(models.TransientModel):
    """Which other prices can hold for the same sale, and who wins."""

    _name = "o2c.price.overlap"
    _description = "Overlapping Prices"

    agreement_id = fields.Many2one(
        "o2c.price.agreement", required=True, ondelete="cascade"
    )
    state = fields.Selection(related="agreement_id.state")
    line_ids = fields.One2many(
        "o2c.price.overlap.line",
        "overlap_id",
        string="Overlaps",
        compute="_compute_line_ids",
        store=True,
        help="Pairs of prices that can hold for the same sale.",
    )

    @api.depends("agreement_id")
    def _compute_line_ids(self):
        for overlap in self:
            overlap.line_ids = [
                fields.Command.create(row) for row in overlap.agreement_id._overlaps()
            ]

    def action_start(self):
        """Start the agreement, knowing what goes first."""
        self.ensure_one()
        self.agreement_id.action_start()
        return {"type": "ir.actions.act_window_close"}


class O2cPriceOverlapLine(models.TransientModel):
    """A pair of prices that compete."""

    _name = "o2c.price.overlap.line"
    _description = "Overlap"

    overlap_id = fields.Many2one("o2c.price.overlap", required=True, ondelete="cascade")
    line_id = fields.Many2one(
        "o2c.price.agreement.line", string="This Price", ondelete="cascade"
    )
    other_agreement_id = fields.Many2one(
        "o2c.price.agreement", string="Other Agreement", ondelete="cascade"
    )
    other_price = fields.Char()
    date_from = fields.Date(string="From", help="First day on which both hold.")
    date_to = fields.Date(string="Until", help="Last day on which both hold.")
    winner = fields.Selection(
        [
            ("mine", "This one"),
            ("theirs", "The other"),
            ("best", "The best for the customer"),
            ("first", "The first in sequence"),
        ],
        string="Who Wins",
        help="Which of the two prices the customer gets.",
    )
    why = fields.Char(help="By which difference.")
