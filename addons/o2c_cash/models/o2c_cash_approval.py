"""The first batch: a manager saw it, and from then on certain ones book themselves."""

from odoo import api, fields, models
from odoo.fields import Command


class O2cCashApproval(models.Model):
    """Somebody looked at the first matches that were booked: they are right."""

    _name = "o2c.cash.approval"
    _description = "Approval of the First Batch of Matches"
    _inherit = ["o2c.first.approval"]

    _o2c_role = "o2c_cash.group_cash_manager"

    match_ids = fields.Many2many(
        "o2c.cash.match",
        "o2c_cash_approval_match",
        string="Matches",
        readonly=True,
        help="Certain proposals that people booked.",
    )
    match_count = fields.Integer(string="Number of Matches", readonly=True)
    undone_count = fields.Integer(
        string="Undone",
        compute="_compute_undone_count",
        help="Certain proposals that were booked and undone again.",
    )
    seen = fields.Boolean(
        string="I looked at these matches",
        help="Customer, items and amounts are right.",
    )

    @api.depends("company_id")
    def _compute_undone_count(self):
        for one in self:
            one.undone_count = self.env["o2c.cash.match"].search_count(
                [
                    ("company_id", "=", one.company_id.id),
                    ("certainty", "=", "certain"),
                    ("state", "=", "undone"),
                ]
            )

    @api.model
    def _batch_values(self, company):
        """Certain matches that a person booked."""
        matches = self.env["o2c.cash.match"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "booked"),
                ("certainty", "=", "certain"),
                ("automatic", "=", False),
            ],
            limit=100,
        )
        return matches and {
            "match_ids": [Command.set(matches.ids)],
            "match_count": len(matches),
        }

    @api.model
    def _go_on(self, company):
        """From now on certain matches of a live company are booked by themselves."""
        company.o2c_cash_automatic = True

    @api.model
    def _approval_words(self):
        return {
            "role": self.env._("Only a cash manager approves the first batch."),
            "empty": self.env._(
                "No certain proposal was booked yet. Accept the first ones on the "
                "cash desk, look at them, and come back."
            ),
            "seen": self.env._("Say that you looked at these matches."),
        }
