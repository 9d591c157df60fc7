"""What customers owe and have ordered: one SQL statement for any number of them."""

from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ...policy.credit_decision import CreditRules
from .o2c_customer_facts import ZERO, CustomerFacts, Exposure, to_money

#: Customers from which PostgreSQL's compiler is worth a statement to switch off.
_MANY = 50


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _exposure(self, company, partners=None):
        """Exposure of customers in a company and its branches.

        :param company: ``res.company``; its root counts
        :param partners: ids of commercial partners, or None for all customers
        :return: dict of partner id to :class:`Exposure`; absent means nothing
        """
        if partners is not None and not partners:
            return {}
        self._flush_exposure()
        rows = self.env.execute_query(
            SQL(
                "WITH %s SELECT partner_id, buckets FROM exposure",
                self._exposure_ctes(
                    company.root_id, company.root_id._o2c_today(), partners
                ),
            )
        )
        return {pid: Exposure.of_buckets(buckets) for pid, buckets in rows}

    @api.model
    def _credit_facts(self, company, partner_ids, today, order_ids=()):
        """What a verdict needs to know of some customers, in one statement.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :param date today: date in the company
        :param order_ids: ids of sales orders that are judged
        :return: dict of partner id to :class:`CustomerFacts`
        """
        root = company.root_id.sudo()
        self._flush_exposure()
        self._flush_limits()
        self._flush_natural_persons()
        self.env["o2c.credit.policy"].flush_model()
        self.env["o2c.credit.hold"].flush_model()
        if len(partner_ids) > _MANY:
            self._spare_compiling()
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(ctes)s
                SELECT customer.id, exposure.buckets,
                       GREATEST(receivable.overdue + receivable.credits, 0),
                       GREATEST(receivable.late + receivable.credits, 0),
                       %(today)s - receivable.oldest_due,
                       profile.limit_kind, %(agreed)s, %(approved)s, %(covers)s,
                       %(house)s, %(person)s,
                       profile.grade, profile.insolvent, policy.id,
                       policy.over_limit, policy.overdue, policy.down_payment,
                       (SELECT jsonb_object_agg(order_id, amount)
                          FROM (SELECT order_id, sum(amount) AS amount FROM unbooked
                                 WHERE order_id = ANY(%(orders)s)
                                 GROUP BY order_id) paid),
                       (SELECT jsonb_object_agg(order_id, id) FROM o2c_credit_hold
                         WHERE order_id = ANY(%(orders)s) AND state = 'open'),
                       CASE WHEN (SELECT natural_person FROM o2c_customer_segment
                                   WHERE id = customer.o2c_segment_id)
                            THEN GREATEST(50, profile.agreed_up_front)
                            ELSE 100 END
                  FROM res_partner customer
             LEFT JOIN exposure ON exposure.partner_id = customer.id
             LEFT JOIN receivable ON receivable.partner_id = customer.id
             LEFT JOIN o2c_risk_profile profile
                    ON profile.partner_id = customer.id
                   AND profile.company_id = %(root)s
             LEFT JOIN LATERAL (%(policy)s) policy ON TRUE
                 WHERE customer.id = ANY(%(partners)s)
                """,
                ctes=self._exposure_ctes(root, today, partner_ids),
                agreed=self._agreed_sql(root, today),
                approved=self._approved_sql(root, today),
                covers=self._covers_sql(root, today),
                house=self._group_sql(root),
                person=self._natural_person_sql(SQL("%s", root.id)),
                today=today,
                root=root.id,
                partners=list(partner_ids),
                policy=self.env["o2c.credit.policy"]._cell_sql(root),
                orders=list(order_ids),
            )
        )
        amount = to_money(root.o2c_overdue_amount)
        known = {row[0]: self._customer_facts(row, amount, today) for row in rows}
        return self._with_groups(known, root, today)

    @api.model
    def _with_groups(self, known, root, today):
        """The same facts with the figures of the groups; no statement without one."""
        group_of = {pid: one.group_id for pid, one in known.items() if one.group_id}
        if group_of:
            for pid, group in self._group_facts(root, today, group_of).items():
                known[pid] = replace(known[pid], group=group)
        return known

    @api.model
    def _customer_facts(self, row, overdue_amount, today):
        """One row of :meth:`_credit_facts` as an object."""
        (pid, buckets, overdue, late, days, kind, agreed, approved, covers) = row[:9]
        (house, person, grade, insolvent, cell_id, over_limit, on_overdue) = row[9:16]
        (down_payment, prepaid, holds, most_up_front) = row[16:]
        limit = self._limit_of(kind, agreed, approved, today)
        facts = CustomerFacts(
            partner_id=pid,
            exposure=Exposure.of_buckets(buckets),
            overdue=to_money(overdue),
            overdue_late=to_money(late),
            overdue_days=days or 0,
            limit_kind=limit.kind,
            limit=limit.amount if limit.kind == "amount" else ZERO,
            limit_until=limit.until,
            grade=grade,
            insolvent=bool(insolvent),
            rules=CreditRules(
                over_limit=over_limit or "hold",
                overdue=on_overdue or "hold",
                overdue_amount=overdue_amount,
                down_payment=to_money(down_payment) / 100,
                most_up_front=to_money(most_up_front) / 100,
            ),
            prepaid={int(key): to_money(paid) for key, paid in (prepaid or {}).items()},
            holds={int(key): hold for key, hold in (holds or {}).items()},
            cell_id=cell_id,
            natural_person=bool(person),
            group_id=house,
        )
        if not covers:
            return facts
        return replace(facts, cover=self._cover_of(covers, today, facts.overdue_beyond))

    @api.model
    def _flush_exposure(self):
        """Write what the statement is going to read."""
        for model in (
            "account.move",
            "account.move.line",
            "sale.order",
            "sale.order.line",
            "payment.transaction",
            "account.payment",
            "res.partner",
        ):
            self.env[model].flush_model()

    @api.model
    def _exposure_ctes(self, company, today, partners):
        """Common table expressions ``receivable``, ``open_order``, ``unbooked`` and
        ``exposure``.

        :param company: ``res.company``, the root
        :param date today: date in the company
        :param partners: ids of commercial partners, or None for all
        """
        sources = [
            SQL("SELECT partner_id, %s AS bucket, amount FROM (%s) source", name, query)
            for name, query in self._exposure_sources(company, today, partners).items()
        ]
        return SQL(
            """
            receivable AS (%(receivable)s),
            open_order AS (%(orders)s),
            unbooked AS MATERIALIZED (%(unbooked)s),
            exposure AS (
                SELECT partner_id, jsonb_object_agg(bucket, amount) AS buckets
                  FROM (SELECT partner_id, bucket, sum(amount) AS amount
                          FROM (%(sources)s) bucket
                         GROUP BY partner_id, bucket) amount
                 GROUP BY partner_id
            )
            """,
            receivable=self._receivable_sql(company, today, partners),
            orders=self._open_order_sql(company, partners),
            unbooked=self._unbooked_payment_sql(company, partners),
            sources=SQL(" UNION ALL ").join(sources),
        )

    @api.model
    def _exposure_sources(self, company, today, partners):
        """Hook: where exposure comes from. Extend the dict with ``super()``.

        :param company: ``res.company``, the root
        :param date today: date in the company
        :param partners: ids of commercial partners to look at, or None for all;
            :meth:`_contacts_sql` and :meth:`_companies_sql` turn them into SQL
        :return: dict of bucket name to SQL that selects ``partner_id`` (a commercial
            partner) and ``amount`` (company currency)
        """
        return {
            "receivables": SQL(
                "SELECT partner_id, receivables AS amount FROM receivable"
            ),
            "drafts": self._draft_sql(company, partners),
            "delivered": SQL("SELECT partner_id, delivered AS amount FROM open_order"),
            "undelivered": SQL(
                "SELECT partner_id, undelivered AS amount FROM open_order"
            ),
            "down_payments": SQL(
                """
                SELECT partner_id,
                       -GREATEST(LEAST(down_payment, delivered + undelivered), 0)
                       AS amount
                  FROM open_order
                """
            ),
            "prepaid": SQL(
                "SELECT partner_id, -amount AS amount FROM unbooked"
                " WHERE order_state = 'sale'"
            ),
        }
