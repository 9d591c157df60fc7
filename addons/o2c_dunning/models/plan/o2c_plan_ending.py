"""How a plan ends: kept, broken, withdrawn; and money that waits to be booked."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    credit_open = fields.Monetary(
        string="Payments Not Matched",
        compute="_compute_credit_open",
        help="Open payments of the customer that can be booked on the plan.",
    )

    def _compute_credit_open(self):
        for plan in self:
            lines = plan._open_payments()
            plan.credit_open = -sum(lines.mapped("amount_residual_currency"))

    def _open_payments(self):
        """Payments of the customer that are not matched yet."""
        self.ensure_one()
        if self.state != "running":
            return self.env["account.move.line"]
        return (
            self.env["account.move.line"]
            .sudo()
            .search(
                self.sudo().case_id._open_line_domain()
                + [
                    ("amount_residual_currency", "<", 0),
                    ("move_id.move_type", "=", "entry"),
                ],
                order="date, id",
            )
        )

    def action_book(self):
        """Match the customer's open payments with the invoices, in the agreed order."""
        self.ensure_one()
        if not self.env.user.has_group("account.group_account_invoice"):
            raise UserError(
                self.env._("Somebody with invoicing rights books payments.")
            )
        self.check_access("read")
        self._book(self._open_payments())

    def _book(self, payments):
        """Match payments with the plan's invoices, in the agreed order.

        :param payments: open credit ``account.move.line`` records of the customer
        """
        self.ensure_one()
        for item in self.sudo().item_ids.sorted("sequence"):
            lines = item.move_id.line_ids.filtered(
                lambda line: line.account_id.account_type == "asset_receivable"
                and not line.reconciled
            ).sorted("date_maturity")
            for line in lines:
                money = payments.filtered(
                    lambda one, line=line: not one.reconciled
                    and one.account_id == line.account_id
                )
                if money:
                    (line + money).reconcile()

    def _conclude(self, results, today=None, by_night=False):
        """End the plans that the ledger says are kept or broken.

        :param dict results: plan id to "running", "kept" or "broken"
        :param bool by_night: the night breaks plans; money that comes in never does
        """
        for plan in self:
            day = today or plan.company_id._o2c_today()
            if results.get(plan.id) == "kept":
                plan._keep(day)
            elif results.get(plan.id) == "broken" and by_night:
                plan._break(day)

    def _finish(self, state, today, reason):
        """Whatever the end is: the invoices leave the plan."""
        self.ensure_one()
        self.write({"state": state, "ended_on": today, "end_reason": reason})
        self.item_ids.write({"live": False})

    def _live_case(self):
        """The case in which work on these invoices goes on."""
        self.ensure_one()
        if self.case_id.state != "closed":
            return self.case_id
        left = self.move_ids.filtered(
            lambda move: move.state == "posted" and move.amount_residual > 0
        )
        return self.env["o2c.dunning.case"]._case_of(left) if left else self.case_id

    def _keep(self, today):
        """Everything is paid. Interest is waived, or waits for somebody to claim it."""
        early = self.line_ids and today < max(self.line_ids.mapped("due"))
        self._finish(
            "kept",
            today,
            self.env._("Paid early") if early else self.env._("Paid as agreed"),
        )
        if self.interest_mode != "waived":
            case = self._live_case()
            if case.state != "closed":
                words = self.env._("%s was kept: claim the interest", self.name)
                case.write({"next_action": words, "next_action_date": today})
        if self.company_id._o2c_mode("dunning") == "live":
            self._write_letter("plan_kept")

    def _break(self, today):
        """An instalment was missed: the rest is due at once and the ladder goes on."""
        missed = self.line_ids.filtered(lambda line: line.state == "missed")[:1]
        self._finish(
            "broken",
            today,
            self.env._(
                "Instalment %(number)s of %(day)s was not paid",
                number=missed.number,
                day=format_date(self.env, missed.due),
            ),
        )
        case = self._live_case()
        if case.state != "closed":
            words = self.env._("Call: %s is broken, all is due", self.name)
            case.write({"next_action": words, "next_action_date": today})
        self._alert_broken(today)
        if self.company_id._o2c_mode("dunning") == "live":
            self._write_letter("plan_broken", now=fields.Datetime.now())

    def _alert_broken(self, today):
        """The people of credit hear it: an alert on the customer's profile."""
        company = self.company_id
        if company._o2c_credit_acting(today) == "off":
            return
        [profile] = self.env["o2c.risk.profile"]._ensure(company, self.partner_id)
        self.env["o2c.credit.alert"]._raise(
            [
                {
                    "profile_id": profile.id,
                    "kind": "agreement_breach",
                    "key": f"{self._name}:{self.id}",
                    "amount": self.currency_id._convert(
                        self.left, company.currency_id, company, today
                    ),
                    "text": self.env._(
                        "Payment plan %(plan)s was broken: %(reason)s.",
                        plan=self.name,
                        reason=self.end_reason,
                    ),
                }
            ],
            today=today,
        )

    def action_withdraw(self):
        """End the plan without blame; reminders go on where they stopped."""
        self.case_id._check_collector()
        for plan in self.filtered(lambda one: one.state in ("waiting", "running")):
            was_agreed = plan.state == "running"
            plan.sudo()._finish(
                "withdrawn", plan.company_id._o2c_today(), self.env._("Withdrawn")
            )
            plan.activity_unlink(["mail.mail_activity_data_todo"])
            if was_agreed:
                plan.sudo()._tell_withdrawn()

    def _tell_withdrawn(self):
        """His agreement and term notes say something else: he is told, or somebody is
        asked to tell him when there is no text for it."""
        self.ensure_one()
        if self.currency_id.is_zero(self.left):
            return
        if self.company_id._o2c_mode("dunning") == "live":
            if content := self._letter_content("plan_withdrawn"):
                self._write_letter("plan_withdrawn", content=content)
                return
        case = self._live_case()
        if case.state != "closed":
            words = self.env._(
                "Tell the customer: %(plan)s and its term notes no longer hold, "
                "%(left)s is to be paid now",
                plan=self.name,
                left=format_amount(self.env, self.left, self.currency_id),
            )
            today = self.company_id._o2c_today()
            case.write({"next_action": words, "next_action_date": today})

    def action_refresh(self):
        """Read the ledger again now."""
        self.check_access("read")
        self._refresh()

    @api.model
    def _plans_of(self, moves):
        """Running plans over these invoices, for whoever shows them.

        :param moves: ``account.move`` records
        """
        items = self.env["o2c.payment.plan.item"].sudo()
        return items.search([("live", "=", True), ("move_id", "in", moves.ids)]).plan_id
