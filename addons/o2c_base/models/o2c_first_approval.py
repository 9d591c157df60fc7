"""A person looks at the first results, and from then on a part goes by itself."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class O2cFirstApproval(models.AbstractModel):
    """Who looked at what, and when; it is kept as it was given. The add-on of the part
    says who may (``_o2c_role``), what was looked at and what is switched on."""

    _name = "o2c.first.approval"
    _description = "Approval of a First Batch"
    _order = "id desc"
    _rec_name = "approved_at"

    #: Xmlid of the group that approves.
    _o2c_role = None

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
    seen = fields.Boolean(string="I looked at them")
    note = fields.Char(help="What you looked at, for who comes after you.")

    @api.model
    def _batch_values(self, company):
        """Hook: what people decided by hand so far, as values of this record; falsy
        when there is nothing yet."""
        return {}

    @api.model
    def _go_on(self, company):
        """Hook: the part goes by itself in this company from now on."""

    @api.model
    def _approval_words(self):
        """Hook: what to say who may not, who is too early, who did not look.

        :return: dict of "role", "empty" and "seen" to a sentence
        """
        return {}

    @api.model
    def default_get(self, fields):
        """What was decided so far."""
        company = self.env.company
        values = super().default_get(fields) | {"company_id": company.id}
        values |= self._batch_values(company)
        return {name: values[name] for name in values if name in fields}

    def action_approve(self):
        """Keep who looked at what, and let the part go by itself.

        :raises AccessError: the user may not approve
        :raises UserError: nothing was decided by hand yet, or nobody looked
        """
        self.ensure_one()
        words = self._approval_words()
        if not self.env.user.has_group(self._o2c_role):
            raise AccessError(words["role"])
        self.check_access("read")
        batch = self._batch_values(self.company_id)
        if not batch:
            raise UserError(words["empty"])
        if not self.seen:
            raise UserError(words["seen"])
        given = {"user_id": self.env.user.id, "approved_at": fields.Datetime.now()}
        self.sudo().write(batch | given)
        self._go_on(self.company_id.sudo())
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
