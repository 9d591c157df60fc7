"""Which entries of the ledger are settled together."""


def groups(edges):
    """Entries joined by matches, directly or through others.

    :param edges: (debit entry, credit entry) per match, in order
    :return: {entry: number of the first match of its group}

    >>> groups([(1, 9), (2, 8), (3, 9)])
    {1: 0, 9: 0, 2: 1, 8: 1, 3: 0}
    >>> groups([(1, 9), (2, 8), (2, 9)])
    {1: 0, 9: 0, 2: 0, 8: 0}
    """
    parent = {}

    def root(entry):
        path = []
        while parent[entry] != entry:
            path.append(entry)
            entry = parent[entry]
        for step in path:
            parent[step] = entry
        return entry

    first = {}
    for number, (debit, credit) in enumerate(edges):
        for entry in (debit, credit):
            parent.setdefault(entry, entry)
        left, right = root(debit), root(credit)
        lowest = min(first.get(left, number), first.get(right, number))
        parent[right] = left
        first[left] = lowest
    return {entry: first[root(entry)] for entry in parent}
