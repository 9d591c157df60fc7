"""A PostgreSQL cluster of our own: the machine's databases stay untouched."""

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from . import say
from .pg_binaries import OLDEST, copy, embedded, major_version, system
from .process import ask

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 256MB
synchronous_commit = off
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
"""


class Cluster:
    """The cluster below the working folder, started on a free port of 127.0.0.1."""

    host = "127.0.0.1"
    user = "o2c"

    def __init__(self, places, renew=False):
        self.places = places
        self.renew = renew  # a cluster of a vanished PostgreSQL may be made anew
        self.log = places.logs / "postgresql.log"
        self.owner = self._owner()
        self.folder = self._folder()
        self.cluster = self.folder / "cluster"
        self.bin = None
        self.port = None

    @property
    def password(self):
        """Known to us only: other users of this machine cannot come in."""
        return (self.places.home / "pg.password").read_text().strip()

    @property
    def env(self):
        """What libpq wants to know."""
        return {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": "postgres",
        }

    # who and where

    @staticmethod
    def _owner():
        """PostgreSQL refuses root: then an unprivileged user runs it."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise say.Trouble(
            "PostgreSQL refuses to run as root and this system has no user postgres or "
            "nobody: start as an ordinary user."
        )

    def _folder(self):
        """Below the working folder, unless its owner cannot enter there (/root)."""
        folder = self.places.home / "pg"
        if self.owner is None or self._enters(self.places.home):
            return folder
        return Path("/var/lib/o2c") / re.sub(r"\W+", "-", str(self.places.home)).strip(
            "-"
        )

    def _enters(self, folder):
        done = subprocess.run(
            ["test", "-x", str(folder)], check=False, cwd="/", **self._as_owner()
        )
        return done.returncode == 0

    def _as_owner(self):
        if self.owner is None:
            return {}
        ids = {
            "user": self.owner.pw_uid,
            "group": self.owner.pw_gid,
            "extra_groups": [],
        }
        return {**ids, "env": {**os.environ, "HOME": "/"}}

    def _give(self, path):
        if self.owner is not None:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    # life of the cluster

    def bring(self, python, durable=True):
        """Make the cluster if needed and have it run.

        :param durable: False lets a power cut break the databases; for tests
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._give(self.folder)
        self.bin = self._binaries(python)
        if not self._made():
            self._make()
        if not self._runs():
            self._start()
        self._set_durable(durable)
        return self

    def _binaries(self, python):
        """A cluster keeps the major version that made it."""
        major = 0
        if self._made():
            major = int((self.cluster / "PG_VERSION").read_text())
        for found in (system(major), self._embedded(python)):
            if found and major in (0, major_version(found)):
                return found
        if not major:
            raise say.Trouble(
                f"No PostgreSQL {OLDEST} or newer here, nor the embedded one: install "
                "the package postgresql, or let O2C_PG_BIN point to its bin folder."
            )
        if self.renew:
            (self.cluster / "made").unlink()
            return self._binaries(python)
        raise say.Trouble(
            f"The databases in {self.folder} were made by PostgreSQL {major}, which is "
            "gone: setup/demo --reset builds them again."
        )

    def _embedded(self, python):
        """The embedded binaries, in a place where their user can reach them."""
        package = embedded(python)
        if package is None or self.owner is None or self._enters(package):
            return package and package / "pginstall" / "bin"
        return copy(package, self.folder / "embedded") / "pginstall" / "bin"

    def _made(self):
        """Whole, and we know its password."""
        return (self.cluster / "made").exists() and (
            self.places.home / "pg.password"
        ).exists()

    def _make(self):
        say.step(f"Making a private PostgreSQL {major_version(self.bin)} cluster")
        self.places.need_room(1.5, "The databases")
        shutil.rmtree(self.cluster, ignore_errors=True)
        secret = self.folder / "secret"
        self._private(self.places.home / "pg.password", secrets.token_urlsafe(18))
        self._private(secret, self.password)
        self._give(secret)
        command = [
            self.bin / "initdb",
            "-D",
            self.cluster,
            "-U",
            self.user,
            "-E",
            "UTF8",
            "--lc-collate=C",
            "--lc-ctype=C.UTF-8",
            "--lc-messages=C",
            "--no-sync",
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
        ]
        told = self._tell(command)
        secret.unlink()
        if not (self.cluster / "PG_VERSION").exists():
            raise say.Trouble(f"PostgreSQL could not make its cluster: {told}")
        with (self.cluster / "postgresql.conf").open("a") as conf:
            conf.write(_SETTINGS)
        (self.cluster / "made").touch()

    @staticmethod
    def _private(path, text):
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)

    def _tell(self, command):
        """Run as the owner. :return: the last thing it said"""
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            **self._as_owner(),
        )
        with self.log.open("a") as log:
            log.write(done.stdout)
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        return lines[-1].strip() if lines else f"exit code {done.returncode}"

    def _runs(self):
        """Ours, running: the port is told by the server's own pid file."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            self.port = int(lines[3])
        except (OSError, IndexError, ValueError):
            return False
        return (
            ask(
                [self.bin / "psql", "-X", "-Atc", "select 1"],
                env={**os.environ, **self.env},
            )
            == "1\n"
        )

    def _start(self):
        self.port = self._free_port()
        output = self.folder / "server.log"
        told = self._tell(
            [
                self.bin / "pg_ctl",
                "-D",
                self.cluster,
                "-w",
                "-t",
                "60",
                "-l",
                output,
                "-o",
                f"-p {self.port}",
                "start",
            ]
        )
        if not self._runs():
            raise say.Trouble(f"PostgreSQL does not start: {told} (see {output}).")

    def _free_port(self):
        """The port of last time when it is still free, so that links stay right."""
        last = self.places.home / "pg.port"
        wanted = [int(last.read_text())] if last.exists() else []
        for port in [*wanted, 0]:
            with socket.socket() as probe:
                try:
                    probe.bind((self.host, port))
                except OSError:
                    continue
                port = probe.getsockname()[1]
                last.write_text(str(port))
                return port
        raise say.Trouble("No free port on 127.0.0.1 for PostgreSQL.")

    def _set_durable(self, durable):
        wanted = "on" if durable else "off"
        if self.rows("select setting from pg_settings where name = 'fsync'") == [
            [wanted]
        ]:
            return
        for name in ("fsync", "full_page_writes"):
            self.rows(f"alter system set {name} = {wanted}")
        self.rows("select pg_reload_conf()")
        if durable:
            self.rows("checkpoint")
            os.sync()

    def stop(self):
        """Stop the cluster when it runs."""
        if self.cluster.exists() and (self.cluster / "postmaster.pid").exists():
            self.bin = self.bin or self._binaries(self.places.venv / "bin/python")
            self._tell(
                [self.bin / "pg_ctl", "-D", self.cluster, "-m", "fast", "-w", "stop"]
            )

    def stop_when_idle(self):
        """Stop the cluster unless somebody (a test run) works in it."""
        if not (self.cluster / "postmaster.pid").exists():
            return
        self.bin = self._binaries(self.places.venv / "bin/python")
        others = (
            "select 1 from pg_stat_activity where backend_type = 'client backend' "
            "and pid <> pg_backend_pid()"
        )
        if self._runs() and not self.rows(others):
            self.stop()

    def remove(self):
        """Stop and delete everything of it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
