"""What the rank of a case is made of: one small statement per table, joined here."""

from odoo import api, models
from odoo.tools import SQL

from ...policy.work_rank import CaseFacts
from ...tools.amount import decimal


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _rank_facts(self, company, today, case_ids=None):
        """Facts of open cases.

        :param company: the root company that collects
        :param case_ids: only these cases; all of the company when not given
        :return: dict of case id to :class:`policy.work_rank.CaseFacts`
        """
        rows = self._rank_rows(company, case_ids)
        ids = None if case_ids is None else [row[0] for row in rows]
        promises = self._rank_promises(company, ids)
        disputed = self._rank_disputed(company, today)
        calls = self._rank_calls(company, today, ids)
        due = self._calls_due(company)
        rates = self._rates_to_company(company, today, {row[2] for row in rows})
        found = {}
        for row in rows:
            case_id, partner_id, currency_id, overdue, oldest, state = row[:6]
            grade, insolvent, over_limit, holds, news = row[6:]
            promised, promise_broken = promises.get(case_id, (0, False))
            in_vain, since = calls.get(case_id, (0, None))
            rate = rates[currency_id]
            found[case_id] = CaseFacts(
                overdue=decimal(overdue) * rate,
                disputed=disputed.get((partner_id, currency_id), decimal(0)) * rate,
                days_late=(today - oldest).days if oldest else 0,
                grade=grade,
                broken_promise=promise_broken,
                promised=decimal(promised) * rate,
                answered=state == "answered",
                news=news,
                over_limit=decimal(over_limit),
                orders_waiting=holds,
                call_due=case_id in due,
                calls_in_vain=in_vain,
                days_since_contact=since,
                insolvent=insolvent,
            )
        return found

    @api.model
    def _rank_rows(self, company, case_ids):
        """Open cases with what credit knows of their customer."""
        some = SQL()
        if case_ids is not None:
            some = SQL("AND c.id = ANY(%s)", list(case_ids))
        return self.env.execute_query(
            SQL(
                """
                SELECT c.id, c.partner_id, c.currency_id, COALESCE(c.amount_due, 0),
                       c.oldest_due, c.state, COALESCE(p.grade, ''),
                       COALESCE(p.insolvent, FALSE), COALESCE(s.over_limit, 0),
                       COALESCE(s.open_holds, 0), COALESCE(c.news, '')
                  FROM o2c_dunning_case c
                  LEFT JOIN o2c_risk_profile p
                    ON p.partner_id = c.partner_id AND p.company_id = c.company_id
                  LEFT JOIN o2c_customer_snapshot s
                    ON s.partner_id = c.partner_id AND s.company_id = c.company_id
                 WHERE c.company_id = %s AND c.state <> 'closed' %s
                """,
                company.id,
                some,
            )
        )

    @api.model
    def _rank_promises(self, company, case_ids):
        """What open promises still bring, and whether the last one that ended was
        broken.

        :return: dict of case id to (amount in the currency of the case, broken)
        """
        some = SQL()
        if case_ids is not None:
            some = SQL("AND case_id = ANY(%s)", list(case_ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT case_id, state, COALESCE(settled_on, date),
                       CASE WHEN state = 'open' THEN
                       amount - GREATEST(0, COALESCE(amount_before, 0) - (
                           SELECT COALESCE(sum(m.amount_residual), 0)
                             FROM o2c_payment_promise_move_rel r
                             JOIN account_move m ON m.id = r.move_id
                            WHERE r.promise_id = o2c_payment_promise.id)) END
                  FROM o2c_payment_promise
                 WHERE company_id = %s AND state IN ('open', 'kept', 'broken') %s
                 ORDER BY 3, id
                """,
                company.id,
                some,
            )
        )
        found = {}
        for case_id, state, _day, amount in rows:
            promised, broken = found.get(case_id, (0, False))
            if state == "open":
                promised += max(0, amount)
            else:
                broken = state == "broken"
            found[case_id] = promised, broken
        return found

    @api.model
    def _rank_disputed(self, company, today):
        """What is in dispute of what is overdue, per customer and currency."""
        self.env["account.move"].flush_model(["amount_residual"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, currency_id, sum(LEAST(disputed, amount_residual))
                  FROM (SELECT d.partner_id, m.currency_id, m.amount_residual,
                               sum(d.amount) AS disputed
                          FROM o2c_dispute d
                          JOIN account_move m ON m.id = d.move_id
                          JOIN res_company c ON c.id = d.company_id
                         WHERE d.state = 'open' AND m.invoice_date_due < %s
                           AND split_part(c.parent_path, '/', 1) = %s
                         GROUP BY d.partner_id, m.id) AS disputes
                 GROUP BY partner_id, currency_id
                """,
                today,
                str(company.id),
            )
        )
        return {
            (partner, currency): decimal(amount) for partner, currency, amount in rows
        }

    @api.model
    def _rank_calls(self, company, today, case_ids):
        """Calls in vain since the last conversation, and how long ago that was.

        :return: dict of case id to (number, days or None)
        """
        some = SQL()
        if case_ids is not None:
            some = SQL("AND case_id = ANY(%s)", list(case_ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT case_id, spoken, date FROM o2c_call_result
                 WHERE company_id = %s %s ORDER BY at, id
                """,
                company.id,
                some,
            )
        )
        found = {}
        for case_id, spoken, day in rows:
            in_vain, since = found.get(case_id, (0, None))
            found[case_id] = (0, (today - day).days) if spoken else (in_vain + 1, since)
        return found

    @api.model
    def _calls_due(self, company):
        """Cases whose step is a call that nobody made yet."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT case_id FROM o2c_dunning_notice WHERE company_id = %s"
                " AND channel = 'call' AND state = 'queued'",
                company.id,
            )
        )
        return {case_id for (case_id,) in rows}

    @api.model
    def _rates_to_company(self, company, today, currency_ids):
        """What one unit of each currency is worth in the company's own.

        :return: dict of currency id to Decimal
        """
        own = company.currency_id
        return {
            currency.id: decimal(
                1.0
                if currency == own
                else currency._get_conversion_rate(currency, own, company, today)
            )
            for currency in self.env["res.currency"].browse(currency_ids)
        }
