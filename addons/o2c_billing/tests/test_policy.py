"""The pure rules, by their own examples."""

import doctest
import importlib
import pkgutil

from odoo.tests import BaseCase, tagged

from odoo.addons.o2c_billing import policy


@tagged("post_install", "-at_install")
class TestPolicy(BaseCase):
    def test_every_rule_gives_the_results_of_its_examples(self):
        for module in pkgutil.iter_modules(policy.__path__):
            with self.subTest(module=module.name):
                found = importlib.import_module(f"{policy.__name__}.{module.name}")
                result = doctest.testmod(found)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
