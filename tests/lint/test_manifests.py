"""What an app store, a partner's pip and a licence lawyer read first."""

import ast
import os
import re
from pathlib import Path

import pytest
import tomllib
from conftest import ADDONS, PUBLISHED, ROOT, manifest

every = pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
published = pytest.mark.parametrize("addon", PUBLISHED, ids=lambda addon: addon.name)
# our add-ons may stand on these and on each other; all are LGPL-3 in 19.0
CORE = {
    "account",
    "account_debit_note",
    "account_edi_ubl_cii",
    "account_payment",
    "base_iban",
    "base_vat",
    "contacts",
    "crm",
    "digest",
    "l10n_nl",
    "mail",
    "payment",
    "payment_demo",
    "payment_mollie",
    "spreadsheet_dashboard",
    "phone_validation",
    "portal",
    "product",
    "sale",
    "sale_crm",
    "sale_edi_ubl",
    "sale_management",
    "sale_stock",
    "sms",
    "stock",
    "web",
}
DEFAULTS = {
    "active": True,
    "application": False,
    "auto_install": False,
    "data": [],
    "demo": [],
    "depends": [],
    "description": "",
    "external_dependencies": {},
    "installable": True,
    "post_init_hook": "",
    "sequence": 100,
    "uninstall_hook": "",
}


@every
def test_the_name_fits_the_store(addon):
    name = manifest(addon)["name"]
    assert len(name) <= 25, f"{name!r} has {len(name)} characters"
    assert re.fullmatch(r"o2c_[a-z0-9_]+", addon.name)


@every
def test_the_manifest_says_who_what_and_which_version(addon):
    facts = manifest(addon)
    assert facts["author"] == "O2C for Odoo"
    assert facts["license"] == "LGPL-3"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", facts["version"])
    assert facts["summary"] and "\n" not in facts["summary"]
    assert facts["category"].split("/")[0] in {"Accounting", "Sales", "Hidden"}


@every
def test_no_key_repeats_a_default(addon):
    for key, value in manifest(addon).items():
        assert key not in DEFAULTS or value != DEFAULTS[key], key


@every
def test_only_community_modules_are_needed(addon):
    ours = {path.name for path in ADDONS}
    unknown = set(manifest(addon)["depends"]) - CORE - ours
    assert not unknown, f"{unknown}: LGPL-3 and in Community? then list it here"


@published
def test_everything_it_stands_on_is_free_for_the_same_use(addon):
    """Our licence is LGPL-3, so are all modules of Odoo below us, and theirs below."""
    core = Path(os.environ["PYTHONPATH"].split(os.pathsep)[0]) / "odoo" / "addons"
    todo, seen = [addon.name], set()
    while todo:
        name = todo.pop()
        folders = [root / name for root in (ROOT / "addons", core)]
        folder = next(path for path in folders if (path / "__manifest__.py").exists())
        facts = manifest(folder)
        assert facts.get("license", "LGPL-3") == "LGPL-3", f"{addon.name} needs {name}"
        seen.add(name)
        todo += [other for other in facts.get("depends", ["base"]) if other not in seen]


@published
def test_no_published_add_on_needs_the_demo(addon):
    assert "o2c_demo" not in manifest(addon)["depends"]


@every
def test_it_builds_with_whool(addon):
    built = tomllib.loads((addon / "pyproject.toml").read_text())["build-system"]
    assert built == {"requires": ["whool"], "build-backend": "whool.buildapi"}


@every
def test_what_belongs_to_an_add_on_is_there(addon):
    wanted = ["static/description/icon.png", "tests/__init__.py"]
    wanted += [
        f"readme/{n}.md" for n in ("DESCRIPTION", "CONFIGURE", "USAGE", "HISTORY")
    ]
    wanted += ["readme/PROMISES.md", "i18n/nl.po", f"i18n/{addon.name}.pot"]
    if addon in PUBLISHED:
        missing = [name for name in wanted if not (addon / name).exists()]
        assert not missing, missing


@every
def test_every_data_file_is_loaded(addon):
    """A file in data, views, security, wizards or report that no manifest names."""
    facts = manifest(addon)
    named = set(facts.get("data", []) + facts.get("demo", []))
    for folder in ("data", "demo", "report", "security", "views", "wizards"):
        for path in (addon / folder).rglob("*"):
            name = path.relative_to(addon).as_posix()
            if path.suffix in (".xml", ".csv") and "samples" not in path.parts:
                assert name in named, f"{name} is not in the manifest"


@published
def test_a_copy_of_a_database_is_made_harmless(addon):
    """Whoever has a cron or sends something ships data/neutralize.sql."""
    cron = any("ir.cron" in path.read_text() for path in addon.rglob("*.xml"))
    if cron:
        assert (addon / "data" / "neutralize.sql").exists()


def test_nothing_of_another_licence_is_named():
    for path in ROOT.glob("addons/**/*.py"):
        text = path.read_text()
        assert "AGPL" not in text and "OEEL" not in text, path


@every
def test_what_the_code_uses_of_another_add_on_it_depends_on(addon):
    ours = {path.name for path in ADDONS}
    allowed = closure(addon.name)
    for path in addon.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            parts = (module or "").split(".")
            if parts[:2] == ["odoo", "addons"] and len(parts) > 2:
                assert parts[2] not in ours or parts[2] in allowed, (path, module)


def closure(name):
    found, todo = set(), [name]
    while todo:
        current = todo.pop()
        folder = ROOT / "addons" / current
        if current not in found and folder.exists():
            found.add(current)
            todo += manifest(folder)["depends"]
    return found
