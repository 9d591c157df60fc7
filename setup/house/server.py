"""Odoo in the background: started, waited for, found again, stopped."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import say
from .process import alive

HOST = "127.0.0.1"


class Server:
    """The one background server of a house; its pid file tells what runs."""

    def __init__(self, house):
        self.house = house
        self.file = house.places.home / "server.json"
        self.log = house.places.logs / "server.log"

    def running(self):
        """What runs: a dict with pid, port and database, or None."""
        try:
            known = json.loads(self.file.read_text())
        except (OSError, ValueError):
            return None
        return known if self._is_ours(known["pid"]) else None

    def _is_ours(self, pid):
        """A process id is used again one day, so its command line is looked at."""
        if not alive(pid):
            return False
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return True
        return str(self.house.places.home / "odoo.conf").encode() in command

    def start(self, database, port, crons):
        """Start Odoo on a database and wait until it answers. :return: its address"""
        self.stop()
        if not is_free(port):
            raise busy(port)
        command = self.house.odoo_command(
            database,
            f"--http-port={port}",
            f"--db-filter=^{database}$",
            f"--max-cron-threads={int(crons)}",
            "--log-level=info",
        )
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.house.env,
                cwd=self.house.places.home,
                start_new_session=True,
            )
        self.file.write_text(
            json.dumps({"pid": child.pid, "port": port, "database": database})
        )
        self._wait(child, f"http://{HOST}:{port}/web/login")
        return f"http://{HOST}:{port}"

    def _wait(self, child, address):
        patience = time.monotonic() + 180
        while time.monotonic() < patience:
            if child.poll() is not None:
                raise say.Trouble(
                    f"Odoo stopped right after its start; {self.log} says why."
                )
            if answers(address):
                return
            time.sleep(0.3)
        raise say.Trouble(
            f"Odoo runs but does not answer on {address}; see {self.log}."
        )

    def stop(self):
        """Stop the background server. :return: whether there was one"""
        known = self.running()
        if known:
            os.kill(known["pid"], signal.SIGTERM)
            for _ in range(100):
                if not alive(known["pid"]) or _is_zombie(known["pid"]):
                    break
                time.sleep(0.1)
            else:
                os.kill(known["pid"], signal.SIGKILL)
        self.file.unlink(missing_ok=True)
        return bool(known)


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def answers(address):
    """Whether a web server answers properly on this address."""
    try:
        with urllib.request.urlopen(address, timeout=60) as reply:
            return reply.status == 200
    except (OSError, urllib.error.URLError):
        return False


def is_free(port):
    """Whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def busy(port):
    """The trouble to raise when a port is taken or forbidden."""
    other = port + 10 if 1023 < port < 65000 else 8079
    return say.Trouble(
        f"Port {port} of {HOST} is not free (another program listens there, or it is "
        f"reserved): give another one, for example --port {other}."
    )
