"""All open items of a company, found by number, by customer and by amount."""

from collections import defaultdict

from .number_book import RANK, NumberBook


class OpenBook:
    """Open items and what they are known by.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item
    >>> book = OpenBook()
    >>> book.add(Item("a", 12, 7, D(100), "EUR", date(2026, 3, 1), "INV/2026/00012"),
    ...          ("INV/2026/00012",))
    >>> book.add_set("RF64PL000001", [12])
    >>> book.named("betaling 2026-00012")
    ({12: 'number'}, None)
    >>> book.named("RF64 PL00 0001")[0]
    {12: 'number'}
    >>> [item.key for item in book.of_debtor(7, "EUR")]
    ['a']
    >>> book.add_agreed("PLAN/2026/00001-1", [12, 13], [D(40)])
    >>> book.named("plan 2026 00001 1")[1]
    'PLAN/2026/00001-1'
    >>> book.agreed("PLAN/2026/00001-1", D(40)), book.agreed("PLAN/2026/00001-1", D(41))
    ([12], [])
    """

    def __init__(self):
        self.items = {}
        self.documents = defaultdict(list)
        self._debtors = defaultdict(list)
        self._amounts = defaultdict(list)
        self._numbers = NumberBook()
        self._sets = {}
        self._agreed = {}
        self._specified = defaultdict(list)
        self._settled = {}

    def add(self, item, numbers=(), supports=()):
        """Take in an item.

        :param numbers: that name its document
        :param supports: that only point to it, such as the customer's order number
        """
        self.items[item.key] = item
        if item.document not in self.documents:
            self._numbers.add(item.document, *numbers)
            for text in supports:
                self._numbers.add_loose(item.document, text)
        self.documents[item.document].append(item)
        self._debtors[item.debtor, item.currency].append(item)
        self._amounts[item.amount, item.currency].append(item)

    def add_set(self, reference, documents):
        """One reference for several documents: a pay link, a plan that ended."""
        known = [key for key in documents if key in self.documents]
        if known:
            key = ("set", reference)
            self._sets.setdefault(key, known)
            self._numbers.add_whole(key, reference)

    def add_agreed(self, reference, documents, amounts):
        """Amounts that were agreed or told under a reference, for these documents.

        :param documents: in the order in which money is booked on them
        """
        self.add_set(reference, documents)
        known = [key for key in documents if key in self.documents]
        for amount in amounts if known else ():
            self._agreed[reference, amount] = known

    def add_settled(self, one):
        """Take in a document on which nothing is open: who names it pays it again.

        >>> from datetime import date
        >>> from .money import Settled
        >>> book = OpenBook()
        >>> book.add_settled(Settled(12, 7, "INV/2026/00012", date(2026, 3, 1)))
        >>> [one.document for one in book.settled("INV/2026/00012")], book.named(
        ...     "INV/2026/00012")
        ([12], ({}, None))
        >>> book.settled("INV/2026/00013")
        []
        """
        key = ("settled", one.document)
        self._settled[key] = one
        self._numbers.add_digits(key, one.name)

    def settled(self, text):
        """Documents that a text names by their whole number and that are settled."""
        found = self._numbers.named(text) if self._settled else ()
        return [self._settled[key] for key in found if key in self._settled]

    def add_specification(self, one):
        """Take in what a customer wrote that a transfer pays."""
        self._specified[one.amount, one.currency].append(one)

    def specified(self, amount, currency):
        """Lists of customers of exactly this sum, the oldest first."""
        return self._specified.get((amount, currency), ())

    def agreed(self, reference, amount):
        """Documents for which this amount was agreed under a reference, in order.

        :param reference: as :meth:`named` tells it, may be None
        """
        return self._agreed.get((reference, amount), [])

    def of_set(self, reference):
        """All documents that a reference stands for."""
        return self._sets.get(("set", reference), [])

    def named(self, text):
        """Documents that a text names; a reference of a set names all of the set.

        :return: (dict of document to kind of hit, reference of the set or None)
        """
        return self._opened(self._numbers.named(text))

    def listed(self, text):
        """Documents of a list that goes on with the last digits of the numbers."""
        return [key for key in self._numbers.listed(text) if key in self.documents]

    def _opened(self, hits):
        found, through = {}, None
        for key, kind in hits.items():
            if key in self._settled:
                continue
            documents = [key]
            if key in self._sets:
                documents, through = self._sets[key], key[1]
            for document in documents:
                if RANK[kind] < RANK.get(found.get(document), 9):
                    found[document] = kind
        return found, through

    def typos(self, text):
        """Documents that a text may name when one character is wrong."""
        return self._opened(self._numbers.typos(text))[0]

    def of_documents(self, documents):
        """Items of documents, oldest first."""
        found = [item for key in documents for item in self.documents.get(key, ())]
        return sorted(found, key=_age)

    def of_debtor(self, debtor, currency):
        """Items of a customer in a currency, oldest first."""
        return sorted(self._debtors.get((debtor, currency), ()), key=_age)

    def of_amount(self, amount, currency):
        """Items of exactly this amount in the whole book."""
        return self._amounts.get((amount, currency), ())


def _age(item):
    return item.due, str(item.key)
