"""What one names after setup/test becomes runs that do not get in each other's way."""

import sys

from conftest import ROOT

sys.path[:0] = [str(ROOT / "tests")]
from rings import plan  # noqa: E402


def test_files_of_one_add_on_are_one_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    files = sorted((ROOT / "addons/o2c_cash/tests").glob("test_*.py"))[:2]
    names = [file.relative_to(ROOT).as_posix() for file in files]
    [job] = plan.jobs({"what": [*names, names[0]]})
    assert job.paths == tuple(names)
    assert job.database == "t_o2c_cash"


def test_policies_of_two_add_ons_are_two_runs():
    jobs = plan.jobs({"what": ["credit", "dunning"]})
    asked = [job.env["O2C_ADDONS"] for job in jobs if job.ring == "policy"]
    assert len(asked) == 2
