"""Somebody does not agree with a decision about him: another person looks again.

The right to human intervention, to express one's view and to contest a decision:
GDPR art. 22(3), https://eur-lex.europa.eu/eli/reg/2016/679/art_22/oj. An answer is due
within one month: art. 12(3), https://eur-lex.europa.eu/eli/reg/2016/679/art_12/oj.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

SOURCES = [("o2c.credit.hold", "Hold"), ("o2c.limit.change", "Limit change")]
GUARDED = {
    "state",
    "outcome",
    "closed_on",
    "closed_by_id",
    "reviewed_alone",
    "partner_id",
    "company_id",
}


class O2cDecisionContest(models.Model):
    """While it is open, nothing about this customer is lowered."""

    _name = "o2c.decision.contest"
    _description = "Contested Decision"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, deadline, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    source_ref = fields.Reference(
        selection="_selection_source",
        string="Decision",
        help="The hold or the limit change that is contested.",
    )
    contested_by = fields.Char(required=True, help="Name of the person who contests.")
    received_on = fields.Date(
        required=True, default=fields.Date.context_today, tracking=True
    )
    channel = fields.Selection(
        [
            ("mail", "E-mail"),
            ("post", "Letter"),
            ("phone", "Phone"),
            ("portal", "Portal"),
            ("person", "In person"),
        ],
        required=True,
        default="mail",
        help="How it reached us.",
    )
    text = fields.Text(
        string="What He Says", required=True, help="His own view, in his own words."
    )
    reviewer_id = fields.Many2one(
        "res.users",
        required=True,
        tracking=True,
        help="The colleague who looks at the decision again; not who took it or has "
        "to take it.",
    )
    deadline = fields.Date(
        required=True,
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="By when he has an answer; by law one month.",
    )
    state = fields.Selection(
        [("open", "Not answered"), ("closed", "Answered")],
        required=True,
        default="open",
        readonly=True,
        index=True,
        tracking=True,
    )
    outcome = fields.Selection(
        [
            ("changed", "Decision changed"),
            ("kept", "Decision kept"),
            ("withdrawn", "Withdrawn by the customer"),
        ],
        readonly=True,
        tracking=True,
    )
    answer = fields.Text(help="What was answered, and why.", tracking=True)
    closed_on = fields.Date(readonly=True)
    closed_by_id = fields.Many2one("res.users", string="Answered By", readonly=True)

    _open_idx = models.Index("(partner_id, company_id) WHERE state = 'open'")

    @api.model
    def _selection_source(self):
        names = {
            "o2c.credit.hold": self.env._("Hold"),
            "o2c.limit.change": self.env._("Limit change"),
        }
        return [(model, names[model]) for model, _name in SOURCES if model in self.env]

    @api.depends("received_on", "company_id")
    def _compute_deadline(self):
        for contest in self:
            days = contest.company_id.root_id.o2c_contest_days or 30
            received = contest.received_on or fields.Date.context_today(contest)
            contest.deadline = fields.Date.add(received, days=days)

    @api.depends("partner_id", "received_on")
    def _compute_display_name(self):
        for contest in self:
            contest.display_name = self.env._(
                "%(customer)s contests (%(date)s)",
                customer=contest.partner_id.display_name or "",
                date=format_date(self.env, contest.received_on),
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.partner"]._o2c_place(vals_list)
        for vals in vals_list:
            vals |= {"state": "open", "outcome": False}
        contests = super().create(vals_list)
        for contest in contests:
            contest.activity_schedule(
                "o2c_credit.mail_activity_contest",
                date_deadline=contest.deadline,
                user_id=contest.reviewer_id.id,
            )
        return contests

    def write(self, vals):
        if GUARDED & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("A contest is answered with its buttons, not by editing it.")
            )
        result = super().write(vals)
        activities = self.sudo().activity_ids
        if "reviewer_id" in vals:
            activities.write({"user_id": vals["reviewer_id"]})
        if "deadline" in vals:
            activities.write({"date_deadline": vals["deadline"]})
        return result

    def action_changed(self):
        """The decision was changed."""
        return self._answer("changed")

    def action_kept(self):
        """The decision stands."""
        return self._answer("kept")

    def action_withdrawn(self):
        """The customer no longer contests."""
        return self._answer("withdrawn")

    def _answer(self, outcome):
        """Close it, on the authority of the named reviewer or a credit manager."""
        self.check_access("write")
        manager = self.env.user.has_group("o2c_base.group_credit_manager")
        for contest in self.filtered(lambda contest: contest.state == "open"):
            if contest.reviewer_id != self.env.user and not manager:
                raise AccessError(
                    self.env._(
                        "%s looks at this decision again, or a credit manager.",
                        contest.reviewer_id.name,
                    )
                )
            alone = contest._check_answerer()
            if not (contest.answer or "").strip():
                raise UserError(
                    self.env._("Write down first what you answered, and why.")
                )
            contest.sudo().write(
                {
                    "state": "closed",
                    "outcome": outcome,
                    "closed_on": contest.company_id._o2c_today(),
                    "closed_by_id": self.env.uid,
                    "reviewed_alone": alone,
                }
            )
            contest.activity_feedback(["o2c_credit.mail_activity_contest"])
        return True

    @api.model
    def _contested(self, company, partner_ids):
        """Customers who contest a decision now.

        :return: set of ids of commercial partners
        """
        contests = self.sudo().search(
            [
                ("company_id", "=", company.root_id.id),
                ("partner_id", "in", list(partner_ids)),
                ("state", "=", "open"),
            ]
        )
        return set(contests.partner_id.ids)


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    contest_ids = fields.One2many(related="partner_id.o2c_contest_ids")

    def write(self, vals):
        if {"limit_kind", "limit_amount"} & vals.keys():
            self._check_not_contested(vals)
        return super().write(vals)

    def _check_not_contested(self, vals):
        """While a decision is contested, a limit goes up or stays."""
        for company, profiles in self.sudo().grouped("company_id").items():
            contested = self.env["o2c.decision.contest"]._contested(
                company, profiles.partner_id.ids
            )
            for profile in profiles.filtered(
                lambda p, ids=contested: p.partner_id.id in ids
            ):
                if profile._is_lowered(
                    vals.get("limit_kind", profile.limit_kind),
                    vals.get("limit_amount", profile.limit_amount),
                ):
                    raise UserError(
                        self.env._(
                            "%s contests a decision. Until that is answered, nothing "
                            "is lowered.",
                            profile.partner_id.display_name,
                        )
                    )

    def _is_lowered(self, kind, amount):
        """Whether another limit gives less room; no limit set gives most."""
        self.ensure_one()
        rank = {"cash": 0, "amount": 1, "none": 2}
        if kind != self.limit_kind:
            return rank[kind] < rank[self.limit_kind]
        return kind == "amount" and amount < self.limit_amount


class O2cLimitChange(models.Model):
    _inherit = "o2c.limit.change"

    def action_approve(self):
        """Nothing is lowered for who contests a decision."""
        for change in self.sudo().filtered(lambda one: one.direction == "lower"):
            contested = self.env["o2c.decision.contest"]._contested(
                change.company_id, change.partner_id.ids
            )
            if contested:
                raise UserError(
                    self.env._(
                        "%s contests a decision. Until that is answered, nothing is "
                        "lowered.",
                        change.partner_id.display_name,
                    )
                )
        return super().action_approve()


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_contest_ids = fields.One2many(
        "o2c.decision.contest",
        "partner_id",
        groups="o2c_base.group_credit_controller",
    )
