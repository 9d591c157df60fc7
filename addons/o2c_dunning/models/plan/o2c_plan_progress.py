"""How far plans are: read from the ledger, for all of them in two statements."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ...policy.payment_plan import Instalment, newest, outcome, standings
from ...tools.amount import decimal

SHADES = {
    "paid": "bg-success",
    "open": "bg-secondary-subtle border",
    "late": "bg-warning",
    "missed": "bg-danger",
}


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    picture = fields.Html(
        string="Progress Bar", compute="_compute_picture", sanitize=False
    )

    @api.depends("line_ids.paid", "line_ids.state", "line_ids.amount")
    @api.depends_context("lang")
    def _compute_picture(self):
        states = dict(
            self.env["o2c.payment.plan.line"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        for plan in self:
            plan.picture = plan._draw(states) if plan.line_ids else False

    def _draw(self, states):
        """A bar with a part per instalment, as wide as its amount."""
        parts = []
        for line in self.line_ids.sorted("number"):
            done = 100 * line.paid / line.amount if line.amount else 0
            title = self.env._(
                "%(number)s. %(day)s: %(amount)s, %(state)s",
                number=line.number,
                day=format_date(self.env, line.due),
                amount=line.currency_id.format(line.amount),
                state=states[line.state],
            )
            parts.append(
                Markup(
                    '<div class="rounded-1 overflow-hidden %s" title="%s"'
                    ' style="flex:%s 1 0;min-width:8px;height:28px;">'
                    '<div class="bg-success h-100" style="width:%s%%"></div></div>'
                )
                % (SHADES[line.state], title, line.amount, round(done, 1))
            )
        words = self.env._(
            "%(paid)s of %(total)s paid",
            paid=self.currency_id.format(self.paid),
            total=self.currency_id.format(self.total),
        )
        return Markup(
            '<div class="d-flex gap-1 w-100" role="img" aria-label="%s">%s</div>'
            '<div class="text-muted small mt-1">%s</div>'
        ) % (words, Markup().join(parts), words)

    def _refresh(self, today=None, by_night=False):
        """Write what the ledger says about these running plans.

        Runs twice without harm; ends plans that are kept, and by night breaks those
        with a missed instalment.

        :param date today: date in the company; the present one when not given
        :param bool by_night: whether plans may be broken
        :return: dict of plan id to "running", "kept" or "broken"
        """
        plans = self.sudo().filtered(lambda one: one.state == "running")
        if not plans:
            return {}
        paid, partials = plans._paid_amounts(), plans._partials()
        results = {}
        for plan in plans:
            day = today or plan.company_id._o2c_today()
            amount = paid.get(plan.id, decimal(0))
            lines = plan.line_ids.sorted("number")
            found = standings(
                [Instalment(li.number, li.due, decimal(li.amount)) for li in lines],
                newest(partials.get(plan.id, ()), amount),
                day,
                plan.grace_days,
            )
            plan._write_standing(lines, found, amount)
            results[plan.id] = outcome(found)
        plans._conclude(results, today, by_night)
        return results

    def _write_standing(self, lines, found, paid):
        """Only what changed is written."""
        for line, standing in zip(lines, found, strict=True):
            values = {
                "paid": float(standing.paid),
                "paid_on": standing.paid_on,
                "state": standing.state,
            }
            same = (
                not line.currency_id.compare_amounts(line.paid, values["paid"])
                and (line.paid_on or None) == standing.paid_on
                and line.state == standing.state
            )
            if not same:
                line.write(values)
        left = max(0.0, self.total - float(paid))
        if self.currency_id.compare_amounts(self.left, left) or not self.paid:
            self.write({"paid": min(self.total, float(paid)), "left": left})

    def _paid_amounts(self):
        """What the invoices of each plan have less open than when it was made.

        :return: dict of plan id to amount
        """
        self.env.flush_all()
        cases = self.env["o2c.dunning.case"]
        rows = self.env.execute_query(
            SQL(
                """
                WITH item AS (
                    SELECT plan_id, move_id, sum(amount) AS amount
                      FROM o2c_payment_plan_item
                     WHERE plan_id = ANY(%(plans)s)
                     GROUP BY plan_id, move_id)
                SELECT item.plan_id, sum(item.amount - LEAST(
                       item.amount, COALESCE(ledger.left, 0)))
                  FROM item
                  LEFT JOIN LATERAL (
                       SELECT sum(l.amount_residual_currency) AS left
                         FROM account_move_line l
                        WHERE l.move_id = item.move_id
                          AND l.account_id = ANY(%(accounts)s)
                          AND l.parent_state = 'posted'
                          AND l.amount_residual_currency > 0) ledger ON TRUE
                 GROUP BY item.plan_id
                """,
                plans=self.ids,
                accounts=cases._receivable_account_ids(),
            )
        )
        return {plan_id: decimal(amount) for plan_id, amount in rows}

    def _partials(self):
        """Every match of the invoices of each plan: order, day and amount.

        :return: dict of plan id to list of tuples
        """
        found = {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.plan_id, p.id, p.max_date, p.debit_amount_currency
                  FROM (SELECT DISTINCT plan_id, move_id FROM o2c_payment_plan_item
                         WHERE plan_id = ANY(%s)) item
                  JOIN account_move_line l ON l.move_id = item.move_id
                   AND l.account_id = ANY(%s)
                  JOIN account_partial_reconcile p ON p.debit_move_id = l.id
                """,
                self.ids,
                self.env["o2c.dunning.case"]._receivable_account_ids(),
            )
        )
        for plan_id, order, day, amount in rows:
            found.setdefault(plan_id, []).append((order, day, decimal(amount)))
        return found
