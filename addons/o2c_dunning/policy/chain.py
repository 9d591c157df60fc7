"""A chain of proofs: what was sent is sealed, each seal hangs on the one before.

A changed text breaks its own seal; a notice that was taken out, put in or moved breaks
the chain. When the text of an old notice was removed on purpose, its seal stays, and so
does the chain: the check then says that the text is gone, not that it was changed.
"""

import hashlib
import json
from dataclasses import dataclass

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One proof as it is kept, and what the notice says now.

    ``now`` is the seal over what the notice says now, None when its text was removed.
    """

    key: int
    sequence: int
    previous: str
    seal: str
    hash: str
    now: str | None


def digest(data) -> str:
    """SHA-256 of a text or of bytes.

    >>> digest("") == digest(b"")
    True
    >>> digest("é")[:8]
    '4a99557e'
    """
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def canonical(values) -> str:
    """One way of writing the same values, whatever their order.

    >>> canonical({"b": 1, "a": None}) == canonical({"a": None, "b": 1})
    True
    """
    return json.dumps(
        values, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":")
    )


def chained(previous: str, sequence: int, seal: str) -> str:
    """The hash of a link: it covers its place, the link before and its seal.

    >>> chained(FIRST, 1, digest("x")) == chained(FIRST, 1, digest("x"))
    True
    >>> chained(FIRST, 2, digest("x")) == chained(FIRST, 1, digest("x"))
    False
    """
    return digest(f"{previous}:{sequence}:{seal}")


def verify(links, previous=FIRST, sequence=0):
    """What is wrong with a stretch of the chain.

    :param links: :class:`Link` in the order of their sequence
    :param str previous: hash before the stretch
    :param int sequence: number before the stretch
    :return: dict of key to findings: "gap", "order", "chain", "changed", "removed"
    """
    found = {}
    for link in links:
        reasons = []
        if link.sequence != sequence + 1:
            reasons.append("gap" if link.sequence > sequence + 1 else "order")
        if link.previous != previous:
            reasons.append("order")
        if link.hash != chained(link.previous, link.sequence, link.seal):
            reasons.append("chain")
        if link.now is None:
            reasons.append("removed")
        elif link.now != link.seal:
            reasons.append("changed")
        if reasons:
            found[link.key] = tuple(dict.fromkeys(reasons))
        previous, sequence = link.hash, link.sequence
    return found


def build(seals, previous=FIRST, sequence=0):
    """The links of new seals, in order.

    :param seals: list of (key, seal)
    """
    links = []
    for key, seal in seals:
        sequence += 1
        links.append(
            Link(key, sequence, previous, seal, chained(previous, sequence, seal), seal)
        )
        previous = links[-1].hash
    return links


__test__ = {
    "an untouched chain, in one stretch or in two": """
    >>> links = build([(7, digest("a")), (8, digest("b")), (9, digest("c"))])
    >>> verify(links), verify(links[1:], links[0].hash, 1)
    ({}, {})
    """,
    "another text, a text that was removed on purpose": """
    >>> from dataclasses import replace
    >>> one, two = build([(7, digest("a")), (8, digest("b"))])
    >>> verify([one, replace(two, now=digest("B"))])
    {8: ('changed',)}
    >>> verify([one, replace(two, now=None)])
    {8: ('removed',)}
    """,
    "a notice taken out, put in, or sealed anew by somebody who knows how": """
    >>> from dataclasses import replace
    >>> one, two, three = build([(7, digest("a")), (8, digest("b")), (9, digest("c"))])
    >>> verify([one, three])
    {9: ('gap', 'order')}
    >>> verify([one, one, two])
    {7: ('order',)}
    >>> anew = replace(two, seal=digest("B"), now=digest("B"),
    ...                hash=chained(two.previous, 2, digest("B")))
    >>> verify([one, anew, three])
    {9: ('order',)}
    """,
}
