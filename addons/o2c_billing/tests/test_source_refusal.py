"""Why an event was refused, in the words of who reads it."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.translate import code_translations

from .source_common import SourceCommon


@tagged("post_install", "-at_install")
class TestSourceRefusal(SourceCommon):
    def _refused(self, key):
        return self.env["o2c.source.refusal"].search([("key", "=", key)])

    def test_the_reason_names_the_field_in_the_language_of_the_reader(self):
        self._send(self._row("1", customer="D19999"))
        refusal = self._refused("1")
        self.assertEqual(refusal.reason, "Customer: “D19999” was not found")
        self.env["res.lang"]._activate_lang("nl_NL")
        dutch = {"Customer": "Klant", "“%s” was not found": "“%s” is niet gevonden"}
        with patch.object(
            code_translations, "get_python_translations", lambda module, lang: dutch
        ):
            words = refusal.with_context(lang="nl_NL").reason
        self.assertEqual(words, "Klant: “D19999” is niet gevonden")

    def test_an_unknown_column_is_named_as_it_was_written(self):
        self._send(self._row("1", colour="red"))
        self.assertEqual(self._refused("1").reason, "colour: this name is not known")
