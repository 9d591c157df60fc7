"""Matching money is right on a set whose truth is known: precision before recall."""

import random
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from conftest import ROOT, load

sys.path.insert(0, str(ROOT / "setup"))
from measure import truth_set  # noqa: E402

DAY = date(2026, 4, 1)


@pytest.fixture(scope="module")
def answers():
    money = load("o2c_cash.policy.money")
    book = load("o2c_cash.policy.open_book").OpenBook()
    dice = random.Random(7)
    customers = [
        {
            "id": number,
            "name": f"Handelshuis {number} B.V.",
            "account": f"NL{number % 90 + 10}BANK{number:010d}",
            "items": [],
        }
        for number in range(500)
    ]
    for number in range(3000):
        customer = dice.choice(customers)
        name = f"INV/2026/{number + 1:05d}"
        cents = dice.choice((dice.randint(1000, 400_000), 12_100, 60_500))
        customer["items"].append({"key": number, "number": name, "cents": cents})
        due = DAY - timedelta(days=dice.randint(0, 90))
        amount = Decimal(cents) / 100
        item = money.Item(number, number, customer["id"], amount, "EUR", due, name)
        book.add(item, (name,))
    made = truth_set.lines(customers, 1500)
    return made, book, customers, money


def judged(made, book, customers, money):
    judge = load("o2c_cash.policy.judge").judge
    plain = load("o2c_cash.policy.reference").plain_name
    names, accounts = defaultdict(set), {}
    for customer in customers:
        names[plain(customer["name"])].add(customer["id"])
        if customer["id"] % 3:  # of a third no account is known
            accounts[customer["account"]] = customer["id"]
    lines, seen = [], {}
    for key, line in enumerate(made):
        payers = []
        if line["account"] in accounts:
            payers.append(("account", frozenset((accounts[line["account"]],))))
        if who := names.get(plain(line["payer"])):
            payers.append(("name", frozenset(who)))
        same = tuple(line[part] for part in ("cents", "account", "text", "payer"))
        twin = seen.setdefault(same, key)
        amount = Decimal(line["cents"]) / 100
        lines.append(
            money.Line(
                key,
                DAY,
                amount,
                "EUR",
                line["text"],
                tuple(payers),
                None if twin == key else twin,
            )
        )
    found = judge(lines, book, money.Rules(tolerance=Decimal(5)))
    return [
        (found[key].certainty, {share.key for share in found[key].shares})
        for key in range(len(made))
    ]


def test_what_is_certain_is_right(answers):
    told = truth_set.judged(answers[0], judged(*answers))
    assert told["precision"] >= 99.9, told


def test_most_lines_are_certain_or_explained(answers):
    told = truth_set.judged(answers[0], judged(*answers))
    assert told["recall"] >= 60, told
    assert told["explained"] >= 90, told


def test_doubles_and_other_money_are_never_certain(answers):
    for line, (certainty, _keys) in zip(answers[0], judged(*answers), strict=True):
        assert line["truth"] or certainty != "certain", line


def test_the_same_seed_is_the_same_set(answers):
    _made, _book, customers, _money = answers
    assert truth_set.lines(customers, 50) == truth_set.lines(customers, 50)
    assert truth_set.lines(customers, 50) != truth_set.lines(customers, 50, seed=2)


def test_the_judge_of_the_judge():
    """A wrong certain one costs precision, a missing one recall."""
    made = [{"truth": (1,)}, {"truth": (2,)}, {"truth": ()}, {"truth": (3, 4)}]
    told = truth_set.judged(
        made, [("certain", {1}), ("certain", {9}), ("none", set()), ("likely", {3, 4})]
    )
    assert told == {
        "precision": 50.0,
        "recall": pytest.approx(33.33, abs=0.01),
        "likely": 100.0,
        "explained": pytest.approx(66.67, abs=0.01),
    }
