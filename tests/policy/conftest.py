"""Lets the policy modules be imported without Odoo.

Importing `o2c_credit.policy.limit` would run `o2c_credit/__init__.py` and with it Odoo;
an empty package of that name keeps it out. The stubs would hide the real add-ons, so
this ring has a process of its own.
"""

import importlib
import os
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def addons():
    """Add-ons with rules, or those that O2C_ADDONS names."""
    wanted = os.environ.get("O2C_ADDONS", "").split(",")
    for folder in sorted(ROOT.glob("addons/*/policy")):
        if wanted == [""] or folder.parent.name in wanted:
            yield folder.parent


def policy_modules():
    """Every file with rules: (dotted name, path)."""
    for addon in addons():
        for path in sorted((addon / "policy").rglob("*.py")):
            dotted = path.relative_to(addon.parent).with_suffix("").parts
            if dotted[-1] != "__init__":
                yield ".".join(dotted), path


def load(dotted):
    """Import a policy module with its siblings, and nothing of Odoo."""
    addon = dotted.split(".")[0]
    if addon not in sys.modules:
        stub = types.ModuleType(addon)
        stub.__path__ = [str(ROOT / "addons" / addon)]
        sys.modules[addon] = stub
    return importlib.import_module(dotted)
