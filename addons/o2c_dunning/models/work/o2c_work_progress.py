"""How far the day and the week are, against the targets of a collector or his team."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, models
from odoo.tools import SQL


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _work_progress(self, company, today, scope="mine"):
        """Calls today, promised and collected this week.

        :param str scope: *team* adds up everybody in the teams of the user
        :return: list of dicts with ``key``, ``label``, ``value``, ``target``, ``share``
        """
        members = self._progress_members(company, scope)
        users = members.user_id | self.env.user if scope != "team" else members.user_id
        users = users or self.env.user
        monday = today - timedelta(days=today.weekday())
        calls = self.env["o2c.call.result"].search_count(
            [
                ("company_id", "=", company.id),
                ("user_id", "in", users.ids),
                ("date", "=", today),
            ]
        )
        money = self.env["o2c.today"]._money
        currency = company.currency_id
        promised = self._promised_since(company, users, monday, today)
        collected = self._collected_since(company, users, monday)
        targets = self._progress_targets(members)
        return [
            self._bar("calls", self.env._("Calls today"), calls, targets, str),
            self._bar(
                "promised",
                self.env._("Promised this week"),
                promised,
                targets,
                lambda amount: money(amount, currency),
            ),
            self._bar(
                "collected",
                self.env._("Collected this week"),
                collected,
                targets,
                lambda amount: money(amount, currency),
            ),
        ]

    @api.model
    def _progress_members(self, company, scope):
        """Memberships whose targets count: mine, or everybody's in my teams."""
        members = self.env["o2c.collecting.member"].sudo()
        domain = [("company_id", "=", company.id), ("team_id.active", "=", True)]
        if scope != "team":
            return members.search([*domain, ("user_id", "=", self.env.uid)])
        teams = self.env["o2c.collecting.team"]._of_user(self.env.user, company)
        return members.search([*domain, ("team_id", "in", teams.ids)])

    @api.model
    def _progress_targets(self, members):
        """Targets added up."""
        return {
            "calls": sum(members.mapped("target_calls")),
            "promised": sum(members.mapped("target_promised")),
            "collected": sum(members.mapped("target_collected")),
        }

    @api.model
    def _bar(self, key, label, value, targets, said):
        """One progress bar; without a target there is only the figure."""
        target = targets[key]
        return {
            "key": key,
            "label": label,
            "value": said(value),
            "target": said(target) if target else "",
            "share": min(100, round(100 * value / target)) if target else 0,
            "reached": bool(target) and value >= target,
        }

    @api.model
    def _promised_since(self, company, users, monday, today):
        """What was promised to these collectors since Monday, in company currency."""
        zone = pytz.timezone(company._o2c_zone())
        start = zone.localize(datetime.combine(monday, time())).astimezone(pytz.utc)
        self.env["o2c.payment.promise"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.currency_id, sum(p.amount)
                  FROM o2c_payment_promise p
                  JOIN o2c_dunning_case c ON c.id = p.case_id
                 WHERE p.company_id = %s AND p.create_uid = ANY(%s)
                   AND p.create_date >= %s AND p.state <> 'withdrawn'
                 GROUP BY c.currency_id
                """,
                company.id,
                users.ids,
                start.replace(tzinfo=None),
            )
        )
        rates = self._rates_to_company(company, today, {row[0] for row in rows})
        return sum(float(amount) * float(rates[one]) for one, amount in rows)

    @api.model
    def _collected_since(self, company, users, monday):
        """Money on overdue invoices of customers whose case is or was with these
        collectors this week, in company currency. Each payment counts once."""
        self.env.flush_all()
        payments = self.env["o2c.payment.behaviour"].sudo()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(sum(paid.amount), 0)
                  FROM (%(payments)s) paid
                  JOIN res_partner debtor ON debtor.id = paid.debtor_id
                 WHERE paid.days_late > 0 AND paid.company_id = %(company)s
                   AND EXISTS (SELECT 1 FROM o2c_dunning_case c
                                WHERE c.partner_id = debtor.commercial_partner_id
                                  AND c.company_id = %(company)s
                                  AND c.user_id = ANY(%(users)s)
                                  AND COALESCE(c.closed_on, paid.paid_on)
                                      >= paid.paid_on)
                """,
                payments=payments._payments_sql(SQL("money.date >= %s", monday)),
                company=company.id,
                users=users.ids,
            )
        )
        return float(rows[0][0])
