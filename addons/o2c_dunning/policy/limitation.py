"""When a claim becomes time-barred, and what stops the clock.

Art. 3:307(1) BW: five years after the start of the day that follows the one on which
the claim fell due. Art. 7:28: two years for the price of a consumer sale. Art. 8:1711:
one year for carriage. Which term belongs to which kind of claim is dated data; this
module only counts (https://wetten.overheid.nl/BWBR0005291, book 3, title 11).

A written demand in which the creditor reserves his rights (art. 3:317(1)), a claim that
is submitted (art. 3:316) and an acknowledgement by the debtor (art. 3:318) start a new
term on the next day. It is as long as the first, five years at most, and never ends
before the first would have ended (art. 3:319(2)). What comes after the term has ended
starts nothing any more.
"""

from dataclasses import dataclass
from datetime import date, timedelta

#: a renewed term is never longer, art. 3:319(2)
RENEWED_AT_MOST = 5
ALARMS = (90, 30)


@dataclass(frozen=True, slots=True)
class Term:
    """How long a kind of claim lives from ``since`` on."""

    since: date
    years: int
    #: whether a letter of ours starts a new term
    renewed_by_letter: bool = True


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day on which the claim can be pursued, and why that day."""

    last_day: date
    interrupted_on: date | None = None


def years_later(day: date, years: int) -> date:
    """The same day some years later; a 29 February that is missing is the day before,
    because an alarm that comes early harms nobody.

    >>> years_later(date(2024, 2, 29), 5), years_later(date(2024, 2, 29), 4)
    (datetime.date(2029, 2, 28), datetime.date(2028, 2, 29))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def term_on(terms, due: date) -> Term | None:
    """The term in force when the claim fell due, or None.

    >>> one, two = Term(date(1992, 1, 1), 5), Term(date(2030, 1, 1), 3)
    >>> term_on([two, one], date(2029, 12, 31)).years
    5
    >>> term_on([two, one], date(2030, 1, 1)).years
    3
    >>> term_on([two], date(2029, 12, 31))
    """
    known = [term for term in terms if term.since <= due]
    return max(known, key=lambda term: term.since, default=None)


def limitation(due: date, term: Term, demands=(), acknowledged=()) -> Limitation:
    """The last day of a claim that fell due on ``due``.

    :param demands: days on which a written demand of ours reached the debtor
    :param acknowledged: days on which he acknowledged the debt or paid part of it

    Due on 31 March 2021, five years, nobody wrote; a letter in time starts again:

    >>> five = Term(date(1992, 1, 1), 5)
    >>> limitation(date(2021, 3, 31), five).last_day
    datetime.date(2026, 3, 31)
    >>> limitation(date(2021, 3, 31), five, [date(2026, 3, 31)])
    Limitation(last_day=datetime.date(2031, 3, 31), \
interrupted_on=datetime.date(2026, 3, 31))
    """
    last = _last_day(due, term.years)
    stops = set(acknowledged)
    if term.renewed_by_letter:
        stops |= set(demands)
    renewed, why = min(term.years, RENEWED_AT_MOST), None
    for day in sorted(stops):
        if day > last:
            break
        if day > due:
            last, why = max(last, _last_day(day, renewed)), day
    return Limitation(last, why)


def _last_day(day: date, years: int) -> date:
    """The term starts the day after ``day``; the day before that date years later."""
    return years_later(day + timedelta(days=1), years) - timedelta(days=1)


def alarm(last_day: date, today: date, warned: int = 0) -> int:
    """Which alarm is due today: 90 or 30 days before, 0 for none.

    :param int warned: the last alarm that was given, 0 for none

    >>> last = date(2026, 6, 30)
    >>> alarm(last, date(2026, 3, 31)), alarm(last, date(2026, 4, 1))
    (0, 90)
    >>> alarm(last, date(2026, 5, 30), 90), alarm(last, date(2026, 5, 31), 90)
    (0, 30)
    >>> alarm(last, date(2026, 6, 15), 30)
    0
    """
    left = (last_day - today).days
    reached = [days for days in ALARMS if left <= days]
    if not reached:
        return 0
    days = min(reached)
    return days if not warned or days < warned else 0


__test__ = {
    "29 February: the day after it, the day itself, and a term that ends on it": """
    >>> five = Term(date(1992, 1, 1), 5)
    >>> limitation(date(2024, 2, 29), five).last_day
    datetime.date(2029, 2, 28)
    >>> limitation(date(2023, 2, 28), five).last_day
    datetime.date(2028, 2, 29)
    >>> limitation(date(2024, 2, 28), five).last_day
    datetime.date(2029, 2, 27)
    """,
    "one day too late starts nothing": """
    >>> two = Term(date(2003, 5, 1), 2)
    >>> limitation(date(2024, 3, 31), two, [date(2026, 3, 31)]).last_day
    datetime.date(2028, 3, 31)
    >>> limitation(date(2024, 3, 31), two, [date(2026, 4, 1)])
    Limitation(last_day=datetime.date(2026, 3, 31), interrupted_on=None)
    """,
    "each letter starts again; a gap that is too long ends it": """
    >>> one = Term(date(1991, 4, 1), 1)
    >>> limitation(date(2024, 1, 31), one,
    ...            [date(2025, 1, 15), date(2026, 1, 15)]).last_day
    datetime.date(2027, 1, 15)
    >>> limitation(date(2024, 1, 31), one,
    ...            [date(2025, 1, 15), date(2026, 1, 16)]).last_day
    datetime.date(2026, 1, 15)
    """,
    "a claim that a letter does not renew; paying part does": """
    >>> cmr = Term(date(1961, 7, 2), 1, renewed_by_letter=False)
    >>> limitation(date(2024, 1, 31), cmr, [date(2024, 6, 1)]).last_day
    datetime.date(2025, 1, 31)
    >>> limitation(date(2024, 1, 31), cmr, [], [date(2024, 6, 1)]).last_day
    datetime.date(2025, 6, 1)
    """,
    "a renewed term is five years at most, and never ends before the first": """
    >>> twenty = Term(date(1992, 1, 1), 20)
    >>> limitation(date(2010, 1, 31), twenty, [date(2011, 1, 1)]).last_day
    datetime.date(2030, 1, 31)
    >>> limitation(date(2010, 1, 31), twenty, [date(2029, 1, 1)]).last_day
    datetime.date(2034, 1, 1)
    """,
    "a letter before the due date is no demand": """
    >>> five = Term(date(1992, 1, 1), 5)
    >>> limitation(date(2024, 3, 31), five, [date(2024, 3, 31)]).interrupted_on
    """,
}
