"""May this item be reminded? Every reason that says no, in order of weight.

A reminder that is wrong costs more than one that is late. Amounts are in the currency
of the document, because that is what a credit note settles; ``rate`` is what one unit
is worth in the company's books, so that a tolerance in euro means the same for an
invoice in yen. The reasons are codes; the models translate them.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .going_live import OUT, entry

ZERO = Decimal(0)
#: days after which a payment that was started, but never ended, no longer counts
PAYING_DAYS = 7
#: days after the due date within which an agreed direct debit is given its time
DEBIT_DAYS = 10


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One instalment of one invoice that the ledger still expects money for."""

    key: object
    due: date
    open: Decimal
    rate: Decimal = Decimal(1)
    issued: date | None = None
    payment_state: str = "not_paid"
    excluded: bool = False
    disputed: Decimal = ZERO
    covered: Decimal = ZERO
    delivery: str = "sent"
    delivered_on: date | None = None
    promised_until: date | None = None
    #: what of it is promised for then; all of it when it is not said
    promised: Decimal | None = None
    paying_since: date | None = None
    #: in instalments that were agreed, or asked for; asked about; handed over
    on_plan: bool = False
    plan_waits: bool = False
    question: bool = False
    at_agency: bool = False
    #: money on the bank account that nobody matched yet looks like a payment of it
    bank_line: bool = False
    #: what it bills, where a step asks for that
    kinds: frozenset = frozenset()
    history: tuple = ()
    #: what a person is told about the reasons, by code; the policy does not read it
    facts: dict = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Debtor:
    """What holds for all items of a customer in one currency."""

    answered: bool = False
    paused_until: date | None = None
    pending: str = ""
    bounced: bool = False
    insolvent: bool = False
    #: agreed: we collect from his account; our claims belong to a factoring company
    debit: bool = False
    factored: bool = False
    #: he is a supplier too, and we are as late with at least as much
    may_offset: bool = False
    #: somebody else pays for him; he must not be pressed by a machine; he asked for
    #: silence, or to be approached by a person
    other_payer: bool = False
    vulnerable: bool = False
    on_pause: bool = False
    other_channel: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings of the company, and the day it is there."""

    today: date
    start: date | None = None
    old_items: bool = False
    tolerance: Decimal = ZERO
    sent_required: bool = True
    #: pairs of age band and what becomes of items that were late at the start
    bands: tuple = ()
    #: bank accounts whose newest line is too old, as (name, date of that line)
    stale_banks: tuple = ()


def asked(item: OpenItem) -> Decimal:
    """What may be asked: open, less what is disputed, promised or covered by credit.

    >>> asked(OpenItem(1, date(2026, 3, 1), Decimal(1000), disputed=Decimal(300)))
    Decimal('700')
    >>> asked(OpenItem(1, date(2026, 3, 1), Decimal(1000), covered=Decimal(1200)))
    Decimal('0')
    >>> asked(OpenItem(1, date(2026, 3, 1), Decimal(1000), promised=Decimal(400)))
    Decimal('600')
    """
    return max(ZERO, claimable(item) - (item.promised or ZERO) - item.covered)


def claimable(item: OpenItem) -> Decimal:
    """What is open and not in dispute."""
    return item.open - item.disputed


def promised(item: OpenItem, today: date) -> bool:
    """Whether all that he does not dispute is promised for a day that is to come.

    >>> facts = {"promised_until": date(2026, 4, 1), "disputed": Decimal(300)}
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(1000), **facts)
    >>> promised(item, date(2026, 4, 1)), promised(item, date(2026, 4, 2))
    (True, False)
    >>> from dataclasses import replace
    >>> part = replace(item, promised=Decimal("699.99"))
    >>> promised(part, date(2026, 4, 1))
    False
    >>> promised(replace(item, promised=Decimal(700)), date(2026, 4, 1))
    True
    """
    if not item.promised_until or today > item.promised_until:
        return False
    return item.promised is None or item.promised >= claimable(item)


def may_offset(overdue: Decimal, owed_to_him: Decimal) -> bool:
    """Whether he may set all of it off against what we are late with ourselves.

    Mutual claims that are due may be set off by a statement, with effect from the day
    on which that became possible (art. 6:127 and 6:129 BW,
    https://wetten.overheid.nl/BWBR0005289): reminding him is then wrong, and settling
    is the answer. When he owes more, the difference is asked for like any other.

    >>> may_offset(Decimal(1000), Decimal(1000))
    True
    >>> may_offset(Decimal(1000), Decimal("999.99")), may_offset(ZERO, Decimal(5))
    (False, False)
    """
    return ZERO < overdue <= owed_to_him


def clock(item: OpenItem) -> date:
    """The day the ladder counts from: an invoice sent late is due later.

    Issued 1 March, due 31 March, but sent 11 March: the customer keeps his 30 days.

    >>> facts = {"due": date(2026, 3, 31), "open": Decimal(1)}
    >>> facts["issued"] = date(2026, 3, 1)
    >>> clock(OpenItem(1, delivered_on=date(2026, 3, 11), **facts))
    datetime.date(2026, 4, 10)
    >>> clock(OpenItem(1, delivered_on=date(2026, 3, 1), **facts))
    datetime.date(2026, 3, 31)
    >>> clock(OpenItem(1, **facts))
    datetime.date(2026, 3, 31)
    """
    if item.issued and item.delivered_on and item.delivered_on > item.issued:
        return item.due + (item.delivered_on - item.issued)
    return item.due


def gates(item: OpenItem, debtor: Debtor, rules: Rules) -> tuple:
    """Reasons not to remind this item, whatever step it is at.

    >>> rules = Rules(today=date(2026, 4, 1))
    >>> due = date(2026, 3, 1)
    >>> gates(OpenItem(1, due, Decimal(100)), Debtor(), rules)
    ()
    >>> gates(OpenItem(1, due, Decimal(100), disputed=Decimal(100)), Debtor(), rules)
    ('disputed',)
    """
    today = rules.today
    since = item.paying_since
    under_way = since and today <= since + timedelta(days=PAYING_DAYS)
    old = entry(item, rules) == OUT
    found = (
        ("no_followup", item.excluded),
        ("insolvent", debtor.insolvent),
        ("factored", debtor.factored),
        (
            "direct_debit",
            debtor.debit and today <= item.due + timedelta(days=DEBIT_DAYS),
        ),
        ("may_offset", debtor.may_offset),
        ("at_agency", item.at_agency),
        ("vulnerable", debtor.vulnerable),
        ("before_start", old),
        ("blocked", item.payment_state == "blocked"),
        ("in_payment", item.payment_state == "in_payment"),
        ("payment_under_way", under_way),
        ("disputed", item.disputed >= item.open),
        ("on_plan", item.on_plan),
        ("plan_waits", item.plan_waits),
        ("promised", promised(item, today)),
        ("question", item.question),
        ("answered", debtor.answered),
        ("on_pause", debtor.on_pause),
        ("other_payer", debtor.other_payer),
        ("other_channel", debtor.other_channel),
        ("paused", debtor.paused_until and today <= debtor.paused_until),
        ("document_bounced", item.delivery == "bounced"),
        ("never_sent", item.delivery == "never" and rules.sent_required),
        ("credit_covers", 0 < item.covered and asked(item) <= 0 < claimable(item)),
        ("bank_line", item.bank_line),
        ("bank_stale", bool(rules.stale_banks)),
        ("waits_approval", debtor.pending == "waiting"),
        ("not_sent_yet", debtor.pending == "unsent"),
        ("reminder_bounced", debtor.bounced),
    )
    return tuple(code for code, holds in found if holds)


__test__ = {
    "who is insolvent is left to a person: claims go to the trustee": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100))
    >>> gates(item, Debtor(insolvent=True), Rules(date(2026, 4, 1)))
    ('insolvent',)
    """,
    "money that nobody matched, and bank data that is too old, mean silence": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100), bank_line=True)
    >>> old = (("ABN", date(2026, 3, 28)),)
    >>> gates(item, Debtor(), Rules(date(2026, 4, 1), stale_banks=old))
    ('bank_line', 'bank_stale')
    """,
    "who must not be pressed, or asked for silence, is left to a person": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100))
    >>> debtor = Debtor(vulnerable=True, on_pause=True, other_channel=True)
    >>> gates(item, debtor, Rules(date(2026, 4, 1)))
    ('vulnerable', 'on_pause', 'other_channel')
    >>> gates(item, Debtor(other_payer=True), Rules(date(2026, 4, 1)))
    ('other_payer',)
    """,
    "a direct debit gets ten days; after them it failed, and we remind": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100))
    >>> debtor = Debtor(debit=True)
    >>> gates(item, debtor, Rules(date(2026, 3, 11)))
    ('direct_debit',)
    >>> gates(item, debtor, Rules(date(2026, 3, 12)))
    ()
    """,
    "what was assigned to a factoring company is not ours to ask": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100))
    >>> gates(item, Debtor(factored=True), Rules(date(2026, 4, 1)))
    ('factored',)
    """,
    "we are late with as much ourselves: settle first": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100))
    >>> gates(item, Debtor(may_offset=True), Rules(date(2026, 4, 1)))
    ('may_offset',)
    """,
    "only the disputed part pauses": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(100), disputed=Decimal(99))
    >>> gates(item, Debtor(), Rules(date(2026, 4, 1))), asked(item)
    ((), Decimal('1'))
    """,
    "a promise holds until its last day, the day after it does not": """
    >>> item = OpenItem(
    ...     1, date(2026, 3, 1), Decimal(100), promised_until=date(2026, 4, 1))
    >>> gates(item, Debtor(), Rules(date(2026, 4, 1)))
    ('promised',)
    >>> gates(item, Debtor(), Rules(date(2026, 4, 2)))
    ()
    """,
    "a payment that was started a week ago and never ended stops counting": """
    >>> item = OpenItem(
    ...     1, date(2026, 3, 1), Decimal(100), paying_since=date(2026, 3, 25))
    >>> gates(item, Debtor(), Rules(date(2026, 4, 1)))
    ('payment_under_way',)
    >>> gates(item, Debtor(), Rules(date(2026, 4, 2)))
    ()
    """,
    "what fell due before the start date is left out unless chosen": """
    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(9))
    >>> gates(item, Debtor(), Rules(date(2026, 4, 1), start=date(2026, 3, 1)))
    ()
    >>> gates(item, Debtor(), Rules(date(2026, 4, 1), start=date(2026, 3, 2)))
    ('before_start',)
    >>> chosen = Rules(date(2026, 4, 1), start=date(2026, 3, 2), old_items=True)
    >>> gates(item, Debtor(), chosen)
    ()
    >>> band = Rules(date(2026, 4, 1), date(2026, 3, 2), bands=(("30", "first"),))
    >>> gates(item, Debtor(), band)
    ()
    """,
}
