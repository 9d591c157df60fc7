"""Cells of an XLSX file, refused when opening it could do harm."""

import io
import zipfile
from datetime import datetime

from openpyxl import load_workbook

#: Unpacked; a few kilobytes can be made to unpack into gigabytes.
MAX_UNPACKED = 100 * 1024 * 1024
#: A declaration stands at the start of an XML file.
LOOK = 4096


class UnsafeFileError(Exception):
    """The file declares entities or unpacks into too much."""


def rows_of_workbook(content):
    """Rows of the first sheet, as texts, numbers and dates.

    :param bytes content: the file
    """
    _refuse_unsafe(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _refuse_unsafe(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise UnsafeFileError
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    start = stream.read(LOOK)
                if b"<!" in start.replace(b"\x00", b"").replace(b"<!--", b""):
                    raise UnsafeFileError


def _cell(value):
    """A date without a time is a date."""
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value
    return value
