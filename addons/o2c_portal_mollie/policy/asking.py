"""When to ask Mollie again how a payment is.

Mollie reports by itself, usually before the customer is back, sometimes later, and not
at all when he turns back on its page (https://docs.mollie.com/reference/webhooks). So
we ask too: often while he waits before a screen, rarely after that. An iDEAL payment
lapses after 15 minutes, a bank transfer after 14 days
(https://docs.mollie.com/docs/handling-payment-status).
"""

from datetime import timedelta
from decimal import Decimal

#: A customer waits before his screen.
OFTEN, SELDOM, RARELY = 4, 30, 3600
#: After no answer, a wrong one, or "too many requests".
AFTER_FAILURE = 60
SCREEN = timedelta(minutes=5)
#: From then on no iDEAL payment is open any more.
LAPSED = timedelta(minutes=16)
#: Nothing changes after that.
LONGEST = timedelta(days=15)


def seconds_to_wait(age, failed):
    """Seconds until the next question.

    :param timedelta age: how long ago the payment was started
    :param bool failed: the last question had no usable answer

    >>> seconds_to_wait(timedelta(minutes=1), False)
    4
    >>> seconds_to_wait(timedelta(minutes=5), False)
    30
    >>> seconds_to_wait(timedelta(minutes=16), False)
    3600
    >>> seconds_to_wait(timedelta(minutes=1), True)
    60
    >>> seconds_to_wait(timedelta(hours=1), True)
    3600
    """
    if age >= LAPSED:
        return RARELY
    if failed:
        return AFTER_FAILURE
    return OFTEN if age < SCREEN else SELDOM


#: Answers that bring news (https://docs.mollie.com/docs/handling-payment-status);
#: an open payment is one that the customer can still finish.
NEWS = ("pending", "authorized", "paid", "expired", "canceled", "failed")


def is_news(answer, payment):
    """Whether an answer says something about this payment that we can use.

    :param answer: what Mollie said, of any kind
    :param str payment: Mollie's number of the payment

    >>> paid = {"id": "tr_1", "status": "paid",
    ...         "amount": {"value": "10.00", "currency": "EUR"}}
    >>> is_news(paid, "tr_1"), is_news({**paid, "status": "open"}, "tr_1")
    (True, False)
    >>> is_news(paid, "tr_2")
    Traceback (most recent call last):
    ValueError: another payment
    >>> is_news({**paid, "status": "maybe"}, "tr_1")
    Traceback (most recent call last):
    ValueError: unknown status
    >>> is_news({**paid, "amount": {"value": "much"}}, "tr_1")
    Traceback (most recent call last):
    ValueError: no amount
    >>> is_news("<html>", "tr_1")
    Traceback (most recent call last):
    ValueError: no payment
    """
    if not isinstance(answer, dict):
        raise ValueError("no payment")
    if answer.get("id") != payment:
        raise ValueError("another payment")
    if answer.get("status") not in (*NEWS, "open"):
        raise ValueError("unknown status")
    try:
        Decimal(answer["amount"]["value"])
    except (ArithmeticError, KeyError, TypeError, ValueError):
        raise ValueError("no amount") from None
    return answer["status"] in NEWS
