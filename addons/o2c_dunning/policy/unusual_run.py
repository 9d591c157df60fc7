"""Is tonight's run like other nights, or should a person look first?

A wrong setting, an import or a bank that was not read shows as a run that is far larger
than usual. Such a run is written, and waits.
"""

from decimal import Decimal
from statistics import median

#: so many earlier runs are needed before "usual" means something
ENOUGH = 5
#: fewer reminders than this are never far above usual
FEW = 10


def unusual(count, amount, nights, most=0, most_amount=Decimal(0), factor=0) -> bool:
    """Whether a run waits for a person.

    :param int count: number of reminders
    :param Decimal amount: what they ask together, in company currency
    :param nights: (count, amount) of earlier runs that wrote something
    :param int most: more reminders than this are unusual; 0: no such limit
    :param Decimal most_amount: the same for the amount
    :param int factor: how many times the usual number or amount is unusual; 0: never

    >>> unusual(100, Decimal(5), [], most=100), unusual(101, Decimal(5), [], most=100)
    (False, True)
    >>> unusual(1, Decimal("9.01"), [], most_amount=Decimal(9))
    True
    >>> nights = [(10, Decimal(1000))] * 5
    >>> unusual(30, Decimal(3000), nights, factor=3)
    False
    >>> unusual(31, Decimal(3000), nights, factor=3)
    True
    >>> unusual(30, Decimal("3000.01"), nights, factor=3)
    True

    Four nights say nothing yet, and a handful of reminders is never a flood:

    >>> unusual(31, Decimal(9999), nights[:4], factor=3)
    False
    >>> unusual(9, Decimal(100), [(1, Decimal(100))] * 5, factor=3)
    False
    """
    if (most and count > most) or (most_amount and amount > most_amount):
        return True
    if not factor or len(nights) < ENOUGH:
        return False
    usual = median(night[0] for night in nights)
    usual_amount = median(night[1] for night in nights)
    return (count >= FEW and count > factor * usual) or amount > factor * usual_amount
