"""Reads a file of credit reports: any usual encoding, CSV or JSON, row by row."""

import csv
import json
from dataclasses import dataclass

#: More rows than this in one file are refused before anything is read.
MOST_ROWS = 50_000
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class FileProblem(ValueError):
    """A file that cannot be read at all.

    :param str code: ``empty``, ``encoding``, ``json``, ``no_rows``, ``too_many`` or
        ``csv``
    :param int line: where, if known
    """

    def __init__(self, code, line=0):
        super().__init__(code)
        self.code = code
        self.line = line


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file, with the number a spreadsheet shows."""

    number: int
    cells: dict


def decode(content):
    """The text of a file.

    >>> decode("naam;Café".encode("utf-8")), decode("naam;Café".encode("cp1252"))
    ('naam;Café', 'naam;Café')
    >>> decode("naam".encode("utf-16")), decode("\\ufeffnaam".encode("utf-8"))
    ('naam', 'naam')
    >>> decode(b"MZ\\x00\\x00\\x01")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.file.FileProblem: encoding
    """
    if not content.strip(b"\x00\r\n\t "):
        raise FileProblem("empty")
    encodings = [name for bom, name in _BOMS if content.startswith(bom)]
    for encoding in encodings or ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileProblem("encoding")


def read_rows(content, filename=""):
    """The rows of a CSV or JSON file.

    >>> rows = read_rows(b"kvk;score\\n12345678;70\\n\\n87654321;12\\n")
    >>> [(row.number, row.cells) for row in rows]
    [(2, {'kvk': '12345678', 'score': '70'}), (4, {'kvk': '87654321', 'score': '12'})]
    >>> rows = read_rows(b'[{"kvk": 12345678, "score": null}]', "a.json")
    >>> [(row.number, row.cells) for row in rows]
    [(1, {'kvk': '12345678'})]
    >>> read_rows(b"{", "a.json")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.file.FileProblem: json
    """
    text = decode(content)
    if filename.lower().endswith(".json") or text.lstrip()[:1] in ("[", "{"):
        rows = _json_rows(text)
    else:
        rows = _csv_rows(text)
    if not rows:
        raise FileProblem("no_rows")
    return rows


def delimiter_of(header):
    """The sign between the columns of a header line.

    >>> delimiter_of("a;b,c;d"), delimiter_of("a,b"), delimiter_of("a\\tb\\tc,d")
    (';', ',', '\\t')
    """
    return max(";,\t", key=lambda mark: (header.count(mark), -";,\t".index(mark)))


def header_name(text):
    """The name of a column as it is compared.

    >>> header_name(" KvK-nummer "), header_name("Advised Limit (EUR)")
    ('kvk_nummer', 'advised_limit_eur')
    """
    kept = "".join(one if one.isalnum() else " " for one in str(text).lower())
    return "_".join(kept.split())


def _csv_rows(text):
    # only these end a row: str.splitlines would also cut at rarer signs in a cell
    bare = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [f"{line}\n" for line in bare.split("\n")]
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    # Excel writes this line for itself
    if lines[start].lower().startswith("sep="):
        start += 1
    if start >= len(lines):
        raise FileProblem("no_rows")
    if len(lines) - start > MOST_ROWS + 1:
        raise FileProblem("too_many")
    reader = csv.reader(
        lines[start:], delimiter=delimiter_of(lines[start]), strict=True
    )
    cells, number = [], start
    try:
        for number, row in enumerate(reader, start=start + 1):
            cells.append((number, row))
    except csv.Error:
        raise FileProblem("csv", number + 1) from None
    return named_rows(cells)


def named_rows(table):
    """Rows of cells by the names of their columns, the first row names them.

    >>> named_rows([(1, ["KvK", "Score"]), (3, ["12345678", " 70 "]), (4, ["", ""])])
    [RawRow(number=3, cells={'kvk': '12345678', 'score': '70'})]
    >>> named_rows([(1, ["kvk"]), (2, ["12345678", "x"])])[0].cells
    {'kvk': '12345678', '_surplus': '1'}
    >>> named_rows([])
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.file.FileProblem: no_rows
    """
    if len(table) > MOST_ROWS + 1:
        raise FileProblem("too_many")
    header = [header_name(cell) for cell in table[0][1]] if table else []
    rows = []
    for number, cells in table[1:]:
        kept = {
            name: cell.strip()
            for name, cell in zip(header, cells, strict=False)
            if name and cell.strip()
        }
        if any(cell.strip() for cell in cells[len(header) :]):
            kept["_surplus"] = str(len(header))
        if kept:
            rows.append(RawRow(number, kept))
    if not rows:
        raise FileProblem("no_rows")
    return rows


def _json_rows(text):
    try:
        data = json.loads(text)
    except ValueError as error:
        raise FileProblem("json", getattr(error, "lineno", 0)) from None
    if isinstance(data, dict):
        data = data.get("reports", [data])
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise FileProblem("json")
    if len(data) > MOST_ROWS:
        raise FileProblem("too_many")
    return [
        RawRow(
            number,
            {
                header_name(key): value if isinstance(value, list) else str(value)
                for key, value in one.items()
                if value not in (None, "", [])
            },
        )
        for number, one in enumerate(data, start=1)
    ]
