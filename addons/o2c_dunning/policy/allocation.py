"""What is owed day by day: cost, interest and principal, and what payments were for.

A payment first covers the cost, then the interest that has run, then the principal
and the interest that runs on (art. 6:44(1) BW; collection cost included: HR 10-7-2015,
ECLI:NL:HR:2015:1868). The parties may agree on another order, so it is a setting.
Among several claims the debtor says which one he pays, otherwise the oldest first
(6:43): in the books that is what a payment was matched with, or :func:`spread`.
Interest runs up to and including the day of payment.
Source: https://wetten.overheid.nl/BWBR0005289, Book 6.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .interest import FIXED, Period, interest_line, stretches

ZERO = Decimal("0.00")
LAW = ("cost", "interest", "principal")
PRINCIPAL_FIRST = ("principal", "interest", "cost")


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in on a day."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """Collection cost, owed from a day."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Applied:
    """What one payment was for; ``rest`` is more than was owed."""

    day: date
    amount: Decimal
    cost: Decimal = ZERO
    interest: Decimal = ZERO
    principal: Decimal = ZERO
    rest: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Statement:
    """The whole calculation: lines in order of time, what ran, what is still open."""

    lines: tuple
    interest: Decimal = ZERO
    cost: Decimal = ZERO
    open_principal: Decimal = ZERO
    open_interest: Decimal = ZERO
    open_cost: Decimal = ZERO
    sure: bool = True
    reasons: tuple = ()
    daily: Decimal = ZERO

    @property
    def open(self) -> Decimal:
        """Everything that is still owed."""
        return self.open_principal + self.open_interest + self.open_cost


@dataclass(slots=True)
class _Balance:
    """Running amounts; interest of earlier years of default carries interest."""

    principal: Decimal
    old_interest: Decimal = ZERO
    interest: Decimal = ZERO
    cost: Decimal = ZERO

    def take(self, part: str, amount: Decimal) -> Decimal:
        """Pay at most ``amount`` off one part; the oldest interest goes first."""
        taken = ZERO
        names = ("old_interest", "interest") if part == "interest" else (part,)
        for name in names:
            piece = min(amount - taken, getattr(self, name))
            setattr(self, name, getattr(self, name) - piece)
            taken += piece
        return taken


def statement(
    principal: Decimal,
    start: date | None,
    until: date,
    rates,
    payments=(),
    costs=(),
    order=LAW,
    day_basis=FIXED,
    compound=True,
) -> Statement:
    """What is owed at the end of ``until``, and how it came to be.

    :param start: first day of default; None when there is none yet
    :param payments: :class:`Payment` records, in any order
    :param costs: :class:`Cost` records, in any order
    :param compound: whether each year's interest joins the base (6:119(2))

    >>> from .interest import Rate
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> paid = [Payment(date(2026, 3, 31), Decimal(500))]
    >>> owed = statement(Decimal(1000), date(2026, 3, 1), date(2026, 4, 30), six, paid)
    >>> str(owed.interest), str(owed.open_principal), str(owed.open_interest)
    ('7.59', '505.10', '2.49')

    And what each day costs from now on:

    >>> str(owed.daily)
    '0.08'
    """
    balance, lines, reasons = _Balance(principal), [], set()
    paid = sorted(
        (one for one in payments if one.day <= until), key=lambda one: one.day
    )
    due = sorted((one for one in costs if one.day <= until), key=lambda one: one.day)
    cuts = {one.day + timedelta(days=1) for one in paid}
    runs, last = start is not None and start <= until, None
    for stretch in stretches(start, until, rates, day_basis, cuts) if runs else ():
        _settle(balance, lines, paid, due, stretch.start, order)
        if stretch.new_year and compound:
            balance.old_interest += balance.interest
            balance.interest = ZERO
        base = balance.principal + (balance.old_interest if compound else ZERO)
        if base <= 0:
            continue
        if stretch.percent is None:
            reasons.add("no_rate")
            continue
        line = interest_line(stretch, base)
        balance.interest += line.amount
        lines.append(line)
        last = stretch
    _settle(balance, lines, paid, due, until + timedelta(days=1), order)
    base = balance.principal + (balance.old_interest if compound else ZERO)
    daily = last and base * last.percent / (100 * last.divisor)
    return _closed(balance, lines, reasons, daily or ZERO)


def _settle(balance, lines, paid, due, before: date, order):
    """Book the costs and payments of days before a day, a day's cost first."""
    while (paid and paid[0].day < before) or (due and due[0].day < before):
        if due and due[0].day < before and (not paid or due[0].day <= paid[0].day):
            cost = due.pop(0)
            balance.cost += cost.amount
            lines.append(cost)
            continue
        payment = paid.pop(0)
        rest, parts = payment.amount, {}
        for part in order:
            parts[part] = balance.take(part, rest)
            rest -= parts[part]
        lines.append(Applied(payment.day, payment.amount, rest=rest, **parts))


def _closed(balance, lines, reasons, daily) -> Statement:
    """The statement with its sums."""
    periods = [line for line in lines if isinstance(line, Period)]
    costs = [line.amount for line in lines if isinstance(line, Cost)]
    sure = all(period.sure for period in periods)
    if not sure:
        reasons = reasons | {"rate_unconfirmed"}
    return Statement(
        tuple(lines),
        sum((period.amount for period in periods), ZERO),
        sum(costs, ZERO),
        balance.principal,
        balance.old_interest + balance.interest,
        balance.cost,
        sure and "no_rate" not in reasons,
        tuple(sorted(reasons)),
        daily.quantize(ZERO, ROUND_HALF_UP),
    )


