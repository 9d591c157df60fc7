"""Every threat of doc/threats-portal.md names tests that exist."""

import re

import pytest
from conftest import ROOT

DOC = (ROOT / "doc/threats-portal.md").read_text()
ROWS = [line for line in DOC.splitlines() if line.startswith("| ")][1:]
TESTS = ROOT / "addons/o2c_portal/tests"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_a_threat_names_tests_that_exist(row):
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row)
    assert named, "no test is named"
    for name, test in named:
        assert f"def {test}(" in (TESTS / name).read_text(), f"{name}::{test}"
