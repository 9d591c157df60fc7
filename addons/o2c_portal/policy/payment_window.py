"""When a payment counts as under way, so that nothing is offered twice.

An iDEAL payment at a bank lapses after at most 15 minutes (iDEAL merchant
integration guide, "expiration period"), so a started payment of somebody else holds
its invoices that long. Who started it may try again at once: he knows that he did not
finish.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

STARTED_MINUTES = 15

#: What is under way, weakest first.
STARTED = "started"
PENDING = "pending"
RECEIVED = "received"
#: Not under way, but told: he said that he transfers it by hand.
BY_HAND = "by_hand"
#: A transfer by hand is told so long; who forgot it is asked as before.
BY_HAND_DAYS = 7


@dataclass(frozen=True)
class Attempt:
    """A payment transaction that touches an invoice."""

    transaction_id: int
    move_id: int
    state: str
    at: datetime
    booked: bool = False
    #: a promise to transfer by hand; it holds nothing
    by_hand: bool = False
    #: the instalment that it pays; 0 when only the invoice is known
    number: int = 0

    @property
    def held(self):
        """What it holds: an instalment, else the whole invoice."""
        return (self.move_id, self.number) if self.number else self.move_id


def under_way(attempts, now, own=()):
    """What is under way, per instalment, or per invoice where no more is known.

    :param attempts: iterable of :class:`Attempt`
    :param datetime now: naive UTC moment
    :param own: ids of the transactions that the present visitor started
    :return: dict to STARTED, PENDING or RECEIVED, by (invoice id, instalment number)
        or by invoice id

    >>> noon = datetime(2026, 3, 1, 12)
    >>> def attempt(state, minutes, **more):
    ...     return Attempt(1, 7, state, noon - timedelta(minutes=minutes), **more)
    >>> under_way([attempt("draft", 15)], noon), under_way([attempt("draft", 16)], noon)
    ({7: 'started'}, {})
    >>> under_way([attempt("draft", 1)], noon, own=[1])
    {}
    >>> under_way([attempt("pending", 9999)], noon, own=[1])
    {7: 'pending'}
    >>> under_way([attempt("done", 1)], noon)
    {7: 'received'}
    >>> under_way([attempt("done", 1, booked=True), attempt("error", 1)], noon)
    {}
    >>> under_way([attempt("pending", 1, by_hand=True)], noon)
    {}
    >>> under_way([attempt("pending", 1, number=2)], noon)
    {(7, 2): 'pending'}
    """
    found = {}
    order = (None, STARTED, PENDING, RECEIVED)
    own = set(own)
    for attempt in attempts:
        kind = _kind(attempt, now, own)
        if order.index(kind) > order.index(found.get(attempt.held)):
            found[attempt.held] = kind
    return found


def told(attempts, now, own=()):
    """Payments that a customer is told about, with what is known of each.

    Those that hold an invoice, and a transfer that he promised some days ago.

    :return: dict of transaction id to STARTED, PENDING, RECEIVED or BY_HAND

    >>> noon = datetime(2026, 3, 8, 12)
    >>> def attempt(state, days, **more):
    ...     return Attempt(1, 7, state, noon - timedelta(days=days), **more)
    >>> told([attempt("pending", 90)], noon), told([attempt("draft", 0)], noon, own=[1])
    ({1: 'pending'}, {})
    >>> [told([attempt("pending", days, by_hand=True)], noon) for days in (7, 8)]
    [{1: 'by_hand'}, {}]
    >>> told([attempt("draft", 0, by_hand=True)], noon)
    {}
    """
    found, own = {}, set(own)
    for attempt in attempts:
        kind = _kind(attempt, now, own)
        promised = attempt.by_hand and attempt.state == "pending"
        if promised and now - attempt.at <= timedelta(days=BY_HAND_DAYS):
            kind = BY_HAND
        if kind:
            found[attempt.transaction_id] = kind
    return found


def _kind(attempt, now, own):
    if attempt.state == "done":
        return None if attempt.booked else RECEIVED
    if attempt.by_hand:
        return None
    if attempt.state in ("pending", "authorized"):
        return PENDING
    if attempt.state == "draft" and attempt.transaction_id not in own:
        if now - attempt.at <= timedelta(minutes=STARTED_MINUTES):
            return STARTED
    return None
