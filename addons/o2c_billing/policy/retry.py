"""When to try again what failed for a reason that can pass by itself.

>>> waits = [wait(attempt) for attempt in range(1, 8)]
>>> [pause and int(pause.total_seconds() / 60) for pause in waits]
[5, 15, 60, 240, 1440, 1440, None]
"""

from datetime import timedelta

#: Waiting time after the first, second ... failed attempt.
STEPS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(days=1),
    timedelta(days=1),
)


def wait(attempts):
    """How long to wait after this many failed attempts; None: a person must look.

    >>> wait(1), wait(len(STEPS) + 1) is None
    (datetime.timedelta(seconds=300), True)
    """
    return STEPS[attempts - 1] if attempts <= len(STEPS) else None
