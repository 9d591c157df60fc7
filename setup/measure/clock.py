"""Seconds and queries of a piece of work, which is undone afterwards."""

import os
import statistics
import time


class Undone(Exception):
    """Raised to roll the measured work back."""


def _backend_seconds(env):
    """CPU seconds of the database's own process, None where they cannot be read."""
    env.cr.execute("SELECT pg_backend_pid()")
    [pid] = env.cr.fetchone()
    try:
        with open(f"/proc/{pid}/stat") as line:
            fields = line.read().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def once(env, work, prepare=None):
    """One measurement, rolled back.

    :param work: function of what ``prepare`` returned
    :param prepare: function whose work is not measured
    :return: (seconds, CPU seconds of Odoo and database, queries)
    """
    result = []
    try:
        with env.cr.savepoint():
            ready = prepare() if prepare else None
            env.cr.flush()
            env.invalidate_all()
            queries, cpu = env.cr.sql_log_count, time.process_time()
            backend, began = _backend_seconds(env), time.perf_counter()
            work(ready)
            env.cr.flush()  # with what a commit does first, such as tracked changes
            seconds = time.perf_counter() - began
            used = time.process_time() - cpu
            after = _backend_seconds(env)
            count = env.cr.sql_log_count - queries - 1 - 1
            if backend is not None:
                used += after - backend
            result.append((seconds, used, count))
            raise Undone
    except Undone:
        env.invalidate_all(flush=False)
    return result[0]


def median(runs):
    """Medians of seconds and CPU; the queries of the last run.

    :param runs: list of what :func:`once` returns
    """
    return {
        "seconds": statistics.median(run[0] for run in runs),
        "cpu": statistics.median(run[1] for run in runs),
        "queries": runs[-1][2],
    }


def compare(env, works, times=3):
    """Measure several ways of doing the same, in both orders.

    :param works: {name: (work, prepare)}
    :return: {name: medians}
    """
    runs = {name: [] for name in works}
    for turn in range(times):
        names = list(works) if turn % 2 == 0 else list(works)[::-1]
        for name in names:
            work, prepare = works[name]
            runs[name].append(once(env, work, prepare))
    return {name: median(found) for name, found in runs.items()}
