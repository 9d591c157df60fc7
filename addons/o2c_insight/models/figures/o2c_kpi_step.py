"""What each step of a ladder brought in: kept per month, as the key figures."""

from odoo import api, fields, models
from odoo.tools import SQL, groupby

from ...policy import receivable_days, work_results
from .o2c_kpi_snapshot import VALUES
from .o2c_kpi_taking import _money
from .o2c_kpi_work import _count, _share


class O2cKpiStep(models.Model):
    """One row per step and row of key figures. A payment belongs to the last reminder
    before it."""

    _name = "o2c.kpi.step"
    _description = "Result per Step"
    _order = "snapshot_id, ladder_id, step_days, id"
    _rec_name = "label"
    _log_access = False

    snapshot_id = fields.Many2one(
        "o2c.kpi.snapshot",
        string="Key Figures",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="snapshot_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(related="snapshot_id.month", store=True)
    period = fields.Char(related="snapshot_id.period")
    dimension = fields.Selection(related="snapshot_id.dimension", store=True)
    of = fields.Char(related="snapshot_id.label", string="Of")
    step_id = fields.Many2one(
        "o2c.dunning.step", string="Step", ondelete="set null", readonly=True
    )
    ladder_id = fields.Many2one(
        "o2c.dunning.ladder", string="Ladder", ondelete="set null", readonly=True
    )
    label = fields.Char(
        string="Name", readonly=True, help="Name of the step when it was counted."
    )
    step_days = fields.Integer(
        string="Day", readonly=True, aggregator=None, help="Days after the due date."
    )
    reminded = _count(
        "Invoices Reminded",
        "At this step, sent so long ago that the 14 days after it ended in the month.",
    )
    paid = _count("Paid in Full", "Within 14 days, before the next reminder.")
    paid_share = _share(
        "Paid in Full (%)",
        "Invoices paid in full within 14 days after a reminder of this step and before "
        "the next / invoices reminded, by number.",
    )
    asked = fields.Monetary(
        readonly=True,
        help="What the reminders of this step asked to pay, in company currency.",
    )
    collected = fields.Monetary(
        readonly=True,
        help="Money that came within 14 days and before the next reminder; credit "
        "notes are no money.",
    )
    collected_share = _share(
        "Collected (%)",
        "Money that came within 14 days after a reminder of this step and before the "
        "next / amount asked.",
    )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Extends core: a share of a group is the whole part over the whole."""
        name, _colon, how = aggregate_spec.partition(":")
        whole = {"paid_share": ("paid", "reminded")}
        whole["collected_share"] = ("collected", "asked")
        if how == "avg" and name in whole:
            part, all_of_it = (
                self._field_to_sql(self._table, one, query) for one in whole[name]
            )
            return SQL("(100.0 * sum(%s) / NULLIF(sum(%s), 0))", part, all_of_it)
        return super()._read_group_select(aggregate_spec, query)

    def _step_name(self):
        """Ladder and step in the reader's language, or as it was called then."""
        self.ensure_one()
        step = self.sudo().step_id
        if not step:
            return self.label
        return " · ".join((step.ladder_id.display_name, step.name))

    def action_open_reminders(self):
        """The reminders behind the row."""
        self.ensure_one()
        return self.snapshot_id._open_results([("step_id", "=", self.step_id.id)])


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    step_ids = fields.One2many(
        "o2c.kpi.step",
        "snapshot_id",
        string="Result per Step",
        help="What the reminders brought in whose 14 days ended in the month.",
    )

    def _keep_details(self, companies):
        """The steps of each row."""
        super()._keep_details(companies)
        if not self:
            return
        first, last = work_results.ripe(self[0].month, self[0].as_of)
        rows = self._results(companies, first, last)
        per_row = dict(groupby(rows, lambda row: (row["dimension"], row["value"] or 0)))
        steps = self.env["o2c.dunning.step"].sudo()
        known = {
            step.id: step
            for step in steps.browse(
                {row["step_id"] for row in rows if row["step_id"]}
            ).exists()
        }
        values = []
        for one in self:
            key = (one.dimension, one._value_id())
            for row in per_row.get(key, ()):
                step = known.get(row["step_id"], steps)
                values.append(one._step_values(step, row))
        self.env["o2c.kpi.step"].sudo().create(values)

    def _value_id(self):
        """Id of the segment, salesperson, … of this row; 0 without one."""
        self.ensure_one()
        name = VALUES.get(self.dimension)
        return self[name].id or 0 if name else 0

    def _step_values(self, step, row):
        """Values of one step of this row."""

        def percent(part, whole):
            found = receivable_days.share(_money(part), _money(whole))
            return None if found is None else float(found)

        return {
            "snapshot_id": self.id,
            "step_id": step.id,
            "ladder_id": step.ladder_id.id,
            "label": step.name or self.env._("Without a step"),
            "step_days": step.days,
            "reminded": row["reminded"],
            "paid": row["paid"],
            "paid_share": percent(row["paid"], row["reminded"]),
            "asked": float(row["asked"]),
            "collected": float(row["collected"]),
            "collected_share": percent(row["collected"], row["asked"]),
        }

    @api.model
    def _results(self, companies, first, last):
        """What reminders of a period brought in, per dimension and step.

        :param date first: first day of sending
        :param date last: last day of sending
        :return: list of dicts
        """
        source = SQL(
            """
            WITH notice AS (
                SELECT id, step_id, sent_on, amount, amount_company,
                       COALESCE(lead(sent_on) OVER later, 'infinity'::date) AS until_on
                  FROM o2c_dunning_notice
                 WHERE company_id = ANY(%(companies)s)
                   AND state IN ('sent', 'bounced') AND sent_on >= %(first)s
                WINDOW later AS (PARTITION BY case_id ORDER BY sent_at, id)
            ), asked AS (
                SELECT line.id, line.move_id, line.move_line_id, notice.step_id,
                       notice.sent_on, notice.until_on,
                       (line.amount - COALESCE(line.amount_disputed, 0)
                        - COALESCE(line.amount_promised, 0))
                       * COALESCE(notice.amount_company / NULLIF(notice.amount, 0), 1)
                           AS amount
                  FROM notice
                  JOIN o2c_dunning_notice_line line ON line.notice_id = notice.id
                 WHERE notice.sent_on <= %(last)s AND line.kind IN ('remind', 'open')
            )
            SELECT %(dimensions)s, asked.step_id, asked.amount,
                   LEAST(COALESCE(money.amount, 0), asked.amount) AS collected
              FROM asked
              JOIN account_move move ON move.id = asked.move_id
              JOIN res_partner debtor ON debtor.id = move.commercial_partner_id
         LEFT JOIN LATERAL (
                   SELECT sum(part.amount) AS amount
                     FROM account_move_line item
                     JOIN account_partial_reconcile part ON part.debit_move_id = item.id
                     JOIN account_move_line paying ON paying.id = part.credit_move_id
                    WHERE item.move_id = asked.move_id
                      AND item.account_id = ANY(%(accounts)s)
                      AND (asked.move_line_id IS NULL OR item.id = asked.move_line_id)
                      AND paying.date >= asked.sent_on
                      AND paying.date <= asked.sent_on + %(days)s
                      AND paying.date < asked.until_on
                      AND (paying.payment_id IS NOT NULL
                           OR paying.journal_id = ANY(ARRAY(
                              SELECT id FROM account_journal
                               WHERE type IN ('bank', 'cash', 'credit'))))
                   ) money ON TRUE
             WHERE asked.amount > 0
            """,
            companies=companies.ids,
            first=first,
            last=last,
            days=work_results.RESULT_DAYS,
            dimensions=self._document_sql("move"),
            accounts=self.env["o2c.receivable.report"]._accounts_sql(),
        )
        return self._grouped_rows(
            source,
            SQL("step_id,"),
            reminded=SQL("count(*)"),
            paid=SQL("count(*) FILTER (WHERE collected >= amount - 0.01)"),
            asked=SQL("sum(amount)"),
            collected=SQL("sum(collected)"),
        )
