"""The rules of paying hold at their boundaries."""

import doctest
import importlib
import pkgutil

from odoo.tests import BaseCase, tagged

from .. import policy


@tagged("post_install", "-at_install")
class TestPolicy(BaseCase):
    def test_every_example_in_the_rules_is_true(self):
        for info in pkgutil.iter_modules(policy.__path__):
            with self.subTest(info.name):
                module = importlib.import_module(f"{policy.__name__}.{info.name}")
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
