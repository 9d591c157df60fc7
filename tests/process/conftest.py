"""Real databases, real commits, real processes: what a test transaction cannot show."""

import sys
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "setup"), str(ROOT / "tests")]

import house  # noqa: E402

from process.database import Database  # noqa: E402
from rings import plan  # noqa: E402


@pytest.fixture(scope="session")
def home():
    return house.ready(test=True)


@pytest.fixture
def throwaway_db(home):
    """Makes databases that live as long as the test: throwaway_db("o2c_credit").

    The add-ons that are named are installed (all when none is); with core=True only
    what they need of Odoo; with template= it is a clone of that database.
    """
    made = []

    def make(*modules, core=False, template=None):
        if core:
            template = home.core(list(modules))
        elif modules:
            template = home.database("_".join(modules), list(modules))
        name = f"p_{uuid.uuid4().hex[:8]}"
        home.clone(template or home.database("all", plan.TEMPLATES["all"]), name)
        made.append(Database(home, name))
        return made[-1]

    yield make
    for database in made:
        database.end()


@pytest.fixture
def late_payers(home, throwaway_db):
    """A database with thirty customers who are late, all parts live."""
    code = (ROOT / "tests/process/books/late_payers.py").read_text()
    return throwaway_db(
        template=home.database("all", plan.TEMPLATES["all"], prepare=code)
    )
