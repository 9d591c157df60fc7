"""The policy's own examples, and references as core checks them."""

import doctest
import importlib

from odoo.tests import BaseCase, tagged

from odoo.addons.account.tools.structured_reference import (
    is_valid_structured_reference_iso,
    is_valid_structured_reference_nl,
)

from ..policy import reference

POLICIES = (
    "combination",
    "fit",
    "judge",
    "money",
    "named_line",
    "number_book",
    "open_book",
    "reference",
    "reversal",
    "settled_line",
    "unnamed_line",
)


@tagged("post_install", "-at_install")
class TestPolicy(BaseCase):
    def test_the_examples_hold(self):
        for name in POLICIES:
            module = importlib.import_module(f"odoo.addons.o2c_cash.policy.{name}")
            failed, tried = doctest.testmod(
                module, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
            )
            with self.subTest(name):
                self.assertTrue(tried)
                self.assertFalse(failed)

    def test_a_betalingskenmerk_is_what_core_takes_for_one(self):
        for body in ("12", "999999999999999", "202600012", "100000000000001"):
            mark = reference.payment_mark(body)
            self.assertTrue(is_valid_structured_reference_nl(mark))
            self.assertTrue(reference.is_payment_mark(mark))
            wrong = str((int(mark[0]) + 1) % 10) + mark[1:]
            self.assertEqual(
                reference.is_payment_mark(wrong),
                is_valid_structured_reference_nl(wrong),
            )

    def test_an_rf_reference_is_what_core_takes_for_one(self):
        for text in ("RF18539007547034", "RF19539007547034", "RF64PL000001"):
            self.assertEqual(
                reference.is_creditor_reference(text),
                bool(is_valid_structured_reference_iso(text)),
            )
