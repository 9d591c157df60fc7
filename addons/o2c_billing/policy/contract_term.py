"""When can a contract end, and what has to be said before?

A term runs until and including its last day. Notice must be given before the day that
lies the notice period ahead of the day after the term.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .contract_period import DAY, add_months

ENDS, RENEWS, OPEN = "ends", "renews", "open"


@dataclass(frozen=True)
class Renewal:
    """What was agreed about the end of a contract.

    ``kind``: it ends by itself, it renews for ``months`` each time, or it goes on and
    can be ended at any day. Notice in months or, when ``notice_days`` is set, in days.
    """

    kind: str
    months: int = 12
    notice_months: int = 1
    notice_days: int = 0


def cancel_before(term_end: date, renewal) -> date:
    """The first day on which notice comes too late for this term.

    A month before 31 December: on 30 November is in time, on 1 December is not.

    >>> cancel_before(date(2026, 12, 31), Renewal(RENEWS))
    datetime.date(2026, 12, 1)
    >>> cancel_before(date(2026, 12, 31), Renewal(RENEWS, notice_days=30))
    datetime.date(2026, 12, 2)

    Three months before a term that ends on 28 February begin on 1 December:

    >>> cancel_before(date(2027, 2, 28), Renewal(RENEWS, notice_months=3))
    datetime.date(2026, 12, 1)
    """
    if renewal.notice_days:
        return term_end + DAY - timedelta(days=renewal.notice_days)
    return add_months(term_end + DAY, -renewal.notice_months)


def next_term_end(term_end, renewal):
    """The last day of the term that follows.

    The day after the term is what is counted, so that a term to the end of February
    is followed by one to the end of February.

    >>> next_term_end(date(2027, 2, 28), Renewal(RENEWS))
    datetime.date(2028, 2, 29)
    >>> next_term_end(date(2026, 3, 30), Renewal(RENEWS, months=1))
    datetime.date(2026, 4, 29)
    """
    return add_months(term_end + DAY, renewal.months) - DAY


def current_term(term_end, renewal, today):
    """The last day of the term in which a day lies, renewed as often as needed.

    The last day still belongs to the old term:

    >>> yearly = Renewal(RENEWS)
    >>> current_term(date(2026, 12, 31), yearly, date(2026, 12, 31))
    datetime.date(2026, 12, 31)
    >>> current_term(date(2026, 12, 31), yearly, date(2029, 5, 1))
    datetime.date(2029, 12, 31)
    """
    while renewal.kind == RENEWS and term_end < today:
        term_end = next_term_end(term_end, renewal)
    return term_end


def standing(term_end, renewal, today):
    """The end and the last day for notice that count on a day: (end, cancel before).

    In time for this term; a day late, so those of the next; a contract that goes on
    after its term has neither:

    >>> yearly = Renewal(RENEWS)
    >>> standing(date(2026, 12, 31), yearly, date(2026, 11, 30))
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 1))
    >>> standing(date(2026, 12, 31), yearly, date(2026, 12, 1))
    (datetime.date(2027, 12, 31), datetime.date(2027, 12, 1))
    >>> standing(date(2026, 12, 31), Renewal(OPEN), date(2027, 1, 1))
    (None, None)
    >>> standing(date(2026, 12, 31), Renewal(OPEN), date(2026, 12, 1))
    (datetime.date(2026, 12, 31), None)
    >>> standing(date(2026, 12, 31), Renewal(ENDS), date(2027, 1, 1))
    (datetime.date(2026, 12, 31), None)
    >>> standing(None, yearly, date(2026, 1, 1))
    (None, None)
    """
    if not term_end or renewal.kind == ENDS:
        return term_end, None
    if renewal.kind == RENEWS:
        while today >= cancel_before(term_end, renewal):
            term_end = next_term_end(term_end, renewal)
        return term_end, cancel_before(term_end, renewal)
    if term_end < today:
        return None, None
    limit = cancel_before(term_end, renewal)
    return term_end, limit if limit > today else None


def earliest_end(given, term_end, renewal):
    """The first day on which notice given on a day can end the contract.

    In time for the term; a day late, so another year; and a contract that goes on:

    >>> yearly = Renewal(RENEWS)
    >>> earliest_end(date(2026, 11, 30), date(2026, 12, 31), yearly)
    datetime.date(2026, 12, 31)
    >>> earliest_end(date(2026, 12, 1), date(2026, 12, 31), yearly)
    datetime.date(2027, 12, 31)
    >>> earliest_end(date(2026, 12, 1), date(2026, 3, 31), Renewal(OPEN))
    datetime.date(2026, 12, 31)
    >>> earliest_end(date(2026, 1, 1), date(2026, 3, 31), Renewal(OPEN))
    datetime.date(2026, 3, 31)
    """
    if renewal.kind == ENDS and term_end:
        return term_end
    if renewal.notice_days:
        free = given + timedelta(days=renewal.notice_days)
    else:
        free = add_months(given, renewal.notice_months)
    if renewal.kind == RENEWS and term_end:
        while given >= cancel_before(term_end, renewal):
            term_end = next_term_end(term_end, renewal)
        return term_end
    # notice of a month given on 1 December ends the contract after 31 December
    free -= DAY
    return max(free, term_end) if term_end else free


__all__ = [
    "DAY",
    "ENDS",
    "OPEN",
    "RENEWS",
    "Renewal",
    "cancel_before",
    "current_term",
    "earliest_end",
    "next_term_end",
    "standing",
]
