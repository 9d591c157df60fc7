"""Is an XML file that somebody sent us safe to read?

Judged before anything builds a tree of it: a document type with entities can make a few
bytes grow to gigabytes (CWE-776) or fetch files of the server (CWE-611), and deep
nesting exhausts the stack. No e-invoice or order needs a document type: EN 16931 and
Peppol files that have one are refused.
"""

from xml.parsers import expat

DOCTYPE, NESTING, ENCODING, DAMAGED, TOO_LARGE = (
    "doctype",
    "nesting",
    "encoding",
    "damaged",
    "too_large",
)
MAX_DEPTH = 60
MAX_BYTES = 50 * 1024 * 1024

_ENCODING_ERRORS = {
    expat.errors.codes[text]
    for text in (
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
        expat.errors.XML_ERROR_INVALID_TOKEN,
    )
}


class _Refused(Exception):
    """Stops the reader at once."""


def problem(content):
    """Why a file is refused, or None when it can be read.

    >>> problem(b"<Invoice><ID>1</ID></Invoice>") is None
    True
    >>> problem(b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>')
    'doctype'
    >>> problem('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'
    ...     .encode("utf-16"))
    'doctype'
    >>> problem(b"<a>" * 60 + b"</a>" * 60) is None
    True
    >>> problem(b"<a>" * 61 + b"</a>" * 61)
    'nesting'
    >>> problem('<?xml version="1.0" encoding="UTF-8"?><a>\\xe9</a>'.encode("latin-1"))
    'encoding'
    >>> problem(b'<?xml version="1.0" encoding="UTF-7"?><a/>')
    'encoding'
    >>> problem(b"<a><b></a>"), problem(b"")
    ('damaged', 'damaged')
    """
    if len(content) > MAX_BYTES:
        return TOO_LARGE
    parser = expat.ParserCreate()
    depth = 0

    def doctype(*_args):
        raise _Refused(DOCTYPE)

    def start(*_args):
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _Refused(NESTING)

    def end(*_args):
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)
    except _Refused as refused:
        return str(refused)
    except expat.ExpatError as error:
        return ENCODING if error.code in _ENCODING_ERRORS else DAMAGED
    except (ValueError, LookupError):
        return ENCODING
    return None
