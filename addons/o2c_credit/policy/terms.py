"""Which payment term and which advance payment go on a quotation?

House rules: the shorter of two terms counts, the larger of two advances. One rule is
law: of a consumer who buys goods no more than half the price may be claimed in advance
by general terms, and after the contract was made nothing may be added: art. 7:26(2) BW,
mandatory by art. 7:6 BW (https://wetten.overheid.nl/BWBR0005290). What he agreed to
himself, separately, counts.
"""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
#: Part of the price that a consumer can be asked for in advance, in percent.
CONSUMER_MAXIMUM = Decimal(50)


@dataclass(frozen=True)
class Term:
    """A payment term as days after the order, each with its part in percent."""

    id: int
    parts: tuple = ()

    @property
    def length(self):
        """The day the last part is due, then the average day: what makes it long.

        >>> Term(1, ((Decimal(100), 30),)).length
        (30, Decimal('30'))
        >>> Term(2, ((Decimal(50), 0), (Decimal(50), 30))).length
        (30, Decimal('15'))
        >>> Term(3).length
        (0, Decimal('0'))
        """
        last = max((days for _share, days in self.parts), default=0)
        total = sum((share for share, _days in self.parts), ZERO)
        average = sum((share * days for share, days in self.parts), ZERO)
        return last, average / total if total else ZERO

    def longer_than(self, other):
        """Whether it gives the customer more time. No term: due at once.

        >>> long, short = Term(1, ((Decimal(100), 30),)), Term(2, ((Decimal(100), 8),))
        >>> long.longer_than(short), short.longer_than(long), long.longer_than(long)
        (True, False, False)
        >>> short.longer_than(None)
        True
        """
        return self.length > (other or Term(0)).length


@dataclass(frozen=True)
class Terms:
    """What counts on a quotation, and why."""

    term: Term | None = None
    #: to be paid before it is confirmed, in percent
    up_front: Decimal = ZERO
    #: codes: term, up_front, consumer, agreement
    reasons: tuple = ()


def shorter(own, cell):
    """The shorter of the customer's own term and the cell's; one that is not set has
    no opinion.

    >>> own, cell = Term(1, ((Decimal(100), 30),)), Term(2, ((Decimal(100), 14),))
    >>> shorter(own, cell).id, shorter(cell, own).id
    (2, 2)

    Equally long: the customer keeps what he knows.

    >>> shorter(Term(1, ((Decimal(100), 30),)), Term(2, ((Decimal(100), 30),))).id
    1
    >>> shorter(None, cell).id, shorter(own, None).id, shorter(None, None)
    (2, 1, None)
    """
    if own is None or cell is None:
        return own or cell
    return cell if own.longer_than(cell) else own


def up_front_maximum(consumer, agreed=ZERO):
    """The most that can be asked up front, in percent.

    >>> up_front_maximum(False), up_front_maximum(True)
    (Decimal('100'), Decimal('50'))

    What a consumer agreed to himself counts, even when it is the whole:

    >>> up_front_maximum(True, Decimal(80)), up_front_maximum(True, Decimal(20))
    (Decimal('80'), Decimal('50'))
    """
    if not consumer:
        return Decimal(100)
    return max(CONSUMER_MAXIMUM, agreed)


def quote_terms(own, cell, *, asked, usual=ZERO, consumer=False, agreed=ZERO):
    """Term and advance payment of a new quotation.

    :param Term own: the customer's own term, None when he has none
    :param Term cell: the term of the policy cell, None when it names none
    :param Decimal asked: percent up front that the cell asks
    :param Decimal usual: percent up front that the quotation asks anyway
    :param bool consumer: a natural person who does not buy for a business
    :param Decimal agreed: percent that this consumer agreed to

    >>> own, cell = Term(1, ((Decimal(100), 30),)), Term(2, ((Decimal(100), 14),))
    >>> quote_terms(own, cell, asked=Decimal(25))
    ... # doctest: +ELLIPSIS
    Terms(term=Term(id=2, ...), up_front=Decimal('25'), reasons=('term', 'up_front'))

    Exactly half is fine for a consumer, one percent more is not:

    >>> quote_terms(None, None, asked=Decimal(50), consumer=True).reasons
    ('up_front',)
    >>> quote_terms(None, None, asked=Decimal(51), consumer=True)
    Terms(term=None, up_front=Decimal('50'), reasons=('up_front', 'consumer'))

    A template that asks for all asks a consumer for half as well:

    >>> quote_terms(None, None, asked=ZERO, usual=Decimal(100), consumer=True)
    Terms(term=None, up_front=Decimal('50'), reasons=('consumer',))

    What is asked anyway is not lowered for a business:

    >>> quote_terms(own, None, asked=Decimal(25), usual=Decimal(40)).up_front
    Decimal('40')
    """
    reasons = []
    term = shorter(own, cell)
    if term != own:
        reasons.append("term")
    wanted = max(asked, usual)
    if asked > usual:
        reasons.append("up_front")
    maximum = up_front_maximum(consumer, agreed)
    if wanted > maximum:
        reasons.append("consumer")
    return Terms(term, min(wanted, maximum), tuple(reasons))


def looser(before, after, asked):
    """Which of the terms became looser, and looser than what is asked?

    :param Terms before: what stood on the order
    :param Terms after: what somebody wants to put there
    :param Terms asked: what the policy asks
    :return: tuple of "term" and "up_front"

    >>> def terms(days, percent):
    ...     return Terms(Term(days, ((Decimal(100), days),)), Decimal(percent))
    >>> looser(terms(14, 25), terms(30, 0), terms(14, 25))
    ('term', 'up_front')

    Up to what the policy asks anybody may go, and nobody has to repair what stood
    there already:

    >>> looser(terms(8, 50), terms(14, 25), terms(14, 25))
    ()
    >>> looser(terms(60, 0), terms(30, 0), terms(14, 25))
    ()
    """
    found = []
    if (
        after.term
        and after.term.longer_than(before.term)
        and asked.term
        and after.term.longer_than(asked.term)
    ):
        found.append("term")
    if after.up_front < before.up_front and after.up_front < asked.up_front:
        found.append("up_front")
    return tuple(found)
