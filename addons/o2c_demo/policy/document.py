"""Documents of the book in memory, before they become rows."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .amounts import instalments, line_cents, tax_cents


@dataclass
class Line:
    """An article on an invoice; amounts in cents."""

    article: int
    quantity: int
    price: float  # in the document's currency
    discount: int
    cents: int  # in the document's currency, without VAT
    balance: int  # the same in the company's currency
    percent: int  # VAT
    id: int = 0

    @property
    def tax(self):
        """VAT over the line."""
        return tax_cents(self.cents, self.percent)

    @property
    def tax_balance(self):
        """The same in the company's currency."""
        return tax_cents(self.balance, self.percent)


@dataclass
class Claim:
    """One instalment: what is asked on one day."""

    due: date
    cents: int
    balance: int
    id: int = 0
    open_cents: int = 0
    open_balance: int = 0


@dataclass
class Document:
    """An invoice or a credit note."""

    day: date
    buyer: object
    lines: list
    rate: Fraction | int = 1
    origin: object = None  # the invoice that a credit note reduces
    claims: list = field(default_factory=list)
    id: int = 0
    number: int = 0
    name: str = ""
    matched: bool = False
    paid: bool = False

    @property
    def untaxed(self):
        """Sum of the lines."""
        return sum(line.cents for line in self.lines)

    @property
    def tax(self):
        """Sum of the VAT, rounded per line."""
        return sum(line.tax for line in self.lines)

    @property
    def tax_balance(self):
        """The same in the company's currency."""
        return sum(line.tax_balance for line in self.lines)

    @property
    def total(self):
        """What the customer owes."""
        return self.untaxed + self.tax

    @property
    def balance(self):
        """What the customer owes, in the company's currency."""
        if self.rate == 1:
            return self.total
        return sum(line.balance + line.tax_balance for line in self.lines)

    def ask(self, dates, shares):
        """Divide the total over the days of the payment term."""
        cents = instalments(self.total, shares)
        balances = instalments(self.balance, shares)
        self.claims = [
            Claim(due, part, balance, 0, part, balance)
            for due, part, balance in zip(dates, cents, balances, strict=True)
        ]


def priced(article, price, quantity, discount, percent, rate=1):
    """A line at the list price, in cents of the company's currency.

    >>> line = priced(0, 1840, 7, 0, 0, Fraction("1.0703"))
    >>> line.price, line.cents, line.balance
    (19.69352, 13785, 12880)
    """
    return Line(
        article,
        quantity,
        float(Fraction(price, 100) * rate),
        discount,
        line_cents(price, quantity, discount, rate),
        line_cents(price, quantity, discount),
        percent,
    )


def credited(line, cents, percent):
    """A line that gives back at most ``cents``, VAT included.

    >>> found = credited(priced(3, 1840, 7, 0, 21), 5000, 21)
    >>> found.quantity, found.price, found.cents + found.tax
    (1, 41.32, 5000)
    """
    price = cents * 100 // (100 + percent)
    return priced(line.article, price, 1, 0, percent)
