"""A workbook of many rows, written line by line: memory does not grow with it."""

from datetime import date, datetime

import xlsxwriter

#: What Excel takes at most; the rest goes on in a sheet of the same name.
ROWS, TEXT, NAME = 1_048_576, 32_767, 31
#: Narrowest and widest column, in characters. What is longer is wrapped.
NARROW, WIDE = 8, 64
#: Room that the arrow of a filter takes in a heading, in characters.
ARROW = 3
DAY, CLOCK = "yyyy-mm-dd", "hh:mm"


class ProofBook:
    """Writes sheets one after another into a file.

    :param str day: how a day is written, in the signs of a workbook
    """

    def __init__(self, path, rows=ROWS, day=DAY):
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
        self._head = self._format(bold=True, bottom=1, text_wrap=True)
        self._day = self._format(num_format=day)
        self._moment = self._format(num_format=f"{day} {CLOCK}")
        self._amount = self._format(num_format="#,##0.00")
        self._number = self._format(num_format="0")
        self._text = self._format()
        self._long = self._format(text_wrap=True)
        self._day_width = len(day)
        self._names = set()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._book.close()

    def _format(self, **how):
        return self._book.add_format({"valign": "top", **how})

    def sheet(self, name, columns, rows):
        """Write a sheet.

        :param list columns: headings
        :param rows: iterable of rows, read once
        :return: how many rows it has
        """
        page, widths, at, count = *self._page(name, columns), 0, 0
        for row in rows:
            if at == self._limit - 1:
                self._finish(page, widths, at)
                page, widths, at = *self._page(name, columns), 0
            at += 1
            count += 1
            for column, value in enumerate(row):
                width = self._cell(page, at, column, value)
                widths[column] = max(widths[column], width)
        self._finish(page, widths, at)
        return count

    def _page(self, name, columns):
        """A sheet with its headings, and how wide its columns are so far."""
        page = self._book.add_worksheet(self._free(name))
        page.freeze_panes(1, 0)
        for column, heading in enumerate(columns):
            page.write_string(0, column, heading, self._head)
        return page, [_heading_width(heading) for heading in columns]

    @staticmethod
    def _finish(page, widths, last):
        """What can be said of a sheet only when all of it was seen."""
        for column, width in enumerate(widths):
            page.set_column(column, column, min(max(width, NARROW), WIDE) + 1)
        if widths:
            page.autofilter(0, 0, last, len(widths) - 1)

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
        """Write a value.

        :return: how many characters wide it is
        """
        if value is None or value == "":
            return 0
        if isinstance(value, datetime):
            page.write_datetime(row, column, value, self._moment)
            return self._day_width + 1 + len(CLOCK)
        if isinstance(value, date):
            page.write_datetime(row, column, value, self._day)
            return self._day_width
        if isinstance(value, int):
            page.write_number(row, column, value, self._number)
            return len(str(value))
        if isinstance(value, float):
            page.write_number(row, column, value, self._amount)
            return len(f"{value:,.2f}")
        text = str(value)[:TEXT]
        width = max(map(len, text.splitlines() or [""]))
        long = width > WIDE or "\n" in text
        page.write_string(row, column, text, self._long if long else self._text)
        return width


def _heading_width(heading):
    """A heading may stand on two lines, but no word of it is cut.

    >>> _heading_width("Date"), _heading_width("Limit Before"), _heading_width("")
    (7, 9, 3)
    """
    longest = max(map(len, heading.split()), default=0)
    return max(longest, len(heading) // 2) + ARROW
