"""Limits, cover and groups as the verdict reads them: set by set, dated."""

from datetime import date
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...policy.cover import Cover, total_for_new_orders
from ...policy.limit import DatedLimit, LimitToday, limit_today
from ..profile.o2c_customer_facts import GroupFacts, to_money

ZERO = Decimal(0)


def _day(text):
    return date.fromisoformat(text) if text else None


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _rate_sql(self, currency, root, today):
        """The rate of a currency on a day, as core takes it.

        :param SQL currency: the id of the currency
        """
        known = SQL(
            "FROM res_currency_rate WHERE currency_id = %s"
            " AND (company_id IS NULL OR company_id = %s)",
            currency,
            root.id,
        )
        return SQL(
            "COALESCE((SELECT rate %(known)s AND name <= %(today)s"
            " ORDER BY company_id, name DESC LIMIT 1),"
            " (SELECT rate %(known)s ORDER BY company_id, name LIMIT 1), 1)",
            known=known,
            today=today,
        )

    @api.model
    def _to_company_sql(self, amount, currency, root, today):
        """An amount in company currency; the rate is only looked up where it is
        another one."""
        own = root.currency_id.id
        return SQL(
            "CASE WHEN COALESCE(%(currency)s, %(own)s) = %(own)s THEN %(amount)s"
            " ELSE %(amount)s / %(rate)s * %(own_rate)s END",
            currency=currency,
            own=own,
            amount=amount,
            rate=self._rate_sql(currency, root, today),
            own_rate=self._rate_sql(SQL("%s", own), root, today),
        )

    @api.model
    def _agreed_sql(self, root, today):
        """The agreed limit of the row ``profile`` in company currency."""
        return self._to_company_sql(
            SQL("profile.limit_amount"), SQL("profile.limit_currency_id"), root, today
        )

    @api.model
    def _approved_sql(self, root, today):
        """Approved changes of the row ``profile`` that a day may count, as JSON."""
        return SQL(
            """
            (SELECT jsonb_agg(jsonb_build_array(change.limit_kind, %(amount)s,
                              change.date_from, change.date_until,
                              change.ends_temporary)
                     ORDER BY change.date_from, change.decided_on, change.id)
               FROM o2c_limit_change change
              WHERE change.profile_id = profile.id
                AND (change.state = 'approved'
                     OR change.state = 'applied' AND change.date_until IS NOT NULL)
                AND change.date_from <= %(today)s
                AND (change.date_until IS NULL OR change.date_until >= %(today)s))
            """,
            amount=self._to_company_sql(
                SQL("change.limit_amount"), SQL("change.currency_id"), root, today
            ),
            today=today,
        )

    @api.model
    def _covers_sql(self, root, today):
        """Covers of the row ``profile`` that exist on a day, as JSON."""
        return SQL(
            """
            (SELECT jsonb_agg(jsonb_build_array(cover.kind, %(amount)s,
                              cover.date_from, cover.date_until, cover.stop_date,
                              cover.overdue_days))
               FROM o2c_credit_cover cover
              WHERE cover.profile_id = profile.id
                AND cover.active
                AND cover.date_from <= %(today)s
                AND (cover.date_until IS NULL OR cover.date_until >= %(today)s))
            """,
            amount=self._to_company_sql(
                SQL("cover.amount"), SQL("cover.currency_id"), root, today
            ),
            today=today,
        )

    @api.model
    def _group_sql(self, root):
        """The id of the group of the row ``customer`` in a company."""
        return SQL(
            """
            (SELECT house.id FROM o2c_credit_group_member member
               JOIN o2c_credit_group_company works
                 ON works.group_id = member.group_id AND works.company_id = %s
               JOIN o2c_credit_group house
                 ON house.id = member.group_id AND house.active
              WHERE member.partner_id = customer.id
              LIMIT 1)
            """,
            root.id,
        )

    @api.model
    def _limit_of(self, kind, amount, approved, today):
        """The limit of today from what the statement returned."""
        dated = [
            DatedLimit(one, to_money(worth), _day(start), _day(until), bool(ends))
            for one, worth, start, until, ends in approved or ()
        ]
        return limit_today(kind or "none", to_money(amount), dated, today)

    @api.model
    def _cover_of(self, covers, today, overdue_days=0):
        """What covers are worth for a new order, from what the statement returned."""
        return total_for_new_orders(
            [
                Cover(kind, to_money(worth), _day(start), _day(until), _day(stop), late)
                for kind, worth, start, until, stop, late in (
                    (*one[:5], one[5] or 0) for one in covers or ()
                )
            ],
            today,
            overdue_days,
        )

    @api.model
    def _flush_limits(self):
        """Write what the statements on limits are going to read."""
        for model in (
            "o2c.risk.profile",
            "o2c.limit.change",
            "o2c.credit.cover",
            "o2c.credit.group",
            "res.currency.rate",
        ):
            self.env[model].flush_model()

    @api.model
    def _limits_today(self, company, partner_ids, today):
        """The limits that count on a day, whatever the books of the profile say.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to ``LimitToday``; no limit set when unknown
        """
        root = company.root_id.sudo()
        self._flush_limits()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT profile.partner_id, profile.limit_kind, %s, %s
                  FROM o2c_risk_profile profile
                 WHERE profile.company_id = %s AND profile.partner_id = ANY(%s)
                """,
                self._agreed_sql(root, today),
                self._approved_sql(root, today),
                root.id,
                list(partner_ids),
            )
        )
        limits = {pid: LimitToday("none", ZERO) for pid in partner_ids}
        for pid, kind, amount, approved in rows:
            limits[pid] = self._limit_of(kind, amount, approved, today)
        return limits

    # ----------------------------------------------------------------- groups

    @api.model
    def _group_facts(self, root, today, group_of):
        """What the groups of some customers may and do owe, in a company's currency.

        :param dict group_of: partner id to group id, without None
        :return: dict of partner id to ``GroupFacts``
        """
        groups = self.env["o2c.credit.group"].sudo().browse(set(group_of.values()))
        limited = groups.filtered("limit_set")
        exposures = self._group_exposures(limited.ids)
        facts = {}
        for group in limited:
            total = sum(exposures.get(group.id, {}).values(), ZERO)
            amounts = [
                to_money(
                    group.currency_id._convert(
                        float(amount), root.currency_id, root, today
                    )
                )
                for amount in (group.limit_amount, total)
            ]
            facts[group.id] = GroupFacts(group.id, group.name, *amounts)
        return {pid: facts[gid] for pid, gid in group_of.items() if gid in facts}

    @api.model
    def _group_exposures(self, group_ids):
        """What all members owe and ordered minus valid cover, per company.

        One statement per company of the groups.

        :return: dict of group id to dict of company to Decimal, in group currency
        """
        groups = self.env["o2c.credit.group"].sudo().browse(group_ids)
        result = {}
        for company in groups.company_ids:
            here = groups.filtered(lambda one, c=company: c in one.company_ids)
            today = company._o2c_today()
            owed = self._net_exposures(company, here.member_ids.ids, today)
            for group in here:
                total = sum((owed.get(pid, ZERO) for pid in group.member_ids.ids), ZERO)
                result.setdefault(group.id, {})[company] = to_money(
                    company.currency_id._convert(
                        float(total), group.currency_id, company, today
                    )
                )
        return result

    @api.model
    def _net_exposures(self, company, partner_ids, today):
        """Exposure minus cover of customers in a company, in one statement."""
        if not partner_ids:
            return {}
        self._flush_exposure()
        self._flush_limits()
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(ctes)s
                SELECT customer.id, exposure.buckets, %(covers)s,
                       %(today)s - receivable.oldest_due,
                       GREATEST(receivable.overdue + receivable.credits, 0)
                  FROM res_partner customer
             LEFT JOIN exposure ON exposure.partner_id = customer.id
             LEFT JOIN receivable ON receivable.partner_id = customer.id
             LEFT JOIN o2c_risk_profile profile
                    ON profile.partner_id = customer.id
                   AND profile.company_id = %(root)s
                 WHERE customer.id = ANY(%(partners)s)
                """,
                ctes=self._exposure_ctes(company, today, partner_ids),
                covers=self._covers_sql(company, today),
                today=today,
                root=company.id,
                partners=list(partner_ids),
            )
        )
        small = to_money(company.o2c_overdue_amount)
        return {
            pid: sum((to_money(value) for value in (buckets or {}).values()), ZERO)
            - self._cover_of(
                covers, today, (days or 0) if to_money(overdue) > small else 0
            )
            for pid, buckets, covers, days, overdue in rows
        }
