"""Child processes that end with us, and whose output is kept and followed."""

import ctypes
import os
import signal
import subprocess
import sys

from .say import Trouble

_PR_SET_PDEATHSIG = 1


def _end_with_parent():
    """Linux ends this child with its parent: nothing half-done keeps writing."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError):
        pass


def follow(command, log, on_line=None, env=None, cwd=None, stdin=None):
    """Run a command, copy its output to `log`, hand each line to `on_line`.

    :return: the exit code
    """
    with open(log, "a", encoding="utf-8") as kept:
        kept.write(f"\n$ {' '.join(str(part) for part in command)}\n")
        kept.flush()
        child = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            env=env,
            cwd=cwd,
            text=True,
            errors="replace",
            preexec_fn=_end_with_parent,
        )
        try:
            for line in child.stdout:
                kept.write(line)
                if on_line:
                    on_line(line.rstrip("\n"))
            return child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise


def must(command, log, what, **options):
    """Like follow, and a trouble naming the log when the command fails."""
    last = []
    inner = options.pop("on_line", None)

    def keep(line):
        if line.strip():
            last[:] = last[-7:] + [line.strip()]
        if inner:
            inner(line)

    code = follow(command, log, on_line=keep, **options)
    if code:
        if any("No space left on device" in line for line in last):
            raise Trouble("The disk is full: make room and start again, it goes on.")
        for line in last:
            print(f"          {line}", file=sys.stderr)
        raise Trouble(
            f"{what} failed (exit code {code}); everything it said is in {log}."
        )


def ask(command, **options):
    """Output of a short command, or None when it is missing or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=options.pop("timeout", 60),
            check=False,
            **options,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def alive(pid):
    """Whether a process with this id runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
