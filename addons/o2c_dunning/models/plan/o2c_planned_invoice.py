"""Invoices in a plan are dealt with by the plan, not by the ladder."""

from odoo import api, models
from odoo.tools import SQL


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _aside_sources(self, company, move_ids):
        """A plan that runs, or one that was asked for and waits for approval."""
        self.env["o2c.payment.plan"].flush_model()
        self.env["o2c.payment.plan.line"].flush_model()
        return [
            *super()._aside_sources(company, move_ids),
            SQL(
                """
                (SELECT DISTINCT ON (r.move_id) r.move_id,
                        CASE WHEN p.state = 'running' THEN 'on_plan'
                             ELSE 'plan_waits' END,
                        CASE WHEN p.state = 'running'
                             THEN jsonb_build_object('day', (
                                  SELECT max(due) FROM o2c_payment_plan_line
                                   WHERE plan_id = p.id))
                             ELSE jsonb_build_object('text', p.name,
                                  'day', (p.create_date AT TIME ZONE 'UTC'
                                          AT TIME ZONE %s)::date) END
                   FROM o2c_payment_plan p
                   JOIN o2c_payment_plan_move_rel r ON r.plan_id = p.id
                  WHERE p.company_id = %s AND p.state IN ('running', 'waiting')
                    AND r.move_id = ANY(%s)
                  ORDER BY r.move_id, p.state = 'running' DESC, p.id DESC)
                """,
                company._o2c_zone(),
                company.root_id.id,
                move_ids,
            ),
        ]


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
