"""What shows that a visitor speaks for the customer, and what that is enough for.

A paper or a text message can be found by anybody: it opens one document and pays it,
and binds nobody. Who opens an address that was mailed to the customer reads his mail:
that is enough to announce a payment within two weeks, to dispute and to ask. Who types
a code that was just mailed to the known address reads that mail now: he may do the same
as with a login, except that an announcement stays within the same two weeks.
"""

from datetime import date, timedelta

PAPER, MAIL, CODE, LOGIN = "paper", "mail", "code", "login"
#: From the weakest to the strongest.
PROOFS = (PAPER, MAIL, CODE, LOGIN)

PLAN, PROMISE, DISPUTE, QUESTION = "plan", "promise", "dispute", "question"
KINDS = (PLAN, PROMISE, DISPUTE, QUESTION)
#: The weakest proof per kind; a plan binds the customer for months.
NEEDED = {PLAN: CODE, PROMISE: MAIL, DISPUTE: MAIL, QUESTION: MAIL}
#: Days within which somebody without a login may announce a payment.
DAYS_WITHOUT_LOGIN = 14


def enough(proof: str, kind: str) -> bool:
    """Whether a proof is enough for what a visitor wants.

    >>> [enough(MAIL, kind) for kind in KINDS]
    [False, True, True, True]
    >>> [enough(proof, PLAN) for proof in PROOFS], enough(PAPER, QUESTION)
    ([False, False, True, True], False)
    """
    return PROOFS.index(proof) >= PROOFS.index(NEEDED[kind])


def sees_talks(proof: str) -> bool:
    """Whether what was said before is shown: never to who holds a paper only.

    >>> sees_talks(PAPER), sees_talks(MAIL)
    (False, True)
    """
    return proof != PAPER


def sees_all(proof: str) -> bool:
    """Whether everything of the customer is shown, not only the document of the link.

    >>> sees_all(MAIL), sees_all(CODE)
    (False, True)
    """
    return PROOFS.index(proof) >= PROOFS.index(CODE)


def last_day(proof: str, today: date, policy_days: int) -> date:
    """Last day for which a payment can be announced.

    :param policy_days: what the company allows who is logged in

    >>> last_day(MAIL, date(2026, 3, 1), 30), last_day(CODE, date(2026, 3, 1), 7)
    (datetime.date(2026, 3, 15), datetime.date(2026, 3, 8))
    >>> last_day(LOGIN, date(2026, 3, 1), 30)
    datetime.date(2026, 3, 31)
    """
    days = policy_days
    if proof != LOGIN:
        days = min(days, DAYS_WITHOUT_LOGIN)
    return today + timedelta(days=days)
