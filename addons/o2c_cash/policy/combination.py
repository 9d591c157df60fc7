"""Which of these amounts together are that amount?

A bounded search: with enough items every amount is the sum of some, so the answer is
how many ways there are, not the first one. It stops at the number of ways that is asked
for, or when it has looked at enough; then nothing is claimed.
"""

#: ways after which an amount proves nothing
WAYS = 5
#: items of one customer that are tried, oldest first
ITEMS = 24
#: sums that are looked at before the search gives up
STEPS = 20_000


def combinations(amounts, target, ways=WAYS, steps=STEPS):
    """Ways to make an amount, each a tuple of places; credit notes are negative.

    :param list amounts: whole numbers (cents)
    :return: (list of ways, whether everything was looked at)

    >>> combinations([100, 250, 75], 175)
    ([(0, 2)], True)
    >>> combinations([100, 250, -50], 300)
    ([(0, 1, 2)], True)
    >>> combinations([100, 250], 101)
    ([], True)

    An amount that fits in five ways fits none:

    >>> found, _all = combinations([10, 10, 10, 10, 10, 10], 20)
    >>> len(found)
    5
    >>> combinations(list(range(1, 25)), 10_000, steps=10)[1]
    True
    >>> combinations([3] * 24, 37, steps=50)
    ([], False)
    """
    amounts = amounts[:ITEMS]
    highest, lowest = [0], [0]
    for amount in reversed(amounts):
        highest.append(highest[-1] + max(amount, 0))
        lowest.append(lowest[-1] + min(amount, 0))
    highest.reverse()
    lowest.reverse()
    found, looked, todo = [], 0, [(0, target, ())]
    while todo:
        at, left, chosen = todo.pop()
        if left == 0 and chosen:
            found.append(chosen)
            if len(found) >= ways:
                return found, True
        if at == len(amounts) or not lowest[at] <= left <= highest[at]:
            continue
        looked += 1
        if looked > steps:
            return found, False
        # a sum that is reached does not go on: plus 50 and minus 50 is no other way
        if left or not chosen:
            todo.append((at + 1, left, chosen))
            todo.append((at + 1, left - amounts[at], (*chosen, at)))
    return found, True
