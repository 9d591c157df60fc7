"""Reading a payment specification: a table becomes rows with their documents."""

import csv
import io
from decimal import Decimal
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.o2c_base.tools.spreadsheet import UnsafeFileError, rows_of_workbook
from odoo.addons.o2c_credit.policy.report.file import (
    FileProblem,
    decode,
    delimiter_of,
)
from odoo.addons.o2c_credit.policy.report.values import read_number

from ..policy import specification, upload

#: Unpacked size of a workbook above which nobody waits for reading it.
MOST_BYTES = 20 * 1024 * 1024
LONGEST = 120


class O2cRemittanceNote(models.Model):
    _inherit = "o2c.remittance.note"

    line_ids = fields.One2many(
        "o2c.remittance.line", "note_id", string="Rows of the File", readonly=True
    )
    reading = fields.Selection(
        [
            ("none", "Not read"),
            ("whole", "Recognised"),
            ("partly", "Partly recognised"),
            ("failed", "Cannot be read"),
        ],
        string="Reading of the File",
        default="none",
        readonly=True,
        index=True,
        help="Tables (CSV, text and Excel) are read; a PDF or XML is for your eyes. "
        "A bank line of exactly the sum is matched with what was recognised.",
    )
    reading_problem = fields.Selection(
        [
            (specification.EMPTY, "No row names a document and an amount."),
            (specification.TOO_MANY, "There are over 5,000 rows in it."),
            (specification.TOTAL, "Its total is not the sum of its rows."),
            ("unsafe", "It unpacks into too much, or holds what does not belong."),
            ("damaged", "It is damaged: open it, save it again and ask for that."),
        ],
        string="Problem of the File",
        readonly=True,
        help="What is wrong with the file as a whole.",
    )
    row_count = fields.Integer(string="Rows", compute="_compute_read", help="Read.")
    open_count = fields.Integer(
        string="Not Recognised",
        compute="_compute_read",
        help="Rows that name no open document of this customer, or no amount.",
    )
    read_amount = fields.Monetary(
        string="Sum of the Rows",
        compute="_compute_read",
        help="A bank line of this amount is what the file is about.",
    )

    @api.depends("line_ids.amount", "line_ids.problem")
    def _compute_read(self):
        for note in self:
            note.row_count = len(note.line_ids)
            note.open_count = len(note.line_ids.filtered("problem"))
            note.read_amount = sum(note.line_ids.mapped("amount"))

    def action_read(self):
        """Read the file again: a document may have been posted meanwhile."""
        self.check_access("write")
        if self.filtered(lambda note: note.state != "new"):
            raise UserError(
                self.env._("Only a specification that waits is read again.")
            )
        for note in self:
            note.sudo()._read_file(note.sudo()._raw_content())

    def _raw_content(self):
        """The bytes of the file, as they were kept."""
        return (
            self.env["ir.attachment"]
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "content"),
                ],
                limit=1,
            )
            .raw
            or b""
        )

    def _read_file(self, content):
        """Rows of the file in the place of those that were read before. What cannot be
        read stays a file for the eyes: nothing that a customer sends is refused here.
        """
        self.ensure_one()
        table, problem = self._file_table(content)
        rows = []
        if table is not None:
            documents, whose = self._documents(table)
            rows, problem = specification.read(table, read_number, documents)
            self._judge_rows(rows, whose)
        values = [self._line_values(row) for row in rows]
        reading = "none" if table is None and not problem else "whole"
        if problem in (
            "unsafe",
            "damaged",
            specification.EMPTY,
            specification.TOO_MANY,
        ):
            reading = "failed"
        elif problem or any(row.problem for row in rows):
            reading = "partly"
        self.line_ids.unlink()
        self.env["o2c.remittance.line"].create(values)
        self.write({"reading": reading, "reading_problem": problem or False})
        if reading != "none" and not self.currency_id:
            self.currency_id = self._money_of(rows)

    def _file_table(self, content):
        """Rows of cells of a table; None where the file is none.

        :return: (list of (row number, texts) or None, code of a problem or "")
        """
        kind = upload.ending(self.filename)
        if kind == "xlsx":
            return self._sheet(content)
        if kind not in ("csv", "txt"):
            return None, ""
        try:
            text = decode(content).lstrip("\ufeff")
        except FileProblem as problem:
            return None, "damaged" if problem.code == "encoding" else "empty"
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        mark = delimiter_of("\n".join(lines[: specification.HEAD_ROWS]))
        reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=mark)
        table = []
        try:
            for cells in islice(reader, specification.MOST_ROWS + 1):
                table.append((reader.line_num, cells))
        except csv.Error:
            return None, "damaged"
        return [one for one in table if any(cell.strip() for cell in one[1])], ""

    def _sheet(self, content):
        sizes = self._parts(content) or {}
        if sum(sizes.values()) > MOST_BYTES:
            return None, "unsafe"
        page = self.env["o2c.file.import"]
        try:
            rows = islice(
                enumerate(rows_of_workbook(content), start=1),
                specification.MOST_ROWS + 1,
            )
            return [
                (number, [page._cell_text(cell) for cell in cells])
                for number, cells in rows
                if any(cell not in (None, "") for cell in cells)
            ], ""
        except UnsafeFileError:
            return None, "unsafe"
        except Exception:  # whatever a spreadsheet library makes of a stranger's file
            return None, "damaged"

    def _documents(self, table):
        """Documents of the customer, and those of others that are named in full.

        :return: (``Documents``, dict of document id to what is known about it)
        """
        self.env["account.move"].flush_model()
        cells = {
            str(cell).strip()
            for _number, texts in table
            for cell in texts
            if 5 <= len(str(cell).strip()) <= 40
        }
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id, m.name, m.payment_reference, m.ref, m.currency_id,
                       m.commercial_partner_id = %(customer)s,
                       m.payment_state IN ('not_paid', 'partial'),
                       CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END
                  FROM account_move m
                 WHERE m.company_id = %(company)s AND m.state = 'posted'
                   AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND (m.commercial_partner_id = %(customer)s
                        OR m.name = ANY(%(cells)s))
                """,
                customer=self.partner_id.commercial_partner_id.id,
                company=self.company_id.id,
                cells=sorted(cells),
            )
        )
        known = specification.Documents(
            [
                (key, name, *((pay, ref) if own else ()))
                for key, name, pay, ref, _money, own, *_more in rows
            ]
        )
        return known, {row[0]: row[4:] for row in rows}

    def _judge_rows(self, rows, whose):
        """What the ledger says about the recognised rows."""
        names = list({row.currency for row in rows if row.currency})
        known = self.env["res.currency"].search([("name", "in", names)])
        currencies = {one.name: one.id for one in known}
        for row in rows:
            if not row.document:
                continue
            money, own, open_, sign = whose[row.document]
            if row.problem:
                continue
            if row.currency and currencies.get(row.currency) != money:
                row.problem = specification.MONEY
            elif row.amount * sign < 0:
                row.problem = "sign"
            elif not open_:
                row.problem = "paid"
            elif not own:
                row.problem = "foreign"

    def _line_values(self, row):
        move = self.env["account.move"].browse(row.document or [])
        return {
            "note_id": self.id,
            "row": row.number,
            "text": row.text[:LONGEST],
            "move_id": move.id,
            "currency_id": (move.currency_id or self._money()).id,
            "amount": float(row.amount or 0),
            "discount": float(row.discount),
            "problem": row.problem or False,
        }

    def _money_of(self, rows):
        """The money of the documents; the company's where they differ."""
        moves = self.env["account.move"].browse(
            row.document for row in rows if row.document
        )
        return moves.currency_id if len(moves.currency_id) == 1 else self._money()

    def _money(self):
        return (
            self.currency_id or self.link_id.currency_id or self.company_id.currency_id
        )

    def _specification(self):
        """What the rows say, for who matches the money; None where a row of unknown
        amount, or of other money, hides what the sum is."""
        self.ensure_one()
        hidden = (specification.NO_AMOUNT, specification.MONEY)
        if any(line.problem in hidden for line in self.line_ids):
            return None
        digits = self.currency_id.decimal_places

        def exact(amount):
            return Decimal(f"{amount:.{digits}f}")

        good = self.line_ids.filtered(
            lambda line: line.move_id and line.problem in (False, "foreign")
        )
        amount = sum((exact(line.amount) for line in self.line_ids), Decimal(0))
        if not good or amount <= 0:
            return None
        return {
            "key": f"{self._name},{self.id}",
            "name": self.filename,
            "debtor": self.partner_id.commercial_partner_id.id,
            "amount": amount,
            "currency_id": self.currency_id.id,
            "reference": self.reference,
            "parts": [
                (line.move_id.id, exact(line.amount), exact(line.discount))
                for line in good
            ],
            "unknown": (self.line_ids - good).mapped("text"),
        }

    @api.model
    def _of_keys(self, keys):
        """The notes behind keys that :meth:`_specification` gave."""
        start = f"{self._name},"
        return self.browse(
            int(key.removeprefix(start)) for key in keys if key.startswith(start)
        ).exists()
