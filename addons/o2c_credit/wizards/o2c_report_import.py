"""Import credit reports from a file: look first, then all or nothing."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.report.file import FileProblem, named_rows, read_rows
from ..policy.report.row import read_row, unused_columns

#: Rows of each kind shown in the preview; the list of problems has them all.
SHOWN = 100
TEMPLATES = {
    "csv": "/o2c_credit/static/import/credit_report_file.csv",
    "json": "/o2c_credit/static/import/credit_report_file.json",
}


class O2cReportImport(models.TransientModel):
    """The page on which a file is looked at before it is imported."""

    _name = "o2c.report.import"
    _description = "Import Credit Reports"
    _inherit = "o2c.file.import"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    source = fields.Char(
        string="Bureau", help="For rows that do not name who made the report."
    )
    date = fields.Date(
        string="Date of the Reports", help="For rows that name no date of their own."
    )
    total = fields.Integer(readonly=True)
    good_count = fields.Integer(readonly=True)
    known_count = fields.Integer(readonly=True)
    leave_out = fields.Boolean(
        string="Import the good rows and leave the others out",
        help="Off: nothing is imported as long as one row has a problem.",
    )
    line_ids = fields.One2many("o2c.report.import.line", "wizard_id", readonly=True)
    problem_ids = fields.One2many(
        "o2c.report.import.line",
        "wizard_id",
        domain=[("state", "=", "bad")],
        readonly=True,
    )
    good_ids = fields.One2many(
        "o2c.report.import.line",
        "wizard_id",
        domain=[("state", "!=", "bad")],
        readonly=True,
    )
    imported_count = fields.Integer(readonly=True)

    def action_template_csv(self):
        """Download an empty file with every column."""
        return self._download(TEMPLATES["csv"])

    def action_template_json(self):
        """Download an example for programs."""
        return self._download(TEMPLATES["json"])

    def action_look(self):
        """Read the file and show what it would do; nothing is written yet."""
        self._check_may_import()
        raws = self._raw_rows()
        plan = self._plan(raws)
        lines = self.env["o2c.report.import.line"]
        self.line_ids.unlink()
        bad = [one for one in plan if one.problems]
        good = [one for one in plan if not one.problems]
        lines.create([one.line_values(self) for one in [*bad[:SHOWN], *good[:SHOWN]]])
        self.write(
            {
                "state": "look",
                "total": len(plan),
                "unused": ", ".join(unused_columns(raws)),
                "bad_count": len(bad),
                "known_count": len([one for one in good if one.known]),
                "good_count": len([one for one in good if not one.known]),
                "problems_file": self._problems_csv(bad),
            }
        )
        return self._reopen()

    def action_import(self):
        """Import the file: every row, or the good ones when that was asked for."""
        self._check_may_import()
        plan = self._plan(self._raw_rows())
        bad = [one for one in plan if one.problems]
        if bad and not self.leave_out:
            raise UserError(
                self.env._(
                    "Nothing was imported. Rows with a problem: %(count)s; the first "
                    "is row %(row)s. Mend the file, or leave those rows out.",
                    count=len(bad),
                    row=bad[0].row.number,
                )
            )
        fresh = [one for one in plan if not one.problems and not one.known]
        reports = (
            self.env["o2c.credit.report"]
            .sudo()
            .with_context(tracking_disable=True)
            .create([one.report_values(self.company_id) for one in fresh])
        )
        reports._alarm_insolvency()
        self.line_ids.unlink()
        self.write({"state": "done", "imported_count": len(reports)})
        return self._reopen()

    def action_reports(self):
        """Open the reports."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_credit_report_action"
        )

    def _check_may_import(self):
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Credit reports are imported by a credit controller.")
            )
        self.company_id.check_access("read")
        if self.company_id not in self.env.companies.root_id:
            raise AccessError(self.env._("This is not a company of yours."))

    def _raw_rows(self):
        """The rows of the file as they stand there."""
        content = self._content()
        cells = self._sheet_cells(content)
        try:
            if cells is not None:
                return named_rows(cells)
            return read_rows(content, self.filename or "")
        except FileProblem as problem:
            raise UserError(self._file_problem(problem)) from None

    def _plan(self, raws):
        """The rows of the file with their customers and their problems."""
        today = self.company_id._o2c_today()
        defaults = {"source": self.source, "date": self.date}
        return self.env["o2c.report.import.line"]._plan(
            [read_row(raw, today, defaults) for raw in raws], self.company_id
        )

    def _file_problem(self, problem):
        """What to do with a file that cannot be read."""
        texts = {
            "empty": self.env._("This file is empty."),
            "encoding": self.env._(
                "This file is in an unknown encoding. Save it as CSV UTF-8."
            ),
            "json": self.env._(
                "This is no JSON list of reports; look at line %s. The template shows "
                "how it should be.",
                problem.line,
            ),
            "no_rows": self.env._(
                "This file has no rows below its header. Download the template to see "
                "how it should be."
            ),
            "too_many": self.env._("This file has over 50,000 rows. Split it."),
            "csv": self.env._(
                "The quotes in line %s do not match, so nothing after it can be read.",
                problem.line,
            ),
        }
        return texts[problem.code]

    def _advice(self, problem):
        return self.env["o2c.report.import.line"]._advice(problem)

    @api.model
    def _start(self):
        """Open an empty page."""
        return self.create({})._reopen()
