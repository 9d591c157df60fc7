"""Real databases, real commits, real processes: what a test transaction cannot show."""

import itertools
import sys
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "setup"), str(ROOT / "tests")]

import house  # noqa: E402

from process.database import Database  # noqa: E402

_number = itertools.count(1)


@pytest.fixture(scope="session")
def home():
    return house.ready(test=True)


@pytest.fixture
def throwaway_db(home):
    """Makes databases that live as long as the test: throwaway_db("o2c_credit").

    With names of add-ons they are installed; with core=True only what these need of Odoo.
    """
    made = []

    def make(*modules, core=False):
        from rings import plan

        if core:
            template = home.core(list(modules))
        elif modules:
            label = modules[0] if len(modules) == 1 else "some"
            template = home.database(label, list(modules))
        else:
            template = home.database("all", plan.TEMPLATES["all"])
        name = f"p_{uuid.uuid4().hex[:6]}_{next(_number)}"
        home.clone(template, name)
        made.append(Database(home, name))
        return made[-1]

    yield make
    for database in made:
        database.end()
