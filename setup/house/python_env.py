"""The Python environment: a virtual environment with exactly the locked packages."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from . import say
from .fit import NEWEST, OLDEST
from .process import ask, must

_STAND_IN = Path(__file__).with_name("stand_in") / "_rl_renderPM.py"
_VERSION = "import sys; print(*sys.version_info[:3])"


class PythonEnv:
    """`run` packages start Odoo; `test` packages come on top."""

    def __init__(self, places, archive):
        self.places, self.archive = places, archive
        self.log = places.logs / "python.log"
        self.python = places.venv / "bin" / "python"

    def bring(self, test=False):
        """Make the environment hold the locked packages. :return: its python"""
        lock = self.places.lock / ("test.txt" if test else "run.txt")
        if not self._holds(lock):
            self._create()
            self._install(lock)
        return self.python

    def _mark(self, lock):
        return self.places.venv / f".{lock.stem}"

    def _print(self, lock):
        """Fingerprint of what a lock asks for (test includes run)."""
        texts = [p.read_bytes() for p in sorted(self.places.lock.glob("*.txt"))]
        if lock.stem == "run":
            texts = [lock.read_bytes()]
        return hashlib.sha256(b"".join(texts)).hexdigest()

    def _holds(self, lock):
        mark = self._mark(lock)
        held = mark.read_text() if mark.exists() else ""
        return (
            held == self._print(lock) and ask([self.python, "-c", _VERSION]) is not None
        )

    def _create(self):
        told = ask([self.python, "-m", "pip", "--version"])
        version = (ask([self.python, "-c", _VERSION]) or "").split()
        if told and OLDEST <= tuple(int(part) for part in version[:2]) <= NEWEST:
            return
        shutil.rmtree(self.places.venv, ignore_errors=True)
        self.places.need_room(1.0, "The Python environment")
        say.step(
            f"Making a Python {sys.version_info[0]}.{sys.version_info[1]} environment"
        )
        if ask([sys.executable, "-c", "import ensurepip, venv"]) is not None:
            made = must(
                [sys.executable, "-m", "venv", self.places.venv], self.log, "venv"
            )
        elif ask([sys.executable, "-c", "import venv"]) is not None:
            made = self._create_with_pip_of_archive()
        else:
            made = False
        if made is False:
            raise say.Trouble(
                "This Python cannot make virtual environments: install the package "
                "python3-venv (sudo apt-get install python3-venv) and start again."
            )

    def _create_with_pip_of_archive(self):
        """Debian splits pip off the venv module; its wheel needs no installing."""
        folder = self.places.home / "pip"
        deb = self.archive.fetch("python3-pip-whl")
        must(["dpkg-deb", "-x", deb, folder], self.log, "Unpacking pip")
        wheels = sorted((folder / "usr/share/python-wheels").glob("pip-*.whl"))
        if not wheels:
            return False
        must(
            [sys.executable, "-m", "venv", "--without-pip", self.places.venv],
            self.log,
            "venv",
        )
        must(
            [self.python, "-m", "pip", "install", "-q", "--no-index", wheels[-1]],
            self.log,
            "Putting pip into the environment",
            env={**os.environ, "PYTHONPATH": str(wheels[-1])},
        )
        return True

    def _install(self, lock):
        self.places.need_room(0.8, "The Python packages")
        total = sum(
            1
            for name in {"run.txt", lock.name}
            for line in (self.places.lock / name).read_text().splitlines()
            if "==" in line
        )
        say.step(f"Installing {total} Python packages ({lock.stem})")
        bar = say.Bar("packages", total)
        seen = set()

        def count(line):
            words = line.split()
            if len(words) > 1 and words[0] in ("Collecting", "Requirement"):
                seen.add(words[1] if words[0] == "Collecting" else words[3])
                bar.show(len(seen), words[1] if words[0] == "Collecting" else "")
            elif line.startswith("Installing collected"):
                bar.show(total, "unpacking …")

        must(
            [
                self.python,
                "-m",
                "pip",
                "install",
                "--no-input",
                "--progress-bar=off",
                "--disable-pip-version-check",
                "--no-deps",
                "-r",
                lock,
            ],
            self.log,
            "Installing the Python packages",
            on_line=count,
        )
        bar.end()
        self._stand_in()
        self._mark(lock).write_text(self._print(lock))

    def _stand_in(self):
        """ReportLab draws bar codes by a module that Python 3.13 has no wheel of."""
        for site in self.places.venv.glob("lib/python3.*/site-packages"):
            if int(site.parent.name.rpartition(".")[2]) >= 13:
                shutil.copy(_STAND_IN, site)
