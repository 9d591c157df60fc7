"""The policy's own examples."""

import doctest

from odoo.tests import BaseCase, tagged

from ..policy import segments


@tagged("post_install", "-at_install")
class TestPolicy(BaseCase):
    def test_examples(self):
        result = doctest.testmod(segments)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)
