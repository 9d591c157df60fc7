"""Pages that only a database with all add-ons can tell."""

import json
import sys

from .addon import ROOT, addons
from .translations import files, merge

_ASK = """
import json, sys
sys.path.insert(0, {setup!r})
from paper import access, seams, translations
told = {{
    "access": access.page(*access.rights(env)),
    "seams": seams.page(seams.seams(env)),
    "pots": {{name: translations.template(env, name) for name in {names!r}}},
}}
env.cr.rollback()
print("<<<" + json.dumps(told))
"""


def pages(home):
    """(path, text) of every page that comes from a database."""
    sys.path.insert(0, str(ROOT / "tests"))
    from rings import plan

    names = [addon.name for addon in addons() if addon.name in plan.PUBLISHED]
    database = home.clone(home.database("all", plan.TEMPLATES["all"]), "pages")
    code = _ASK.format(setup=str(ROOT / "setup"), names=names)
    told = json.loads(home.shell(database, code).split("<<<")[1])
    home.drop(database)
    yield ROOT / "doc/access.md", told["access"]
    yield ROOT / "doc/seams.md", told["seams"]
    for name, text in told["pots"].items():
        folder = ROOT / "addons" / name
        yield folder / "i18n" / f"{name}.pot", text
        for path in files(folder):
            yield path, merge(text, path)
