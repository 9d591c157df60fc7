"""What to do with the answer of a provider, and with its silence."""

from dataclasses import dataclass
from datetime import timedelta

#: Waiting times after the first, second, ... failure in a row, in minutes.
BACK_OFF = (1, 5, 30, 120, 360)
#: A provider that asks for more patience than this is not believed.
LONGEST_WAIT = timedelta(days=1)


class ProviderError(Exception):
    """A call that brought no report.

    :param str code: ``timeout``, ``unreachable``, ``certificate``, ``refused``,
        ``too_many``, ``server``, ``nonsense`` or ``not_found``
    :param int retry_after: seconds that the provider asked us to wait, if it did
    """

    def __init__(self, code, retry_after=None):
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True)
class NextStep:
    """What happens to a request after a failure.

    :param action: ``retry`` this request later, ``stop`` the whole source until a
        person has looked, ``missing``: the register knows no such number,
        ``give_up`` on this request
    :param wait: how long before the next try
    :param pause: whether the other requests of this source wait as long
    :param alert: whether a person must hear of it
    """

    action: str
    wait: timedelta = timedelta(0)
    pause: bool = False
    alert: bool = False


def judge_status(status, retry_after=None):
    """The error behind a status, or None for a fine answer.

    RFC 9110, section 15; 429 from RFC 6585 with its ``Retry-After`` in seconds.

    >>> judge_status(200) is None
    True
    >>> [judge_status(one).code for one in (401, 403, 404, 429, 500, 503, 400, 302)]
    ['refused', 'refused', 'not_found', 'too_many', 'server', 'server', 'nonsense', \
'nonsense']
    >>> judge_status(429, "120").retry_after
    120
    >>> judge_status(429, "tomorrow").retry_after is None
    True
    """
    if status == 200:
        return None
    if status in (401, 403):
        return ProviderError("refused")
    if status == 404:
        return ProviderError("not_found")
    wait = None
    if retry_after and str(retry_after).isdigit():
        wait = int(retry_after)
    if status == 429:
        return ProviderError("too_many", wait)
    if status >= 500:
        return ProviderError("server", wait)
    return ProviderError("nonsense")


def next_step(code, tries, retry_after=None):
    """What to do after a failure.

    :param str code: of the error
    :param int tries: how often this request was tried, this time included
    :param int retry_after: seconds that the provider asked for

    >>> next_step("timeout", 1).wait, next_step("server", 3).wait
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=1800))
    >>> next_step("too_many", 1, 90)  # doctest: +ELLIPSIS
    NextStep(action='retry', wait=datetime.timedelta(seconds=90), pause=True, ...)
    >>> next_step("server", 6).action, next_step("server", 6).alert
    ('give_up', True)
    >>> next_step("refused", 1).action, next_step("certificate", 1).action
    ('stop', 'stop')
    >>> next_step("not_found", 1).action, next_step("nonsense", 1).action
    ('missing', 'give_up')
    """
    if code in ("refused", "certificate"):
        return NextStep("stop", alert=True)
    if code == "not_found":
        return NextStep("missing")
    if code == "nonsense":
        return NextStep("give_up", alert=True)
    if tries > len(BACK_OFF) and code != "too_many":
        return NextStep("give_up", alert=True)
    wait = timedelta(minutes=BACK_OFF[min(tries, len(BACK_OFF)) - 1])
    if retry_after is not None:
        wait = min(timedelta(seconds=retry_after), LONGEST_WAIT)
    return NextStep("retry", wait, pause=code != "nonsense", alert=tries == 3)
