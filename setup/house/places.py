"""Where everything lives: the checkout, and the working folder beside it."""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .say import Trouble, note

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """Folders of one checkout; `home` is `.o2c/` unless O2C_HOME says otherwise."""

    checkout: Path
    home: Path

    @property
    def addons(self):
        """The add-ons that we publish."""
        return self.checkout / "addons"

    @property
    def tests(self):
        """Cross-add-on tests, with the hidden add-on of the stories."""
        return self.checkout / "tests"

    @property
    def lock(self):
        """Exact versions of the Python packages."""
        return self.checkout / "setup" / "lock"

    @property
    def debs(self):
        """Packages downloaded from the archive."""
        return self.home / "debs"

    @property
    def odoo(self):
        """Odoo unpacked from the archive."""
        return self.home / "odoo"

    @property
    def venv(self):
        """The Python environment."""
        return self.home / "venv"

    @property
    def data(self):
        """Odoo's data folder: filestores and sessions."""
        return self.home / "data"

    @property
    def logs(self):
        """What Odoo, pip and PostgreSQL said."""
        return self.home / "log"

    @property
    def bin(self):
        """Links to the tools that Odoo must find on its PATH."""
        return self.home / "bin"

    @property
    def cache(self):
        """A folder with .deb files fetched earlier (O2C_CACHE), or None."""
        named = os.environ.get("O2C_CACHE")
        return Path(named).expanduser().resolve() if named else None

    def filestore(self, database):
        """Attachments of one database."""
        return self.data / "filestore" / database

    def need_room(self, gigabytes, purpose):
        """Refuse to begin what the disk cannot hold."""
        free = shutil.disk_usage(self.home).free / 1e9
        if free < gigabytes:
            raise Trouble(
                f"{purpose} needs {gigabytes:.1f} GB of disk below {self.home} and "
                f"{free:.1f} GB is free: make room, or let O2C_HOME point to another "
                "disk."
            )


def here():
    """The places of this checkout, working folder made."""
    named = os.environ.get("O2C_HOME")
    home = Path(named).expanduser().absolute() if named else CHECKOUT / ".o2c"
    places = Places(CHECKOUT, home)
    for folder in (home, places.logs, places.bin, places.data):
        folder.mkdir(parents=True, exist_ok=True)
    return places


class Busy:
    """One builder at a time in a working folder; the lock dies with its holder."""

    def __init__(self, places):
        self.path = places.home / "busy"

    def __enter__(self):
        self.file = self.path.open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            who = self.file.read().strip() or "unknown"
            note(f"waiting for another set-up of this folder (process {who}) …")
            fcntl.flock(self.file, fcntl.LOCK_EX)
        self.file.seek(0)
        self.file.truncate()
        self.file.write(str(os.getpid()))
        self.file.flush()
        return self

    def __exit__(self, *error):
        self.file.close()
