"""Which documents does a text name? Numbers with spaces, prefixes, lost zeros, one
typo.

Built once for all open items; asking it costs the length of the text, not the number of
items. A hit says how sure it is: *structured* carries a check of its own, *number* is
the whole number or reference, *loose* lacks zeros, a prefix or the year, *typo* differs
by one character. A typo counts only where nothing else was found, and it is for the
caller to see that one hit is left: invoice numbers follow each other, so one wrong
digit is another number that exists.
"""

from collections import defaultdict

from . import reference

STRUCTURED, NUMBER, LOOSE, TYPO = "structured", "number", "loose", "typo"
RANK = {STRUCTURED: 0, NUMBER: 1, LOOSE: 2, TYPO: 3}
#: shorter ones are found in any text by accident
SHORTEST, SHORTEST_DIGITS, SHORTEST_TYPO = 5, 5, 8
#: words between the numbers of a list
AND = frozenset("EN E U AND UND ET PLUS".split())
#: digits alone are the number itself from this length on
WHOLE_DIGITS = 8


class NumberBook:
    """Numbers and references of documents, to be found in free text.

    >>> book = NumberBook()
    >>> book.add("a", "INV/2026/00012")
    >>> book.add("b", "INV/2026/00013", "RF18539007547034")
    >>> book.named("betaling INV/2026/00012, dank")
    {'a': 'number'}
    >>> book.named("factnr 2026 00012")
    {'a': 'number'}
    >>> book.named("fact INV 2026-12")
    {'a': 'loose'}
    >>> book.named("kenmerk RF18 5390 0754 7034")
    {'b': 'structured'}

    A longer number that only begins the same is another one:

    >>> book.named("INV/2026/000123")
    {}

    Nor is the number of a credit note that of an invoice:

    >>> book.add("note", "RINV/2026/00012")
    >>> book.named("RINV/2026/00012"), book.named("INV/2026/00012")
    ({'note': 'number'}, {'a': 'number'})
    >>> sorted(book.named("202600012"))
    ['a', 'note']

    One digit lost, doubled or wrong; two numbers may be meant, and both are told:

    >>> sorted(book.typos("INV/2026/0012"))
    ['a', 'note']
    >>> sorted(book.typos("INV/2026/00014"))
    ['a', 'b', 'note']
    >>> book.typos("INV/2025/90012")
    {}
    """

    def __init__(self):
        self._whole = defaultdict(dict)
        self._loose = defaultdict(dict)
        self._digits = defaultdict(set)
        self._shorter = None

    def add(self, key, *texts):
        """Make a document known under these numbers."""
        for text in texts:
            whole = reference.squash(text)
            if len(whole) < SHORTEST or sum(map(str.isdigit, whole)) < 3:
                continue
            kind = STRUCTURED if reference.is_structured(whole) else NUMBER
            self._whole[whole].setdefault(key, kind)
            if kind == NUMBER:
                self._add_loose(key, text, whole)

    def add_whole(self, key, text):
        """Make something known under this reference as it stands, no less.

        >>> book = NumberBook()
        >>> book.add_whole("plan", "PLAN/2026/00012-1")
        >>> book.named("plan 2026 00012 1"), book.named("2026 00012 1")
        ({'plan': 'number'}, {})
        >>> book.named("PLAN/2026/00012-11"), book.named("PLAN/2026/00012")
        ({}, {})
        """
        whole = reference.squash(text)
        if len(whole) >= SHORTEST:
            kind = STRUCTURED if reference.is_structured(whole) else NUMBER
            self._whole[whole].setdefault(key, kind)

    def add_digits(self, key, text):
        """Make something known under a number and under its digits, no less.

        Written whole it covers the parts of other numbers with the same tail:

        >>> book = NumberBook()
        >>> book.add("payment", "PBNK1/2026/00423")
        >>> book.named("F/2026/00423"), book.named("2026 423")
        ({'payment': 'loose'}, {'payment': 'loose'})
        >>> book.add_digits("paid", "F/2026/00423")
        >>> book.named("F/2026/00423"), book.named("2026 423")
        ({'paid': 'number'}, {'payment': 'loose'})
        >>> book.named("factuur 2026-00423")
        {'paid': 'number'}
        """
        self.add_whole(key, text)
        digits = "".join(filter(str.isdigit, text))
        if len(digits) >= WHOLE_DIGITS:
            self._whole[digits].setdefault(key, NUMBER)

    def add_loose(self, key, text):
        """Make a document known under what only supports it: the order number."""
        whole = reference.squash(text)
        if len(whole) >= SHORTEST and sum(map(str.isdigit, whole)) >= 3:
            self._loose[whole].setdefault(key, LOOSE)

    def _add_loose(self, key, text, whole):
        pieces = reference.parts(text)
        digits = "".join(piece for piece in pieces if piece.isdigit())
        if len(digits) >= WHOLE_DIGITS:
            self._whole[digits].setdefault(key, NUMBER)
        elif len(digits) >= SHORTEST_DIGITS:
            self._loose[digits].setdefault(key, LOOSE)
        if len(digits) >= SHORTEST_TYPO:
            self._digits[digits].add(key)
        bare = [piece.lstrip("0") or "0" for piece in pieces]
        for start in range(len(bare)):
            tail = bare[start:]
            if len("".join(tail)) >= SHORTEST and any(map(str.isdigit, tail)):
                self._loose["|".join(tail)].setdefault(key, LOOSE)

    def named(self, text):
        """Documents that a text names.

        The longest number counts: what lies inside it is a part of it, so the number of
        a credit note does not name the invoice with the same digits.

        :return: dict of key to kind of hit, the surest one
        """
        pieces = reference.parts(text)
        bare = [piece.lstrip("0") or "0" for piece in pieces]
        whole, loose = [], []
        for start in range(len(pieces)):
            joined, tail = "", ""
            for end in range(start, min(start + reference.PARTS, len(pieces))):
                joined += pieces[end]
                tail += ("|" if tail else "") + bare[end]
                if joined in self._whole:
                    whole.append((start, end, self._whole[joined]))
                elif tail in self._loose or joined in self._loose:
                    hits = self._loose.get(tail) or self._loose[joined]
                    loose.append((start, end, hits))
        found, covered = {}, []
        for windows in (whole, loose):
            for start, end, hits in sorted(windows, key=lambda one: one[0] - one[1]):
                if not _inside(start, end, covered):
                    covered.append((start, end))
                    self._take(found, hits)
        return found

    def listed(self, text):
        """Documents that a list names by the last digits of their numbers.

        >>> book = NumberBook()
        >>> for number in (301, 304, 330):
        ...     book.add(number, f"F/2026/{number:05d}")
        >>> book.named("F/2026/00301, 304 en 330")
        {301: 'number'}
        >>> sorted(book.listed("F/2026/00301, 304 en 330"))
        [304, 330]
        >>> book.listed("F/2026/00301 voor 304"), book.listed("304 en 330")
        (set(), set())
        """
        pieces, found = reference.parts(text), set()
        for start in range(len(pieces)):
            joined = ""
            for end in range(start, min(start + reference.PARTS, len(pieces))):
                joined += pieces[end]
                if joined in self._whole and pieces[end].isdigit():
                    before = joined[: -len(pieces[end])]
                    found |= self._followers(before, pieces[end], pieces[end + 1 :])
        return found

    def _followers(self, before, last, pieces):
        """What the short numbers after a whole one stand for."""
        found = set()
        for piece in pieces:
            if piece in AND:
                continue
            if not piece.isdigit() or len(piece) > len(last):
                break
            number = before + last[: len(last) - len(piece)] + piece
            found |= set(self._whole.get(number, ()))
        return found

    @staticmethod
    def _take(found, hits):
        for key, kind in hits.items():
            if RANK[kind] < RANK.get(found.get(key), 9):
                found[key] = kind

    def typos(self, text):
        """Documents whose number differs by one character from one in the text.

        :return: dict of key to "typo"; several keys when several may be meant
        """
        if self._shorter is None:
            self._shorter = defaultdict(set)
            for digits in self._digits:
                for short in _deletions(digits):
                    self._shorter[short].add(digits)
        found = {}
        for number in _numbers(reference.parts(text)):
            near = set(self._shorter.get(number, ()))
            for short in _deletions(number):
                if short in self._digits:
                    near.add(short)
                near |= self._shorter.get(short, set())
            for digits in near:
                if one_apart(digits, number):
                    for key in self._digits[digits]:
                        found[key] = TYPO
        return found


def one_apart(one, other):
    """Whether two texts differ by one letter: lost, added, wrong, or two swapped.

    >>> one_apart("202600012", "20260012"), one_apart("202600012", "202600021")
    (True, True)
    >>> one_apart("202600012", "202600012"), one_apart("202600012", "202500013")
    (False, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        places = [
            at
            for at, pair in enumerate(zip(one, other, strict=True))
            if pair[0] != pair[1]
        ]
        if len(places) == 1:
            return True
        first, last = places[0], places[-1]
        return (
            len(places) == 2
            and last == first + 1
            and one[first] == other[last]
            and one[last] == other[first]
        )
    short, long = sorted((one, other), key=len)
    return any(short == left for left in _deletions(long))


def _deletions(text):
    return {text[:at] + text[at + 1 :] for at in range(len(text))}


def _numbers(pieces):
    """Numbers that a text may hold: runs of digits, joined with the next ones."""
    found = set()
    for start in range(len(pieces)):
        joined = ""
        for piece in pieces[start : start + 3]:
            if not piece.isdigit():
                break
            joined += piece
            if SHORTEST_TYPO - 1 <= len(joined) <= 20:
                found.add(joined)
    return found


def _inside(start, end, covered):
    return any(first <= start and end <= last for first, last in covered)
