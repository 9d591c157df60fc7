"""The tree as the checks of this ring read it: files, not modules."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
PUBLISHED = [addon for addon in ADDONS if addon.name != "o2c_demo"]


def manifest(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text())
