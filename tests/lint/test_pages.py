"""README.rst and store page of every add-on are what setup/pages makes of readme/."""

import re
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "setup"))
from paper import addon, rst, store  # noqa: E402

every = pytest.mark.parametrize("one", addon.addons(), ids=lambda one: one.name)


@every
def test_the_readme_is_current(one):
    made = rst.readme(one)
    path = one.folder / "README.rst"
    assert path.exists() and path.read_text() == made, "run setup/pages"


@every
def test_the_store_page_is_current(one):
    path = one.folder / "static/description/index.html"
    assert path.exists() and path.read_text() == store.page(one), "run setup/pages"


@every
def test_the_first_screen_answers_before_anyone_asks(one):
    if one.name == "o2c_demo":
        return
    told = [store._text(heading).lower() for heading, body in one.promises() if body]
    for wanted in (
        "what it does",
        "what changes the minute you install it: nothing",
        "what it ever sends by itself",
        "which core methods it extends",
        "which data leaves the database",
        "what it is tested with",
        "what it does not do",
        "how to uninstall",
    ):
        assert any(text.startswith(wanted) for text in told), wanted


@every
def test_the_readme_is_valid(one):
    from docutils.core import publish_doctree

    publish_doctree(
        rst.readme(one), settings_overrides={"halt_level": 2, "report_level": 5}
    )


@every
def test_the_store_page_asks_nothing_from_elsewhere(one):
    page = store.page(one)
    assert "<script" not in page
    assert not re.search(r'(src|href)="(https?:)?//', page)
