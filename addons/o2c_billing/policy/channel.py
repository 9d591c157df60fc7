"""By which ways does a document go, and which other way when one is closed?

A way is closed while a contact data task says so: e-mail that comes back, letters that
come back, an e-invoice that the network refused. What cannot go its own way takes the
first other way of the company's order that is open, possible and not taken already;
without one it waits until the data is mended.
"""

from dataclasses import dataclass

EMAIL, NETWORK, PORTAL = "email", "einvoice", "portal"
POST, UPLOAD, HAND = "post", "upload", "hand"

#: Problem of a contact data task to the way it closes.
CLOSES = {
    "email_bounced": EMAIL,
    "post_returned": POST,
    "einvoice_rejected": NETWORK,
}


@dataclass(frozen=True)
class Way:
    """One way of a document."""

    channel: str
    instead_of: str = ""
    waits: bool = False


def closed(problems):
    """Ways that these open problems close.

    >>> sorted(closed({"email_bounced", "registration_missing", "post_returned"}))
    ['email', 'post']
    """
    return frozenset(CLOSES[one] for one in problems if one in CLOSES)


def other_way(order, possible, taken):
    """The first way of the order that can be used and is not taken; empty: none.

    >>> other_way(("email", "post"), {"email", "post"}, {"email"})
    'post'
    >>> other_way(("email",), {"post"}, set())
    ''
    """
    return next((one for one in order if one in possible and one not in taken), "")


def ways(wishes, shut=frozenset(), order=(), possible=frozenset()):
    """Where the document goes.

    >>> [way.channel for way in ways(("email", "post"))]
    ['email', 'post']

    E-mail comes back, and the company prefers post to waiting:

    >>> ways(("email",), {"email"}, ("portal", "post"), {"post"})
    (Way(channel='post', instead_of='email', waits=False),)

    Post goes already, so nothing else is needed for the e-mail that comes back; with
    no other way it waits:

    >>> [way.channel for way in ways(("email", "post"), {"email"}, ("post",), {"post"})]
    ['post']
    >>> ways(("email",), {"email"}, (), {"post"})
    (Way(channel='email', instead_of='', waits=True),)
    """
    open_ways = [one for one in wishes if one not in shut]
    found = [Way(one) for one in open_ways]
    taken = set(open_ways)
    for one in wishes:
        if one not in shut:
            continue
        if taken & set(order) & set(possible):
            continue
        other = other_way(order, set(possible) - set(shut), taken)
        if other:
            found.append(Way(other, instead_of=one))
            taken.add(other)
        else:
            found.append(Way(one, waits=True))
    return tuple(found)


def of_method(method):
    """Our ways for Odoo's own sending method.

    >>> of_method("email"), of_method("peppol"), of_method(False)
    (('email',), ('einvoice',), ('email',))
    >>> of_method("manual")
    ('hand',)
    """
    return {
        "peppol": (NETWORK,),
        "snailmail": (POST,),
        "manual": (HAND,),
    }.get(method, (EMAIL,))


def to_method(channels, known=("manual", "email")):
    """Odoo's own sending method nearest to our ways.

    >>> to_method(("post", "email")), to_method(("upload",))
    ('email', 'manual')
    >>> to_method(("einvoice", "email"), ("manual", "email", "peppol"))
    'peppol'
    >>> to_method(("einvoice",))
    'email'
    """
    if NETWORK in channels:
        return "peppol" if "peppol" in known else "email"
    if EMAIL in channels:
        return "email"
    if POST in channels and "snailmail" in known:
        return "snailmail"
    return "manual"


def state(states):
    """State of a document whose ways have these states.

    What stops comes first, a person's work before the queue's, and only when every way
    is done the document is done; ways that were given up do not count.

    >>> state(("sent", "blocked")), state(("failed", "blocked"))
    ('blocked', 'failed')
    >>> state(("sent", "todo")), state(("todo", "waiting"))
    ('todo', 'todo')
    >>> state(("sent", "dropped")), state(("sent", "returned")), state(("dropped",))
    ('sent', 'blocked', '')
    """
    for one in ("failed", "blocked", "returned", "todo", "waiting", "sent"):
        if one in states:
            return "blocked" if one == "returned" else one
    return ""
