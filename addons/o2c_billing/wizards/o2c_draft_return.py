"""Send a draft back to the one who can mend it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class O2cDraftReturn(models.TransientModel):
    """What is wrong with the drafts, and who mends them."""

    _name = "o2c.draft.return"
    _description = "Return Draft"

    move_ids = fields.Many2many(
        "account.move",
        string="Drafts",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    cause = fields.Selection(
        selection="_selection_cause",
        string="What is wrong?",
        required=True,
        default="line",
        help="Decides who is asked: the price has an owner, a delivery too.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Back To",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        domain=[("share", "=", False)],
    )
    note = fields.Text(string="What must change?", required=True)

    @api.model
    def _selection_cause(self):
        """The causes that the draft remembers, add-ons included."""
        cause = self.env["account.move"]._fields["o2c_return_cause"]
        return cause._description_selection(self.env)

    @api.depends("cause", "move_ids")
    def _compute_user_id(self):
        for wizard in self:
            wizard.user_id = wizard.move_ids[:1]._o2c_mender(wizard.cause)

    def action_return(self):
        """The drafts wait for who mends them; changed, they come back by themselves."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(self.env._("Only a billing approver returns drafts."))
        self.move_ids.check_access("write")
        drafts = self.move_ids.filtered(
            lambda move: move.state == "draft" and move.o2c_check_state == "to_check"
        )
        if not drafts:
            raise UserError(
                self.env._("None of these waits for approval any more. Look again.")
            )
        drafts._o2c_return(self.user_id, self.cause, self.note)
