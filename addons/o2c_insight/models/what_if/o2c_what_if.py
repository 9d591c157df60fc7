"""A study of other rules: which months, which scenarios, and what came out."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Months that are replayed when nothing else is chosen.
MONTHS = 12


class O2cWhatIf(models.Model):
    """Replays the past under other rules. It reads the books and writes in its own
    tables only."""

    _name = "o2c.what.if"
    _description = "What-If"
    _order = "id desc"

    name = fields.Char(required=True, help="What you want to know.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company.root_id,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._default_day() - relativedelta(months=MONTHS),
        help="Orders confirmed from this day on are judged again.",
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self._default_day() - relativedelta(days=1),
        help="Last day of the replay.",
    )
    remind_days = fields.Integer(
        string="First Reminder Now After",
        default=lambda self: self._default_remind_days(),
        help="Days after the due date at which the first reminder leaves at present. "
        "Money that came later is taken to have come because of it.",
    )
    released = fields.Boolean(
        string="People Release",
        default=True,
        help="A person lets go what waits. Otherwise it waits for money only.",
    )
    release_days = fields.Integer(
        string="Released After",
        default=3,
        help="Days after which a person lets a held order go, if no money did before.",
    )
    cost_percent = fields.Float(
        string="Cost of Money (% a Year)",
        default=8.0,
        digits=(16, 2),
        help="What a year of outstanding money costs you, for instance the rate of "
        "your overdraft.",
    )
    scenario_ids = fields.One2many(
        "o2c.what.if.scenario",
        "study_id",
        copy=True,
        help="Up to three sets of other rules, side by side with today's.",
    )
    result_ids = fields.One2many("o2c.what.if.result", "study_id", readonly=True)
    replayed_at = fields.Datetime(
        string="Replayed On", readonly=True, copy=False, help="When these figures came."
    )

    _period_check = models.Constraint(
        "CHECK(date_from <= date_to)",
        "The first day lies after the last one. Choose an earlier first day.",
    )
    _cost_check = models.Constraint(
        "CHECK(cost_percent >= 0 AND cost_percent <= 100 AND remind_days >= 0 "
        "AND release_days >= 0)",
        "Give a cost of money between 0 and 100 % and no negative days.",
    )

    @api.model
    def _default_day(self):
        return self.env.company.root_id._o2c_today()

    @api.model
    def _default_remind_days(self):
        ladder = self.env.company.root_id.sudo().o2c_dunning_ladder_id
        return max(min(ladder.step_ids.mapped("days"), default=7), 0)

    @api.constrains("date_to", "company_id")
    def _check_past(self):
        for study in self:
            if study.date_to > study.company_id._o2c_today():
                raise ValidationError(
                    self.env._("Only the past can be replayed: end today or earlier.")
                )

    @api.constrains("scenario_ids")
    def _check_scenarios(self):
        for study in self:
            if len(study.scenario_ids) > 3:
                raise ValidationError(
                    self.env._(
                        "Three scenarios beside today's rules are the most that can be "
                        "compared. Remove one."
                    )
                )

    @api.onchange("cost_percent", "remind_days", "release_days")
    def _onchange_bounds(self):
        if not 0 <= self.cost_percent <= 100:
            raise UserError(
                self.env._(
                    "A cost of money of %(percent)g %% is not possible. Write what a "
                    "year of outstanding money costs, from 0 to 100.",
                    percent=self.cost_percent,
                )
            )
        if self.remind_days < 0 or self.release_days < 0:
            raise UserError(
                self.env._("A number of days is not negative. Write 0 or more.")
            )

    def action_replay(self):
        """Replay under today's rules and under each scenario, and keep the figures."""
        self.ensure_one()
        if not self.scenario_ids:
            raise UserError(
                self.env._("Add a scenario first: what should have been different?")
            )
        self._replay(self.company_id._o2c_today())
        return True

    def action_view_held(self):
        """The orders that would have waited."""
        return self._action("o2c_what_if_held_action")

    def action_view_segments(self):
        """The figures per segment."""
        return self._action("o2c_what_if_result_action")

    def action_view_weeks(self):
        """What was owed and what came in, week by week."""
        return self._action("o2c_what_if_week_action")

    def _action(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"o2c_insight.{name}")
        return action | {"domain": [("study_id", "=", self.id)]}
