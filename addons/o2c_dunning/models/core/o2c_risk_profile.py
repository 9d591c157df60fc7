"""What collecting knows of a customer: it weighs when he orders, and in his score."""

from odoo import api, models
from odoo.tools import SQL


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _blockers(self, company, partner_ids):
        """Customers who broke a promise and still owe what it was about."""
        blockers = super()._blockers(company, partner_ids)
        self.env["o2c.payment.promise"].flush_model()
        self.env["account.move"].flush_model(["state", "payment_state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.partner_id
                  FROM o2c_payment_promise p
                  JOIN o2c_payment_promise_move_rel r ON r.promise_id = p.id
                  JOIN account_move m ON m.id = r.move_id
                 WHERE p.state = 'broken' AND p.company_id = %s
                   AND p.partner_id = ANY(%s)
                   AND m.state = 'posted'
                   AND m.payment_state IN ('not_paid', 'partial')
                """,
                company.root_id.id,
                list(partner_ids),
            )
        )
        for (partner_id,) in rows:
            blockers[partner_id] = [*blockers.get(partner_id, ()), "broken_promise"]
        return blockers

    @api.model
    def _verdict_reason(self, reason, money):
        if reason.code == "broken_promise":
            return self.env._("A promise to pay was broken, and it is still open.")
        return super()._verdict_reason(reason, money)

    @api.model
    def _flush_scoring(self):
        self.env["o2c.payment.promise"].flush_model()
        self.env["o2c.dispute"].flush_model()
        return super()._flush_scoring()

    @api.model
    def _score_sources(self, root, today, partners):
        """Promises that he broke, and disputes where he was wrong."""
        return super()._score_sources(root, today, partners) | {
            "promises_broken": self._times_sql(
                "o2c_payment_promise", "broken", "settled_on", root, today, partners
            ),
            "disputes_lost": self._times_sql(
                "o2c_dispute", "rejected", "closed_on", root, today, partners
            ),
        }

    @api.model
    def _times_sql(self, table, state, day, root, today, partners):
        """How often something ended in a state, per customer."""
        return SQL(
            """
            SELECT partner_id, count(*) AS amount FROM %s
             WHERE state = %s AND company_id = ANY(%s)
               AND %s BETWEEN %s AND %s AND %s
             GROUP BY partner_id
            """,
            SQL.identifier(table),
            state,
            self._companies_sql(root),
            SQL.identifier(day),
            self._behaviour_since(today),
            today,
            SQL("TRUE")
            if partners is None
            else SQL("partner_id = ANY(%s)", list(partners)),
        )

    @api.model
    def _disputed_time_sql(self):
        """From the day a dispute was raised until it was closed, for its part of the
        invoice. A dispute that the customer lost does not excuse him."""
        return SQL(
            """
            SELECT dispute.move_id,
                   dispute.amount / NULLIF(abs(move.amount_total), 0) AS share,
                   (dispute.create_date AT TIME ZONE 'UTC'
                        AT TIME ZONE COALESCE(NULLIF(owner.tz, ''),
                                              'Europe/Amsterdam'))::date AS day_from,
                   COALESCE(dispute.closed_on, 'infinity'::date) AS day_to
              FROM o2c_dispute dispute
              JOIN account_move move ON move.id = dispute.move_id
              JOIN res_company company ON company.id = dispute.company_id
              JOIN res_partner owner ON owner.id = company.partner_id
             WHERE dispute.state NOT IN ('rejected', 'withdrawn')
            """
        )
