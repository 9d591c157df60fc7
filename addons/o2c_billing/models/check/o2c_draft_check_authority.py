"""Who approves for a rule, and up to which amount."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...policy.draft_approver import Authority


class O2cDraftCheckAuthority(models.Model):
    """Colleagues, by name or by group, who approve up to an amount."""

    _name = "o2c.draft.check.authority"
    _description = "Approval Authority"
    _order = "any_amount, up_to, id"

    rule_id = fields.Many2one(
        "o2c.draft.check.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    currency_id = fields.Many2one(related="rule_id.currency_id")
    user_ids = fields.Many2many(
        "res.users",
        string="Colleagues",
        domain="[('share', '=', False)]",
        help="They must be billing approvers.",
    )
    group_id = fields.Many2one(
        "res.groups",
        string="Or Everybody Of",
        help="Everybody in this group who is a billing approver too.",
    )
    any_amount = fields.Boolean(help="No upper limit.")
    up_to = fields.Monetary(
        help="With VAT, in company currency, this amount included. A larger document "
        "needs an approver with more authority."
    )

    _up_to_check = models.Constraint(
        "CHECK(any_amount OR up_to > 0)",
        "Give the amount up to which they approve, or tick Any Amount.",
    )

    @api.depends("user_ids", "group_id", "any_amount", "up_to")
    def _compute_display_name(self):
        for line in self:
            names = [*line.user_ids.mapped("name"), line.group_id.display_name]
            people = ", ".join(name for name in names if name)
            line.display_name = (
                people
                if line.any_amount
                else self.env._(
                    "%(people)s up to %(amount)s",
                    people=people,
                    amount=line.rule_id._money_words(line.up_to),
                )
            )

    @api.constrains("user_ids", "group_id")
    def _check_people(self):
        for line in self:
            if not line.user_ids and not line.group_id:
                raise ValidationError(
                    self.env._("Name a colleague or a group who approves.")
                )
            wrong = line.user_ids.filtered(
                lambda user: not user.has_group("o2c_base.group_billing_approver")
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(name)s is no billing approver. Give that role first.",
                        name=wrong[0].name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_not_for_oneself()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self._check_not_for_oneself()
        return result

    def _check_not_for_oneself(self):
        """Nobody gives authority to himself; an administrator may, for the start."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        if any(self.env.user in line._people() for line in self.sudo()):
            raise AccessError(
                self.env._(
                    "Nobody gives authority to himself. Ask a colleague who is a "
                    "billing approver, or the administrator."
                )
            )

    def _people(self):
        """Everybody this line names."""
        return self.user_ids | self.group_id.all_user_ids

    def _as_policy(self):
        """These lines as the policy reads them."""
        return tuple(
            Authority(
                line.rule_id.id,
                frozenset(line._people().ids),
                None if line.any_amount else Decimal(str(line.up_to)),
            )
            for line in self
        )
