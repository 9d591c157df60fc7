"""How long does money wait between the delivery and the invoice, and what does it cost?

Lag = sum(amount x (sent - delivered)) / sum(amount): a large invoice that waits weighs
more than a small one. The median beside it tells how the usual invoice fares. Target:
at most one day. Benchmark: 3.5 days in general, 6 to 7 in logistics (4CEE, "Van order
naar cash"). The cost is what the company pays, or would earn, on that money meanwhile:
amount x days x internal rate / 365.
"""

from decimal import ROUND_HALF_UP, Decimal

TARGET, BENCHMARK = Decimal(1), Decimal("3.5")
#: The way from quotation to customer; the lag of invoicing starts at the delivery.
STAGES = ("quote", "delivery", "report", "draft", "approve", "send")
BILLING = STAGES[2:]


def weighted(rows):
    """Average number of days, each weighing as its amount; None without amounts.

    10,000 sent after one day and 1,000 after 12 days: two days, not six and a half.

    >>> weighted([(Decimal(10000), Decimal(1)), (Decimal(1000), Decimal(12))])
    Decimal('2.00')
    >>> weighted([]) is None
    True
    """
    whole = sum((amount for amount, _days in rows), Decimal(0))
    if not whole:
        return None
    return _cents(sum(amount * days for amount, days in rows) / whole)


def median(days):
    """The middle one; of an even number the mean of the two in the middle.

    >>> median([Decimal(1), Decimal(12), Decimal(2)])
    Decimal('2.00')
    >>> median([Decimal(1), Decimal(2)]), median([])
    (Decimal('1.50'), None)
    """
    if not days:
        return None
    ordered, middle = sorted(days), len(days) // 2
    if len(ordered) % 2:
        return _cents(ordered[middle])
    return _cents((ordered[middle - 1] + ordered[middle]) / 2)


def cost(amount, days, rate):
    """What waiting costs at an internal rate of so many percent a year.

    A hundred thousand that waits 3.5 days at 8 %:

    >>> cost(Decimal(100000), Decimal("3.5"), Decimal(8))
    Decimal('76.71')
    >>> cost(Decimal(100000), Decimal(365), Decimal(8))
    Decimal('8000.00')
    """
    return _cents(amount * days * rate / 100 / 365)


def tone(days, target=TARGET, benchmark=BENCHMARK):
    """How a lag looks: good up to the target, bad from the benchmark on.

    >>> tone(Decimal(1)), tone(Decimal("1.01")), tone(Decimal("3.5"))
    ('good', 'warn', 'bad')
    """
    if days <= target:
        return "good"
    return "warn" if days < benchmark else "bad"


def _cents(number):
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
