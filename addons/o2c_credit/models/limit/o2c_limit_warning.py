"""A limit far above what a customer buys, or than his holding may owe: said in time."""

from odoo import api, fields, models
from odoo.tools import SQL, format_amount, formatLang

from ...policy.limit_warning import LimitFacts, limit_warnings
from ..profile.o2c_customer_facts import to_money


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _limit_facts(self, company, partner_ids):
        """What a new limit is held against, in one statement beside the holdings.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to ``LimitFacts``
        """
        root = company.root_id.sudo()
        for name in ("o2c.customer.snapshot", "o2c.credit.report", "o2c.credit.group"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer.id, snapshot.sales_year, %(house)s,
                       (SELECT advised_limit FROM o2c_credit_report report
                         WHERE report.partner_id = customer.id
                           AND report.company_id = %(root)s
                           AND report.has_advised_limit
                         ORDER BY date DESC, id DESC LIMIT 1)
                  FROM res_partner customer
             LEFT JOIN o2c_customer_snapshot snapshot
                    ON snapshot.partner_id = customer.id
                   AND snapshot.company_id = %(root)s
                 WHERE customer.id = ANY(%(partners)s)
                """,
                house=self._group_sql(root),
                root=root.id,
                partners=list(partner_ids),
            )
        )
        houses = self.env["o2c.credit.group"].sudo().browse({row[2] for row in rows})
        today = root._o2c_today()
        together = {
            house.id: to_money(
                house.currency_id._convert(
                    house.limit_amount, root.currency_id, root, today
                )
            )
            for house in houses.exists()
            if house.limit_set
        }
        return {
            pid: LimitFacts(
                sales_year=to_money(sales),
                group_limit=together.get(house),
                bureau=None if advised is None else to_money(advised),
            )
            for pid, sales, house, advised in rows
        }

    @api.model
    def _limit_warning_text(self, company, kind, amount, facts):
        """The warnings about a limit, each a sentence with its arithmetic.

        :param company: ``res.company``; its root counts
        :param Decimal amount: in company currency
        :param facts: ``LimitFacts`` or None when nothing is known
        :return: lines of text, "" when there is nothing to say
        """
        root = company.root_id.sudo()
        months = root.o2c_limit_far_months
        found = limit_warnings(kind, amount, facts or LimitFacts(), months)

        def money(value):
            return format_amount(self.env, float(value), root.currency_id)

        texts = {
            "above_sales": lambda one: self.env._(
                "%(limit)s is %(times)s months of what he buys: %(year)s was invoiced "
                "in a year, %(month)s a month. More than %(months)s months is far "
                "above it.",
                limit=money(amount),
                times=formatLang(self.env, float(one.times), digits=1),
                year=money(facts.sales_year),
                month=money(one.against),
                months=months,
            ),
            "above_group": lambda one: self.env._(
                "%(limit)s is more than the %(group)s that his whole holding may owe: "
                "the limit of the holding stops him first.",
                limit=money(amount),
                group=money(one.against),
            ),
            "above_bureau": lambda one: self.env._(
                "%(limit)s is more than the %(advised)s that the bureau advises.",
                limit=money(amount),
                advised=money(one.against),
            ),
        }
        return "\n".join(texts[one.code](one) for one in found)


class O2cLimitChange(models.Model):
    _inherit = "o2c.limit.change"

    warning = fields.Text(
        string="Look Twice",
        compute="_compute_warning",
        compute_sudo=True,
        help="What speaks against this limit, as things are now.",
    )
    warned = fields.Text(
        string="Approved in Spite Of",
        readonly=True,
        help="What spoke against this limit when it was approved.",
    )

    @api.depends(
        "limit_kind", "limit_amount", "currency_id", "company_id", "direction", "state"
    )
    @api.depends_context("lang")
    def _compute_warning(self):
        profiles = self.env["o2c.risk.profile"]
        self.warning = False
        raising = self.filtered(
            lambda one: one.state == "proposed" and one.direction != "lower"
        )
        for company, changes in raising.grouped("company_id").items():
            if not company:
                continue
            today = company._o2c_today()
            known = profiles._limit_facts(company, changes.partner_id.ids)
            for change in changes:
                change.warning = profiles._limit_warning_text(
                    company,
                    change.limit_kind,
                    change._in_company_currency(today),
                    known.get(change.partner_id.id),
                )

    def _decide(self, state, reason=False):
        """What was known to speak against it stays with an approval."""
        if state == "approved":
            for change in self:
                if change.warning:
                    change._record({"warned": change.warning})
        return super()._decide(state, reason)
