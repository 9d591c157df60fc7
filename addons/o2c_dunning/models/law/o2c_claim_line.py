"""What a claim asks besides one invoice; once, by schema."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError


class O2cClaimLine(models.Model):
    """Cost and interest of one invoice over a period."""

    _name = "o2c.claim.line"
    _description = "Claim Line"
    _order = "claim_id, id"
    _rec_name = "move_id"

    claim_id = fields.Many2one(
        "o2c.claim", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="claim_id.company_id", store=True, index=True, readonly=True
    )
    currency_id = fields.Many2one(related="claim_id.currency_id")
    state = fields.Selection(related="claim_id.state")
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    interest_from = fields.Date(readonly=True)
    interest_until = fields.Date(string="Until", readonly=True)
    interest = fields.Monetary(readonly=True)
    cost_from = fields.Date(string="Cost Since", readonly=True)
    cost = fields.Monetary(string="Collection Cost", readonly=True)
    note = fields.Char(string="Remarks", readonly=True)
    live = fields.Boolean(
        readonly=True, help="It was asked or waived, and not taken back."
    )

    _cost_uniq = models.UniqueIndex(
        "(move_id) WHERE live AND cost > 0",
        "The cost of this invoice was claimed or waived already.",
    )
    _interest_uniq = models.UniqueIndex(
        "(move_id, interest_from) WHERE live AND interest > 0",
        "This interest was claimed or waived already.",
    )
    _positive = models.Constraint(
        "CHECK(cost >= 0 AND interest >= 0)", "A claim cannot be negative."
    )

    @api.model
    def _rows(self, figures, until=None):
        """Values of the lines: what is left to claim of each document.

        :param dict figures: move to :class:`policy.debt.ClaimFigures`
        :param date until: last day that bears interest, when it is an earlier one
        """
        rows = []
        since = self._claimed_until([move.id for move in figures])
        for move, one in figures.items():
            if not (one.interest_left or one.cost_left):
                continue
            before = since.get(move.id)
            rows.append(
                {
                    "move_id": move.id,
                    "interest": float(one.interest_left),
                    "interest_from": before + timedelta(days=1)
                    if before
                    else one.default_from,
                    "interest_until": until or one.day,
                    "cost": float(one.cost_left),
                    "cost_from": one.cost_from,
                    "note": move._o2c_why_not(one),
                }
            )
        return rows

    @api.model
    def _claimed_until(self, move_ids):
        """Last day of interest that was asked or waived, per document."""
        groups = self.sudo()._read_group(
            [("move_id", "in", move_ids), ("live", "=", True), ("interest", ">", 0)],
            ["move_id"],
            ["interest_until:max"],
        )
        return {move.id: day for move, day in groups}

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._("The figures follow from the law: draw up another claim.")
            )
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("The figures follow from the law: draw up another claim.")
            )
        return super().create(vals_list)
