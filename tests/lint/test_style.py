"""The tools that read every file: the same commands as pre-commit runs."""

import subprocess
import sys

import pytest
from conftest import ADDONS, ROOT


def lint(*words):
    done = subprocess.run(
        [sys.executable, ROOT / "setup" / "lint", *map(str, words)],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.fail(
            f"{done.stdout[-8000:]}{done.stderr[-2000:]}\n"
            f"many of these mend themselves: setup/lint --fix {words[0]}",
            pytrace=False,
        )


@pytest.mark.parametrize("tool", ["ruff", "format", "prettier", "eslint"])
def test_every_file_follows(tool):
    lint(tool)


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_pylint_odoo_finds_nothing_in(addon):
    files = [path for path in addon.rglob("*.py")]
    lint("pylint", *files)
