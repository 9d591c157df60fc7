"""What if other rules had held: the same orders, invoices and payments again.

A replay goes through the days of one customer and asks the credit check
(:func:`~odoo.addons.o2c_credit.policy.credit_decision.decide_order`) at each order, on
what he owed and had ordered on that day *in the replay*. What it assumes:

* an order that waits is looked at again when the money of a day is in, the oldest
  first, and released by a person after some days; then it and everything that follows
  from it (invoice, due date, payments) move by the days it waited. When nobody
  releases, what never passes is not delivered, invoiced or paid;
* another term moves the due date, and the money with it: customers keep their habit;
* reminders that leave earlier bring money that came after the present first reminder
  earlier by as many days, but not before the due date; later ones the reverse;
* what has to be paid up front is paid on the day of the order;
* today's rules are replayed in the same way: only the differences between replays say
  something.

The same orders, invoices and payments give the same outcome, in whatever order they
are handed over: all money of a day counts before anybody is looked at, and orders of
one day come in by their moment.

Amounts are Decimal in the company's currency, days are :class:`datetime.date`.
"""

import heapq
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from .scenario import Claim, Customer, Order, Terms, changed, paid_on

ZERO = Decimal(0)
#: Order of what happens on one day: money first, then who waits for it, invoices, new
#: orders, and last what people let go.
PAID, LOOKED, INVOICED, ORDERED, RELEASED = range(5)


@dataclass
class Outcome:
    """What became of the orders of one customer, and of his money."""

    orders: int = 0
    ordered: Decimal = ZERO
    #: days that orders waited, by key: until money freed them, or for a person
    waited: dict = field(default_factory=dict)
    person: dict = field(default_factory=dict)
    held_amount: Decimal = ZERO
    person_amount: Decimal = ZERO
    #: changes of what he owes, of what came in, by day
    owed: dict = field(default_factory=dict)
    came: dict = field(default_factory=dict)
    #: amount x days from invoice to payment, and the amount
    paid_days: Decimal = ZERO
    paid: Decimal = ZERO


def replay(customer, terms, start, end, decide, release=None):
    """Go through the days of a customer under the rules of a scenario.

    :param Customer customer: his orders, invoices and payments
    :param Terms terms: what is different
    :param date start, end: orders between these days are judged; money counts up to
        the last one
    :param decide: ``decide_order`` of the credit policy
    :param int release: days after which a person lets go what waits; None: never
    :return: :class:`Outcome`

    1,000 may be owed. An order of 700 is invoiced on the 3rd and paid on the 24th; one
    of 600 on the 10th waits for that money and moves 14 days with all that follows:

    >>> from dataclasses import make_dataclass
    >>> names = ["exposure", "order", "prepaid", "overdue", "overdue_late"]
    >>> Facts = make_dataclass(
    ...     "Facts", ["limit_kind", "limit", *names, "overdue_days"],
    ... )
    >>> names = ["over_limit", "overdue", "down_payment", "most_up_front"]
    >>> Rules = make_dataclass("Rules", names)
    >>> def decide(facts, rules):
    ...     held = facts.exposure + facts.order - facts.prepaid > facts.limit
    ...     return make_dataclass("Decision", ["held"])(held)
    >>> def march(day):
    ...     return date(2026, 3, day)
    >>> def claim(issued, due, amount, paid):
    ...     payments = ((march(paid), Decimal(amount), True),)
    ...     return Claim(march(issued), march(due), Decimal(amount), payments)
    >>> one, two = claim(3, 17, 700, 24), claim(12, 26, 600, 30)
    >>> who = Customer(
    ...     Facts("amount", Decimal(1000), *[ZERO] * 5, 0),
    ...     Rules("hold", "hold", ZERO, Decimal(1)),
    ...     (Order(1, march(2), Decimal(700), (one,)),
    ...      Order(2, march(10), Decimal(600), (two,))),
    ... )
    >>> told = replay(who, Terms(), march(1), march(31), decide)
    >>> told.waited, told.person, told.held_amount
    ({2: 14}, {}, Decimal('600'))
    >>> told.came
    {datetime.date(2026, 3, 24): Decimal('700')}

    With a limit of 599.99 the second order never passes, with 1,300 nothing waits:

    >>> told = replay(who, Terms(limit=Decimal("599.99")), march(1), march(31), decide)
    >>> told.person, told.person_amount
    ({1: 29, 2: 21}, Decimal('1300'))
    >>> told.came, told.owed
    ({}, {})

    When a person releases it after two days, it moves by two:

    >>> told = replay(who, Terms(), march(1), march(31), decide, release=2)
    >>> told.waited, told.person, sum(told.came.values())
    ({}, {2: 2}, Decimal('700'))
    >>> told.owed[march(14)]
    Decimal('600')
    >>> told = replay(who, Terms(limit=Decimal(1300)), march(1), march(31), decide)
    >>> told.waited, told.person, sum(told.came.values())
    ({}, {}, Decimal('1300'))

    Half up front: both pass, and half of the money is there on the day of the order.

    >>> told = replay(who, Terms(down_payment=Decimal("0.5")), march(1), march(31),
    ...               decide)
    >>> told.came[march(2)], told.person
    (Decimal('350.0'), {})
    """
    return _Replay(customer, terms, start, end, decide, release).run()


