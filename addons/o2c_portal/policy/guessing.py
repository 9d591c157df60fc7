"""Who guesses codes gets a short answer; his office behind one address still pays.

Only failed attempts count, and a right code opens its page all the same. A token holds
100 bits, so this is not what keeps links safe; it keeps the server free.
"""

from collections import OrderedDict

LIMIT = 20
SECONDS = 600
ADDRESSES = 10_000


class Guesses:
    """Failed attempts per address within a sliding window, in this process.

    >>> guesses = Guesses(limit=2, seconds=60)
    >>> guesses.fail("a", 0); guesses.fail("a", 10)
    >>> guesses.too_many("a", 11), guesses.too_many("b", 11)
    (True, False)
    >>> guesses.too_many("a", 60), guesses.too_many("a", 61)
    (True, False)

    The memory is bounded: the address that was quiet longest is forgotten first.

    >>> small = Guesses(limit=1, seconds=60, addresses=1)
    >>> small.fail("a", 0); small.fail("b", 1)
    >>> small.too_many("a", 2), small.too_many("b", 2)
    (False, True)
    """

    def __init__(self, limit=LIMIT, seconds=SECONDS, addresses=ADDRESSES):
        self.limit = limit
        self.seconds = seconds
        self.addresses = addresses
        self._moments = OrderedDict()

    def fail(self, address, now):
        """Count a failed attempt.

        :param str address: where it came from
        :param float now: seconds on any steady clock
        """
        moments = self._moments.pop(address, ())
        self._moments[address] = (*moments[-self.limit + 1 :], now)
        while len(self._moments) > self.addresses:
            self._moments.popitem(last=False)

    def too_many(self, address, now):
        """Whether the address has used up its failures for now."""
        moments = self._moments.get(address, ())
        recent = [moment for moment in moments if now - moment <= self.seconds]
        return len(recent) >= self.limit