def spread(amount: Decimal, claims) -> dict:
    """A payment without a word about what it is for: the oldest claim first (6:43).

    :param claims: tuples of (key, due date, amount)
    :return: dict of key to the part paid

    >>> claims = [("new", date(2026, 3, 9), Decimal(100)),
    ...           ("old", date(2026, 3, 1), Decimal(100))]
    >>> {key: str(part) for key, part in spread(Decimal(130), claims).items()}
    {'old': '100', 'new': '30'}
    """
    parts = {}
    for key, _due, owed in sorted(claims, key=lambda claim: claim[1]):
        part = min(amount, owed)
        if part > 0:
            parts[key] = part
            amount -= part
    return parts


def by_month(lines) -> list:
    """Interest lines cut at the end of each month, for a debtor who wants to see more.

    Amounts of the pieces are shares of the rounded line, so the sum stays exact.

    >>> line = Period(date(2026, 3, 16), date(2026, 4, 15), 31, Decimal(6),
    ...               Decimal(1000), Decimal("5.10"))
    >>> [(p.days, str(p.amount)) for p in by_month([line])]
    [(16, '2.63'), (15, '2.47')]
    """
    pieces = []
    for line in lines:
        if not isinstance(line, Period):
            pieces.append(line)
            continue
        day, done, given = line.start, 0, ZERO
        while day <= line.end:
            first = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
            end = min(line.end, first - timedelta(days=1))
            done += (end - day).days + 1
            total = (line.amount * done / line.days).quantize(ZERO, ROUND_HALF_UP)
            pieces.append(
                Period(
                    day,
                    end,
                    (end - day).days + 1,
                    line.percent,
                    line.base,
                    total - given,
                    line.sure,
                )
            )
            given, day = total, first
    return pieces


__test__ = {
    "the order of the law: cost, then interest, then principal": """
    >>> from .interest import Rate
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> cost = [Cost(date(2026, 3, 20), Decimal(150))]
    >>> paid = [Payment(date(2026, 3, 31), Decimal(155))]
    >>> def after(order):
    ...     owed = statement(Decimal(1000), date(2026, 3, 1), date(2026, 3, 31), six,
    ...                      paid, cost, order)
    ...     return [str(part) for part in
    ...             (owed.open_cost, owed.open_interest, owed.open_principal)]
    >>> after(LAW), after(PRINCIPAL_FIRST)
    (['0.00', '0.10', '1000.00'], ['150.00', '5.10', '845.00'])

    Cost that is not owed yet on the day of payment gets nothing of it.

    >>> cost = [Cost(date(2026, 4, 1), Decimal(150))]
    >>> after(LAW)
    ['0.00', '0.00', '850.10']
    """,
    "interest runs up to and including the day of payment": """
    >>> from .interest import Rate
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> owed = statement(Decimal(1000), date(2026, 3, 1), date(2026, 5, 1), six,
    ...                  [Payment(date(2026, 3, 10), Decimal("1001.64"))])
    >>> [line.days for line in owed.lines if isinstance(line, Period)]
    [10]
    >>> str(owed.open), str(owed.interest)
    ('0.00', '1.64')

    Paid before default: no interest at all; paid a cent too little: a cent is open.

    >>> early = [Payment(date(2026, 2, 28), Decimal("999.99"))]
    >>> owed = statement(Decimal(1000), date(2026, 3, 1), date(2026, 3, 1), six, early)
    >>> str(owed.open_principal), str(owed.interest)
    ('0.01', '0.00')
    """,
    "no default, no interest; more than was owed is left over": """
    >>> owed = statement(Decimal(100), None, date(2026, 3, 1), [],
    ...                  [Payment(date(2026, 2, 1), Decimal(120))])
    >>> str(owed.lines[0].rest), str(owed.open), owed.sure
    ('20.00', '0.00', True)
    """,
    "interest that was paid does not join the base on the anniversary": """
    >>> from .interest import Rate
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> paid = [Payment(date(2026, 2, 28), Decimal(60))]
    >>> year = Decimal(1000), date(2025, 3, 1), date(2026, 3, 10), six
    >>> [str(line.base) for line in statement(*year).lines]
    ['1000.00', '1060.00']
    >>> [str(line.base) for line in statement(*year, paid).lines
    ...  if isinstance(line, Period)]
    ['1000.00', '1000.00']
    >>> [str(line.base) for line in statement(*year, compound=False).lines]
    ['1000.00', '1000.00']
    """,
    "an unconfirmed rate makes the whole an estimate": """
    >>> from .interest import Rate
    >>> rates = [Rate(date(2025, 7, 1), Decimal(6)),
    ...          Rate(date(2026, 1, 1), Decimal(4), sure=False)]
    >>> statement(Decimal(1000), date(2025, 12, 1), date(2025, 12, 31), rates).sure
    True
    >>> statement(Decimal(1000), date(2025, 12, 1), date(2026, 1, 1), rates).reasons
    ('rate_unconfirmed',)
    """,
}
