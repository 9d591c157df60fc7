"""What each case weighs on the work list: written at night and on every change."""

import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.work_rank import rank


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    work_rank = fields.Float(
        string="Weighs",
        digits=(16, 2),
        readonly=True,
        index=True,
        aggregator="sum",
        help="What a call is expected to bring in, in company currency: amount x "
        "chance x everything that makes it urgent or hopeless. The work list begins "
        "with the highest.",
    )
    work_reasons = fields.Json(readonly=True)
    work_reasons_text = fields.Char(
        string="Why Here",
        compute="_compute_work_reasons_text",
        help="Why the case stands where it stands on the work list.",
    )
    team_id = fields.Many2one(
        "o2c.collecting.team",
        string="Team",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="The team that works this case.",
    )
    assigned_by_hand = fields.Boolean(
        help="A person chose the collector: the rules leave the case with him."
    )
    call_ids = fields.One2many("o2c.call.result", "case_id", readonly=True)
    call_count = fields.Integer(compute="_compute_call_count")

    @api.depends("call_ids")
    def _compute_call_count(self):
        counts = dict(
            self.env["o2c.call.result"]._read_group(
                [("case_id", "in", self.ids)], ["case_id"], ["__count"]
            )
        )
        for case in self:
            case.call_count = counts.get(case._origin, 0)

    @api.model
    def _write_amounts(self, company, today, accounts, everybody=False):
        """New amounts weigh differently; everybody is weighed after the run."""
        result = super()._write_amounts(company, today, accounts, everybody=everybody)
        if not everybody:
            self._rank_cases(company, today, self.ids)
        return result

    @api.model
    def _follow_run(self, company, today):
        """Give the cases out, and weigh all of them for the work list."""
        result = super()._follow_run(company, today)
        self._assign_cases(company, today)
        self._rank_cases(company, today)
        return result

    @api.model
    def _rank_cases(self, company, today, case_ids=None):
        """Weigh open cases anew: a bounded number of statements for any number.

        :param company: ``res.company`` of the cases, the root
        :param date today: the date there
        :param case_ids: only these; all of the company when not given
        """
        self.env.flush_all()
        weights = self.env["o2c.work.weights"]._for_company(company)._policy_weights()
        rows = []
        for case_id, facts in self._rank_facts(company, today, case_ids).items():
            found = rank(facts, weights)
            rows.append(
                {
                    "id": case_id,
                    "rank": float(found.value),
                    "reasons": [
                        {
                            "code": reason.code,
                            "factor": float(reason.factor),
                            "figure": float(reason.figure),
                            "text": reason.text,
                        }
                        for reason in found.reasons
                    ],
                }
            )
        self._write_ranks(company, rows, everybody=case_ids is None)

    @api.model
    def _write_ranks(self, company, rows, everybody):
        """Write what differs, in one statement; closed cases weigh nothing."""
        self.env.execute_query(
            SQL(
                """
                UPDATE o2c_dunning_case c
                   SET work_rank = f.rank, work_reasons = f.reasons
                  FROM jsonb_to_recordset(%s::jsonb)
                       AS f (id int, rank numeric, reasons jsonb)
                 WHERE c.id = f.id
                   AND (c.work_rank, c.work_reasons)
                       IS DISTINCT FROM (f.rank, f.reasons)
                """,
                json.dumps(rows),
            )
        )
        if everybody:
            self.env.execute_query(
                SQL(
                    "UPDATE o2c_dunning_case SET work_rank = 0, work_reasons = NULL"
                    " WHERE company_id = %s AND state = 'closed' AND work_rank <> 0",
                    company.id,
                )
            )
        self.invalidate_model(["work_rank", "work_reasons"])

    def _rank_later(self):
        """Weigh these cases again at the end of the transaction, all in one go."""
        if not self:
            return
        precommit = self.env.cr.precommit
        waiting = precommit.data.setdefault("o2c.case.rank", set())
        if not waiting:
            precommit.add(self.browse()._rank_waiting)
        waiting.update(self.ids)

    def _rank_waiting(self):
        """The cases that something happened to in this transaction."""
        waiting = self.env.cr.precommit.data.pop("o2c.case.rank", set())
        cases = self.sudo().browse(waiting).exists()
        for company, batch in cases.grouped("company_id").items():
            self.sudo()._rank_cases(company, company._o2c_today(), batch.ids)
