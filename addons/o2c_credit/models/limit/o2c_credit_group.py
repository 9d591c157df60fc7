"""A holding: one limit for several customers, in one or more of our companies."""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_amount


class O2cCreditGroup(models.Model):
    """Members count together, in every company of the group."""

    _name = "o2c.credit.group"
    _description = "Credit Group"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True, help="Name of the holding.")
    active = fields.Boolean(default=True, tracking=True)
    member_ids = fields.Many2many(
        "res.partner",
        "o2c_credit_group_member",
        "group_id",
        "partner_id",
        string="Members",
        help="Customers that count together. Contacts and addresses follow theirs.",
    )
    company_ids = fields.Many2many(
        "res.company",
        "o2c_credit_group_company",
        "group_id",
        "company_id",
        string="Our Companies",
        required=True,
        default=lambda self: self.env.company.root_id,
        help="In these companies the members count together. Colleagues of each of "
        "them see this group.",
    )
    limit_set = fields.Boolean(
        string="Has a Limit",
        default=True,
        tracking=True,
        help="Without it the group is only shown, nothing is held for it.",
    )
    limit_amount = fields.Monetary(
        string="Group Limit",
        tracking=True,
        help="What all members together may owe and have ordered.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        tracking=True,
        default=lambda self: self.env.company.root_id.currency_id,
    )
    exposure = fields.Monetary(
        string="Owed and Ordered",
        compute="_compute_exposure",
        help="By all members in all companies of the group, minus valid cover, now.",
    )
    headroom = fields.Monetary(
        compute="_compute_exposure", help="What is left of the group limit."
    )
    breakdown = fields.Text(
        compute="_compute_exposure", string="Per Company", help="Your own companies."
    )
    note = fields.Text()
    #: changed by each verdict on a member, so that two never slip through together
    lock_seq = fields.Integer(default=0, readonly=True)

    _limit_positive = models.Constraint(
        "CHECK(limit_amount >= 0)", "A group limit cannot be negative."
    )

    @api.depends("member_ids", "company_ids", "limit_amount", "limit_set")
    @api.depends_context("uid")
    def _compute_exposure(self):
        own = self.env.user.sudo().company_ids
        known = self.env["o2c.risk.profile"]._group_exposures(self._origin.ids)
        for group in self:
            per_company = known.get(group._origin.id, {})
            currency = group.currency_id
            total = sum(per_company.values(), Decimal(0))
            group.exposure = float(total)
            group.headroom = (
                group.limit_amount - float(total) if group.limit_set else 0.0
            )
            group.breakdown = "\n".join(
                f"{company.name}: {format_amount(self.env, float(amount), currency)}"
                for company, amount in per_company.items()
                if company in own
            )

    @api.constrains("member_ids", "company_ids", "active")
    def _check_members(self):
        for group in self.sudo():
            for company in group.company_ids:
                if company.root_id != company:
                    raise ValidationError(
                        self.env._(
                            "Limits are kept at the head company %s.",
                            company.root_id.display_name,
                        )
                    )
            others = self.sudo().search(
                [
                    ("id", "!=", group.id),
                    ("member_ids", "in", group.member_ids.ids),
                    ("company_ids", "in", group.company_ids.ids),
                ]
            )
            shared = group.member_ids & others.member_ids
            if group.active and shared:
                raise ValidationError(
                    self.env._(
                        "%(customer)s is a member of %(group)s already.",
                        customer=shared[0].display_name,
                        group=others[0].name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._members_are_customers()
        groups._check_authority()
        return groups

    def write(self, vals):
        self._check_authority()
        result = super().write(vals)
        if "member_ids" in vals:
            self._members_are_customers()
        if "company_ids" in vals:
            self._check_authority()
        return result

    def _record(self, vals):
        """Write past the checks of who may: the caller did, or follows a merge."""
        return super().write(vals)

    def _members_are_customers(self):
        """A contact stands for the company that owes."""
        for group in self.sudo():
            customers = group.member_ids.commercial_partner_id
            if customers != group.member_ids:
                group._record({"member_ids": [Command.set(customers.ids)]})

    def _check_authority(self):
        """A group works in all its companies, so who changes it works there too."""
        if self.env.su:
            return
        user = self.env.user
        if not user.has_group("o2c_base.group_credit_manager"):
            raise AccessError(
                self.env._("Group limits are the work of a credit manager.")
            )
        if self.sudo().company_ids - user.sudo().company_ids:
            raise AccessError(
                self.env._(
                    "This group also counts in companies that are not yours: ask a "
                    "colleague who works in all of them."
                )
            )

    def _leave(self, partners, target):
        """Partners become part of another customer: the stricter group keeps it.

        :param partners: ``res.partner`` that stop being customers
        :param target: ``res.partner`` that they become part of
        """
        groups = self.sudo().with_context(active_test=False)
        old = groups.search([("member_ids", "in", partners.ids)])
        new = groups.search([("member_ids", "in", target.ids)])
        for group in old:
            vals = [Command.unlink(pid) for pid in (partners & group.member_ids).ids]
            rivals = new.filtered(
                lambda one, group=group: one != group
                and one.active
                and one.company_ids & group.company_ids
            )
            if group.active and group._is_stricter(rivals):
                for rival in rivals:
                    rival._record({"member_ids": [Command.unlink(target.id)]})
                vals.append(Command.link(target.id))
            group._record({"member_ids": vals})

    def _is_stricter(self, rivals):
        """Whether this group leaves less than the others; it does when alone."""

        def size(group):
            if not group.limit_set:
                return float("inf")
            company = group.company_ids[:1]
            return group.currency_id._convert(
                group.limit_amount,
                company.currency_id,
                company,
                company._o2c_today(),
            )

        return all(size(self) <= size(rival) for rival in rivals)
