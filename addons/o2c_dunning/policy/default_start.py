"""When a debtor is in default: the day from which interest runs.

A term that was *agreed* is fatal: default begins the day after it (art. 6:83 sub a BW).
A term that merely stands on the invoice is not. Then a business or a public body owes
statutory trade interest from thirty days after the day on which it received the
invoice, or the goods or services when receipt is uncertain or came first (6:119a(2),
6:119b(2)); a consumer first gets a notice of default with a reasonable term (6:82), and
is in default the day after that.

Default by a fatal term needs no notice (6:83). But a creditor who gives a day in a
notice of default, and writes that default and interest begin when that day has passed,
is kept to what the reader may make of it (3:33 and 3:35 BW, good faith 6:248): nothing
runs before the day after it, whoever the debtor is. That holds for the first notice of
default: a later one does not take back a default that it found there.
Source: https://wetten.overheid.nl/BWBR0005289, Book 6; BWBR0005291, Book 3.
How long a reasonable term is, the law does not say: it is a setting.
"""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
#: art. 6:119a(2) and 6:119b(2) BW
STATUTORY_TERM = timedelta(days=30)
CONSUMER, BUSINESS, PUBLIC = "consumer", "business", "public"


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder in writing: when it arrived, by which day it asked to pay, and whether
    it is a notice of default, which says that interest runs after that day."""

    delivered: date
    pay_by: date | None = None
    of_default: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What is known about the term of one item."""

    due: date
    agreed: bool
    debtor: str = BUSINESS
    received: date | None = None
    performed: date | None = None
    notices: tuple = ()
    reasonable_days: int = 14


@dataclass(frozen=True, slots=True)
class DefaultStart:
    """First day of default, or the reason why there is none yet."""

    on: date | None
    reason: str = ""


def in_default(start: DefaultStart | None, day: date) -> bool:
    """Whether a debt is in default on a day; nothing known is not in default.

    >>> start = DefaultStart(date(2026, 4, 1))
    >>> [in_default(start, date(2026, *day)) for day in ((3, 31), (4, 1))]
    [False, True]
    >>> in_default(DefaultStart(None, "not_received"), date(2026, 4, 1))
    False
    >>> in_default(None, date(2026, 4, 1))
    False
    """
    return bool(start and start.on and start.on <= day)


def default_start(term: Term) -> DefaultStart:
    """First day of default of one item.

    Agreed: the day after the due date, whoever the debtor is.

    >>> due = date(2026, 3, 31)
    >>> default_start(Term(due, agreed=True, debtor="consumer")).on
    datetime.date(2026, 4, 1)

    Only on the invoice, a business: thirty days after receipt have to pass.

    >>> default_start(Term(due, False, "business", received=date(2026, 3, 17))).on
    datetime.date(2026, 4, 17)
    """
    if term.agreed:
        start = DefaultStart(term.due + ONE_DAY)
    elif term.debtor == CONSUMER:
        start = _by_notice(term)
    else:
        start = _by_law(term)
    promised = _promised(term)
    if start.on and promised:
        return DefaultStart(max(start.on, promised + ONE_DAY))
    return start


def _promised(term: Term) -> date | None:
    """The day that the first notice of default gave."""
    return next(
        (
            notice.pay_by
            for notice in term.notices
            if notice.of_default and notice.delivered > term.due
        ),
        None,
    )


def _by_law(term: Term) -> DefaultStart:
    """Thirty days after receipt, and never before the date that the invoice gives."""
    begun = max((day for day in (term.received, term.performed) if day), default=None)
    if begun is None:
        return DefaultStart(None, "not_received")
    return DefaultStart(max(term.due, begun + STATUTORY_TERM) + ONE_DAY)


def _by_notice(term: Term) -> DefaultStart:
    """The first reminder after the due date, once its term has passed."""
    ends = [
        max(notice.pay_by or date.min, notice.delivered + _days(term.reasonable_days))
        for notice in term.notices
        if notice.delivered > term.due
    ]
    if not ends:
        return DefaultStart(None, "needs_notice")
    return DefaultStart(min(ends) + ONE_DAY)


def _days(number):
    return timedelta(days=number)


__test__ = {
    "a term on the invoice, a consumer: nothing without a notice of default": """
    >>> due = date(2026, 3, 31)
    >>> default_start(Term(due, False, "consumer", received=due))
    DefaultStart(on=None, reason='needs_notice')

    A reminder before or on the due date gives no term to somebody who is late.

    >>> early = Notice(date(2026, 3, 31), date(2026, 4, 14))
    >>> default_start(Term(due, False, "consumer", notices=(early,))).reason
    'needs_notice'

    The first one after it does: fourteen days later he is in default on the fifteenth.

    >>> first = Notice(date(2026, 4, 1), date(2026, 4, 8))
    >>> second = Notice(date(2026, 4, 20), date(2026, 4, 27))
    >>> default_start(Term(due, False, "consumer", notices=(first, second))).on
    datetime.date(2026, 4, 16)

    A reminder that gives more than what is reasonable is kept to its word.

    >>> mild = Notice(date(2026, 4, 1), date(2026, 5, 1))
    >>> default_start(Term(due, False, "consumer", notices=(mild,))).on
    datetime.date(2026, 5, 2)
    """,
    "a notice of default that gives a day: nothing runs before the day after it": """
    >>> due, letter = date(2026, 11, 4), Notice(date(2026, 11, 5), date(2026, 11, 16))
    >>> of_default = Notice(date(2026, 11, 5), date(2026, 11, 16), of_default=True)
    >>> default_start(Term(due, True, "consumer", notices=(letter,))).on
    datetime.date(2026, 11, 5)
    >>> for kind in ("consumer", "business"):
    ...     print(default_start(Term(due, True, kind, notices=(letter, of_default))).on)
    2026-11-17
    2026-11-17

    A second one takes nothing back; one from before the due date promised nothing.

    >>> again = Notice(date(2026, 12, 1), date(2026, 12, 15), of_default=True)
    >>> default_start(Term(due, True, "consumer", notices=(of_default, again))).on
    datetime.date(2026, 11, 17)
    >>> early = Notice(due, date(2026, 11, 16), of_default=True)
    >>> default_start(Term(due, True, "consumer", notices=(early,))).on
    datetime.date(2026, 11, 5)
    """,
    "a term on the invoice, a business: the boundaries of thirty days": """
    Received on 1 March: the thirtieth day is 31 March, default begins on 1 April.

    >>> default_start(Term(date(2026, 3, 15), False, received=date(2026, 3, 1))).on
    datetime.date(2026, 4, 1)

    The invoice came before the goods: the goods count.

    >>> both = {"received": date(2026, 3, 1), "performed": date(2026, 3, 11)}
    >>> default_start(Term(date(2026, 3, 15), False, **both)).on
    datetime.date(2026, 4, 11)

    A longer term on the invoice is what we asked for ourselves.

    >>> default_start(Term(date(2026, 4, 30), False, received=date(2026, 3, 1))).on
    datetime.date(2026, 5, 1)
    >>> default_start(Term(date(2026, 3, 15), False, "public")).reason
    'not_received'
    >>> default_start(
    ...     Term(date(2026, 3, 15), False, "public", performed=date(2026, 3, 1))).on
    datetime.date(2026, 4, 1)
    """,
    "29 February and the change of year": """
    >>> default_start(Term(date(2028, 2, 29), agreed=True)).on
    datetime.date(2028, 3, 1)
    >>> default_start(Term(date(2026, 12, 31), agreed=True)).on
    datetime.date(2027, 1, 1)
    """,
}
