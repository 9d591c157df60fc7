"""Every e-invoice that the tests made is right by the official rules."""

import os
from pathlib import Path

import pytest

FILES = sorted(Path(os.environ.get("O2C_UBL_OUT", "missing")).rglob("*.xml"))


def test_there_is_something_to_judge():
    assert FILES, "the tests wrote no e-invoice to O2C_UBL_OUT"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_official_rules_find_nothing_in(judge, path):
    found = judge.findings(path)
    assert not found, "\n".join(
        f"{finding.flag} {finding.rule} {finding.text} at {finding.place}"
        for finding in found
    )
