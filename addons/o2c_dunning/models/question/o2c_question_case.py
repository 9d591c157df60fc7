"""The case knows of questions: their invoices wait, and an answer can become one."""

from odoo import api, fields, models
from odoo.tools import SQL, html2plaintext


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    question_ids = fields.Many2many(
        "o2c.question", string="Questions", compute="_compute_talk_ids"
    )
    plan_ids = fields.Many2many(
        "o2c.payment.plan", string="Payment Plans", compute="_compute_talk_ids"
    )

    @api.depends("partner_id", "company_id", "currency_id")
    def _compute_talk_ids(self):
        domain = [
            ("partner_id", "in", self.partner_id.ids),
            ("company_id", "in", self.company_id.ids),
        ]
        questions = self.env["o2c.question"].search(domain)
        plans = self.env["o2c.payment.plan"].search(domain)
        for case in self:
            mine = case.partner_id, case.company_id
            case.question_ids = questions.filtered(
                lambda one, mine=mine: (one.partner_id, one.company_id) == mine
            )
            case.plan_ids = plans.filtered(
                lambda one, mine=mine, case=case: (one.partner_id, one.company_id)
                == mine
                and one.currency_id == case.currency_id
            )

    @api.model
    def _aside_sources(self, company, move_ids):
        """Invoices about which the customer asked something that waits for us."""
        self.env["o2c.question"].flush_model()
        return [
            *super()._aside_sources(company, move_ids),
            SQL(
                """
                (SELECT m.id, 'question',
                        jsonb_build_object('text', q.name, 'day',
                            (q.asked_at AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)
                  FROM account_move m
                  JOIN o2c_question q ON q.partner_id = m.commercial_partner_id
                   AND q.company_id = %s AND q.state = 'open'
                   AND q.kind IN ('question', 'contract')
                 WHERE m.id = ANY(%s)
                   AND (EXISTS (SELECT FROM o2c_question_move_rel r
                                 WHERE r.question_id = q.id AND r.move_id = m.id)
                        OR NOT EXISTS (SELECT FROM o2c_question_move_rel r
                                        WHERE r.question_id = q.id))
                 ORDER BY q.id)
                """,
                company._o2c_zone(),
                company.root_id.id,
                move_ids,
            ),
        ]

    def action_question(self):
        """Write down what the customer asks; what he wrote last comes along."""
        self.ensure_one()
        self._check_collector()
        written = self._last_answer()
        text = html2plaintext(written.body or "") if written else ""
        return self._dialog(
            "o2c.question",
            self.env._("Question"),
            default_case_id=self.id,
            default_partner_id=self.partner_id.id,
            default_company_id=self.company_id.id,
            default_name=written.subject or "",
            default_text=text,
            default_source="mail" if written else "call",
        )

    def _last_answer(self):
        """What the customer wrote last on this case, while nobody has read it."""
        self.ensure_one()
        messages = self.env["mail.message"].sudo()
        if self.state != "answered":
            return messages
        return messages.search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "=", "email"),
            ],
            order="id desc",
            limit=1,
        )

    def action_plan(self):
        """Work out with the customer how he pays in instalments."""
        self.ensure_one()
        self._check_collector()
        return self._dialog(
            "o2c.plan.proposal",
            self.env._("Payment plan"),
            default_case_id=self.id,
            default_source="mail" if self.state == "answered" else "call",
        )

    @api.model
    def _run_locked(self, company, today, preview, selection=None):
        """Promises, plans, disputes and questions come first: what they say tonight
        counts in the verdicts."""
        if not preview:
            self._follow_up(company, today)
        return super()._run_locked(company, today, preview, selection)

    @api.model
    def _follow_up(self, company, today):
        """The night's work on everything that was agreed or asked."""
        now = fields.Datetime.now()
        waiting = self._waits_for_night(company, today)
        if "promise" in waiting:
            promises = self.env["o2c.payment.promise"]
            promises._settle(company, today)
            if company._o2c_mode("dunning") == "live":
                promises._remind_before(company, today, now)
        if "plan" in waiting:
            self.env["o2c.payment.plan"]._follow(company, today, now)
        if "dispute" in waiting:
            self.env["o2c.dispute"]._escalate(company, today)
        if "question" in waiting:
            self.env["o2c.question"]._escalate(company, today)

    @api.model
    def _waits_for_night(self, company, today):
        """What there is to follow up, in one statement: most nights that is little.

        :return: set of "promise", "plan", "dispute", "question"
        """
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT EXISTS (SELECT FROM o2c_payment_promise
                                WHERE company_id = %(company)s AND state = 'open'),
                       EXISTS (SELECT FROM o2c_payment_plan
                                WHERE company_id = %(company)s AND state = 'running'),
                       EXISTS (SELECT FROM o2c_dispute
                                WHERE state = 'open' AND deadline < %(today)s
                                  AND escalated_on IS NULL),
                       EXISTS (SELECT FROM o2c_question
                                WHERE company_id = %(company)s AND state = 'open'
                                  AND deadline < %(today)s AND escalated_on IS NULL)
                """,
                company=company.root_id.id,
                today=today,
            )
        )
        names = ("promise", "plan", "dispute", "question")
        return {name for name, waits in zip(names, row, strict=True) if waits}
