"""When and how much a customer of the demo pays.

Chance comes in as ``dice``: a function that gives the next number in [0, 1). The
same dice give the same book.
"""

from dataclasses import dataclass
from datetime import date, timedelta

#: Nobody stays silent for longer: older debts were paid in the end.
OLDEST_DEBT = 270


@dataclass(frozen=True)
class Payer:
    """A way of paying, as a credit controller would describe it."""

    delay: int  # days after the due date, on average
    spread: int  # and how much that varies
    part: float = 0.0  # share of claims first paid in part
    never: float = 0.0  # share of claims not paid at all
    credited: float = 0.0  # share of claims with a credit note for a complaint
    collects: bool = False  # pays several invoices in one transfer
    stopped: int = 0  # days ago on which payments stopped, 0: never


PAYERS = {
    "punctual": Payer(-5, 2),
    "prompt": Payer(-1, 3, collects=True, credited=0.01),
    "good": Payer(-1, 4, part=0.01, credited=0.03),
    "late": Payer(8, 6, part=0.04, never=0.01, credited=0.03),
    "slow": Payer(24, 12, part=0.08, never=0.02, credited=0.03),
    "poor": Payer(48, 20, part=0.2, never=0.1, credited=0.03),
    "dispute": Payer(5, 6, part=0.04, credited=0.18),
    "broke": Payer(15, 8, part=0.1, stopped=120),
}


@dataclass(frozen=True)
class Settlement:
    """Money that reduces one claim of an invoice."""

    day: date
    claim: int  # index of the instalment
    cents: int


def working_day(day):
    """The day itself, or the Monday after a weekend.

    >>> working_day(date(2026, 3, 7))
    datetime.date(2026, 3, 9)
    >>> working_day(date(2026, 3, 9))
    datetime.date(2026, 3, 9)
    """
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def transfer_day(payer, day, issued=date.min):
    """The day of the transfer: who collects pays before the 1st or 15th is past.

    >>> transfer_day(PAYERS["prompt"], date(2026, 3, 18))
    datetime.date(2026, 3, 16)
    >>> transfer_day(PAYERS["good"], date(2026, 3, 18))
    datetime.date(2026, 3, 18)
    """
    if payer.collects:
        early = day.replace(day=15 if day.day >= 15 else 1)
        day = early if early > issued else day
    return working_day(day)


def lateness(payer, dice):
    """Days after the due date: a bell around the payer's habit.

    >>> lateness(PAYERS["late"], lambda: 0.5)
    8
    >>> lateness(PAYERS["late"], lambda: 0.0)
    -4
    """
    bell = dice() + dice() + dice() - 1.5
    return payer.delay + round(bell * payer.spread * 4 / 3)


def settle(payer, issued, claims, today, dice):
    """How the claims of one invoice are paid up to and including today.

    :param Payer payer: the customer's way of paying
    :param date issued: date of the invoice
    :param list claims: (due date, open cents) per instalment
    :param date today: nothing happens after it
    :param dice: function giving the next number in [0, 1)
    :return: list of :class:`Settlement`, in order of their day

    >>> settle(PAYERS["good"], date(2026, 1, 5), [(date(2026, 2, 4), 12100)],
    ...        date(2026, 3, 1), lambda: 0.5)
    [Settlement(day=datetime.date(2026, 2, 3), claim=0, cents=12100)]

    Not due long enough: still open.

    >>> settle(PAYERS["good"], date(2026, 1, 5), [(date(2026, 2, 4), 12100)],
    ...        date(2026, 2, 2), lambda: 0.5)
    []
    """
    late = lateness(payer, dice)
    silent = dice() < payer.never and (today - issued).days < OLDEST_DEBT
    in_parts = dice() < payer.part
    share = 0.3 + 0.5 * dice()
    pause = timedelta(days=15 + int(30 * dice()))
    found = []
    for number, (due, cents) in enumerate(claims):
        day = max(issued, due + timedelta(days=late))
        if silent or not cents or _stopped(payer, day, today):
            continue
        first = int(cents * share) if in_parts else cents
        found.append(Settlement(transfer_day(payer, day, issued), number, first))
        if first < cents:
            later = transfer_day(payer, day + pause)
            found.append(Settlement(later, number, cents - first))
    return sorted(
        (item for item in found if item.day <= today and item.cents > 0),
        key=lambda item: (item.day, item.claim),
    )


def _stopped(payer, day, today):
    return payer.stopped and day > today - timedelta(days=payer.stopped)


def complaint(payer, issued, cents, today, dice):
    """The credit note that a complaint about an invoice ends in.

    :param int cents: the most that can be credited
    :return: (day, cents) or None

    >>> complaint(PAYERS["good"], date(2026, 1, 5), 10000, date(2026, 3, 1),
    ...           lambda: 0.5)
    >>> complaint(PAYERS["dispute"], date(2026, 1, 5), 10000, date(2026, 3, 1),
    ...           iter([0.1, 0.5, 0.9, 0.0]).__next__)
    (datetime.date(2026, 1, 21), 1000)
    """
    if dice() >= payer.credited:
        return None
    day = working_day(issued + timedelta(days=6 + int(20 * dice())))
    whole = dice() < 0.25
    share = 1.0 if whole else 0.1 + 0.4 * dice()
    return (day, int(cents * share)) if day <= today else None
