"""How long may a customer in the Netherlands take to pay, by law?

- Art. 6:119a lid 5 BW: businesses agree on 60 days at most, longer only when both
  agreed so expressly and it is not grossly unfair to the seller.
- Art. 6:119a lid 6 BW: a large company agrees on 30 days at most with a seller that is
  not large; a longer term is void and the term is 30 days. In force since 1 July 2022
 , before that 60 days since 1 July 2017. Agreements that ran on 1 July
  2022 had a year to follow.
- Art. 6:119b BW: a public body pays within 30 days; up to 60 only when that is
  justified by the nature of the agreement and was expressly agreed.
- Large is who meets two of three measures of art. 2:397 BW: assets, net turnover,
  employees; the amounts were raised by Stb. 2024, 52 (25 and 50 million, 250 people).

https://wetten.overheid.nl/BWBR0005289 (Book 6),
https://wetten.overheid.nl/BWBR0003045 (Book 2). The amounts and days are data with a
date, handed in here. The law counts from the receipt of the invoice; we count from its
date, so nothing that is lawful by our count is unlawful by the law's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LARGE, SME, UNKNOWN = "large", "sme", ""
LARGE_BUYER, PUBLIC_BODY, EXPRESSLY, SIZE_UNKNOWN = (
    "large_buyer",
    "public_body",
    "expressly",
    "size_unknown",
)
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Law:
    """What holds from a date on."""

    since: date
    large_days: int
    public_days: int
    longest_days: int
    assets: Decimal
    turnover: Decimal
    employees: int


@dataclass(frozen=True)
class Buyer:
    """The customer, as the law sees him."""

    country: str = "NL"
    natural_person: bool = False
    public_body: bool = False
    size: str = UNKNOWN


@dataclass(frozen=True)
class Seller:
    """Our company: where it is, and whether it is large itself."""

    country: str = "NL"
    large: bool = False


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a term: why, and the longest one that is not.

    ``void``: the law replaces the term whatever was agreed.
    """

    code: str
    days: int
    void: bool = False


def law_on(laws, day):
    """The law of a day, None before the first.

    >>> old = Law(date(2017, 7, 1), 60, 30, 60, 20 * MILLION, 40 * MILLION, 250)
    >>> new = Law(date(2022, 7, 1), 30, 30, 60, 20 * MILLION, 40 * MILLION, 250)
    >>> law_on([new, old], date(2022, 6, 30)).large_days
    60
    >>> law_on([old, new], date(2022, 7, 1)).large_days, law_on([new], date(2022, 1, 1))
    (30, None)
    """
    known = [law for law in laws if law.since <= day]
    return max(known, key=lambda law: law.since, default=None)


def size(law, assets=None, turnover=None, employees=None):
    """Large, SME or unknown by the measures that are known: two of three decide.

    More than the amounts is large; of people, the number itself is.

    >>> law = Law(date(2024, 1, 1), 30, 30, 60, 25 * MILLION, 50 * MILLION, 250)
    >>> size(law, 26 * MILLION, 51 * MILLION), size(law, 25 * MILLION, 50 * MILLION)
    ('large', 'sme')
    >>> size(law, 30 * MILLION, 10 * MILLION, 250), size(law, None, None, 900)
    ('large', '')
    >>> size(law, 30 * MILLION, 10 * MILLION, 249)
    'sme'
    """
    measures = [
        None if assets is None else assets > law.assets,
        None if turnover is None else turnover > law.turnover,
        None if employees is None else employees >= law.employees,
    ]
    if measures.count(True) >= 2:
        return LARGE
    if measures.count(False) >= 2:
        return SME
    return UNKNOWN


def verdict(days, seller, buyer, law):
    """What is wrong with a term of so many days, None when nothing is.

    >>> law = Law(date(2024, 1, 1), 30, 30, 60, 25 * MILLION, 50 * MILLION, 250)
    >>> sme, large = Buyer(size=SME), Buyer(size=LARGE)
    >>> verdict(30, Seller(), large, law), verdict(31, Seller(), large, law)
    (None, Verdict(code='large_buyer', days=30, void=True))
    >>> verdict(60, Seller(), sme, law), verdict(61, Seller(), sme, law).code
    (None, 'expressly')

    A large seller is not protected against a large buyer:

    >>> verdict(60, Seller(large=True), large, law)
    >>> verdict(31, Seller(), Buyer(public_body=True), law).code
    'public_body'

    Where the size is not known a term above 30 days is a question, not a fault:

    >>> verdict(45, Seller(), Buyer(), law).code, verdict(30, Seller(), Buyer(), law)
    ('size_unknown', None)

    Consumers and companies abroad are not judged:

    >>> verdict(90, Seller(), Buyer(natural_person=True), law)
    >>> verdict(90, Seller("BE"), large, law), verdict(90, Seller(), Buyer("DE"), law)
    (None, None)
    """
    dutch = seller.country == "NL" and buyer.country == "NL"
    if law is None or not dutch or buyer.natural_person:
        return None
    if buyer.public_body:
        if days > law.public_days:
            return Verdict(PUBLIC_BODY, law.public_days)
        return None
    if buyer.size == LARGE and not seller.large and days > law.large_days:
        return Verdict(LARGE_BUYER, law.large_days, void=True)
    if days > law.longest_days:
        return Verdict(EXPRESSLY, law.longest_days)
    if buyer.size == UNKNOWN and not seller.large and days > law.large_days:
        return Verdict(SIZE_UNKNOWN, law.large_days)
    return None
