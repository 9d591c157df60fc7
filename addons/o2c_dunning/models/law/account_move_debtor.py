"""Who the debtor of a document is in law, and what was agreed with him."""

from odoo import models
from odoo.tools import SQL

from ...policy.default_start import BUSINESS, CONSUMER, PUBLIC


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_agreed(self, company, move_ids):
        """What the payment agreement of the day of the invoice says.

        :return: dict of move id to (term agreed or None, percentage or 0)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (m.id) m.id, a.term_agreed, a.interest_percent
                  FROM account_move m
                  JOIN o2c_payment_agreement a
                    ON a.partner_id = m.commercial_partner_id AND a.company_id = %s
                   AND a.state IN ('confirmed', 'ended')
                   AND a.date_from <= COALESCE(m.invoice_date, m.date)
                   AND (a.date_until IS NULL
                        OR a.date_until >= COALESCE(m.invoice_date, m.date))
                 WHERE m.id = ANY(%s)
                 ORDER BY m.id, a.date_from DESC, a.id DESC
                """,
                company.id,
                list(move_ids),
            )
        )
        return {move_id: (agreed, percent or 0) for move_id, agreed, percent in rows}

    def _o2c_consumer(self, company, partner):
        """Whether a customer is a consumer in law: one answer for the whole house.

        :param company: the root company that collects
        :param partner: the commercial partner
        """
        debtor = self._o2c_debtors(company, partner.ids)[partner.id]
        return debtor["kind"] == CONSUMER

    def _o2c_debtors(self, company, partner_ids):
        """What kind of debtor each customer is in law, and whether he is insolvent.

        Who has no segment and looks like a person is treated as a consumer: that claims
        too little rather than too much.
        """
        partner_ids = list(set(partner_ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, c.o2c_term_agreed ->> %s, s.id, s.natural_person,
                       s.public_body, c.is_company OR COALESCE(c.vat, '') <> '',
                       COALESCE(p.person_kind, 'auto'), COALESCE(p.insolvent, FALSE),
                       (SELECT r.insolvency_on FROM o2c_credit_report r
                         WHERE r.partner_id = c.id AND r.company_id = %s
                           AND r.insolvent AND r.insolvency_on IS NOT NULL
                         ORDER BY r.date DESC, r.id DESC LIMIT 1)
                  FROM res_partner c
                  LEFT JOIN o2c_customer_segment s ON s.id = c.o2c_segment_id
                  LEFT JOIN o2c_risk_profile p
                    ON p.partner_id = c.id AND p.company_id = %s
                 WHERE c.id = ANY(%s)
                """,
                str(company.id),
                company.id,
                company.id,
                partner_ids,
            )
        )
        persons = set()
        if company.o2c_sole_traders_letter:
            profiles = self.env["o2c.risk.profile"].sudo()
            persons = profiles._natural_persons(company, partner_ids)
        found = {}
        for pid, agreed, segment, person, public, firm, said, insolvent, on in rows:
            looks = not segment and not firm
            consumer = said != "legal" and (person or looks)
            found[pid] = {
                "agreed": agreed,
                "kind": CONSUMER if consumer else PUBLIC if public else BUSINESS,
                "letter_needed": bool(consumer or pid in persons),
                "insolvent": insolvent,
                "insolvent_on": on,
            }
        return found
