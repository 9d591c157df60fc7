"""Inside a job with Odoo: a WARNING or ERROR in its log fails the test that caused it.

What may be logged stands with its reason in tests/expected_log.py. Lines that a test
catches itself (assertLogs, mute_logger) never arrive here.
"""

import logging
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from expected_log import is_expected  # noqa: E402

LINES = []


class Collector(logging.Handler):
    """Keeps what nobody expected."""

    def emit(self, record):
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text += f" ({record.exc_info[1]!r})"
        if not is_expected(record.name, text):
            LINES.append(f"{record.levelname} {record.name}: {text}")


def pytest_configure(config):
    logging.getLogger().addHandler(Collector(level=logging.WARNING))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "teardown" and LINES:
        told = "\n".join(LINES)
        LINES.clear()
        if report.passed:
            report.outcome = "failed"
            report.longrepr = (
                f"Odoo logged what tests/expected_log.py does not list:\n{told}"
            )
        else:
            report.sections.append(("Odoo's log", told))
    return report
