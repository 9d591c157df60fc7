"""The first batch: a manager saw it, and from then on certain ones book themselves."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class O2cCashApproval(models.Model):
    """Somebody looked at the first matches that were booked: they are right."""

    _name = "o2c.cash.approval"
    _description = "Approval of the First Batch of Matches"
    _order = "id desc"
    _rec_name = "approved_at"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    user_id = fields.Many2one("res.users", string="Approved By", readonly=True)
    approved_at = fields.Datetime(string="Approved On", readonly=True)
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
    note = fields.Char(help="What you looked at, for who comes after you.")

    @api.model
    def default_get(self, fields):
        """The certain proposals that people booked so far."""
        values = super().default_get(fields)
        matches = self._batch(self.env.company)
        values |= {
            "company_id": self.env.company.id,
            "match_ids": [Command.set(matches.ids)],
            "match_count": len(matches),
        }
        return {name: values[name] for name in values if name in fields}

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
    def _batch(self, company):
        """Certain matches that a person booked."""
        return self.env["o2c.cash.match"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "booked"),
                ("certainty", "=", "certain"),
                ("automatic", "=", False),
            ],
            limit=100,
        )

    def action_approve(self):
        """From now on certain matches of a live company are booked by themselves."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_cash.group_cash_manager"):
            raise AccessError(
                self.env._("Only a cash manager approves the first batch.")
            )
        self.check_access("read")
        matches = self._batch(self.company_id)
        if not matches:
            raise UserError(
                self.env._(
                    "No certain proposal was booked yet. Accept the first ones on the "
                    "cash desk, look at them, and come back."
                )
            )
        if not self.seen:
            raise UserError(self.env._("Say that you looked at these matches."))
        self.sudo().write(
            {
                "user_id": self.env.user.id,
                "approved_at": fields.Datetime.now(),
                "match_ids": [Command.set(matches.ids)],
                "match_count": len(matches),
            }
        )
        self.company_id.sudo().o2c_cash_automatic = True
        return {"type": "ir.actions.client", "tag": "reload"}

    def write(self, vals):
        if any(one.approved_at for one in self) or (
            not self.env.su and set(vals) - {"seen", "note"}
        ):
            raise UserError(self.env._("An approval is kept as it was given."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_approved(self):
        if any(one.approved_at for one in self):
            raise UserError(self.env._("An approval is kept as it was given."))
