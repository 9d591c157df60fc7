"""A file with the open items of another ledger: looked at, then taken as a set."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..policy import memo_file
from ..policy.report.file import FileProblem, named_rows, read_rows

#: Rows of each kind shown in the preview; the list of problems has them all.
SHOWN = 200
TEMPLATE = "/o2c_credit/static/import/open_items.csv"


class O2cMemoImport(models.TransientModel):
    """New, changed and gone are shown before anything is written."""

    _name = "o2c.memo.import"
    _description = "Take In Open Items of Another Ledger"
    _inherit = "o2c.file.import"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    source_id = fields.Many2one(
        "o2c.memo.source",
        string="Ledger",
        domain="[('company_id', '=', company_id)]",
        ondelete="cascade",
        help="The file is the whole book of this ledger: what is not in it is closed.",
    )
    as_of = fields.Date(
        string="State Of",
        required=True,
        default=lambda self: self.env.company._o2c_today(),
        help="The day on which the file was made.",
    )
    line_ids = fields.One2many("o2c.memo.import.line", "import_id", readonly=True)
    new_count = fields.Integer(readonly=True)
    changed_count = fields.Integer(readonly=True)
    same_count = fields.Integer(readonly=True)
    gone_count = fields.Integer(readonly=True)
    gone_amount = fields.Monetary(readonly=True)
    open_before = fields.Integer(readonly=True)
    total = fields.Monetary(
        string="Open Afterwards", readonly=True, help="In company currency."
    )
    unclear = fields.Boolean(
        readonly=True,
        help="A row has no number: nobody can tell which items are gone.",
    )
    asks = fields.Boolean(readonly=True)
    close_many = fields.Boolean(
        string="Yes, they are settled there",
        help="The file closes more than half of what is open. Is it complete, and of "
        "this ledger?",
    )
    leave_out = fields.Boolean(
        string="Take the good rows and leave the others as they are",
        help="Off: nothing is taken as long as one row has a problem.",
    )
    seen = fields.Char(readonly=True)

    def action_template(self):
        """Download an example."""
        return self._download(TEMPLATE)

    def action_look(self):
        """What the file would change; nothing is written yet."""
        self._check_may_import()
        raws = self._raw_rows()
        plan = self._plan(raws)
        self.line_ids.unlink()
        self.env["o2c.memo.import.line"].create(self._shown(plan))
        bad = plan["bad"]
        self.write(
            {
                "state": "look",
                "close_many": False,
                "unused": ", ".join(memo_file.unused(raws)),
                "bad_count": len(bad),
                "problems_file": self._problems_csv([_Bad(item) for item in bad]),
                "new_count": len(plan["new"]),
                "changed_count": len(plan["changed"]),
                "same_count": len(plan["same"]),
                "gone_count": len(plan["gone"]),
                "gone_amount": sum(plan["gone"].mapped("open_company")),
                "open_before": len(plan["known"]),
                "total": self._afterwards(plan),
                "unclear": plan["unclear"],
                "asks": memo_file.asks_first(len(plan["gone"]), len(plan["known"])),
                "seen": self._seen(plan),
            }
        )
        return self._reopen()

    def action_import(self):
        """Take the file: the items are as it says, what is gone is closed."""
        self._check_may_import()
        self.source_id.sudo().lock_for_update()
        plan = self._plan(self._raw_rows())
        if self.state != "look" or self._seen(plan) != self.seen:
            raise UserError(
                self.env._("What is open changed meanwhile. Look at the rows again.")
            )
        if plan["unclear"]:
            raise UserError(
                self.env._(
                    "A row has no number, so nobody can tell what is gone. Fill it in."
                )
            )
        if plan["bad"] and not self.leave_out:
            raise UserError(
                self.env._(
                    "Nothing was taken. Rows with a problem: %(count)s; the first is "
                    "row %(row)s. Mend the file, or leave those rows as they are.",
                    count=len(plan["bad"]),
                    row=plan["bad"][0].row,
                )
            )
        if self.asks and not self.close_many:
            raise UserError(
                self.env._(
                    "The file closes %(gone)s of %(open)s open items. Say that they "
                    "are settled there, or choose another file.",
                    gone=len(plan["gone"]),
                    open=len(plan["known"]),
                )
            )
        self._take(plan)
        self.line_ids.unlink()
        self.state = "done"
        return self._reopen()

    def _take(self, plan):
        """Write the plan."""
        items = self.env["o2c.memo.item"].sudo()
        items.create([self._item_values(item) for item in plan["new"]])
        for known, item in plan["changed"]:
            known.write(self._item_values(item) | {"state": "open", "closed_on": False})
        for known in plan["gone"]:
            known.last_open = known.open_company
        plan["gone"].write(
            {
                "state": "closed",
                "closed_on": self.as_of,
                "open_amount": 0,
                "open_company": 0,
            }
        )
        self.source_id.sudo().as_of = self.as_of
        self.env["o2c.memo.refresh"].sudo().create(
            {
                "source_id": self.source_id.id,
                "as_of": self.as_of,
                "user_id": self.env.uid,
                "filename": self.filename,
                "file": self.file,
                "new_count": len(plan["new"]),
                "changed_count": len(plan["changed"]),
                "gone_count": len(plan["gone"]),
                "left_out_count": len(plan["bad"]),
                "amount": self.total,
            }
        )

    def action_items(self):
        """Open the items of this ledger."""
        return self.source_id.action_open_items()

    def _check_may_import(self):
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Open items are taken in by a credit controller.")
            )
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("This is not a company of yours."))
        if not self.source_id:
            raise UserError(self.env._("Choose the ledger that the file is of."))
        if self.source_id.company_id != self.company_id:
            raise UserError(self.env._("This ledger belongs to another company."))
        today = self.company_id._o2c_today()
        if self.as_of > today:
            raise UserError(self.env._("The day of the file is still to come."))
        last = self.source_id.as_of
        if last and self.as_of < last:
            raise UserError(
                self.env._(
                    "A newer file, of %s, was taken already. An older one would bring "
                    "back what is settled.",
                    format_date(self.env, last),
                )
            )

    def _raw_rows(self):
        """The rows of the file as they stand there."""
        content = self._content()
        cells = self._sheet_cells(content)
        try:
            raws = read_rows(content, "") if cells is None else named_rows(cells)
        except FileProblem as problem:
            raise UserError(self._file_problem(problem)) from None
        absent = memo_file.absent(raws)
        if absent:
            raise UserError(
                self.env._(
                    "Columns that no row has: %s. Name them in the header of the file.",
                    "; ".join(absent),
                )
            )
        return raws

    def _file_problem(self, problem):
        """What to do with a file that cannot be read."""
        return {
            "empty": self.env._("This file is empty."),
            "encoding": self.env._(
                "This file is in an unknown encoding. Save it as CSV UTF-8."
            ),
            "json": self.env._("This is no CSV or XLSX file. Export it as one."),
            "no_rows": self.env._(
                "This file has no rows below its header. When nothing is open there "
                "any more, archive the ledger instead."
            ),
            "too_many": self.env._("This file has over 50,000 rows. Split it."),
            "csv": self.env._(
                "The quotes in line %s do not match, so nothing after it can be read.",
                problem.line,
            ),
        }[problem.code]

    @api.model
    def _seen(self, plan):
        """Fingerprint of what the preview showed."""
        told = [
            sorted(item.number for item in plan["new"]),
            sorted((known.number, str(item.open)) for known, item in plan["changed"]),
            sorted(plan["gone"].mapped("number")),
            [item.row for item in plan["bad"]],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class _Bad:
    """A row with a problem, as the list of problems asks for it."""

    def __init__(self, item):
        self.row = memo_file.Item(item.row, item.number)
        self.row.number = item.row
        self.problems = item.problems
