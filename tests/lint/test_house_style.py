"""What our own house style asks (doc/design.md): sizes, names, seams."""

import ast
import csv
import re

import pytest
from conftest import ADDONS, ROOT
from lxml import etree

every = pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
SYSTEM = "base.group_system"
VAGUE = {"utils", "helpers", "helper", "misc", "tools", "common", "manager", "service"}


def python_files(addon):
    return [path for path in addon.rglob("*.py") if "__pycache__" not in path.parts]


def where(path, node=None):
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node is not None else name


@every
def test_a_file_has_about_300_lines_at_most(addon):
    long = {
        where(path): lines
        for path in python_files(addon)
        if (lines := len(path.read_text().splitlines())) > 330
    }
    assert not long, f"a longer file means a missing concept: {long}"


@every
def test_a_method_has_40_lines_at_most(addon):
    """Docstrings, SQL texts and literals are no steps: each counts as one line."""
    long = {
        f"{where(path, node)} {node.name}": length(node)
        for path in python_files(addon)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and length(node) > 40
    }
    assert not long, long


def length(function):
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    lines = set(range(body[0].lineno, body[-1].end_lineno + 1))
    for node in ast.walk(function):
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.Dict | ast.List):
            lines -= set(range(node.lineno + 1, node.end_lineno + 1))
    return len(lines)


@every
def test_a_file_is_named_after_a_noun_of_the_business(addon):
    for path in python_files(addon):
        if path.parent.name != "tests":
            assert path.stem not in VAGUE, where(path)


@every
def test_new_names_carry_our_prefix(addon):
    """Models are o2c.*, fields we add to models of others are o2c_*. Core finds the
    figures of a digest mail by ``kpi_`` at the begin of their names, and what writes a
    value on a page by ``ir.qweb.field.``."""
    for path in python_files(addon):
        if path.parent.name in ("tests", "policy"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef):
                continue
            own = assigned(node, "_name")
            inherited = assigned(node, "_inherit")
            if own and own != inherited:
                ours = ("o2c.", "ir.qweb.field.o2c_")
                assert own.startswith(ours), where(path, node)
            if inherited and not (own or inherited).startswith("o2c."):
                for name in new_fields(node):
                    assert name.removeprefix("kpi_").startswith("o2c_"), (
                        f"{where(path, node)} {name}"
                    )


def assigned(node, name):
    for line in node.body:
        if isinstance(line, ast.Assign) and line.targets[0].id == name:
            value = line.value
            if isinstance(value, ast.List | ast.Tuple):
                value = value.elts[0]
            return getattr(value, "value", None)
    return None


def new_fields(node):
    """Fields of a class; one with only selection_add or the like extends core's own."""
    extending = {"selection_add", "ondelete", "domain", "context", "tracking", "help"}
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call):
            made = line.value.func
            if (
                isinstance(made, ast.Attribute)
                and getattr(made.value, "id", "") == "fields"
            ):
                words = {word.arg for word in line.value.keywords}
                if line.value.args or not words or words - extending:
                    yield line.targets[0].id


@every
def test_a_selection_that_is_added_says_what_uninstall_does(addon):
    for path in python_files(addon):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                words = {word.arg for word in node.keywords}
                if "selection_add" in words:
                    assert "ondelete" in words, where(path, node)


@every
def test_nothing_commits_on_its_own(addon):
    """A cron keeps its progress with _commit_progress; everything else is one whole."""
    for path in python_files(addon):
        if path.parent.name == "tests" or path.name == "hooks.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                target = ast.unparse(node.func)
                assert target not in ("self.env.cr.commit", "env.cr.commit"), where(
                    path, node
                )


@every
def test_views_hang_on_names(addon):
    """An xpath by position or by a translated text breaks at the next release."""
    for path in addon.rglob("*.xml"):
        if "static" in path.parts or "tests" in path.parts:
            continue
        for node in etree.parse(path).iter("xpath"):
            expr = node.get("expr")
            place = f"{where(path)}:{node.sourceline} {expr}"
            assert "@string" not in expr and "text()" not in expr, place
            assert not re.search(r"\[\d+\]", expr), place


@every
def test_views_use_the_words_of_this_release(addon):
    for path in addon.rglob("*.xml"):
        text = path.read_text()
        for old in ("<tree", "attrs=", "states=", "kanban-box", "t-esc", "t-raw"):
            assert old not in text, f"{where(path)} uses {old}"


@every
def test_every_own_model_has_rights_and_those_with_a_company_a_rule(addon):
    if addon.name == "o2c_demo":
        return
    named = {}
    for path in addon.glob("security/ir.model.access.csv"):
        with path.open() as lines:
            for row in csv.DictReader(lines):
                model = row["model_id:id"].split(".")[-1]
                people = row["perm_read"] == "1" and row["group_id:id"] != SYSTEM
                named[model] = named.get(model, False) or people
    rules = "".join(path.read_text() for path in addon.rglob("*.xml"))
    for path in python_files(addon):
        if path.parent.name == "tests":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and is_stored_model(node):
                xmlid = "model_" + assigned(node, "_name").replace(".", "_")
                assert xmlid in named, f"{where(path, node)} has no access rights"
                read = named[xmlid] and not is_wizard(node)
                if read and "company_id" in all_fields(node):
                    assert re.search(rf'model="ir.rule"(.|\n)*"{xmlid}"', rules), (
                        f"{where(path, node)} has no rule per company"
                    )


def is_wizard(node):
    return any(ast.unparse(base).endswith("TransientModel") for base in node.bases)


def is_stored_model(node):
    bases = [ast.unparse(base) for base in node.bases]
    own = assigned(node, "_name")
    abstract = any(base.endswith("AbstractModel") for base in bases)
    return bool(own) and own != assigned(node, "_inherit") and bases and not abstract


def all_fields(node):
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            yield line.targets[0].id


def test_a_setting_shows_every_word():
    """Words right behind a field in a setting are not drawn: they need a tag."""
    for path in ROOT.glob("addons/*/views/*.xml"):
        for setting in etree.parse(path).iter("setting"):
            lost = [(child.tail or "").strip() for child in setting]
            assert not any(lost), f"{path.name} {setting.get('id')}: {lost}"


def test_the_repository_speaks_of_the_product_only():
    words = re.compile(r"/work/main|/work/shared|/srv/dev|\bhelper session\b", re.I)
    for path in [
        *ROOT.glob("*"),
        *(ROOT / "doc").rglob("*"),
        *ROOT.glob("addons/*/**/*"),
    ]:
        if path.is_file() and path.suffix in {".py", ".md", ".xml", ".rst", ".csv", ""}:
            found = words.search(path.read_text(errors="ignore"))
            assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"