class _Replay:
    """One customer, one scenario."""

    def __init__(self, customer, terms, start, end, decide, release):
        self.facts, self.rules = changed(customer, terms)
        self.customer, self.terms, self.decide = customer, terms, decide
        self.start, self.end, self.release = start, end, release
        self.events, self.count = [], 0
        self.open = {}  # number of a claim: [due, open amount]
        self.on_order = {}  # key of an order: what is not invoiced yet
        self.waiting = []
        self.now, self.looking = date.min, False
        self.outcome = Outcome()

    def run(self):
        for claim in self.customer.claims:
            self._plan_claim(claim, 0, ZERO)
        for order in sorted(self.customer.orders, key=_arrival):
            self._plan(order.day, ORDERED, self._ordered, order)
        while self.events:
            day, _rank, _count, act, what = heapq.heappop(self.events)
            if day > self.end:
                break
            self.now = max(self.now, day)
            act(day, *what)
        for order in self.waiting:
            self._for_a_person(self.end, order)
        return self.outcome

    def _plan(self, day, rank, act, *what):
        self.count += 1
        heapq.heappush(self.events, (day, rank, self.count, act, what))

    def _plan_claim(self, claim, wait, share, order=None):
        """An invoice and its payments, so many days later; a share is paid already."""
        later = timedelta(days=wait)
        number = self.count = self.count + 1
        day = claim.issued + later
        self._plan(day, INVOICED, self._invoiced, number, claim, share, order)
        for day, amount, money in claim.payments:
            left = amount * (1 - share)
            if left:
                moved = paid_on(claim, day, self.terms) + later
                issued = claim.issued + later
                self._plan(moved, PAID, self._paid, number, left, issued, money)

    def _invoiced(self, day, number, claim, share, order):
        due = claim.due + (day - claim.issued)
        if self.terms.term_days is not None:
            due = day + timedelta(days=self.terms.term_days)
        amount = claim.amount * (1 - share)
        if order:
            self.on_order[order.key] = max(self.on_order[order.key] - amount, ZERO)
        # money that came before its invoice waits for it
        early = self.open.pop(number, [None, ZERO])[1]
        self.open[number] = [due, amount + early]
        self._note(self.outcome.owed, day, amount)

    def _paid(self, day, number, amount, issued, money):
        if number not in self.open:
            self.open[number] = [date.max, ZERO]
        self.open[number][1] -= amount
        if not self.open[number][1]:
            del self.open[number]
        self._note(self.outcome.owed, day, -amount)
        if money and day >= self.start:
            self._note(self.outcome.came, day, amount)
            if amount > 0:
                self.outcome.paid += amount
                self.outcome.paid_days += amount * max((day - issued).days, 0)
        if self.waiting and not self.looking:
            self.looking = True
            self._plan(self.now, LOOKED, self._looked)

    def _looked(self, day):
        """After all money of a day: who waited longest is looked at first."""
        waiting, self.waiting, self.looking = self.waiting, [], False
        for order in waiting:
            self._judge(day, order)

    def _ordered(self, day, order):
        if day < self.start:  # was confirmed before the period: nobody judges it again
            self._pass(day, order)
            return
        self.outcome.orders += 1
        self.outcome.ordered += order.amount
        if not self._judge(day, order):
            self.outcome.held_amount += order.amount
            if self.release is not None:
                later = day + timedelta(days=self.release)
                self._plan(later, RELEASED, self._released, order)

    def _released(self, day, order):
        """A person lets it go, unless money did."""
        if order in self.waiting:
            self.waiting.remove(order)
            self._for_a_person(day, order)
            self._pass(day, order)

    def _for_a_person(self, day, order):
        self.outcome.person[order.key] = (day - order.day).days
        self.outcome.person_amount += order.amount

    def _judge(self, day, order):
        """It passes, or waits for money to come. :return: whether it passed"""
        if self.decide(self._facts(day, order), self.rules).held:
            self.waiting.append(order)
            return False
        if day > order.day:
            self.outcome.waited[order.key] = (day - order.day).days
        self._pass(day, order)
        return True

    def _facts(self, day, order):
        late = day - timedelta(days=self.terms.grace)
        overdue = [(due, left) for due, left in self.open.values() if due < day]
        credit = sum((left for _due, left in self.open.values() if left < 0), ZERO)
        return replace(
            self.facts,
            exposure=sum(
                (left for _due, left in self.open.values()),
                sum(self.on_order.values(), ZERO),
            ),
            order=order.amount,
            # asked up front and paid at once: the order passes with it
            prepaid=order.amount * self.rules.down_payment,
            overdue=max(sum((o for _d, o in overdue if o > 0), credit), ZERO),
            overdue_late=max(
                sum((o for due, o in overdue if due < late and o > 0), credit), ZERO
            ),
            overdue_days=max(((day - d).days for d, o in overdue if o > 0), default=0),
        )

    def _pass(self, day, order):
        """Goods leave, what was asked up front is in, the invoices follow."""
        share = self.rules.down_payment if day >= self.start else ZERO
        wait = (day - order.day).days
        self.on_order[order.key] = order.amount * (1 - share)
        if share:
            self._note(self.outcome.came, day, order.amount * share)
        for claim in order.claims:
            self._plan_claim(claim, wait, share, order)

    def _note(self, book, day, amount):
        book[day] = book.get(day, ZERO) + amount


def _arrival(order):
    return order.day, order.moment, order.key


__all__ = ["Claim", "Customer", "Order", "Outcome", "Terms", "replay"]
