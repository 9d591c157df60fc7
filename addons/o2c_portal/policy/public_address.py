"""Is this an address that a customer can open from paper?"""

from ipaddress import ip_address
from urllib.parse import urlsplit

#: Why an address is not fit for print.
MISSING = "missing"
NOT_HTTPS = "not_https"
LOCAL = "local"
MALFORMED = "malformed"

_LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".test")


def problem(address):
    """Why an address may not be printed; empty when it may.

    >>> problem("https://pay.example.nl"), problem("https://pay.example.nl/shop/")
    ('', '')
    >>> problem(""), problem("http://pay.example.nl"), problem("pay.example.nl")
    ('missing', 'not_https', 'malformed')
    >>> problem("https://localhost:8069"), problem("https://192.168.1.5")
    ('local', 'local')
    >>> problem("http://127.0.0.1:8069"), problem("https://erp"), problem("https://[::1]")
    ('local', 'local', 'local')
    >>> problem("https://pay.example.nl?x=1"), problem("https://me:pw@pay.example.nl")
    ('malformed', 'malformed')
    """
    if not address:
        return MISSING
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
        _port = parts.port
    except ValueError:
        return MALFORMED
    if parts.scheme not in ("http", "https") or not host:
        return MALFORMED
    if parts.query or parts.fragment or parts.username or " " in address.strip():
        return MALFORMED
    if _is_local(host):
        return LOCAL
    return "" if parts.scheme == "https" else NOT_HTTPS


def _is_local(host):
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)
