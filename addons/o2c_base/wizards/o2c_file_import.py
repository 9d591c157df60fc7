"""Files that people look at before anything is taken: what all such pages share."""

import base64
import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.spreadsheet import UnsafeFileError, rows_of_workbook

MAX_BYTES = 10 * 1024 * 1024
#: A number of a workbook that would be read in two ways as text.
THOUSANDS = re.compile(r"^-?[1-9]\d{0,2}\.\d{3}$")
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class O2cFileImport(models.AbstractModel):
    """Choose a file, look at its rows, take it.

    A page adds ``action_look`` and ``action_import``, the lines that it shows
    (``line_ids``) and ``_advice(problem)``. Its rows know what is wrong with them: a
    problem has ``column``, ``code`` and ``value``.
    """

    _name = "o2c.file.import"
    _description = "Import of a File"

    file = fields.Binary(
        attachment=False, help="CSV in any usual encoding, or an XLSX workbook."
    )
    filename = fields.Char()
    state = fields.Selection(
        [("choose", "Choose"), ("look", "Look"), ("done", "Done")], default="choose"
    )
    bad_count = fields.Integer(readonly=True)
    unused = fields.Char(
        string="Columns That Are Not Used",
        readonly=True,
        help="The file has these columns; they are left out. Is one misspelt?",
    )
    problems_file = fields.Binary(
        string="All Problems", readonly=True, attachment=False
    )
    problems_filename = fields.Char(default="problems.csv")

    def action_back(self):
        """Choose another file."""
        self.line_ids.unlink()
        self.write({"state": "choose", "file": False, "problems_file": False})
        return self._reopen()

    def _reopen(self):
        """This page, as it stands now."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _download(self, url):
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _content(self):
        """The bytes of the file."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        content = base64.b64decode(self.file)
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than 10 MB. Split it."))
        if not content.strip():
            raise UserError(self.env._("This file is empty."))
        if content.startswith(OLD_WORKBOOK):
            raise UserError(
                self.env._(
                    "This is an old or protected spreadsheet. Save it as .xlsx without "
                    "a password, or as CSV UTF-8."
                )
            )
        return content

    def _sheet_cells(self, content):
        """The filled rows of the first sheet of a workbook; None when it is none.

        :return: list of (row number, list of texts)
        """
        if not content.startswith(WORKBOOK):
            return None
        try:
            return [
                (number, [self._cell_text(value) for value in row])
                for number, row in enumerate(rows_of_workbook(content), start=1)
                if any(value not in (None, "") for value in row)
            ]
        except UnsafeFileError:
            raise UserError(
                self.env._(
                    "This workbook is too large, or has something in it that does not "
                    "belong there. Save the sheet as CSV."
                )
            ) from None
        except Exception as error:
            raise UserError(
                self.env._(
                    "This workbook cannot be read. Open it in your spreadsheet "
                    "program, save it again as .xlsx, and choose that file."
                )
            ) from error

    def _cell_text(self, value):
        """A cell as text that can be read in one way only."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "1" if value else "0"
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, (int, float)):
            text = format(Decimal(repr(value)).normalize(), "f")
            return f"{text}0" if THOUSANDS.match(text) else text
        return str(value).strip()

    def _problems_csv(self, bad):
        """All problems, to mend the file with; nothing when there are none.

        :param bad: rows with ``row.number`` and ``problems``
        """
        if not bad:
            return False
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow(
            [
                self.env._("Row"),
                self.env._("Column"),
                self.env._("What is there"),
                self.env._("What to do"),
            ]
        )
        for one in bad:
            for problem in one.problems:
                value = problem.value
                # a spreadsheet would run what begins like a formula
                if value[:1] in ("=", "+", "-", "@"):
                    value = f"'{value}"
                writer.writerow(
                    [one.row.number, problem.column, value, self._advice(problem)]
                )
        return base64.b64encode(out.getvalue().encode("utf-8-sig"))
