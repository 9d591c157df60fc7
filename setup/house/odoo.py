"""Odoo itself: which one, its configuration, and how to run it."""

import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

from . import say
from .process import ask, must

_LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")


class Odoo:
    """An Odoo 19 on a path, with our add-ons beside it."""

    def __init__(self, places, archive):
        self.places, self.archive = places, archive
        self.path = None  # for PYTHONPATH
        self.core_addons = []  # folders with Odoo's own add-ons

    def bring(self):
        """Find the Odoo that O2C_ODOO names, or unpack one from the archive."""
        named = os.environ.get("O2C_ODOO")
        package = self._given(named) if named else self.archive.bring_odoo() / "odoo"
        self._check_release(package, named)
        self.path = self._alone(package) if named else package.parent
        self.core_addons = [self.path / "odoo" / "addons"]
        beside = package.parent / "addons"  # where a source checkout keeps them
        if not (package / "addons" / "account").exists() and beside.exists():
            self.core_addons.append(beside)
        return self

    def _given(self, named):
        """The `odoo` Python package of a checkout, a packages folder, or a command."""
        folder = Path(named).expanduser().resolve()
        for package in (folder / "odoo", folder):
            if (package / "release.py").exists():
                return package
        command = shutil.which(named)
        if command:
            first = (
                Path(command).read_bytes().split(b"\n", 1)[0].decode(errors="replace")
            )
            python = first[2:].split() if first.startswith("#!") else ["python3"]
            told = ask(
                [*python, "-c", "import odoo.release; print(odoo.release.__file__)"]
            )
            if told:
                return Path(told.strip()).parent
        raise say.Trouble(
            f"O2C_ODOO={named} is no Odoo: give a source checkout, the folder that "
            "holds the Python package odoo, or the command odoo."
        )

    @staticmethod
    def _check_release(package, named):
        text = (package / "release.py").read_text()
        if not re.search(r"^version_info = \(19, 0,", text, re.M):
            raise say.Trouble(
                f"{named or package} is not Odoo 19.0, which these add-ons are for."
            )

    def _alone(self, package):
        """A folder with nothing but a link to the package: its neighbours stay out."""
        folder = self.places.home / "odoo.given"
        link = folder / "odoo"
        folder.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(package)
        return folder

    def addons_path(self, test=False):
        """Folders with add-ons, Odoo's first."""
        ours = [self.places.addons, *([self.places.tests] if test else [])]
        return self.core_addons + [p for p in ours if any(p.glob("*/__manifest__.py"))]

    def environment(self, pg, bin_folder):
        """Environment of every Odoo process."""
        env = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("PG", "PYTHON", "ODOO"))
        }
        return {
            **env,
            **pg.env,
            "PYTHONPATH": str(self.path),
            "PYTHONDONTWRITEBYTECODE": "" if os.access(self.path, os.W_OK) else "1",
            "PATH": f"{bin_folder}:{pg.bin}:{env.get('PATH', os.defpath)}",
            "LC_ALL": "C.UTF-8",
        }

    def write_config(self, pg, test=False):
        """The configuration file, for us and for a start by hand. :return: path"""
        path = self.places.home / ("test.conf" if test else "odoo.conf")
        master = (
            re.search(r"^admin_passwd = (\S+)", path.read_text(), re.M)
            if path.exists()
            else None
        )
        lines = [
            "[options]",
            f"admin_passwd = {master[1] if master else secrets.token_urlsafe(18)}",
            f"addons_path = {','.join(map(str, self.addons_path(test)))}",
            f"data_dir = {self.places.data}",
            f"db_host = {pg.host}",
            f"db_port = {pg.port}",
            f"db_user = {pg.user}",
            f"db_password = {pg.password}",
            "db_maxconn = 32",
            "http_interface = 127.0.0.1",
            "list_db = False",
            "with_demo = False",
            "max_cron_threads = 0",
            "smtp_server = 127.0.0.1",
            "smtp_port = 9",  # the discard port: nothing leaves by accident
        ]
        text = "\n".join(lines) + "\n"
        if not path.exists() or path.read_text() != text:
            path.unlink(missing_ok=True)
            with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                file.write(text)
        return path

    @staticmethod
    def run(command, env, log, what):
        """Run Odoo to its end, a bar over the modules it loads."""
        bar = None

        def watch(line):
            nonlocal bar
            if found := _LOADING.search(line):
                name, number, total = found[1], int(found[2]), int(found[3])
                if total > 20 or bar:
                    bar = (
                        bar if bar and bar.total == total else say.Bar("modules", total)
                    )
                    bar.show(number, name)

        try:
            must(command, log, what, on_line=watch, env=env)
        finally:
            if bar:
                bar.end()

    @staticmethod
    def shell(command, env, code, log):
        """Run Python code in an Odoo shell. :return: what it printed"""
        done = subprocess.run(
            [str(part) for part in command],
            input=code,
            capture_output=True,
            text=True,
            env=env,
            check=False,
        )
        with open(log, "a", encoding="utf-8") as kept:
            kept.write(done.stderr)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            why = lines[-1] if lines else f"exit code {done.returncode}"
            raise say.Trouble(f"Odoo's shell failed: {why} (see {log}).")
        return done.stdout
