"""Which payment or credit note settles what, and what stays open."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from .amounts import half_up


@dataclass
class Transfer:
    """Money received from a customer on one day."""

    day: date
    buyer: object
    parts: list  # of (claim, cents, invoice)
    rate: object = 1
    matched: bool = True
    id: int = 0  # the payment
    move: int = 0
    bank_line: int = 0
    line: int = 0  # on the receivable account
    number: int = 0
    name: str = ""
    settled: bool = False

    @property
    def cents(self):
        """Amount in the currency of the transfer."""
        return sum(cents for _claim, cents, _invoice in self.parts)

    @property
    def balance(self):
        """Amount in the company's currency."""
        if self.rate == 1:
            return self.cents
        return half_up(self.cents / self.rate)

    @property
    def invoices(self):
        """The invoices it pays, each once."""
        return list({id(inv): inv for _claim, _cents, inv in self.parts}.values())


@dataclass
class Exchange:
    """A difference because the dollar moved; positive: a loss."""

    day: date
    buyer: object
    cents: int
    move: int = 0
    line: int = 0
    result_line: int = 0
    number: int = 0
    name: str = ""


@dataclass
class Match:
    """Two entries of the ledger settled against each other."""

    day: date
    debit: object  # has ``line`` or ``id``: see ``entry``
    credit: object
    cents: int  # in the company's currency
    debit_cents: int
    credit_cents: int
    buyer: object
    exchange: Exchange | None = None
    id: int = 0
    full: int | None = None


@dataclass
class Settled:
    """The outcome for the whole book."""

    matches: list = field(default_factory=list)
    exchanges: list = field(default_factory=list)


def entry(side):
    """The id of the receivable line of a claim, transfer or exchange difference."""
    return side.line if hasattr(side, "line") else side.id


def exchange_day(day, today):
    """Differences are booked at the end of the month, or today in this month.

    >>> exchange_day(date(2026, 2, 9), date(2026, 11, 22))
    datetime.date(2026, 2, 28)
    >>> exchange_day(date(2026, 11, 9), date(2026, 11, 22))
    datetime.date(2026, 11, 22)
    """
    if (day.year, day.month) == (today.year, today.month):
        return today
    return day.replace(day=monthrange(day.year, day.month)[1])


def settle_book(documents, transfers, today):
    """Match everything that is matched and reduce what is open.

    :param list documents: invoices and credit notes
    :param list transfers: :class:`Transfer` objects
    :return: :class:`Settled`, matches in order of their day
    """
    found = Settled()
    for credit in documents:
        if credit.origin and credit.matched:
            _match_credit(credit, found)
    for transfer in transfers:
        if transfer.matched:
            _match_transfer(transfer, found, today)
    found.matches.sort(key=lambda match: match.day)
    found.exchanges.sort(key=lambda exchange: exchange.day)
    return found


def _match_credit(credit, found):
    claim, own = credit.origin.claims[-1], credit.claims[0]
    cents = own.cents
    own.open_cents = own.open_balance = 0
    credit.origin.matched = True
    found.matches.append(
        Match(credit.day, claim, own, cents, cents, cents, credit.buyer)
    )


def _match_transfer(transfer, found, today):
    transfer.settled = True
    if transfer.rate == 1:
        for claim, cents, invoice in transfer.parts:
            claim.open_cents -= cents
            claim.open_balance -= cents
            invoice.matched = invoice.paid = True
            found.matches.append(
                Match(
                    transfer.day, claim, transfer, cents, cents, cents, transfer.buyer
                )
            )
        return
    [(claim, cents, invoice)] = transfer.parts
    invoice.matched = invoice.paid = True
    received = transfer.balance
    match = Match(
        transfer.day,
        claim,
        transfer,
        min(claim.balance, received),
        cents,
        cents,
        transfer.buyer,
    )
    found.matches.append(match)
    if received != claim.balance:
        match.exchange = _exchange(claim, transfer, received, found, today)
    claim.open_cents = claim.open_balance = 0


def _exchange(claim, transfer, received, found, today):
    lost = claim.balance - received
    day = exchange_day(transfer.day, today)
    exchange = Exchange(day, transfer.buyer, lost)
    debit, credit = (claim, exchange) if lost > 0 else (exchange, transfer)
    found.exchanges.append(exchange)
    found.matches.append(Match(day, debit, credit, abs(lost), 0, 0, transfer.buyer))
    return exchange


def state(document):
    """The payment state that Odoo shows for an invoice or credit note.

    :return: "not_paid", "partial", "paid" or "reversed"
    """
    if not any(claim.open_cents for claim in document.claims):
        if document.paid or document.origin:
            return "paid"
        return "reversed" if document.matched else "paid"
    return "partial" if document.matched else "not_paid"
