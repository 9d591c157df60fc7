"""An address that was mailed carries a second token: ``<number>-<token>-<proof>``.

The first two parts are the code of the pay link, the same as on paper, and open it. The
third is a keyed hash over link and mail address, so it can only have been made for that
address; it counts as long as that address is known of the customer. Without it, or with
a wrong one, the link still opens: as paper does.
"""

from . import pay_code


def split(code):
    """Code of the link, and the proof when there is one.

    >>> token, proof = "Z" * 20, "0" * 20
    >>> split(f"1A-{token}-{proof}") == (f"1A-{token}", proof)
    True
    >>> split(f"1a-{token}-{proof.lower()}")[1] == proof, split("1A-ZZZ")
    (True, ('1A-ZZZ', ''))
    >>> split(f"1A-{token}-ZZ")[1], split("a-b-c-d"), split(None)
    ('', ('a-b-c-d', ''), ('', ''))
    """
    parts = (code or "").strip().split("-")
    if len(parts) != 3:
        return code or "", ""
    _number, proof = pay_code.parse(f"1-{parts[2]}")
    return "-".join(parts[:2]), proof


def compose(code, digest):
    """The code as it is mailed.

    >>> compose("1A-ZZZ", "f" * 64)
    '1A-ZZZ-ZZZZZZZZZZZZZZZZZZZZ'
    """
    return f"{code}-{pay_code.token(digest)}"
