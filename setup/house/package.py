"""What a partner installs: a wheel and an app-store zip of each add-on."""

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from . import say
from .process import ask, must

#: The fictional company is for the demo; nobody installs it in a real database.
NOT_PUBLISHED = {"o2c_demo"}
ALL = "o2c_for_odoo"
_EPOCH = "315532800"  # 1 January 1980, when no commit tells a date
_FOUND = """
from odoo.modules import get_module_path
print("@@".join(get_module_path(name) for name in %r))
"""
_COMPLAINT = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")


class Package:
    """Builds `dist/` and installs what it built."""

    def __init__(self, house):
        self.house = house
        self.dist = house.places.checkout / "dist"
        self.log = house.places.logs / "package.log"
        folders = sorted(house.places.addons.glob("*/__manifest__.py"))
        self.names = [f.parent.name for f in folders]
        self.names = [name for name in self.names if name not in NOT_PUBLISHED]

    # building

    def build(self):
        """Wheels and zips of all published add-ons, from what git knows."""
        say.step(f"Packing {len(self.names)} add-ons")
        shutil.rmtree(self.dist, ignore_errors=True)
        with tempfile.TemporaryDirectory() as stage:
            for name in self.names:
                self._stage(name, Path(stage) / name)
            self._wheels(Path(stage))
            self._zips(Path(stage))
        built = sorted(f for f in self.dist.rglob("*") if f.is_file())
        for file in built:
            size = file.stat().st_size / 1000
            say.note(f"{file.relative_to(self.dist.parent)}  {size:.0f} kB")

    def _stage(self, name, target):
        """The files of an add-on that belong to it; no compiled or forgotten ones."""
        source = self.house.places.addons / name
        tracked = ask(["git", "-C", source, "ls-files", "-z"])
        files = (
            [source / part for part in tracked.split("\0") if part]
            if tracked
            else [f for f in source.rglob("*") if "__pycache__" not in f.parts]
        )
        for file in files:
            if file.is_file():
                copy = target / file.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
                copy.chmod(0o644)

    def _epoch(self):
        told = ask(["git", "-C", self.dist.parent, "log", "-1", "--format=%ct"])
        return (told or _EPOCH).strip()

    def _wheels(self, stage):
        """By whool, as the OCA does; outside git it takes the files as they are."""
        must(
            [
                self.house.python,
                *("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"),
                *("--no-index", "-w", self.dist / "wheels"),
                *(stage / name for name in self.names),
            ],
            self.log,
            "Building the wheels",
            env={
                **os.environ,
                "SOURCE_DATE_EPOCH": self._epoch(),
                "WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none",
            },
        )

    def _zips(self, stage):
        """One add-on folder per zip, as the app store wants it, and one with all."""
        folder = self.dist / "apps"
        folder.mkdir(parents=True)
        versions = {name: self._version(stage / name) for name in self.names}
        for name in self.names:
            self._zip(folder / f"{name}-{versions[name]}.zip", stage, [name])
        self._zip(folder / f"{ALL}-{max(versions.values())}.zip", stage, self.names)

    @staticmethod
    def _version(folder):
        manifest = (folder / "__manifest__.py").read_text()
        return re.search(r'"version": "([^"]+)"', manifest)[1]

    @staticmethod
    def _zip(path, stage, names):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                for file in sorted(f for f in (stage / name).rglob("*") if f.is_file()):
                    entry = zipfile.ZipInfo(str(file.relative_to(stage)))
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    archive.writestr(entry, file.read_bytes())

    # checking

    def check(self):
        """Install what was built on clean databases, without one warning."""
        with tempfile.TemporaryDirectory() as scratch:
            site = Path(scratch) / "site"
            say.step("Installing the wheels with pip")
            must(
                [
                    self.house.python,
                    *("-m", "pip", "install", "-q", "--no-deps", "--no-index"),
                    *("--target", site, *sorted((self.dist / "wheels").glob("*.whl"))),
                ],
                self.log,
                "Installing the wheels",
            )
            env = {**self.house.env}
            env["PYTHONPATH"] += f":{site}"
            self._install("o2c_package_wheels", site, env, ())
            folder = Path(scratch) / "apps"
            for path in sorted((self.dist / "apps").glob("o2c_*.zip")):
                if not path.name.startswith(ALL):
                    zipfile.ZipFile(path).extractall(folder)
            self._install("o2c_package_zips", folder, self.house.env, (folder,))
        say.step("Wheels and zips install on a clean database without a warning")

    def _install(self, database, origin, env, addons):
        """All add-ons at once, and a look that they came from the artefacts."""
        say.step(f"Installing all add-ons from {origin.name} on a clean database")
        self.house.clone(self.house.database("clean", ["base"]), database)
        log = self.house.log(database)
        log.unlink(missing_ok=True)
        path = ",".join(map(str, (*self.house.odoo.core_addons, *addons)))
        options = (f"--addons-path={path}", "--log-level=info", "--no-http")
        command = self.house.odoo_command(
            database, *options, "-i", ",".join(self.names), "--stop-after-init"
        )
        self.house.odoo.run(command, env, log, "Installing the add-ons")
        complaints = [line for line in _lines(log) if _COMPLAINT.match(line)]
        if complaints:
            for line in complaints:
                say.note(line)
            raise say.Trouble(
                f"{len(complaints)} warnings while installing, see {log}."
            )
        self._came_from(database, origin, env, options)
        self.house.drop(database)

    def _came_from(self, database, origin, env, options):
        rows = self.house.pg.rows(
            "select name from ir_module_module where state = 'installed'", database
        )
        absent = set(self.names) - {name for (name,) in rows}
        if absent:
            raise say.Trouble(f"Not installed: {', '.join(sorted(absent))}.")
        command = self.house.odoo_command(database, "shell", *options[:1], "--no-http")
        told = subprocess.run(
            command,
            input=_FOUND % self.names,
            capture_output=True,
            text=True,
            env=env,
            check=False,
        ).stdout
        paths = told.strip().splitlines()[-1:] or [""]
        strange = [p for p in paths[0].split("@@") if not p.startswith(str(origin))]
        if strange:
            raise say.Trouble(f"Not from the artefacts: {', '.join(strange)}.")


def _lines(path):
    return path.read_text(errors="replace").splitlines()
