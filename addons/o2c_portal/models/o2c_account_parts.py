"""Instalments in the account: of an invoice in parts, and of a payment plan.

One answer to "when is it due and how much of it is late" for every page: the oldest
open instalment counts, and in a running plan the instalments of the plan.
"""

from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.o2c_base.tools.local_form import day_text, money_text

from ..policy import payment_window, plan_share


class O2cAccountOverview(models.AbstractModel):
    _inherit = "o2c.account.overview"

    @api.model
    def _next_parts(self, moves):
        """The oldest open instalment of each invoice, and what is late of it.

        :return: dict of invoice id to dict with due, number, count, open (what is left
            of this instalment), late (an amount) and plan (``o2c.payment.plan`` that
            runs or was asked for, may be empty)
        """
        plans = self._plans(moves)
        running = self.env["o2c.payment.plan"].sudo().union(*plans.values())
        shares = self._late_shares(running)
        found = {}
        for move, lines in self._receivables(moves).items():
            open_ones = lines.filtered(
                lambda line: not line.reconciled and line.amount_residual_currency > 0
            )
            if not open_ones:
                continue
            today = move.company_id._o2c_today()
            plan = plans.get(move.id, running.browse())
            late = sum(
                line.amount_residual_currency
                for line in open_ones
                if line.date_maturity and line.date_maturity < today
            )
            number = lines.ids.index(open_ones[0].id) + 1
            due = open_ones[0].date_maturity
            if plan.state == "running":
                due, late = plan.next_due or due, shares.get(move.id, 0.0)
            found[move.id] = {
                "due": due or move.invoice_date_due,
                "number": number,
                "count": len(lines),
                "open": open_ones[0].amount_residual_currency,
                "late": move.currency_id.round(late),
                "plan": plan,
            }
        return found

    @api.model
    def _receivables(self, moves):
        """Receivable lines per invoice, oldest first, in sudo."""
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("move_id", "in", moves.ids)
                & Domain("account_id.account_type", "=", "asset_receivable"),
                order="date_maturity, id",
            )
        )
        return lines.grouped("move_id")

    @api.model
    def _is_instalment(self, part):
        """Whether a part is less than its invoice; what is in a plan has no parts."""
        return bool(part) and part["count"] > 1 and part["plan"].state != "running"

    @api.model
    def _part_text(self, move, part, amount=None):
        """The next instalment with its own amount, beside the whole of the invoice.

        :param part: of :meth:`_next_parts`, or None
        :param amount: what of it is asked, when that is not all of it
        :return: text; empty for an invoice in one amount or in a plan
        """
        if not self._is_instalment(part):
            return ""
        left = part["open"] if amount is None else amount
        return self.env._(
            "instalment %(number)s of %(count)s: %(amount)s",
            number=part["number"],
            count=part["count"],
            amount=money_text(self.env, left, move.currency_id),
        )

    @api.model
    def _asked_part(self, move, part, disputed):
        """The next instalment as a text, and what of it nobody disputes."""
        asked = self._late_part(move, part["open"], disputed) if part else 0.0
        return (self._part_text(move, part, asked) if asked else ""), asked

    @api.model
    def _plan_text(self, plan):
        """That an invoice is in a plan, or may come into one."""
        if plan.state == "running":
            return self.env._("in payment plan %s", plan.name)
        return self.env._("payment plan %s requested", plan.name) if plan else ""

    @api.model
    def _plans(self, moves):
        """Payment plan that runs or was asked for, per invoice id."""
        plans = (
            self.env["o2c.payment.plan"]
            .sudo()
            .search(
                Domain("state", "in", ("waiting", "running"))
                & Domain("move_ids", "in", moves.ids)
            )
        )
        found = {}
        for plan in plans.sorted(lambda one: one.state == "running"):
            found |= dict.fromkeys((plan.move_ids & moves.sudo()).ids, plan)
        return found

    @api.model
    def _running_plans(self, partner):
        """Plans of the customer that run, in sudo."""
        return (
            self.env["o2c.payment.plan"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.commercial_partner_id.id),
                    ("state", "=", "running"),
                ],
                order="id",
            )
        )

    @api.model
    def _late_shares(self, plans):
        """What is late of running plans, as amount per invoice id."""
        found = {}
        for plan in plans.filtered(lambda one: one.state == "running"):
            today = plan.company_id._o2c_today()
            late = sum(
                Decimal(str(line.amount)) - Decimal(str(line.paid))
                for line in plan.line_ids
                if line.state != "paid" and line.due < today
            )
            if not late:
                continue
            parts = [
                (item.move_id.id, Decimal(str(item.left)))
                for item in plan.item_ids.sorted("sequence")
            ]
            for move_id, part in plan_share.shares(late, parts).items():
                found[move_id] = found.get(move_id, 0.0) + float(part)
        return found

    @api.model
    def _late_domain(self, partner, today):
        """Invoices of which something is late now: in a plan, its instalments."""
        plans = self._running_plans(partner)
        late = Domain("line_ids", "any!", self._open_part(today))
        if not plans:
            return late
        return late & Domain("id", "not in", plans.move_ids.ids) | Domain(
            "id", "in", list(self._late_shares(plans))
        )

    @api.model
    def _plan_heads(self, partner, company, currency, own=()):
        """Running plans as lines of an account, and what is late in them.

        :return: list of dicts, amount that is late of documents that the contact sees
        """
        plans = self._running_plans(partner).filtered(
            lambda plan: plan.currency_id == currency
            and company in plan.move_ids.company_id
        )
        whole = partner._o2c_sees_company()
        shares, late = self._late_shares(plans), 0.0
        for move in plans.move_ids:
            if move.company_id == company and (whole or move.partner_id == partner):
                late += shares.get(move.id, 0.0)
        links = self.env["o2c.payment.link"]
        heads = []
        for plan in plans if whole else ():
            asked = links._plan_asked(plan)
            if asked:
                heads.append(self._plan_head(plan, asked, own))
        return heads, currency.round(late)

    @api.model
    def _plan_head(self, plan, asked, own=()):
        """A running plan as a line of an account: what is asked of it, and when; no
        path while a payment of it is on its way."""
        links, today = self.env["o2c.payment.link"], plan.company_id._o2c_today()
        due, amount = min(asked.mapped("due")), links._plan_amount(asked)
        paying = set(links._payments_told(plan.move_ids, own).values())
        values = {
            "amount": money_text(self.env, amount, plan.currency_id),
            "day": day_text(self.env, due),
        }
        return {
            "plan": plan,
            "title": self.env._("Payment plan %s", plan.name),
            "amount": amount,
            "is_due": due <= today,
            "is_late": due < today,
            "text": self.env._("late: %(amount)s, since %(day)s", **values)
            if due < today
            else self.env._("next instalment: %(amount)s on %(day)s", **values),
            "path": "" if paying - {payment_window.BY_HAND} else links._plan_path(plan),
        }
