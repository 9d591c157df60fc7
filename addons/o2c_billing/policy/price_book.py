"""Rules on shelves: a thousand articles with a price each are not all read for one."""

from datetime import date
from decimal import Decimal

from .price_rule import (
    ORDER,
    YEAR,
    Rule,
    Situation,
)

#: Criteria that name an article, the most precise first.
ARTICLE = ("product", "template", "category", "article_group")


class Book:
    """The rules made for one customer, segment, grade or everyone.

    >>> board = Rule(1, "board", True, Decimal(9), product=5)
    >>> wood = Rule(2, "wood", True, Decimal(8), category=3)
    >>> every = Rule(3, "all", False, Decimal(1))
    >>> book = Book([board, wood, every])
    >>> sale = Situation(Decimal(9), Decimal(1), date(2026, 1, 1), categories=(4, 3))
    >>> [rule.name for rule in book.candidates(sale)]
    ['wood', 'all']
    """

    def __init__(self, rules):
        self.rules = tuple(rules)
        self.years = tuple(rule for rule in rules if rule.basis == YEAR)
        self.looks_at_order = any(rule.basis == ORDER for rule in rules)
        self._shelves = {}
        for rule in self.rules:
            self._shelves.setdefault(self._shelf(rule), []).append(rule)

    @staticmethod
    def _shelf(rule):
        for name in ARTICLE:
            key = getattr(rule, name)
            if key is not None:
                return name, key
        return None

    def candidates(self, article):
        """Rules that name this article, or none in particular."""
        shelves = [
            ("product", article.product),
            ("template", article.template),
            *(("category", key) for key in article.categories),
            ("article_group", article.article_group),
            None,
        ]
        return [rule for shelf in shelves for rule in self._shelves.get(shelf, ())]


__all__ = ["Book", "Decimal", "Rule", "Situation", "date"]
