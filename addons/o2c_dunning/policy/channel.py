"""By which way a customer can be reached, when the first choice does not work."""


def reachable(email: str = "", phone: str = "", street: str = "", place: str = ""):
    """The ways that work with what is known of a customer.

    An SMS needs more than a phone: a gateway, a mobile number and somebody who did not
    ask to be spared it. Whoever has these adds "sms".

    :param place: postal code or town

    >>> sorted(reachable(email="a@b.example", street="Kade 1"))
    ['email']
    >>> sorted(reachable(phone="+31 30 123", street="Kade 1", place="Utrecht"))
    ['call', 'letter']
    """
    ways = set()
    if email:
        ways.add("email")
    if phone:
        ways.add("call")
    if street and place:
        ways.add("letter")
    return frozenset(ways)


def way(wanted, ways) -> str:
    """The first wanted way that works; the last one when none does, because a person
    who is asked to call finds out what a machine does not know.

    >>> way(("email", "letter", "call"), {"letter", "call"})
    'letter'
    >>> way(("email", "letter", "call"), ())
    'call'
    >>> way(("email",), ())
    'email'

    An SMS that cannot be sent is no reminder: somebody calls.

    >>> way(("sms",), ()), way(("sms", "letter"), {"letter"})
    ('call', 'letter')
    """
    last = "call" if wanted[-1] == "sms" else wanted[-1]
    return next((one for one in wanted if one in ways), last)
