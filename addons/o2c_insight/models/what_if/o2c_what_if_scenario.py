"""What a scenario changes, for everybody or for some segments and grades."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount

from ...policy.scenario import Terms

GRADES = [(grade, grade) for grade in "ABCDE"]

#: Bounds of a line: part of today's limit in %, and days.
MOST_LIMIT = 1000
MOST_DAYS = 365


class O2cWhatIfScenario(models.Model):
    """One set of other rules."""

    _name = "o2c.what.if.scenario"
    _description = "Scenario"
    _order = "study_id, sequence, id"

    study_id = fields.Many2one(
        "o2c.what.if", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="study_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="For instance “Limits 20 % lower”.")
    rule_ids = fields.One2many(
        "o2c.what.if.rule",
        "scenario_id",
        copy=True,
        help="The most specific line counts: segment and grade before segment, segment "
        "before grade, grade before everybody.",
    )

    def _terms_of(self, segment_id, grade, remind_days, grace):
        """What this scenario changes for customers of a segment and a grade.

        :return: :class:`~...policy.scenario.Terms`
        """
        fitting = self.rule_ids.filtered(
            lambda rule: (not rule.segment_id or rule.segment_id.id == segment_id)
            and (not rule.grade or rule.grade == grade)
        )
        rule = fitting.sorted(
            lambda one: (bool(one.segment_id), bool(one.grade)), reverse=True
        )[:1]
        return rule._terms(remind_days, grace)


class O2cWhatIfRule(models.Model):
    """What is different for some customers."""

    _name = "o2c.what.if.rule"
    _description = "Rule of a Scenario"
    _order = "scenario_id, segment_id, grade, id"

    scenario_id = fields.Many2one(
        "o2c.what.if.scenario", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scenario_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    segment_id = fields.Many2one(
        "o2c.customer.segment", ondelete="cascade", help="Empty: all segments."
    )
    grade = fields.Selection(GRADES, help="Grade of today. Empty: all grades.")
    who = fields.Char(
        string="For",
        compute="_compute_who",
        help="The customers this line is for: a segment, a grade, both or everybody.",
    )
    what = fields.Char(
        string="What Is Different",
        compute="_compute_who",
        help="All that differs from today's rules; the rest stays as it is.",
    )
    limit_change = fields.Selection(
        [("factor", "Part of the limit"), ("amount", "Amount")],
        string="Limit",
        help="Empty: his own limit of today.",
    )
    limit_percent = fields.Float(
        string="Part (%)",
        default=100.0,
        digits=(16, 1),
        help="80 is a limit that is a fifth lower. Who has no limit gets none.",
    )
    limit_amount = fields.Monetary(help="The same limit for all of them.")
    over_limit = fields.Selection(
        [("warn", "Warn"), ("hold", "Hold")],
        help="What an order over the limit does. Empty: as the policy says today.",
    )
    overdue = fields.Selection(
        [("ignore", "Ignore"), ("warn", "Warn"), ("hold", "Hold")],
        string="When Overdue",
        help="What an overdue amount does. Empty: as the policy says today.",
    )
    change_up_front = fields.Boolean(
        string="Other Advance", help="Another part of the order is paid up front."
    )
    up_front = fields.Float(
        string="Advance (%)",
        digits=(16, 1),
        help="Part of the order, with VAT, that is paid on the day of the order.",
    )
    change_term = fields.Boolean(string="Other Term", help="Another payment term.")
    term_days = fields.Integer(
        string="Term (Days)", default=30, help="Days from invoice to due date."
    )
    change_reminder = fields.Boolean(
        string="Other Reminder", help="Another day for the first reminder."
    )
    remind_days = fields.Integer(
        string="First Reminder After",
        help="Days after the due date at which the first reminder would have left.",
    )

    _bounds_check = models.Constraint(
        f"CHECK(limit_percent BETWEEN 0 AND {MOST_LIMIT} AND limit_amount >= 0 "
        f"AND up_front BETWEEN 0 AND 100 AND term_days BETWEEN 0 AND {MOST_DAYS} "
        f"AND remind_days BETWEEN 0 AND {MOST_DAYS})",
        "Give percentages from 0 to 100 (a limit up to 1,000), terms and reminders of "
        "0 to 365 days, and no negative amounts.",
    )

    @api.constrains("scenario_id", "segment_id", "grade")
    def _check_twice(self):
        for rule in self:
            same = rule.scenario_id.rule_ids.filtered(
                lambda one, rule=rule: one.segment_id == rule.segment_id
                and one.grade == rule.grade
            )
            if len(same) > 1:
                raise ValidationError(
                    self.env._(
                        "%(scenario)s has two lines for the same segment and grade. "
                        "Put them together in one.",
                        scenario=rule.scenario_id.name,
                    )
                )

    @api.constrains(
        *("scenario_id", "limit_change", "over_limit", "overdue"),
        *("change_up_front", "change_term", "change_reminder"),
    )
    def _check_something(self):
        for rule in self:
            if not rule._told_changes():
                raise ValidationError(
                    self.env._(
                        "“%(who)s”: this line says nothing that is different. Choose "
                        "another limit, what an order over the limit or an overdue "
                        "amount does, or tick another advance, term or reminder; else "
                        "remove the line.",
                        who=rule.who,
                    )
                )

    @api.onchange("limit_percent", "limit_amount")
    def _onchange_limit(self):
        if not 0 <= self.limit_percent <= MOST_LIMIT:
            raise UserError(
                self.env._(
                    "A limit of %(part)g %% is not possible. Write the part of today's "
                    "limit that is left, from 0 to 1,000: 80 is a limit that is a "
                    "fifth lower.",
                    part=self.limit_percent,
                )
            )
        if self.limit_amount < 0:
            raise UserError(
                self.env._(
                    "A limit is not negative. Write 0 when nobody may buy on credit."
                )
            )

    @api.onchange("up_front")
    def _onchange_up_front(self):
        if not 0 <= self.up_front <= 100:
            raise UserError(
                self.env._(
                    "An advance of %(part)g %% is not possible. Write the part of the "
                    "order that is paid up front, from 0 to 100.",
                    part=self.up_front,
                )
            )

    @api.onchange("term_days", "remind_days")
    def _onchange_days(self):
        for days in (self.term_days, self.remind_days):
            if not 0 <= days <= MOST_DAYS:
                raise UserError(
                    self.env._(
                        "%(days)s days is not possible for a term or a reminder. "
                        "Write a number of days from 0 to 365.",
                        days=days,
                    )
                )

    @api.depends(
        *("segment_id", "grade", "limit_change", "limit_percent", "limit_amount"),
        *("over_limit", "overdue", "change_up_front", "up_front"),
        *("change_term", "term_days", "change_reminder", "remind_days"),
    )
    @api.depends_context("lang")
    def _compute_who(self):
        for rule in self:
            who = " ".join(filter(None, (rule.segment_id.name, rule.grade)))
            rule.who = who or self.env._("Everybody")
            rule.what = ", ".join(rule._told_changes()) or self.env._("nothing")

    @api.depends("who", "what")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.who}: {rule.what}"

    def _told_changes(self):
        """What is different, in words."""
        words = []
        if self.limit_change == "factor":
            words.append(self.env._("limit × %(part)g %%", part=self.limit_percent))
        elif self.limit_change == "amount":
            money = format_amount(self.env, self.limit_amount, self.currency_id)
            words.append(self.env._("limit %(amount)s", amount=money))
        for name in ("over_limit", "overdue"):
            if self[name]:
                field = self._fields[name]
                told = dict(field._description_selection(self.env))[self[name]]
                words.append(f"{field._description_string(self.env)}: {told}")
        if self.change_up_front:
            words.append(self.env._("%(part)g %% up front", part=self.up_front))
        if self.change_term:
            words.append(self.env._("%(days)s days to pay", days=self.term_days))
        if self.change_reminder:
            words.append(
                self.env._("reminder after %(days)s days", days=self.remind_days)
            )
        return words

    def _terms(self, remind_days, grace):
        """These changes as the replay reads them; no rule changes nothing."""

        def money(value):
            return Decimal(str(value))

        by = self.limit_change
        return Terms(
            limit_factor=money(self.limit_percent) / 100 if by == "factor" else 1,
            limit=money(self.limit_amount) if by == "amount" else None,
            over_limit=self.over_limit or "",
            overdue=self.overdue or "",
            down_payment=money(self.up_front) / 100 if self.change_up_front else None,
            term_days=self.term_days if self.change_term else None,
            remind_now=remind_days,
            remind_then=self.remind_days if self.change_reminder else remind_days,
            grace=grace,
        )
