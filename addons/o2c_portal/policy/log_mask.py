"""Addresses of pay links in log lines, without what opens them."""

import re

_CODE = re.compile(r"(/pay/[0-9A-Za-z]{1,8}-)[0-9A-Za-z]{20}(?![0-9A-Za-z])")


def masked(text):
    """The text with the token of every pay link taken out; the number stays.

    >>> masked("GET /pay/1A-ZZZZZZZZZZZZZZZZZZZZ/start/all HTTP/1.1")
    'GET /pay/1A-*/start/all HTTP/1.1'
    >>> masked("/web/login?redirect=/pay/1a-zzzzzzzzzzzzzzzzzzzz")
    '/web/login?redirect=/pay/1a-*'
    >>> masked("redirect=%2Fpay%2F1A-ZZZZZZZZZZZZZZZZZZZZ"), masked("GET /my")
    ('redirect=%2Fpay%2F1A-*', 'GET /my')
    """
    text = _CODE.sub(r"\1*", text)
    return _QUOTED.sub(r"\1*", text)


_QUOTED = re.compile(
    r"(%2Fpay%2F[0-9A-Za-z]{1,8}-)[0-9A-Za-z]{20}(?![0-9A-Za-z])", re.I
)
