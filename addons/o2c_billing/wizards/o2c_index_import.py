"""Figures of an index from a file: look first, then all or nothing."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..policy import index_file as policy

#: Rows shown; the file may have more.
SHOWN = 200


class O2cIndexImport(models.TransientModel):
    """The page on which figures are looked at before they are taken."""

    _name = "o2c.index.import"
    _description = "Import Index Figures"
    _inherit = "o2c.price.file"

    index_id = fields.Many2one("o2c.price.index", required=True)
    note = fields.Char(
        string="Source", help="Kept with each figure, e.g. the table and the day."
    )
    published_on = fields.Date(help="When the source published these figures.")
    line_ids = fields.One2many("o2c.index.import.line", "wizard_id", readonly=True)
    new_count = fields.Integer(readonly=True)
    changed_count = fields.Integer(readonly=True)
    same_count = fields.Integer(readonly=True)

    def action_look(self):
        """Read the file and show what it would do; nothing is written yet."""
        self._check_may_import()
        plan = self._plan()
        self.line_ids.unlink()
        order = {"bad": 0, "changed": 1, "new": 2, "same": 3}
        shown = sorted(plan, key=lambda one: (order[one["state"]], one["number"]))
        self.env["o2c.index.import.line"].create(
            [{**one, "wizard_id": self.id} for one in shown[:SHOWN]]
        )
        self.write(
            {
                "state": "look",
                **{
                    f"{name}_count": sum(1 for one in plan if one["state"] == name)
                    for name in order
                },
            }
        )
        return self._reopen()

    def action_import(self):
        """Take the figures."""
        self._check_may_import()
        plan = self._plan()
        bad = [one for one in plan if one["state"] == "bad"]
        if bad:
            raise UserError(
                self.env._(
                    "Nothing was imported. Row %(row)s: %(advice)s",
                    row=bad[0]["number"],
                    advice=bad[0]["advice"],
                )
            )
        values = self.env["o2c.price.index.value"]
        known = {value.period: value for value in self.index_id.value_ids}
        extra = {"note": self.note, "published_on": self.published_on}
        new = []
        for one in plan:
            vals = {"value": one["value"], "state": one["figure_state"], **extra}
            if one["state"] == "new":
                new.append(
                    {**vals, "index_id": self.index_id.id, "period": one["period"]}
                )
            elif one["state"] == "changed":
                known[one["period"]].write(vals)
        values.create(new)
        self.line_ids.unlink()
        self.state = "done"
        return self._reopen()

    def _check_may_import(self):
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(self.env._("Only a billing approver enters figures."))
        self.index_id.check_access("write")

    def _plan(self):
        """What each row would do, as values of the preview."""
        rows, problems = policy.read(self._cells())
        known = {
            value.period: (value.value, value.state)
            for value in self.index_id.value_ids
        }
        plan = [
            {
                "number": one.row,
                "column": one.column,
                "state": "bad",
                "advice": self._advice(one),
            }
            for one in problems
        ]
        for row in rows:
            state = "provisional" if row.provisional else "final"
            old = known.get(row.period)
            same = old and round(old[0], 4) == round(float(row.value), 4)
            result = "new" if not old else "changed"
            if old and same and old[1] == state:
                result = "same"
            if self.index_id.frequency != "month" and row.period != (
                self.index_id._period_start(row.period)
            ):
                result = "bad"
            plan.append(
                {
                    "number": row.number,
                    "period": row.period,
                    "value": float(row.value),
                    "old_value": old[0] if old else 0.0,
                    "figure_state": state,
                    "state": result,
                    "advice": self.env._("This index has no figure per month.")
                    if result == "bad"
                    else False,
                }
            )
        return plan

    def _advice(self, problem):
        return self._number_advice(problem) or {
            "header": self.env._(
                "The first row must name a column “period” and a column “value”."
            ),
            "period": self.env._(
                "“%s” is not a period: write 2026-10, 2026Q4, 2026 or 2026MM10.",
                problem.value,
            ),
            "twice": self.env._("The period %s is in the file twice.", problem.value),
            "no_value": self.env._(
                "There is no figure: fill it in or leave the row out."
            ),
            "not_positive": self.env._("An index figure is more than 0."),
            "state": self.env._(
                "“%s” is no status: write provisional or final.", problem.value
            ),
        }.get(problem.code, problem.code)


class O2cIndexImportLine(models.TransientModel):
    """A row of the file as the preview shows it."""

    _name = "o2c.index.import.line"
    _description = "Row of an Index File"
    _order = "id"

    wizard_id = fields.Many2one("o2c.index.import", ondelete="cascade", required=True)
    number = fields.Integer(string="Row")
    column = fields.Char()
    period = fields.Date()
    value = fields.Float(string="Figure", digits=(16, 4), aggregator=None)
    old_value = fields.Float(string="Figure Now", digits=(16, 4), aggregator=None)
    figure_state = fields.Selection(
        [("provisional", "Provisional"), ("final", "Final")], string="Status"
    )
    state = fields.Selection(
        [
            ("bad", "Problem"),
            ("changed", "Changes"),
            ("new", "New"),
            ("same", "Already there"),
        ],
        string="What Happens",
    )
    advice = fields.Char(string="What to Do")
