"""May this file come in? Its kind is read from its content, not from its name.

Accepted are the kinds in which bookkeepers send what a transfer is for: PDF, CSV and
text, XML (ISO 20022 remittance advice) and Excel. Anything that a browser or an office
program would run is refused.
"""

MOST_BYTES = 5 * 1024 * 1024

EMPTY = "empty"
TOO_LARGE = "too_large"
KIND = "kind"

MIMETYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "txt": "text/plain",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PHOTOS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
#: What comes with a dispute or a question.
WITH_PHOTOS = MIMETYPES | PHOTOS
#: Unpacked size above which a workbook is taken for a trap.
MOST_UNPACKED = 20 * MOST_BYTES


def problem(name, content, parts=None, kinds=None):
    """Why a file is refused; empty when it may come in.

    :param str name: as the customer's computer calls it
    :param bytes content: the file
    :param dict parts: size per name of what a packed file holds; None when it is none
    :param kinds: endings that may come in here; those of bookkeepers when not given

    >>> problem("note.pdf", b"%PDF-1.7 x"), problem("note.csv", b"a;b")
    ('', '')
    >>> problem("note.pdf", b""), problem("note.pdf", b"<html>")
    ('empty', 'kind')
    >>> [problem("a.txt", b"x" * size) for size in (MOST_BYTES, MOST_BYTES + 1)]
    ['', 'too_large']
    >>> problem("note.svg", b"<svg/>"), problem("note.exe", b"MZ"), problem("x", b"a")
    ('kind', 'kind', 'kind')

    A workbook without macros that unpacks to a sane size:

    >>> book = {"[Content_Types].xml": 9, "xl/workbook.xml": 9}
    >>> problem("a.xlsx", b"PK", book), problem("a.xlsx", b"PK")
    ('', 'kind')
    >>> problem("a.xlsx", b"PK", book | {"xl/vbaProject.bin": 9})
    'kind'
    >>> most = MOST_UNPACKED - 18
    >>> [problem("a.xlsx", b"PK", book | {"x": size}) for size in (most, most + 1)]
    ['', 'kind']

    Photos only where they are asked for, and by their content.

    >>> photo = b"\\xff\\xd8\\xff\\xe0 x"
    >>> problem("a.jpg", photo), problem("a.jpg", photo, kinds=WITH_PHOTOS)
    ('kind', '')
    >>> problem("a.png", photo, kinds=WITH_PHOTOS)
    'kind'
    """
    if not content:
        return EMPTY
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    kind = ending(name)
    return "" if kind in (kinds or MIMETYPES) and _fits(kind, content, parts) else KIND


def ending(name):
    """Last part of a file name, in small letters.

    >>> ending("Note.PDF"), ending("a.pdf.exe"), ending("note"), ending(None)
    ('pdf', 'exe', '', '')
    """
    return (name or "").rpartition(".")[2].lower() if "." in (name or "") else ""


def clean_name(name):
    """Name without folders or signs that mean something elsewhere, at most 100 long.

    >>> clean_name("../../etc/pass wd.pdf"), clean_name("C:\\\\x\\\\a<b>.csv")
    ('pass wd.pdf', 'ab.csv')
    """
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isalnum() or sign in " ._-()")
    return kept.strip(" .")[-100:] or "file"


def _fits(kind, content, parts):
    if kind == "pdf":
        return content.startswith(b"%PDF-")
    if kind in ("jpg", "jpeg"):
        return content.startswith(b"\xff\xd8\xff")
    if kind == "png":
        return content.startswith(b"\x89PNG\r\n\x1a\n")
    if kind == "xlsx":
        return _is_workbook(parts or {})
    if kind not in ("csv", "txt", "xml"):
        return False
    text = _text(content)
    if text is None:
        return False
    start = text.lstrip("\ufeff \r\n\t")[:500].lower()
    if kind == "xml":
        return start.startswith("<") and not _is_page(start)
    return not _is_page(start)


def _is_page(start):
    """Whether a text would be shown as a page or run by a browser.

    >>> _is_page("<?xml version='1.0'?><html>"), _is_page("<document/>")
    (True, False)
    """
    marks = ("<html", "<script", "<svg", "<!doctype", "<!entity", "xml-stylesheet")
    return any(mark in start for mark in marks)


def _text(content):
    """The file as text, or None when it is none.

    >>> _text(b"caf\\xc3\\xa9"), _text(b"caf\\xe9"), _text(b"a\\x00b")
    ('caf\xe9', 'caf\xe9', None)
    """
    if b"\x00" in content:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_workbook(parts):
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(parts):
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        return False
    return sum(parts.values()) <= MOST_UNPACKED
