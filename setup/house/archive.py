"""Odoo and its web assets from the Debian archive this machine already uses.

Nothing of the system is touched: a private sources list, private package lists, a
private folder to unpack in. A package comes from, in this order: what was downloaded
before, the folder O2C_CACHE, the archive.
"""

import os
import re
import shutil
import threading
from pathlib import Path

from . import say
from .process import ask, follow, must

ODOO = "odoo-19"
ASSETS = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
# Odoo's style sheets use the file names of version 4.7; later packages renamed them.
ICONS = ("fonts-font-awesome", "4.7")
# The package cut this file out; only the blurred background of video calls uses it.
CUT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
OWN_ODOO = (
    "or get Odoo 19 yourself (git clone --depth 1 --branch 19.0 "
    "https://github.com/odoo/odoo) and let O2C_ODOO point to it"
)


class Archive:
    """Fetches packages into `places.debs` and unpacks them into `places.odoo`."""

    def __init__(self, places):
        self.places = places
        self.log = places.logs / "archive.log"
        self.state = places.home / "apt"
        self.listed = False

    def bring_odoo(self):
        """Unpack Odoo and its assets, once. :return: the folder to put on PYTHONPATH"""
        found = self.places.odoo / "usr/lib/python3/dist-packages"
        if (found / "odoo/release.py").exists():
            return found
        if not shutil.which("dpkg-deb"):
            raise say.Trouble(
                "Odoo is fetched as a Debian package and this system has no dpkg-deb: "
                "use Debian or Ubuntu, " + OWN_ODOO + "."
            )
        self.places.need_room(3.0, "Odoo with its packages and databases")
        fresh = self.places.odoo.with_name("odoo.unpacking")
        shutil.rmtree(fresh, ignore_errors=True)
        say.step("Getting Odoo 19")
        debs = [self.fetch(ODOO), *map(self.fetch, ASSETS), self.fetch(*ICONS)]
        say.step("Unpacking it")
        for deb in debs:
            must(["dpkg-deb", "-x", deb, fresh], self.log, f"Unpacking {deb.name}")
        self._fill_gap(fresh / "usr/lib/python3/dist-packages/odoo" / CUT)
        fresh.rename(self.places.odoo)
        return found

    @staticmethod
    def _fill_gap(path):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                "/* cut from the Debian package: no blurred background in calls */\n"
            )

    def fetch(self, package, version_part=""):
        """The .deb of one package. :return: its path"""
        self.places.debs.mkdir(exist_ok=True)
        for folder in (self.places.debs, self.places.cache):
            if folder and (deb := self._among(folder, package, version_part)):
                return deb
        self._list_archive()
        version = self._version(package, version_part)
        return self._download(package, version)

    def bring_libraries(self, packages, folder):
        """Unpack what the system lacks of these packages, for use from a folder."""
        self._list_archive()
        own = self._suites()[1]
        wanted = ("-s", "-t", own, "--no-install-recommends", "install", *packages)
        planned = ask(self._apt("apt-get", *wanted)) or ""
        lacking = re.findall(r"^Inst (\S+) \((\S+)", planned, re.M)
        coming = self.state / "libraries"
        coming.mkdir(exist_ok=True)
        if lacking:
            must(
                self._apt("apt-get", "-q", "download", *map("=".join, lacking)),
                self.log,
                "Downloading libraries from the archive",
                cwd=coming,
            )
        for deb in coming.glob("*.deb"):
            must(["dpkg-deb", "-x", deb, folder], self.log, f"Unpacking {deb.name}")

    @staticmethod
    def _among(folder, package, version_part):
        """A .deb of this package in a folder."""
        for deb in sorted(folder.glob(f"{package}_*.deb"), reverse=True):
            fields = ask(["dpkg-deb", "-f", deb, "Package", "Version"])
            if fields and version_part in fields:
                return deb
        return None

    def _apt(self, tool, *arguments):
        root = self.state
        options = {
            "Dir::Etc::SourceList": root / "sources.list",
            "Dir::Etc::SourceParts": "-",
            "Dir::State": root,
            "Dir::State::Lists": root / "lists",
            "Dir::State::status": "/var/lib/dpkg/status",
            "Dir::Cache": root / "cache",
            "APT::Sandbox::User": "",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
        }
        flags = [
            part for key, value in options.items() for part in ("-o", f"{key}={value}")
        ]
        return [tool, *flags, *arguments]

    def _list_archive(self):
        """Package lists of the newest suite of the machine's own archive."""
        if self.listed:
            return
        if not shutil.which("apt-get"):
            raise say.Trouble(
                "Odoo is fetched from the Debian archive and this system has no "
                "apt-get: let O2C_CACHE point to a folder with the .deb files, "
                + OWN_ODOO
                + "."
            )
        say.step("Asking the archive what it has")
        for part in ("lists/partial", "cache/archives/partial"):
            (self.state / part).mkdir(parents=True, exist_ok=True)
        uri, keyring = self._archive_address()
        signed = f"[signed-by={keyring}] " if keyring else ""
        lines = [
            f"deb {signed}{uri} {suite} {self._parts()}" for suite in self._suites()
        ]
        (self.state / "sources.list").write_text("\n".join(lines) + "\n")
        code = follow(self._apt("apt-get", "-q", "update"), self.log)
        if code or not ask(self._apt("apt-cache", "show", ODOO)):
            raise say.Trouble(
                f"The archive {uri} does not answer or has no package {ODOO}: check "
                "the network, let O2C_CACHE point to a folder with the .deb files, "
                f"{OWN_ODOO} (see {self.log})."
            )
        self.listed = True

    @staticmethod
    def _archive_address():
        """Where this machine's apt gets its packages, and the key that signs them."""
        rows = ask(
            [
                "apt-get",
                "indextargets",
                "--format",
                "$(REPO_URI)|$(SIGNED_BY)",
                "Identifier: Packages",
            ]
        )
        for row in (rows or "").splitlines():
            uri, _, keyring = row.partition("|")
            name = uri.rstrip("/").rsplit("/", 1)[-1]
            if name in ("debian", "ubuntu"):
                return uri, keyring if Path(keyring).is_file() else ""
        raise say.Trouble(
            "apt knows no Debian or Ubuntu archive on this machine: let O2C_CACHE "
            "point to a folder with the .deb files, " + OWN_ODOO + "."
        )

    @staticmethod
    def _release():
        words = {}
        for line in Path("/etc/os-release").read_text().splitlines():
            key, _, value = line.partition("=")
            words[key] = value.strip('"')
        return words

    def _suites(self):
        """The development suite has Odoo; the machine's own has the older icon font."""
        release = self._release()
        own = release.get("VERSION_CODENAME", "")
        if release.get("ID") == "ubuntu":
            return ["devel", own]
        return list(dict.fromkeys(["sid", own or "bookworm", "bookworm"]))

    def _parts(self):
        return "main universe" if self._release().get("ID") == "ubuntu" else "main"

    def _version(self, package, version_part):
        rows = ask(self._apt("apt-cache", "madison", package)) or ""
        versions = [
            row.split("|")[1].strip() for row in rows.splitlines() if "|" in row
        ]
        for version in versions:
            if version_part in version:
                return version
        raise say.Trouble(
            f"The archive has no package {package} {version_part}: let O2C_CACHE "
            "point to a folder with the .deb files, " + OWN_ODOO + "."
        )

    def _download(self, package, version):
        wanted = f"{package}={version}"
        told = ask(self._apt("apt-get", "--print-uris", "download", wanted)) or ""
        match = re.search(r"'.*?' (\S+) (\d+)", told)
        name, size = (match[1], int(match[2])) if match else (f"{package}.deb", 0)
        coming = self.state / "coming"
        coming.mkdir(exist_ok=True)
        if size > 10e6:
            say.step(f"Downloading {package} {version} ({size / 1e6:.0f} MB)")
        ended = threading.Event()
        watcher = threading.Thread(
            target=self._watch, args=(coming, package, size, ended)
        )
        watcher.start()
        try:
            must(
                self._apt("apt-get", "-q", "download", wanted),
                self.log,
                f"Downloading {package} from the archive",
                cwd=coming,
                env={**os.environ, "LC_ALL": "C"},
            )
        finally:
            ended.set()
            watcher.join()
        arrived = next(iter(sorted(coming.glob(f"{package}_*.deb"))), coming / name)
        return arrived.rename(self.places.debs / arrived.name)

    def _watch(self, coming, package, size, ended):
        bar = say.Bar(package, size / 1e6, " MB")
        while not ended.wait(0.3):
            here = [f.stat().st_size for f in coming.glob(f"{package}_*") if f.exists()]
            bar.show(max(here, default=0) / 1e6)
        bar.end()
