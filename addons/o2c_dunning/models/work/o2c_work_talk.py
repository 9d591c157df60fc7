"""Payment plans and questions on the work list: in the line of time, in the next day,
in the rank."""

from odoo import api, models
from odoo.tools import SQL, format_amount

from .o2c_work_timeline import SHOWN


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _rank_promises(self, company, case_ids):
        """A plan that runs is a promise that runs; a broken one is a broken promise."""
        found = super()._rank_promises(company, case_ids)
        some = SQL()
        if case_ids is not None:
            some = SQL("AND case_id = ANY(%s)", list(case_ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT case_id, bool_or(state = 'running'), bool_or(state = 'broken'),
                       COALESCE(sum("left") FILTER (WHERE state = 'running'), 0)
                  FROM o2c_payment_plan
                 WHERE company_id = %s AND state IN ('running', 'broken') %s
                 GROUP BY case_id
                """,
                company.id,
                some,
            )
        )
        for case_id, runs, broken, left in rows:
            promised, failed = found.get(case_id, (0, False))
            found[case_id] = promised + left, failed or (broken and not runs)
        return found

    def _waits_until(self, today):
        """The next instalment, and the day on which a question is answered."""
        plans = self.plan_ids.filtered(lambda plan: plan.state == "running")
        questions = self.question_ids.filtered(lambda one: one.state == "open")
        days = [*plans.mapped("next_due"), *questions.mapped("deadline")]
        return super()._waits_until(today) + [day for day in days if day]

    def _timeline_events(self):
        return [
            *super()._timeline_events(),
            *self._timeline_plans(),
            *self._timeline_questions(),
        ]

    def _timeline_plans(self):
        plans = self.plan_ids[:SHOWN]
        states = dict(plans._fields["state"]._description_selection(self.env))
        return [
            self._event(
                plan,
                "plan",
                plan.create_date,
                self.env._(
                    "Payment plan of %s",
                    format_amount(self.env, plan.total, plan.currency_id),
                ),
                states[plan.state],
                plan.user_id.sudo().name,
            )
            for plan in plans
        ]

    def _timeline_questions(self):
        questions = self.question_ids[:SHOWN]
        states = dict(questions._fields["state"]._description_selection(self.env))
        return [
            self._event(
                question,
                "question",
                question.create_date,
                self.env._("Question: %s", question.name or ""),
                states[question.state],
                question.user_id.sudo().name,
            )
            for question in questions
        ]


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans.case_id._rank_later()
        return plans

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.case_id._rank_later()
        return result
