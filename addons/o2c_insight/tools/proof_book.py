"""A workbook of many rows, written line by line: memory does not grow with it."""

from datetime import date, datetime

import xlsxwriter

#: What Excel takes at most; the rest goes on in a sheet of the same name.
ROWS, TEXT, NAME = 1_048_576, 32_767, 31


class ProofBook:
    """Writes sheets one after another into a file."""

    def __init__(self, path, rows=ROWS):
        self._limit = rows
        self._book = xlsxwriter.Workbook(
            path,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._amount = self._book.add_format({"num_format": "#,##0.00"})
        self._names = set()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._book.close()

    def sheet(self, name, columns, rows):
        """Write a sheet.

        :param list columns: headings
        :param rows: iterable of rows, read once
        :return: how many rows it has
        """
        page, at, count = self._page(name, columns), 0, 0
        for row in rows:
            if at == self._limit - 1:
                page, at = self._page(name, columns), 0
            at += 1
            count += 1
            for column, value in enumerate(row):
                self._cell(page, at, column, value)
        return count

    def _page(self, name, columns):
        page = self._book.add_worksheet(self._free(name))
        page.freeze_panes(1, 0)
        page.set_column(0, max(len(columns) - 1, 0), 18)
        for column, heading in enumerate(columns):
            page.write_string(0, column, heading, self._head)
        return page

    def _free(self, name):
        """A name that Excel takes and no sheet has yet."""
        name = "".join("-" if char in "[]:*?/\\'" else char for char in name)[:NAME]
        found, number = name, 1
        while found.lower() in self._names:
            number += 1
            found = f"{name[: NAME - 5]} ({number})"
        self._names.add(found.lower())
        return found

    def _cell(self, page, row, column, value):
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            page.write_datetime(row, column, value, self._moment)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, self._day)
        elif isinstance(value, int):
            page.write_number(row, column, value)
        elif isinstance(value, float):
            page.write_number(row, column, value, self._amount)
        else:
            page.write_string(row, column, str(value)[:TEXT])
