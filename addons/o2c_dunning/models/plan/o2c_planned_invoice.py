"""Invoices in a plan are dealt with by the plan, not by the ladder."""

from odoo import api, models
from odoo.tools import SQL


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _set_aside(self, company, move_ids, today):
        """A plan that runs; one that was asked for and waits for us is a question."""
        aside = super()._set_aside(company, move_ids, today)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.move_id, bool_or(p.state = 'running')
                  FROM o2c_payment_plan p
                  JOIN o2c_payment_plan_move_rel r ON r.plan_id = p.id
                 WHERE p.company_id = %s AND p.state IN ('running', 'waiting')
                   AND r.move_id = ANY(%s)
                 GROUP BY r.move_id
                """,
                company.root_id.id,
                list(move_ids),
            )
        )
        for move_id, runs in rows:
            aside.setdefault(move_id, {})["on_plan" if runs else "question"] = True
        return aside


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_plan_terms(self):
        """What plans say about interest and cost of these invoices.

        A plan that was broken or withdrawn says nothing any more: then everything
        counts as if it had never been agreed.

        :return: dict of move id to dict with ``mode`` ("waived", "owed" or
            "charged"), ``since`` (day the plan began), ``until`` (day it was kept;
            None while it runs), ``cost`` and ``interest`` (what the whole plan owed
            when it began, in its currency) and ``plan`` (id)
        """
        if not self.ids:
            return {}
        self.env["o2c.payment.plan"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (r.move_id) r.move_id, p.interest_mode,
                       p.started_on, p.ended_on, p.cost_owed, p.interest_owed, p.id
                  FROM o2c_payment_plan p
                  JOIN o2c_payment_plan_move_rel r ON r.plan_id = p.id
                 WHERE p.state IN ('running', 'kept') AND r.move_id = ANY(%s)
                 ORDER BY r.move_id, p.id DESC
                """,
                self.ids,
            )
        )
        names = ("mode", "since", "until", "cost", "interest", "plan")
        return {
            move_id: dict(zip(names, values, strict=True)) for move_id, *values in rows
        }
