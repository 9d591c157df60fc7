"""Addresses of pay links in log lines, without what opens them."""

import re

_TOKENS = r"[0-9A-Za-z]{20}(?:-[0-9A-Za-z]{20})?(?![0-9A-Za-z])"
_CODE = re.compile(rf"(/pay/[0-9A-Za-z]{{1,8}}-){_TOKENS}")
_QUOTED = re.compile(rf"(%2Fpay%2F[0-9A-Za-z]{{1,8}}-){_TOKENS}", re.I)


def masked(text):
    """The text with the token of every pay link taken out; the number stays.

    >>> masked("GET /pay/1A-ZZZZZZZZZZZZZZZZZZZZ/start/all HTTP/1.1")
    'GET /pay/1A-*/start/all HTTP/1.1'
    >>> masked("/web/login?redirect=/pay/1a-zzzzzzzzzzzzzzzzzzzz")
    '/web/login?redirect=/pay/1a-*'
    >>> masked("redirect=%2Fpay%2F1A-ZZZZZZZZZZZZZZZZZZZZ"), masked("GET /my")
    ('redirect=%2Fpay%2F1A-*', 'GET /my')

    The proof that it was mailed goes too.

    >>> masked("GET /pay/1A-ZZZZZZZZZZZZZZZZZZZZ-00000000000000000000?lang=nl")
    'GET /pay/1A-*?lang=nl'
    """
    text = _CODE.sub(r"\1*", text)
    return _QUOTED.sub(r"\1*", text)
