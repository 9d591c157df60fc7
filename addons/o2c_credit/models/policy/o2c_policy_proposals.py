"""The policy proposes other limits to people, a few a week, with the arithmetic."""

import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.advice import advise
from ..profile.o2c_exposure import to_money

_logger = logging.getLogger(__name__)

#: Days in which a decided proposal of the policy is not made again.
QUIET_DAYS = 90


class O2cCreditPolicy(models.Model):
    _inherit = "o2c.credit.policy"

    @api.model
    def _cron_propose(self):
        """Every night, for each head company where credit watches or is live."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._o2c_companies(
            "credit", modes=("watch", "live")
        ):
            if company.root_id != company:
                continue
            policies = self.with_company(company).with_context(
                tz=company._o2c_zone(), allowed_company_ids=company.ids
            )
            try:
                with self.env.cr.savepoint():
                    policies._propose_limits(company, company._o2c_today())
                    policies._schedule_reviews(company, company._o2c_today())
            except Exception:  # noqa: BLE001 - one company's failure is its own
                _logger.warning("Limit proposals of %s failed", company, exc_info=True)
            if not cron._commit_progress(1):
                return

    @api.model
    def _propose_limits(self, company, today):
        """Propose the limits that differ most from what the policy advises.

        :param company: ``res.company``, the root
        :param date today: date in the company
        :return: ``o2c.limit.change``
        """
        changes = self.env["o2c.limit.change"].sudo()
        left = company.o2c_policy_proposals - changes.search_count(
            [
                ("company_id", "=", company.id),
                ("source", "=", "policy"),
                ("create_date", ">", fields.Datetime.now() - relativedelta(days=7)),
            ]
        )
        if left <= 0:
            return changes
        margin = to_money(company.o2c_policy_margin)
        advised = []
        for row in self._advice_rows(company, today):
            advice = advise(
                row["grade"] != "unrated",
                to_money(row["limit_factor"]),
                to_money(row["start_limit"]),
                to_money(row["sales_year"]),
                row["limit_kind"],
                to_money(row["limit_amount"]),
                margin,
            )
            if advice:
                advised.append((row, advice))
        advised.sort(key=lambda one: (-abs(one[1].difference), one[0]["profile_id"]))
        reader = self.with_context(lang=company._o2c_credit_owner().lang)
        return changes._propose(
            [
                reader._proposal(row, advice, company, today)
                for row, advice in advised[:left]
            ]
        )

    @api.model
    def _advice_rows(self, company, today):
        """Customers with figures and cell, without who was asked about lately."""
        self.env["o2c.risk.profile"].flush_model()
        self.env["o2c.customer.snapshot"].flush_model()
        self.env["o2c.limit.change"].flush_model()
        self.env["res.partner"].flush_model(["active", "o2c_segment_id"])
        names = (
            "profile_id, limit_kind, limit_amount, sales_year, cell_id, grade, "
            "segment_id, limit_factor, start_limit, review_months"
        ).split(", ")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT profile.id, profile.limit_kind, profile.limit_amount,
                       snapshot.sales_year, policy.id, policy.grade,
                       customer.o2c_segment_id, policy.limit_factor,
                       policy.start_limit, policy.review_months
                  FROM o2c_risk_profile profile
                  JOIN o2c_customer_snapshot snapshot
                    ON snapshot.partner_id = profile.partner_id
                   AND snapshot.company_id = profile.company_id
                  JOIN res_partner customer ON customer.id = profile.partner_id
                  JOIN LATERAL (%(cell)s) policy ON TRUE
                 WHERE profile.company_id = %(company)s AND customer.active
                   AND NOT EXISTS (
                       SELECT 1 FROM o2c_limit_change change
                        WHERE change.profile_id = profile.id
                          AND (change.state IN ('proposed', 'approved')
                               OR change.source = 'policy'
                              AND change.create_date > %(since)s))
                """,
                cell=self._cell_sql(company),
                company=company.id,
                since=today - relativedelta(days=QUIET_DAYS),
            )
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _proposal(self, row, advice, company, today):
        """Values of one proposed change."""
        cell = self.browse(row["cell_id"])
        months = row["review_months"]
        return {
            "profile_id": row["profile_id"],
            "limit_kind": advice.kind,
            "limit_amount": float(advice.amount),
            "source": "policy",
            "cell_id": cell.id,
            "review_date": months and today + relativedelta(months=months),
            "reason": self.env._("Credit policy: %s", cell.display_name),
            "arithmetic": self._arithmetic(row, advice, company),
        }

    def _arithmetic(self, row, advice, company):
        """How the amount came about, in plain words."""

        def money(amount):
            return self.env["o2c.today"]._money(float(amount), company.currency_id)

        kinds = self.env["o2c.risk.profile"]._fields["limit_kind"]
        present = money(row["limit_amount"] or 0)
        if row["limit_kind"] != "amount":
            present = dict(kinds._description_selection(self.env))[row["limit_kind"]]
        if row["grade"] == "unrated":
            return self.env._(
                "Not rated yet: start limit %(amount)s. Now: %(present)s.",
                amount=money(advice.amount),
                present=present,
            )
        if advice.kind == "cash":
            return self.env._(
                "The policy gives grade %(grade)s no limit: cash only. Now: "
                "%(present)s.",
                grade=row["grade"],
                present=present,
            )
        return self.env._(
            "Invoiced in a year %(year)s, so %(month)s a month × %(factor)s = "
            "%(amount)s, rounded to hundreds. Now: %(present)s.",
            year=money(row["sales_year"]),
            month=money(advice.monthly),
            factor=f"{row['limit_factor']:g}",
            amount=money(advice.amount),
            present=present,
        )

    @api.model
    def _schedule_reviews(self, company, today):
        """Give limits without a review date one, spread over the rhythm of their cell
        so that they do not all come on one day.

        :return: number of profiles
        """
        profiles = self.env["o2c.risk.profile"]
        profiles.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE o2c_risk_profile target
                   SET review_date = %(today)s::date + 30
                       + profile.id %% GREATEST(policy.review_months * 30 - 29, 1)
                  FROM o2c_risk_profile profile
                  JOIN res_partner customer ON customer.id = profile.partner_id
                  JOIN LATERAL (%(cell)s) policy ON TRUE
                 WHERE target.id = profile.id
                   AND profile.company_id = %(company)s
                   AND profile.limit_kind <> 'none'
                   AND profile.review_date IS NULL
                   AND policy.review_months > 0
                RETURNING target.id
                """,
                today=today,
                cell=self._cell_sql(company),
                company=company.id,
            )
        )
        profiles.invalidate_model(["review_date"])
        return len(rows)
