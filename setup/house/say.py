"""What the person at the keyboard sees: timed steps, bars, troubles in a sentence."""

import errno
import os
import shutil
import sys
import time

_started = time.monotonic()


class Trouble(Exception):
    """Something a person must know or do, in one sentence."""


def step(text):
    """Print a line that tells what happens now, with the seconds since the start."""
    print(f"[{time.monotonic() - _started:5.0f} s] {text}", flush=True)


def note(text):
    """Print an indented remark below the step it belongs to."""
    print(f"          {text}", flush=True)


class Bar:
    """A line that fills up; on a terminal it is redrawn, elsewhere it is silent."""

    def __init__(self, label, total, unit=""):
        self.label, self.total, self.unit = label, max(total, 1), unit
        self.live = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.drawn = None

    def show(self, done, detail=""):
        """Redraw the bar at `done` of the total."""
        if not self.live:
            return
        share = min(done / self.total, 1.0)
        width = 28
        filled = int(share * width)
        line = (
            f"          {self.label:<16.16} |{'█' * filled}{'·' * (width - filled)}| "
            f"{min(done, self.total):.0f}/{self.total:.0f}{self.unit} {detail}"
        )
        line = line[: shutil.get_terminal_size().columns - 1]
        if line != self.drawn:
            print(f"\r{line}\x1b[K", end="", flush=True)
            self.drawn = line

    def end(self):
        """Wipe the line, so that the next step stands where the bar was."""
        if self.live and self.drawn is not None:
            print("\r\x1b[K", end="", flush=True)


def run(main):
    """Run a command's `main`, turning troubles into one sentence and an exit code."""
    try:
        sys.exit(main() or 0)
    except Trouble as trouble:
        _complain(str(trouble))
    except KeyboardInterrupt:
        _complain("Stopped. The same command goes on where it was.", code=130)
    except BrokenPipeError:
        os._exit(1)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _complain("The disk is full: make room and start again, it goes on.")
        _complain(
            f"{error.strerror or error}: {error.filename or 'no file named'}. "
            "Is the working folder (O2C_HOME) yours to write in?"
        )


def _complain(text, code=1):
    print(f"\n{text}", file=sys.stderr, flush=True)
    sys.exit(code)
