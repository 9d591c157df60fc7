"""How a plan comes about: proposed, within the policy or approved, and started."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...policy.payment_plan import (
    Instalment,
    may_charge,
    outside,
    schedule,
)
from ...tools.amount import decimal


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    @api.model
    def _propose(self, moves, **terms):
        """A plan over everything that is open on these invoices; a proposal yet.

        :param moves: ``account.move`` records of one customer, company and currency
        :param terms: count, every, first_amount, start_date, interest_mode, source …
        :return: ``o2c.payment.plan`` in state draft
        """
        moves = moves.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        if not moves:
            raise UserError(self.env._("Choose the invoices that the plan is about."))
        case = self.env["o2c.dunning.case"]._case_of(moves)
        row = self.env["o2c.plan.policy"]._row_for(case.company_id, case.partner_id)
        person = moves._o2c_consumer(case.company_id, case.partner_id)
        mode = row.interest_mode or "waived"
        plan = self.create(
            {
                "case_id": case.id,
                "move_ids": [(6, 0, moves.ids)],
                "grace_days": row.grace_days if row else 5,
                "interest_mode": mode if may_charge(person, mode) else "waived",
            }
            | terms
        )
        plan._take_items()
        plan._make_schedule()
        return plan

    @api.model
    def _open_rows(self, company, partner, moves):
        """What is open on these invoices, oldest first.

        :return: list of ``LedgerRow``
        """
        cases = self.env["o2c.dunning.case"].sudo()
        self.env.flush_all()
        rows = [
            row
            for row in cases._ledger_rows(company, partner.ids)
            if row.move_id in moves.ids and row.open_currency > 0
        ]
        return sorted(rows, key=lambda row: (row.due, row.move_id, row.instalment))

    def _take_items(self):
        """Write down what is open now, oldest first: that is what is spread."""
        self.ensure_one()
        rows = self._open_rows(self.company_id, self.partner_id, self.move_ids)
        if not rows:
            raise UserError(self.env._("Nothing is open on these invoices."))
        self.sudo().item_ids.unlink()
        self.sudo().item_ids = [
            (
                0,
                0,
                {
                    "sequence": number * 10,
                    "move_id": row.move_id,
                    "instalment": row.instalment,
                    "due": row.due,
                    "amount": row.open_currency,
                },
            )
            for number, row in enumerate(rows, 1)
        ]
        total = float(sum(decimal(row.open_currency) for row in rows))
        self.sudo().write({"total": total, "left": total, "paid": 0.0})

    def _instalments(self):
        """The schedule by the terms of this plan, as the policy makes it."""
        self.ensure_one()
        try:
            return schedule(
                decimal(self.total),
                self.count,
                self.start_date,
                first=decimal(self.first_amount),
                every=self.every,
                cent=Decimal(str(self.currency_id.rounding)),
            )
        except ValueError:
            raise UserError(
                self.env._(
                    "The first instalment must be less than %(total)s, and leave at "
                    "least something for each of the others.",
                    total=self.currency_id.format(self.total),
                )
            ) from None

    def _make_schedule(self):
        """Write the instalments of a proposal."""
        for plan in self:
            lines = plan._instalments()
            plan.sudo().line_ids.unlink()
            plan.sudo().line_ids = [
                (
                    0,
                    0,
                    {"number": one.number, "due": one.due, "amount": float(one.amount)},
                )
                for one in lines
            ]

    def _policy_words(self, today):
        """What goes beyond the policy, in words; "" when nothing does."""
        self.ensure_one()
        row = self.env["o2c.plan.policy"]._row_for(self.company_id, self.partner_id)
        company = self.company_id.currency_id
        rate = company._get_conversion_rate(
            company, self.currency_id, self.company_id, today
        )
        bounds = row._bounds(rate)
        lines = tuple(
            Instalment(line.number, line.due, decimal(line.amount))
            for line in self.line_ids.sorted("number")
        )
        words = self._bound_words(bounds, self.currency_id)
        said = [words[code] for code in outside(bounds, lines, today)]
        said += self._dispute_words(self.move_ids)
        return "\n".join(said)

    @api.model
    def _in_dispute(self, moves):
        """Invoices that do not go into a plan by themselves: the customer objects to
        them. In the portal they cannot be chosen; here a manager decides.

        :param moves: ``account.move`` records
        :return: those with an open dispute
        """
        found = (
            self.env["o2c.dispute"]
            .sudo()
            .search([("state", "=", "open"), ("move_id", "in", moves.ids)])
        )
        return moves.browse(found.move_id.ids)

    @api.model
    def _dispute_words(self, moves):
        """Why invoices in dispute wait for a manager; empty when there are none.

        :return: list of sentences
        """
        return [
            self.env._("%s is in dispute. Leave it out, or let a manager decide.", name)
            for name in self._in_dispute(moves).mapped("name")
        ]

    @api.model
    def _bound_words(self, bounds, currency):
        """What is said about a plan that goes beyond a bound.

        :param bounds: ``Bounds`` in the plan's currency
        :return: dict of reason code to sentence
        """
        return {
            "too_long": self.env._("It lasts longer than %s months.", bounds.max_months)
            if bounds.max_months
            else self.env._("For a customer of this grade a manager decides."),
            "too_small": self.env._(
                "An instalment is below %s.",
                currency.format(float(bounds.min_instalment)),
            ),
            "first_low": self.env._(
                "Less than %s%% comes at once.", f"{float(bounds.first_percent):g}"
            ),
            "first_late": self.env._("The first payment comes later than in a week."),
        }

    def action_start(self):
        """Make it an agreement, or let it wait for somebody who may approve it."""
        self.case_id._check_collector()
        for plan in self.filtered(lambda one: one.state == "draft"):
            plan._agree()

    def _agree(self):
        """Start a proposal that is within the policy; others wait for approval."""
        self.ensure_one()
        today = self.company_id._o2c_today()
        if any(line.due < today for line in self.line_ids):
            raise UserError(
                self.env._("The first instalment lies in the past. Choose a later day.")
            )
        why = self._policy_words(today)
        signed = self._signatory_words(today)
        why = "\n".join(text for text in (why, signed) if text)
        plan = self.sudo()
        if why:
            plan.write({"state": "waiting", "wait_reason": why})
            plan._ask_approval()
            return
        plan._begin(today)

    def _signatory_words(self, today):
        """Why whoever agreed may not bind the customer; "" when he may."""
        who = self.sudo().signer_id or self.signer
        if not who:
            return ""
        company = self.company_id
        amount = self.currency_id._convert(
            self.total, company.currency_id, company, today
        )
        return self.env["o2c.signatory.check"]._look(
            self, self.partner_id, who, decimal(amount), self.name
        )

    def _ask_approval(self):
        """A task for a collecting manager, not for who proposed it."""
        approvers, chief = self._approvers(), self.company_id.o2c_responsible_id
        manager = chief if chief in approvers else approvers[:1] or chief
        if manager:
            theirs = self.with_context(lang=manager.lang)
            theirs.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.company_id._o2c_today(),
                summary=theirs.env._("Payment plan to approve"),
                note=self.wait_reason,
                user_id=manager.id,
            )

    def _approvers(self):
        """Managers of the company, other than who proposed this plan."""
        group = self.env.ref("o2c_base.group_collecting_manager").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active
            and user != self.proposed_by_id
            and user != self.env.ref("base.user_root")
            and self.company_id in user.company_ids
        )

    @api.depends("state", "proposed_by_id", "company_id")
    @api.depends_context("uid")
    def _compute_may_approve(self):
        """Who proposed it waits for a colleague, and reads for whom."""
        manager = self.env.user.has_group("o2c_base.group_collecting_manager")
        for plan in self:
            others = plan.sudo()._approvers() if plan.state == "waiting" else []
            own = plan.proposed_by_id == self.env.user
            plan.may_approve = manager and not (own and others)
            plan.approver_words = ", ".join(user.name for user in others[:3])

    def _check_manager(self):
        if not self.env.user.has_group("o2c_base.group_collecting_manager"):
            raise AccessError(self.env._("Only collecting managers can decide this."))
        self.check_access("write")

    def action_approve(self):
        """Approve what goes beyond the policy: a second pair of eyes."""
        self._check_manager()
        for plan in self.filtered(lambda one: one.state == "waiting"):
            if plan.proposed_by_id == self.env.user and plan.sudo()._approvers():
                raise UserError(
                    self.env._(
                        "You proposed this plan. A colleague who is collecting manager "
                        "approves it."
                    )
                )
            today = plan.company_id._o2c_today()
            if plan.line_ids[:1].due < today:
                plan.sudo()._shift(today)
            plan.sudo().write({"approved_by_id": self.env.uid})
            plan.sudo()._begin(today)

    def _shift(self, today):
        """It waited too long: the schedule starts today instead of in the past."""
        self.start_date = today
        self._make_schedule()

    def action_refuse(self):
        """Refuse what goes beyond the policy; reminders go on."""
        self._check_manager()
        for plan in self.filtered(lambda one: one.state == "waiting").sudo():
            plan.write({"state": "refused", "ended_on": plan.company_id._o2c_today()})
            plan.activity_unlink(["mail.mail_activity_data_todo"])

    def _begin(self, today):
        """The plan runs from today: its invoices are not reminded any more."""
        self.ensure_one()
        taken = self.env["o2c.payment.plan.item"].search(
            [("live", "=", True), ("move_id", "in", self.move_ids.ids)], limit=1
        )
        if taken:
            raise UserError(
                self.env._(
                    "%(invoice)s is in %(plan)s already.",
                    invoice=taken.move_id.name,
                    plan=taken.plan_id.name,
                )
            )
        owed = self._owed_by_law(today)
        self.write(
            {
                "state": "running",
                "started_on": today,
                "cost_owed": owed[0],
                "interest_owed": owed[1],
            }
        )
        self.item_ids.write({"live": True})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._refresh(today)
        if self.company_id._o2c_mode("dunning") == "live":
            self._write_letter("plan_agreed", attachments=self._term_notes())
