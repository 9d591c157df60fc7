"""What a created payment at Mollie offers: its page, and the bank's QR code.

The code is asked for with ``include=details.qrCode`` and comes as an address of a
picture or as the picture itself (https://docs.mollie.com/docs/qr-codes).
"""

import re
from urllib.parse import urlsplit

_PICTURE = re.compile(r"data:image/(png|gif|jpeg|svg\+xml)(;[a-z0-9=-]+)*,[^\"'<>\s]+")


def qr_source(payment):
    """Source of the picture, empty when there is none that may be shown.

    >>> qr_source({"details": {"qrCode": {"src": "https://qr.example/1.png"}}})
    'https://qr.example/1.png'
    >>> qr_source({"details": {"qrCode": {"src": "data:image/png;base64,AA=="}}})
    'data:image/png;base64,AA=='
    >>> qr_source({"details": {"qrCode": {"src": "javascript:alert(1)"}}})
    ''
    >>> [qr_source(one) for one in ({}, {"details": None}, [], "x", {"details": {}})]
    ['', '', '', '', '']
    """
    source = _inside(payment, "details", "qrCode", "src")
    return source if _PICTURE.fullmatch(source) else _secure(source)


def checkout_page(payment):
    """Address of the page where the customer pays, empty when there is none.

    >>> checkout_page({"_links": {"checkout": {"href": "https://mollie.example/1"}}})
    'https://mollie.example/1'
    >>> checkout_page({"_links": {"checkout": {"href": "//mollie.example/1"}}})
    ''
    """
    return _secure(_inside(payment, "_links", "checkout", "href"))


def _inside(found, *names):
    """Text at the end of a path, whatever stands on the way."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _secure(address):
    """The address when a browser may be sent there, else an empty text."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme == "https" and parts.hostname else ""
