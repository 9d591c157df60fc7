"""The table that the bench prints."""

PEERS = {
    "Exposure of all customers": "account_financial_risk",
    "Rescoring of all customers": "account_financial_risk (what is owed only)",
    "Order check, 1 order": "sale_financial_risk",
    "Nightly reminders, decide and write": "account_credit_control",
    "100 orders delivered → invoiced": "sale_automatic_workflow",
}


def show(steps, found, peers, books):
    """Print steps, our own rows with their ratios, and the peers.

    :param steps: list of (what, seconds)
    :param found: {title: {name: medians}}
    :param peers: (medians of ours, medians of the peers) on the smaller book, or None
    :param books: (number of invoices, number in the smaller book)
    """
    print(f"\n  A book of {books[0]:,} invoices\n")
    for what, seconds in steps:
        print(f"  {what:<52} {seconds:8.{1 if seconds >= 1 else 3}f} s")
    _head()
    for title, ways in found.items():
        _row(title, ways, ways["ours"])
    if peers:
        ours, theirs = peers
        print(f"\n  Beside the OCA's add-ons, in a book of {books[1]:,} invoices")
        _head()
        for title, ways in theirs.items():
            _row(f"{title}", {"ours": ours[title]["ours"]}, ours[title]["ours"])
            _peer(PEERS[title], ways, ours[title]["ours"])
    print(
        "\n  Seconds and CPU (Odoo and database together) are medians of three, in "
        "both orders;\n  queries are exact. × is that way's time divided by ours.\n"
    )


def _head():
    print(f"\n  {'':<52} {'seconds':>9} {'CPU':>8} {'queries':>9} {'×':>8}")


def _row(title, ways, ours):
    print(f"  {title}")
    for name, way in ways.items():
        _line(name, way, None if way is ours else ours)


def _line(name, way, ours):
    if "said" in way:
        print(f"    {way['said']}")
        return
    ratio = f"{way['seconds'] / ours['seconds']:8.2f}" if ours else ""
    print(
        f"    {name:<50} {way['seconds']:9.3f} {way['cpu']:8.2f} "
        f"{way['queries']:9,} {ratio}"
    )


def _peer(name, ways, ours):
    if "error" in ways:
        print(f"    {name:<50} failed: {ways['error'][:60]}")
    else:
        _line(name, ways["peer"], ours)
