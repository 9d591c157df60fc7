"""Runs the jobs of a plan side by side and reports them as one pytest session.

Each job is a pytest process of its own: some need Odoo and a database, some must never
see Odoo. Their reports arrive here as they happen, so that the closing line and the
exit code are pytest's own and count everything.
"""

import json
import os
import queue
import signal
import subprocess
import threading
import time

import pytest
from _pytest.reports import TestReport

from . import plan
from .messenger import CHANNEL

_OUTCOMES = {"passed": "passed", "failed": "failed", "skipped": "skipped"}


def pytest_addoption(parser):
    parser.addoption("--plan", help="JSON: what setup/test wants to be run")


def pytest_configure(config):
    if config.getoption("--plan"):
        config.pluginmanager.register(Conductor(config), "conductor")


class Conductor:
    """The outer session: no tests of its own, all those of its jobs."""

    def __init__(self, config):
        self.config = config
        self.order = json.loads(config.getoption("--plan"))
        self.home = plan.house.ready(test=True)
        self.events = queue.Queue()
        self.waiting = []
        self.running = {}
        self.done = []
        self.live = False

    # pytest's hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        self.session = session
        self.terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        try:
            self.waiting = plan.jobs(self.order)
        except plan.house.Trouble as trouble:
            raise pytest.UsageError(str(trouble)) from None
        session.items = []
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.live = True
        try:
            self._conduct()
        finally:
            self.live = False
            for running in list(self.running.values()):
                running.end()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report):
        """While jobs run, count silently: letters of two jobs would mix."""
        if self.live:
            word = _OUTCOMES[report.outcome]
            if report.when in ("setup", "teardown") and report.outcome == "passed":
                word = ""
            if report.outcome == "failed" and report.when != "call":
                word = "error"
            return word, "", ""
        return None

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section("time per ring")
        for ring in dict.fromkeys(run.job.ring for run in self.done):
            runs = [run for run in self.done if run.job.ring == ring]
            terminalreporter.line(
                f"{ring:<10} {sum(run.passed for run in runs):>5} passed  "
                f"{sum(run.seconds for run in runs):>6.0f} s in {len(runs)} jobs"
            )

    # conducting

    def _conduct(self):
        while self.waiting or self.running:
            self._start_what_can()
            run, message = self.events.get()
            if message is None:
                self._finish(run)
            else:
                run.hear(message, self)
            if self.session.shouldfail:
                raise self.session.Failed(self.session.shouldfail)

    def _start_what_can(self):
        busy = {run.job.name for run in self.running.values()}
        for job in list(self.waiting):
            pending = busy | {other.name for other in self.waiting}
            if len(self.running) < self.order["slots"] and not pending & set(job.after):
                self.waiting.remove(job)
                self.running[job.name] = Run(job, self)
                busy.add(job.name)

    def _finish(self, run):
        del self.running[run.job.name]
        self.done.append(run)
        run.close(self)
        outcome = "ok" if not run.failed else f"{run.failed} FAILED"
        self.say(
            f"{run.title:<34} {run.passed:>4} passed  {run.seconds:>5.0f} s  {outcome}"
        )

    def say(self, line):
        self.terminal.ensure_newline()
        self.terminal.line(line)

    def report(self, data):
        """Hand a job's report to everyone who listens to this session."""
        report = self.config.hook.pytest_report_from_serializable(
            config=self.config, data=data
        )
        hook = self.config.hook
        if isinstance(report, TestReport):
            hook.pytest_runtest_logreport(report=report)
            if report.failed:
                self.say(f"  FAILED {report.nodeid}")
        else:
            hook.pytest_collectreport(report=report)
            self.say(f"  ERROR {report.nodeid} cannot be collected")
        return report


class Run:
    """One job in progress: its database, its process and what it tells."""

    def __init__(self, job, conductor):
        self.job, self.home, self.order = job, conductor.home, conductor.order
        self.events = conductor.events
        self.title = f"{job.ring} · {job.name}"
        self.log = self.home.places.logs / f"test_{job.name}.log"
        self.started = time.monotonic()
        self.seconds = 0.0
        self.passed = self.failed = 0
        self.exitstatus = self.trouble = self.process = None
        self.at = "before its first test"
        threading.Thread(target=self._perform, daemon=True).start()

    def _perform(self):
        """In a thread: everything until the process has ended."""
        try:
            plan.prepare(self.home, self.job)
            self.started = time.monotonic()
            timer = threading.Timer(self.job.minutes * 60, self._too_long)
            timer.daemon = True
            timer.start()
            with os.fdopen(self._launch(), encoding="utf-8") as lines:
                for line in lines:
                    self.events.put((self, json.loads(line)))
            self.process.wait()
            timer.cancel()
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"
        self.seconds = time.monotonic() - self.started
        self.end()
        self.events.put((self, None))

    def _launch(self):
        reader, writer = os.pipe()
        with open(self.log, "w") as out:
            self.process = subprocess.Popen(
                plan.command(self.home, self.order, self.job),
                env={
                    **plan.environment(self.home, self.order, self.job),
                    CHANNEL: str(writer),
                },
                cwd=plan.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                pass_fds=[writer],
                start_new_session=True,
            )
        os.close(writer)
        return reader

    def hear(self, message, conductor):
        if message["kind"] == "collected":
            conductor.session.testscollected += message["count"]
        elif message["kind"] == "start":
            self.at = message["nodeid"]
        elif message["kind"] == "finish":
            self.exitstatus = message["exitstatus"]
        elif message["kind"] == "report":
            report = conductor.report(message["data"])
            self.failed += report.failed
            self.passed += report.passed and getattr(report, "when", "") == "call"

    def _too_long(self):
        self.trouble = f"more than {self.job.minutes} minutes, at {self.at}"
        self.end()

    def end(self):
        """Ends the job with all the processes it started."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def close(self, conductor):
        """Whatever a job does not say itself becomes a failure of this session."""
        trouble = self.trouble
        if trouble:
            pass
        elif self.exitstatus is None:
            trouble = f"the job ended early: {self.at}"
        elif self.exitstatus == 5 and not self.order["narrowed"]:
            trouble = "the job has no tests"
        elif self.exitstatus not in (0, 1, 5) and not self.failed:
            trouble = f"pytest ended with {self.exitstatus}"
        if trouble:
            self.failed += 1
            conductor.session.testscollected += 1
            conductor.report(self._as_report(conductor, f"{trouble}\n{self._tail()}"))
        plan.clean(self.home, self.job, keep=bool(self.failed))

    def _as_report(self, conductor, text):
        report = TestReport(
            nodeid=f"{self.job.ring}/{self.job.name}",
            location=(self.job.name, None, self.job.name),
            keywords={},
            outcome="failed",
            longrepr=text,
            when="setup",
        )
        return conductor.config.hook.pytest_report_to_serializable(
            config=conductor.config, report=report
        )

    def _tail(self):
        if not self.log.exists():
            return ""
        lines = self.log.read_text(errors="replace").splitlines()[-60:]
        return "\n".join([f"(from {self.log})", *lines])
