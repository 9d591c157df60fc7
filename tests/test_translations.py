"""Every text is in the .pot, and every Dutch text is there and fits."""

import re
import sys
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "setup"), str(ROOT / "tests")]
from paper import translations  # noqa: E402

from rings.plan import PUBLISHED  # noqa: E402

PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sdf]|%[sd]|\{\{.*?\}\}|\$\{[^}]+\}")
TAG = re.compile(r"</?([a-zA-Z]+)")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_every_template_is_current(self):
        for addon in PUBLISHED:
            with self.subTest(addon=addon):
                path = ROOT / "addons" / addon / "i18n" / f"{addon}.pot"
                now = texts(polib.pofile(translations.template(self.env, addon)))
                then = texts(polib.pofile(str(path))) if path.exists() else set()
                self.assertFalse(now - then, f"{addon}: setup/pages --all adds these")
                self.assertFalse(then - now, f"{addon}: no longer in the code")

    def test_dutch_is_complete(self):
        for addon in PUBLISHED:
            with self.subTest(addon=addon):
                folder = ROOT / "addons" / addon / "i18n"
                wanted = texts(polib.pofile(str(folder / f"{addon}.pot")))
                dutch = polib.pofile(str(folder / "nl.po"))
                self.assertFalse(wanted - texts(dutch))
                empty = [entry.msgid for entry in dutch if not entry.msgstr]
                self.assertFalse(empty, f"{addon}/i18n/nl.po has empty translations")
                self.assertFalse([e.msgid for e in dutch if "fuzzy" in e.flags])

    def test_translations_keep_their_placeholders_and_tags(self):
        for addon in PUBLISHED:
            for path in translations.files(ROOT / "addons" / addon):
                for entry in polib.pofile(str(path)):
                    if not entry.msgstr or entry.obsolete:
                        continue
                    with self.subTest(addon=addon, text=entry.msgid):
                        self.assertEqual(
                            sorted(PLACEHOLDER.findall(entry.msgid)),
                            sorted(PLACEHOLDER.findall(entry.msgstr)),
                        )
                        self.assertEqual(
                            sorted(TAG.findall(entry.msgid)),
                            sorted(TAG.findall(entry.msgstr)),
                        )

    def test_choices_that_a_method_returns_are_told_in_dutch(self):
        """Odoo translates the list of a field, not the answer of a method."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(PUBLISHED, ["nl_NL"])
        dutch = self.env(context={"lang": "nl_NL"})
        for model in sorted(name for name in self.env.registry if "o2c." in name):
            for field in self.env[model]._fields.values():
                choices = getattr(field, "selection", None)
                asked = callable(choices) or isinstance(choices, str)
                if field.type != "selection" or field.related or not asked:
                    continue
                english = dict(field._description_selection(self.env))
                told = dict(field._description_selection(dutch))
                # names of languages are Odoo's; a word may be the same in both
                changed = [key for key in english if told[key] != english[key]]
                with self.subTest(field=str(field)):
                    self.assertTrue(changed or field.name == "lang")


def texts(catalogue):
    return {entry.msgid for entry in catalogue if not entry.obsolete}
