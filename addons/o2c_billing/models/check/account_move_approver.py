"""Who is asked to look at a draft, how long he has been, and who is asked next."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain

from ...policy import draft_approver as policy

#: The activity of a draft that nobody looked at in time.
ASKING = "o2c_billing.o2c_check_activity_type"
#: The activity of who mends a returned draft.
MENDING = "o2c_billing.o2c_return_activity_type"


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_approver_id = fields.Many2one(
        "res.users",
        string="Approver",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who is asked to look at this draft. Everybody with the authority may.",
    )
    o2c_check_desk = fields.Char(
        string="Waits With",
        readonly=True,
        copy=False,
        help="Who is asked to look, or any approver.",
    )
    o2c_check_asked_at = fields.Datetime(string="Asked On", readonly=True, copy=False)
    o2c_check_level = fields.Integer(
        string="Escalated",
        readonly=True,
        copy=False,
        help="How many times the next one was asked because nobody looked.",
    )
    o2c_check_hours = fields.Float(
        string="Waits (Working Hours)",
        compute="_compute_o2c_check_hours",
        help="Office hours since the draft was handed in.",
    )
    o2c_check_mood = fields.Selection(
        [("fresh", "Fresh"), ("late", "Late"), ("very_late", "Very late")],
        string="Age",
        compute="_compute_o2c_check_hours",
        help="Late from the hours after which the next one is asked, very late from "
        "twice as many.",
    )
    o2c_check_mine = fields.Boolean(
        string="Waits for Me",
        compute="_compute_o2c_check_mine",
        search="_search_o2c_check_mine",
        help="You are asked, or who you stand in for, or any approver.",
    )

    @api.depends("o2c_check_since", "o2c_check_state")
    def _compute_o2c_check_hours(self):
        now = fields.Datetime.now()
        for move in self:
            waits = move.o2c_check_state in ("to_check", "returned")
            since = move.o2c_check_since if waits else False
            company = move.company_id.sudo()
            hours = company._o2c_office_hours(since, now) if since else Decimal(0)
            bound = Decimal(str(company.o2c_check_hours or 8.0))
            move.o2c_check_hours = float(hours)
            move.o2c_check_mood = waits and (
                "fresh"
                if hours < bound
                else "late"
                if hours < 2 * bound
                else "very_late"
            )

    @api.depends("o2c_approver_id", "o2c_check_state")
    @api.depends_context("uid")
    def _compute_o2c_check_mine(self):
        mine = self._o2c_stands_for(self.env.user)
        for move in self:
            move.o2c_check_mine = move.o2c_check_state == "to_check" and (
                not move.o2c_approver_id or move.o2c_approver_id in mine
            )

    def _search_o2c_check_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("o2c_check_state", "=", "to_check") & (
            Domain("o2c_approver_id", "=", False)
            | Domain("o2c_approver_id", "in", self._o2c_stands_for(self.env.user).ids)
        )
        return mine if True in value else ~mine

    @api.model
    def _o2c_stands_for(self, user):
        """This user and the people whose deputy he is today."""
        lent = policy.stand_ins(
            self.env["o2c.approver.absence"]._absences(),
            self.env.company._o2c_today(),
        )
        return user | user.browse(lent.get(user.id, ()))

    # Authority

    def _o2c_authorities(self, rule_ids):
        """What the rules that point at drafts ask of an approver, in one go.

        :return: dict of rule id to tuple of :class:`policy.draft_approver.Authority`
        """
        rules = self.env["o2c.draft.check.rule"].sudo().browse(rule_ids).exists()
        return {rule.id: rule.authority_ids._as_policy() for rule in rules}

    def _o2c_rules_pointing(self, verdict):
        """Ids of the rules of the verdict of now and of those it waits for."""
        stored = {one[1] for one in self.o2c_check_reasons or () if one[1]}
        return verdict.rule_ids | stored

    def _o2c_not_mine(self):
        """Which of these drafts may the user not approve, and why?

        :return: dict of move to a sentence
        """
        refused = {}
        user = self.env.user
        verdicts = self._o2c_judge()
        pointing = {move: move._o2c_rules_pointing(verdicts[move]) for move in self}
        known = self._o2c_authorities(set().union(*pointing.values()))
        absences = self.env["o2c.approver.absence"]._absences()
        for move in self:
            makers = move._o2c_makers()
            named = {rule: known[rule] for rule in pointing[move] if rule in known}
            lent = policy.stand_ins(absences, move.company_id._o2c_today())
            if user in makers:
                refused[move] = self.env._(
                    "Four eyes: you made this draft or asked for the check, so a "
                    "colleague approves it."
                )
            elif not policy.may_approve(
                user.id, move._o2c_checked_amount(), named, lent, makers.ids
            ):
                refused[move] = self.env._(
                    "This is more than you may approve. %(approver)s is asked.",
                    approver=move.sudo().o2c_approver_id.name
                    or self.env._("A colleague with more authority"),
                )
        return refused

    def _o2c_desk_values(self, user_id):
        """Who is asked, and his name for the columns of the board: drafts that any
        approver may look at are a column too."""
        person = self.env["res.users"].sudo().browse(user_id or ())
        company = self.company_id.sudo()
        reader = company.o2c_responsible_id.lang or company.partner_id.lang
        anybody = self.with_context(lang=reader or self.env.lang).env._("Any approver")
        return {
            "o2c_approver_id": person.id,
            "o2c_check_desk": person.name or anybody,
        }

    def _o2c_checked_amount(self):
        """The amount that an approver answers for, in company currency."""
        self.ensure_one()
        return Decimal(str(abs(self.amount_total_signed)))

    def _o2c_approvers(self):
        """Billing approvers of the company of these drafts, the least busy first."""
        group = self.env.ref("o2c_base.group_billing_approver").sudo()
        people = group.all_user_ids.filtered(
            lambda user: user.active
            and not user.share
            and self.company_id in user.company_ids
        )
        busy = dict(
            self.sudo()._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("o2c_check_state", "=", "to_check"),
                    ("o2c_approver_id", "in", people.ids),
                ],
                ["o2c_approver_id"],
                ["__count"],
            )
        )
        return {user.id: busy.get(user, 0) for user in people.sorted("id")}

    def _o2c_whom_to_ask(self, verdicts, level=0):
        """Who is asked to look, for any number of drafts: a fixed number of statements.

        Nobody by name where any approver may look.

        :param verdicts: dict of move to :class:`policy.draft_check.Check`
        :param int level: 0 for the least authority that is enough, 1 for the next
        :return: dict of move to user id or False; absent when there is no such level
        """
        asked = {}
        for company, moves in self.grouped("company_id").items():
            busy = moves._o2c_approvers()
            pointing = {
                move: move._o2c_rules_pointing(verdicts[move]) for move in moves
            }
            known = self._o2c_authorities(set().union(*pointing.values()))
            lent = policy.stand_ins(
                self.env["o2c.approver.absence"]._absences(), company._o2c_today()
            )
            for move in moves:
                named = {rule: known[rule] for rule in pointing[move] if rule in known}
                if not any(named.values()):
                    if not level:
                        asked[move] = False
                    continue
                levels = policy.candidates(
                    move._o2c_checked_amount(),
                    named,
                    sorted(busy, key=lambda user: (busy[user], user)),
                    lent,
                    move._o2c_makers().ids,
                )
                if level < len(levels):
                    asked[move] = levels[level][0]
                    busy[asked[move]] += 1
                elif not level:
                    asked[move] = False
        return asked

    def _o2c_stop_asking(self):
        """Nobody has to look or to mend any more."""
        asked = self.filtered(lambda m: m.o2c_check_level or m.o2c_mender_id).sudo()
        if asked:
            asked.activity_unlink([ASKING, MENDING])
