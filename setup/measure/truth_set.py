"""Bank lines of which we know what they are for, written as Dutch payers write.

The same seed gives the same lines. Each open item is used once at most, so that the
truth is one set of items per line; lines of nobody are among them, some with the amount
of an item, and some lines come twice.
"""

import random
import re

#: what happens, and how often in a thousand lines
KINDS = {
    "number": 300,
    "loose_number": 90,
    "no_text": 160,
    "several": 80,
    "all_open": 30,
    "typo": 50,
    "part": 40,
    "bank_costs": 30,
    "too_much": 25,
    "other_payer": 45,
    "nobody": 110,
    "double": 40,
}
BEFORE = (
    "Betaling factuur",
    "fact.",
    "FACTUURNR",
    "inzake",
    "Fact nr:",
    "uw factuur",
    "/TRTP/SEPA OVERBOEKING/REMI/",
    "rekening",
    "betr. factuur",
    "Omschrijving:",
)
AFTER = (
    "",
    "met dank",
    "d.d. {day}",
    "klantnr {number}",
    "bedankt",
    "inkoopnr PO-{number}",
    "ref {number}",
)
QUIET = (
    "overboeking",
    "betaling",
    "zie specificatie per mail",
    "maart",
    "termijn",
    "",
    "betaling diverse facturen",
    "AB / crediteuren",
)
NOBODY = (
    "Rente spaarrekening",
    "Belastingdienst teruggaaf OB",
    "Storting eigen geld",
    "Verzekeringsuitkering schade {number}",
    "Retour leverancier bestelling {number}",
    "UWV ziektewet {number}",
    "Subsidie WBSO",
    "Terugbetaling lening",
)


def lines(customers, count, seed=1):
    """Make the set.

    :param customers: list of dicts with ``id``, ``name``, ``account`` and ``items``,
        each a dict with ``key``, ``number`` and ``cents``
    :param int count: how many lines
    :return: list of dicts with ``kind``, ``cents``, ``text``, ``account``, ``payer``
        and ``truth``: tuple of the keys of the items that it pays
    """
    dice = random.Random(seed)
    customers = [dict(one, items=list(one["items"])) for one in customers]
    kinds, weights = list(KINDS), list(KINDS.values())
    made, alive = [], customers
    while len(made) < count:
        if len(made) % 50 == 0:
            alive = [one for one in alive if one["items"]]
        kind = dice.choices(kinds, weights)[0]
        line = _line(dice, kind, alive, made)
        if line:
            made.append({"kind": kind} | line)
        elif not any(one["items"] for one in alive):
            made.append({"kind": "nobody"} | _nobody(dice, alive))
    return made


def _line(dice, kind, customers, made):
    if kind == "nobody":
        return _nobody(dice, customers)
    if kind == "double":
        paid = [one for one in made[-200:] if one["truth"] and one["kind"] == "number"]
        return dict(dice.choice(paid), truth=(), kind="double") if paid else None
    customer = dice.choice(customers) if customers else None
    if not customer or not customer["items"]:
        return None
    return _paid(dice, kind, customer, customers)


def _paid(dice, kind, customer, customers):
    items = customer["items"]
    payer = customer
    if kind == "other_payer":
        payer = dice.choice(customers)
    many = {"several": min(len(items), dice.randint(2, 4)), "all_open": len(items)}
    if kind in many and len(items) < 2:
        return None
    taken = [
        items.pop(dice.randrange(len(items))) for _each in range(many.get(kind, 1))
    ]
    cents = sum(item["cents"] for item in taken)
    text = _text(dice, kind, taken)
    cents += {
        "part": -dice.randint(cents // 4, cents // 2),
        "bank_costs": -dice.choice((5, 15, 250, 499)),
        "too_much": dice.choice((1000, 12100, 5)),
    }.get(kind, 0)
    return {
        "cents": max(cents, 1),
        "text": text,
        "account": payer["account"] if dice.random() < 0.8 else "",
        "payer": _spelled(dice, payer["name"]),
        "truth": tuple(item["key"] for item in taken),
    }


def _nobody(dice, customers):
    """Money that is for no item; now and then of the amount of one."""
    cents = dice.randint(100, 500_000)
    if dice.random() < 0.1 and customers:
        other = dice.choice(customers)["items"]
        cents = dice.choice(other)["cents"] if other else cents
    number = dice.randint(1000, 99999)
    return {
        "cents": cents,
        "text": dice.choice(NOBODY).format(number=number),
        "account": f"NL00BANK{dice.randint(10**9, 10**10 - 1)}",
        "payer": dice.choice(("Bank", "Belastingdienst", "J. Jansen", "")),
        "truth": (),
    }


def _text(dice, kind, items):
    if kind in ("no_text", "all_open"):
        return dice.choice(QUIET)
    numbers = [item["number"] for item in items]
    if kind == "loose_number":
        numbers = [_loose(dice, number) for number in numbers]
    if kind == "typo":
        numbers = [_wrong(dice, number) for number in numbers]
    joined = dice.choice((" ", ", ", " + ", " en ")).join(numbers)
    words = dice.choice(AFTER).format(
        number=dice.randint(1000, 9999),
        day=f"{dice.randint(1, 28)}-{dice.randint(1, 12)}",
    )
    return f"{dice.choice(BEFORE)} {joined} {words}".strip()


def _loose(dice, number):
    """Spaces, dashes, no prefix, no zeros."""
    parts = re.findall(r"[A-Za-z]+|\d+", number)
    ways = (
        " ".join(parts),
        "-".join(parts),
        "".join(parts),
        " ".join(part for part in parts if part.isdigit()),
        "/".join([*parts[:-1], parts[-1].lstrip("0") or "0"]),
    )
    return dice.choice(ways)


def _wrong(dice, number):
    """One digit lost, doubled, swapped or wrong."""
    places = [at for at, letter in enumerate(number) if letter.isdigit()]
    at = dice.choice(places)
    ways = (
        number[:at] + number[at + 1 :],
        number[:at] + number[at] + number[at:],
        number[:at]
        + str((int(number[at]) + dice.randint(1, 9)) % 10)
        + number[at + 1 :],
    )
    return dice.choice(ways)


def _spelled(dice, name):
    ways = (name, name.upper(), name.replace(".", ""), name.split(" ")[0], "")
    return dice.choices(ways, (5, 3, 2, 1, 1))[0]


def judged(made, proposals):
    """How right the proposals are.

    :param made: what :func:`lines` returned
    :param proposals: per line (certainty, set of keys)
    :return: dict of shares in percent: ``precision`` (of the certain ones, those with
        exactly the true items), ``recall`` (of the lines that pay something, those that
        are certain and right), ``likely`` (of the likely ones, those that are right),
        ``explained`` (of the lines that pay something, certain or likely and right)
    """
    sure = right = likely = likely_right = 0
    payable = sum(1 for line in made if line["truth"])
    for line, (certainty, keys) in zip(made, proposals, strict=True):
        good = bool(line["truth"]) and set(keys) == set(line["truth"])
        if certainty == "certain":
            sure, right = sure + 1, right + good
        elif certainty == "likely":
            likely, likely_right = likely + 1, likely_right + good
    return {
        "precision": 100.0 * right / sure if sure else 100.0,
        "recall": 100.0 * right / payable if payable else 0.0,
        "likely": 100.0 * likely_right / likely if likely else 100.0,
        "explained": 100.0 * (right + likely_right) / payable if payable else 0.0,
    }
