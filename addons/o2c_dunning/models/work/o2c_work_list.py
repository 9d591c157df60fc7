"""The collector's day: the cases that are worth a call, the best first."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

LIMIT = 60
SCOPES = ("mine", "team", "all")


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def get_work_list(self, scope=None, shown="due", search="", limit=LIMIT):
        """The ranked list with the counts of its filters, and where the day stands.

        A bounded number of queries, whatever the number of cases.

        :param str scope: mine, team or all; what has cases when not given
        :param str shown: one of the filters
        :param str search: part of a customer's name
        :return: dict for the screen
        """
        self.env.user._o2c_check_collector()
        company = self.env.company.root_id
        today = company._o2c_today()
        scopes = self._work_scopes(company, today)
        scope = scope if scope in SCOPES else self._first_scope(scopes)
        filters = self._work_filters(today, company)
        shown = shown if shown in filters else "due"
        base = scopes[scope]
        if search:
            base &= Domain("partner_id.complete_name", "ilike", search)
        domain = base & filters[shown]
        limit = min(int(limit), 1000)
        cases = self.search(
            domain,
            order="news_on NULLS LAST, work_rank desc, oldest_due, id",
            limit=limit + 1,
        )
        return {
            "company": company.name,
            "mode": company._o2c_mode("dunning"),
            "today": today.isoformat(),
            "scope": scope,
            "shown": shown,
            "filters": [
                {"key": key, "label": label, "count": self.search_count(base & one)}
                for (key, one), label in zip(
                    filters.items(), self._work_filter_labels(), strict=True
                )
            ],
            "rows": cases[:limit]._work_rows(today),
            "more": len(cases) > limit,
            "progress": self._work_progress(company, today, scope),
        }

    @api.model
    def _work_scopes(self, company, today):
        """Whose cases: mine and those I stand in for, my teams', everybody's.

        :return: dict of scope to Domain
        """
        open_cases = Domain("company_id", "=", company.id) & Domain(
            "state", "!=", "closed"
        )
        users = self.env["o2c.collector.absence"]._works_for(self.env.user, today)
        teams = self.env["o2c.collecting.team"]._of_user(self.env.user, company)
        mine = Domain("user_id", "in", users)
        return {
            "mine": open_cases & mine,
            "team": open_cases & (Domain("team_id", "in", teams.ids) | mine),
            "all": open_cases,
        }

    @api.model
    def _first_scope(self, scopes):
        """My own cases when there are any, else everybody's."""
        return "mine" if self.search(scopes["mine"], limit=1) else "all"

    @api.model
    def _work_filters(self, today, company):
        """What the list may be narrowed to, in the order of the screen. Where an agency
        has everything there is nothing to do, unless the customer wrote back.

        :return: dict of key to Domain
        """
        news = Domain("news", "!=", False)
        here = Domain("next_action_date", "=", False) | Domain(
            "next_action_date", "<=", today
        )
        silent = Domain("state", "=", "paused") & Domain("paused_until", ">=", today)
        owes = Domain("amount_due", ">", 0) | Domain("state", "=", "answered")
        calls = Domain("channel", "=", "call") & Domain("state", "=", "queued")
        away = Domain("id", "in", self._cases_away(company, today)) & Domain(
            "state", "!=", "answered"
        )
        disputed = Domain("id", "in", self._cases_disputed(company, today)) & Domain(
            "state", "!=", "answered"
        )
        return {
            "due": news | (here & owes & ~silent & ~away & ~disputed),
            "overdue": Domain("next_action_date", "<", today),
            "answered": Domain("state", "=", "answered") | news,
            "broken": Domain("id", "in", self._cases_broken(company)) & ~away,
            "calls": Domain("notice_ids", "any", calls),
            "everything": Domain.TRUE,
        }

    @api.model
    def _cases_broken(self, company):
        """Cases whose last promise or plan was broken: those with the badge."""
        self.env.flush_all()
        promises = self._rank_promises(company, None)
        return [case_id for case_id, (_sum, broken) in promises.items() if broken]

    @api.model
    def _work_due(self, company, today):
        """What there is to do for this user today: the rule of list and Today alike.

        :return: Domain
        """
        scopes = self._work_scopes(company, today)
        due = self._work_filters(today, company)["due"]
        return scopes[self._first_scope(scopes)] & due

    @api.model
    def _work_filter_labels(self):
        """Names of the filters, in the same order."""
        return [
            self.env._("To do now"),
            self.env._("Overdue actions"),
            self.env._("Answered"),
            self.env._("Promise or plan broken"),
            self.env._("Calls"),
            self.env._("All open"),
        ]

    def _work_rows(self, today):
        """What the list shows of each case."""
        states = dict(self._fields["state"]._description_selection(self.env))
        money, news = self.env["o2c.today"]._money, self._news_labels()
        company = self.company_id[:1]
        away = set(self._cases_away(company, today)) if company else ()
        rows = []
        for case in self:
            late = case.next_action_date and case.next_action_date < today
            codes = {reason["code"] for reason in case.work_reasons or []}
            others = case.user_id and case.user_id != self.env.user
            rows.append(
                {
                    "id": case.id,
                    "name": case.display_name,
                    "amount": money(case.amount_due, case.currency_id),
                    "why": " · ".join(case._rank_words()[1:]),
                    "state": case.state,
                    "news": news[case.id],
                    "state_label": states[case.state],
                    "broken": "broken_promise" in codes and case.id not in away,
                    "call": "call_due" in codes and case.id not in away,
                    "next": case.next_action_date
                    and format_date(
                        self.env, case.next_action_date, date_format="d MMM"
                    ),
                    "late": bool(late),
                    "action": case.next_action or "",
                    "owner": case.user_id.sudo().name if others else "",
                }
            )
        return rows
