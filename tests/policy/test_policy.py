"""The rules of law and contract: their examples hold, and they are pure."""

import ast
import doctest
import sys

import pytest
from conftest import load, policy_modules

MODULES = dict(policy_modules())
# what would make the same question give another answer tomorrow
CLOCKS = {"today", "now", "utcnow", "time", "monotonic"}
IMPURE = {
    "random",
    "secrets",
    "time",
    "os",
    "sys",
    "io",
    "pathlib",
    "logging",
    "socket",
}


def examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    for dotted in MODULES:
        for test in finder.find(load(dotted), dotted):
            if test.examples:
                yield pytest.param(test, id=test.name)


@pytest.mark.parametrize("example", examples())
def test_the_examples_of_a_rule_hold(example):
    report = []
    failed, tried = doctest.DocTestRunner(
        optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    ).run(example, out=report.append)
    assert tried
    assert not failed, "".join(report)


@pytest.mark.parametrize("dotted", MODULES)
def test_a_policy_module_has_examples(dotted):
    finder = doctest.DocTestFinder()
    count = sum(len(test.examples) for test in finder.find(load(dotted), dotted))
    assert count, f"{dotted} has no doctest"


@pytest.mark.parametrize("dotted", MODULES)
def test_every_public_function_says_what_it_decides(dotted):
    for node in ast.parse(MODULES[dotted].read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{dotted}.{node.name} has no docstring"


@pytest.mark.parametrize("dotted", MODULES)
def test_a_policy_module_imports_only_the_standard_library(dotted):
    addon = dotted.split(".")[0]
    for node in ast.walk(ast.parse(MODULES[dotted].read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names, f"{dotted} imports {name}"
            assert top not in IMPURE, f"{dotted} imports {name}: rules have no outside"
        if isinstance(node, ast.ImportFrom) and node.level:
            inside = len(dotted.split(".")) - node.level
            assert inside >= 2, f"{dotted} imports from outside {addon}/policy"


@pytest.mark.parametrize("dotted", MODULES)
def test_a_policy_module_asks_no_clock(dotted):
    for node in ast.walk(ast.parse(MODULES[dotted].read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCKS, (
                f"{dotted}:{node.lineno} asks {node.func.attr}(): pass the date in"
            )


def test_odoo_was_not_there():
    assert MODULES
    for dotted in MODULES:
        load(dotted)
    assert "odoo" not in sys.modules
