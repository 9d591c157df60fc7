"""Inside a job: tells the conductor, line by line, how each test went.

Loaded with `-p rings.messenger`; without a listener it stays silent. It also turns a
skip that nobody asked for into a failure: a missing browser must not look like success.
"""

import json
import os

import pytest

CHANNEL = "O2C_MESSENGER"
NO_BROWSER = "no browser"


def pytest_addoption(parser):
    parser.addoption(
        "--no-browser",
        action="store_true",
        help="browser tests may be skipped; any other skip still fails",
    )


def pytest_configure(config):
    channel = os.environ.get(CHANNEL)
    if channel:
        os.set_inheritable(int(channel), False)
        config.pluginmanager.register(Messenger(config, int(channel)))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and not allowed_skip(item.config, report):
        report.outcome = "failed"
        report.longrepr = f"unexpected skip: {skip_reason(report)}"
    return report


def allowed_skip(config, report):
    reason = skip_reason(report).lower()
    browser = NO_BROWSER in reason or "chrome" in reason or "websocket" in reason
    return config.getoption("--no-browser") and browser


def skip_reason(report):
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2])
    return str(getattr(report, "wasxfail", report.longrepr))


class Messenger:
    """Writes reports to the conductor's pipe as one JSON document a line."""

    def __init__(self, config, channel):
        self.config = config
        self.pipe = os.fdopen(channel, "w", buffering=1, encoding="utf-8")

    def _tell(self, kind, **what):
        self.pipe.write(json.dumps({"kind": kind, **what}) + "\n")

    def _tell_report(self, report):
        data = self.config.hook.pytest_report_to_serializable(
            config=self.config, report=report
        )
        self._tell("report", data=data)

    def pytest_collection_finish(self, session):
        self._tell("collected", count=len(session.items))

    def pytest_collectreport(self, report):
        if not report.passed:
            self._tell_report(report)

    def pytest_runtest_logstart(self, nodeid):
        self._tell("start", nodeid=nodeid)

    def pytest_runtest_logreport(self, report):
        self._tell_report(report)

    def pytest_sessionfinish(self, exitstatus):
        self._tell("finish", exitstatus=int(exitstatus))
        self.pipe.flush()
