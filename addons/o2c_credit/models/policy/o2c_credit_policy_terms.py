"""What the policy asks of a customer on a quotation: his cell, in one query."""

from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class CellTerms(NamedTuple):
    """The cell of one customer, as quotations read it."""

    cell_id: int | None
    grade: str | None
    segment_id: int | None
    payment_term_id: int | None
    #: percent up front that the cell asks, before the law's maximum
    asked: Decimal
    consumer: bool
    #: percent that a consumer agreed to
    agreed: Decimal
    #: the payment term of an agreement in force: (there is one, its id)
    agreement: tuple = (False, None)


class O2cCreditPolicy(models.Model):
    _inherit = "o2c.credit.policy"

    @api.model
    def _terms_of(self, company, partner_ids):
        """The cells of customers with what they ask on a quotation.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to :class:`CellTerms`
        """
        root = company.root_id.sudo()
        self.env["o2c.risk.profile"].flush_model()
        self.env["res.partner"].flush_model(["o2c_segment_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer.id, policy.id, COALESCE(profile.grade, 'unrated'),
                       customer.o2c_segment_id,
                       policy.payment_term_id, policy.asked_up_front,
                       COALESCE(segment.natural_person, FALSE),
                       profile.agreed_up_front
                  FROM res_partner customer
             LEFT JOIN o2c_customer_segment segment
                    ON segment.id = customer.o2c_segment_id
             LEFT JOIN o2c_risk_profile profile
                    ON profile.partner_id = customer.id AND profile.company_id = %s
             LEFT JOIN LATERAL (%s) policy ON TRUE
                 WHERE customer.id = ANY(%s)
                """,
                root.id,
                self._cell_sql(root),
                list(partner_ids),
            )
        )
        agreements = self._agreements_of(root, partner_ids)
        return {
            pid: CellTerms(
                *cell,
                Decimal(str(asked or 0)),
                consumer,
                Decimal(str(agreed or 0)),
                agreements.get(pid, (False, None)),
            )
            for pid, *cell, asked, consumer, agreed in rows
        }

    @api.model
    def _agreements_of(self, root, partner_ids):
        """Payment terms of agreements in force: the policy does not overrule them.

        :return: dict of partner id to (True, payment term id)
        """
        found = self.env["o2c.payment.agreement"]._in_force(
            root, partner_ids, root._o2c_today()
        )
        return {
            pid: (True, agreement.payment_term_id.id)
            for pid, agreement in found.items()
            if agreement.payment_term_id
        }
