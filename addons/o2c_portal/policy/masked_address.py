"""An e-mail address that its owner recognises and nobody else can use."""


def masked(address):
    """First letter, dots, and the domain.

    >>> masked("crediteuren@proef.example"), masked("a@b.example")
    ('c…@proef.example', 'a…@b.example')
    >>> masked(""), masked("nonsense")
    ('', '…')
    """
    name, at, domain = (address or "").rpartition("@")
    if not address:
        return ""
    return f"{name[:1]}…@{domain}" if at else "…"
