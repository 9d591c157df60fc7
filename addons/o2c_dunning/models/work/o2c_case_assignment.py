"""Giving out the cases: who works which, by the rules of the teams."""

import json

from odoo import api, models
from odoo.tools import SQL

from ...policy.assignment import Case, Load, assign
from ...tools.amount import decimal


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _assign_cases(self, company, today):
        """Give every case without a fitting collector to somebody, in three statements.

        Runs twice without harm: who has his case keeps it.

        :param company: ``res.company`` that collects, the root
        :param date today: the date there
        :return: number of cases that moved
        """
        teams = self.env["o2c.collecting.team"].sudo()
        teams = teams.search([("company_id", "=", company.id)])
        if not teams:
            return 0
        self.env.flush_all()
        cases = self._assignment_cases(company, today)
        load = Load()
        for case in cases:
            if case.user:
                load.take(case.user)
        away = self.env["o2c.collector.absence"]._away(today)
        given = assign(cases, teams._policy_teams(set(away)), load)
        self._write_assignment(given)
        return len(given)

    @api.model
    def _assignment_cases(self, company, today):
        """The open cases as the policy reads them.

        A case that opened by itself has the person that the company named for it: that
        is nobody's choice yet.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, COALESCE(c.amount_due, 0), c.currency_id,
                       COALESCE(p.o2c_segment_id, 0), COALESCE(c.user_id, 0),
                       COALESCE(c.team_id, 0), COALESCE(c.assigned_by_hand, FALSE)
                  FROM o2c_dunning_case c
                  JOIN res_partner p ON p.id = c.partner_id
                 WHERE c.company_id = %s AND c.state <> 'closed'
                """,
                company.id,
            )
        )
        rates = self._rates_to_company(company, today, {row[2] for row in rows})
        return [
            Case(case_id, decimal(amount) * rates[currency], segment, user, team, hand)
            for case_id, amount, currency, segment, user, team, hand in rows
        ]

    @api.model
    def _write_assignment(self, given):
        """Write who works what.

        :param dict given: case id to (user id or 0, team id)
        """
        rows = [
            {"id": case_id, "user_id": user or None, "team_id": team}
            for case_id, (user, team) in given.items()
        ]
        if rows:
            self.env.execute_query(
                SQL(
                    """
                    UPDATE o2c_dunning_case c
                       SET user_id = f.user_id, team_id = f.team_id,
                           assigned_by_hand = FALSE
                      FROM jsonb_to_recordset(%s::jsonb)
                           AS f (id int, user_id int, team_id int)
                     WHERE c.id = f.id
                    """,
                    json.dumps(rows),
                )
            )
            self.invalidate_model(["user_id", "team_id", "assigned_by_hand"])

    def write(self, vals):
        """Whom a person chose keeps the case, with the team he works in."""
        if "user_id" in vals and "assigned_by_hand" not in vals:
            vals = vals | {"assigned_by_hand": bool(vals["user_id"])}
            if vals["user_id"] and "team_id" not in vals:
                user = self.env["res.users"].browse(vals["user_id"])
                teams = self.env["o2c.collecting.team"]
                for company, cases in self.grouped("company_id").items():
                    own = teams._of_user(user, company)[:1]
                    super(O2cDunningCase, cases).write({"team_id": own.id})
        result = super().write(vals)
        if {"state", "paused_until", "amount_due"} & vals.keys():
            self._rank_later()
        return result
