"""The .pot of an add-on as Odoo exports it, and translations brought up to date."""

import io
from pathlib import Path

import polib

#: Languages with every text; the others have what customers read.
COMPLETE = ("nl",)


def template(env, addon):
    """The .pot of an installed add-on, without the moment of its making."""
    from odoo.tools.translate import trans_export

    buffer = io.BytesIO()
    trans_export(False, [addon], buffer, "po", env)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    moments = ('"POT-Creation-Date', '"PO-Revision-Date')
    return "".join(line for line in lines if not line.startswith(moments))


def merge(pot_text, path):
    """A translation with the texts of the new template. :return: text"""
    translated = polib.pofile(str(path))
    translated.merge(polib.pofile(pot_text))
    for entry in translated.obsolete_entries():
        translated.remove(entry)
    if Path(path).stem not in COMPLETE:
        for entry in translated.untranslated_entries():
            translated.remove(entry)
    return str(translated).rstrip("\n") + "\n"


def files(folder):
    """Translations of an add-on: the .po files beside its .pot."""
    return sorted(Path(folder).glob("i18n/*.po"))
