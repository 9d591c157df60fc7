"""The doctests of the demo's policy."""

import doctest
import importlib

from odoo.tests import BaseCase, tagged

MODULES = ("amounts", "document", "matching", "payer", "settlement", "trade")


@tagged("post_install", "-at_install")
class TestPolicy(BaseCase):
    def test_each_rule_is_what_its_example_says(self):
        for name in MODULES:
            module = importlib.import_module(f"odoo.addons.o2c_demo.policy.{name}")
            result = doctest.testmod(module)
            self.assertTrue(result.attempted, name)
            self.assertFalse(result.failed, name)
