"""Fifty people pay ten invoices at the same moment, five at each."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "setup"))

from measure import payers  # noqa: E402


def test_nobody_pays_twice_and_the_ledger_balances(home, late_payers):
    told = payers.load(home, late_payers.name)
    assert payers.wrong(told) == []
    assert (told["paid"], told["refused"]) == (
        payers.LINKS,
        payers.PAYERS - told["paid"],
    )


def test_the_judge_speaks_up():
    fine = {
        "payers": 3,
        "links": 1,
        "through": 1,
        "refused": 2,
        "paid": 1,
        "payments": 1,
        "charged_wrong": [],
        "unbalanced": 0,
    }
    assert payers.wrong(fine) == []
    for fault in (
        {"charged_wrong": [7]},
        {"through": 2, "refused": 1},
        {"payments": 2},
        {"paid": 0},
        {"refused": 1},
        {"unbalanced": 1},
    ):
        assert payers.wrong(fine | fault), fault
