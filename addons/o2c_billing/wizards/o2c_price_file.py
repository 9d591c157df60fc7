"""Files of prices and figures: from CSV or XLSX to cells, problems to advice."""

import base64
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ..policy import price_file as policy
from ..policy.order_file import AMBIGUOUS, decode

MAX_BYTES = 10 * 1024 * 1024
#: A small file can unpack to gigabytes; nobody's price list does.
MAX_UNPACKED = 200 * 1024 * 1024


class O2cPriceFile(models.AbstractModel):
    """What the import pages of prices and of index figures share."""

    _name = "o2c.price.file"
    _description = "Price File"

    def _cells(self, content, filename):
        """The filled rows of a file with their numbers.

        :param content: base64 as a Binary field has it
        :return: list of (row number, list of texts)
        """
        if not content:
            raise UserError(self.env._("Choose a file first."))
        data = base64.b64decode(content)
        if len(data) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than 10 MB. Split it."))
        if not data.strip():
            raise UserError(self.env._("This file is empty."))
        if data.startswith(b"PK\x03\x04"):
            return self._sheet_cells(data)
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise UserError(
                self.env._(
                    "This is an old or protected spreadsheet. Save it as .xlsx without "
                    "a password, or as CSV UTF-8."
                )
            )
        text = decode(data)
        if text is None:
            raise UserError(
                self.env._(
                    "%s is in an unknown encoding. Save it as CSV UTF-8 or as .xlsx.",
                    filename or "",
                )
            )
        return policy.table(text)

    def _sheet_cells(self, data):
        """The cells of the first sheet of a workbook."""
        import openpyxl  # noqa: PLC0415, loaded only when a workbook comes

        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                    raise UserError(
                        self.env._("The workbook is too large. Save the sheet as CSV.")
                    )
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True
            )
            rows = book.worksheets[0].iter_rows(values_only=True)
            cells = [
                (number, [self._cell_text(value) for value in row])
                for number, row in enumerate(rows, start=1)
                if any(value not in (None, "") for value in row)
            ]
            book.close()
        except UserError:
            raise
        except Exception as error:
            raise UserError(
                self.env._(
                    "This workbook cannot be read. Open it in your spreadsheet program, "
                    "save it again as .xlsx, and choose that file."
                )
            ) from error
        return cells

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
            return f"{text}0" if AMBIGUOUS.match(text) else text
        return str(value).strip()

    def _number_advice(self, problem):
        """What to do about a number that cannot be read, or None."""
        return {
            "number": self.env._("“%s” is not a number.", problem.value),
            "ambiguous": self.env._(
                "“%s” can mean two numbers: write it without a thousands sign.",
                problem.value,
            ),
            "empty": self.env._("This file is empty."),
            "no_rows": self.env._("There are no rows below the header."),
        }.get(problem.code)
