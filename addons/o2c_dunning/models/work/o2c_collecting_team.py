"""Who collects from whom, and how much is expected of everybody."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...policy.assignment import Team
from ...tools.amount import decimal


class O2cCollectingTeam(models.Model):
    """A group of collectors with the customers they work."""

    _name = "o2c.collecting.team"
    _description = "Collecting Team"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10, help="A case goes to the first team that it fits."
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    leader_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        tracking=True,
        ondelete="set null",
        help="Sees the cases and the progress of the whole team.",
    )
    segment_ids = fields.Many2many(
        "o2c.customer.segment",
        "o2c_collecting_team_segment_rel",
        "team_id",
        "segment_id",
        string="Segments",
        help="Only customers of these segments. Empty: every customer.",
    )
    amount_from = fields.Monetary(
        string="From",
        help="Cases that owe this much or more, overdue, in company currency.",
    )
    amount_to = fields.Monetary(
        string="Below",
        help="Cases that owe less than this. A case that grows beyond it moves to the "
        "next team that fits; one that shrinks stays. 0: no bound.",
    )
    member_ids = fields.One2many("o2c.collecting.member", "team_id", copy=True)
    case_count = fields.Integer(
        compute="_compute_case_count", help="Open cases of this team."
    )

    _bounds_check = models.Constraint(
        "CHECK(amount_from >= 0 AND amount_to >= 0 AND"
        " (amount_to = 0 OR amount_to > amount_from))",
        "The upper amount is above the lower one, or 0 for no bound.",
    )

    def _compute_case_count(self):
        counts = dict(
            self.env["o2c.dunning.case"]._read_group(
                [("team_id", "in", self.ids), ("state", "!=", "closed")],
                ["team_id"],
                ["__count"],
            )
        )
        for team in self:
            team.case_count = counts.get(team, 0)

    @api.constrains("company_id")
    def _check_is_head(self):
        for team in self:
            if team.company_id != team.company_id.root_id:
                raise ValidationError(
                    self.env._(
                        "Cases are kept at the head company %s: choose that one.",
                        team.company_id.root_id.display_name,
                    )
                )

    def action_open_cases(self):
        """The open cases of the team, by collector."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_case_action"
        )
        return action | {
            "domain": [("team_id", "=", self.id), ("state", "!=", "closed")],
            "context": {"group_by": ["user_id"]},
        }

    def action_assign(self):
        """Give out the cases of the company now, as the night does."""
        self.check_access("write")
        for company in self.company_id:
            cases = self.env["o2c.dunning.case"].sudo()
            cases._assign_cases(company, company._o2c_today())

    @api.model
    def _of_user(self, user, company):
        """Teams in which somebody works, or that he leads."""
        return self.sudo().search(
            Domain("company_id", "=", company.root_id.id)
            & (
                Domain("leader_id", "=", user.id)
                | Domain("member_ids.user_id", "=", user.id)
            )
        )

    def _policy_teams(self, away):
        """The teams as the policy reads them, in their order.

        :param set away: ids of users who are absent
        """
        return [
            Team(
                key=team.id,
                members=tuple(
                    (member.user_id.id, decimal(member.capacity) / 100)
                    for member in team.member_ids
                    if member.user_id.active
                ),
                away=frozenset(away),
                segments=frozenset(team.segment_ids.ids),
                amount_from=decimal(team.amount_from),
                amount_to=decimal(team.amount_to) if team.amount_to else None,
            )
            for team in self
        ]


class O2cCollectingMember(models.Model):
    """A collector in a team, with his share of the work and his targets."""

    _name = "o2c.collecting.member"
    _description = "Collector in a Team"
    _order = "team_id, id"
    _rec_name = "user_id"

    team_id = fields.Many2one(
        "o2c.collecting.team", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="team_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="team_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Collector",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    capacity = fields.Integer(
        string="Capacity (%)",
        default=100,
        required=True,
        help="Share of a full-time collector: 50 gets half as many cases. 0: no new "
        "ones.",
    )
    target_calls = fields.Integer(
        string="Calls a Day", default=15, help="0: no target."
    )
    target_promised = fields.Monetary(
        string="Promised a Week", help="In company currency. 0: no target."
    )
    target_collected = fields.Monetary(
        string="Collected a Week",
        help="Money on overdue invoices of his cases, in company currency. 0: no "
        "target.",
    )

    _user_uniq = models.Constraint(
        "UNIQUE(team_id, user_id)", "This colleague is in the team already."
    )
    _capacity_check = models.Constraint(
        "CHECK(capacity BETWEEN 0 AND 200 AND target_calls >= 0"
        " AND target_promised >= 0 AND target_collected >= 0)",
        "Capacity is between 0 and 200 %; a target is zero or more.",
    )

    @api.constrains("user_id", "team_id")
    def _check_collector(self):
        for member in self:
            if not member.user_id.has_group("o2c_base.group_collector"):
                raise ValidationError(
                    self.env._(
                        "%s is no collector. Give that role first.", member.user_id.name
                    )
                )
            if member.team_id.company_id not in member.user_id.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(name)s may not work in %(company)s.",
                        name=member.user_id.name,
                        company=member.team_id.company_id.display_name,
                    )
                )
