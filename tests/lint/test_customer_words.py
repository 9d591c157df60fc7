"""One Dutch word for one thing in whatever a customer reads.

What a customer reads has a German translation too; screens of colleagues have not.
"""

import re

import polib
import pytest
from conftest import ADDONS

#: Word that is not used, and the one that is.
WORDS = {
    r"geschil|dispuut": "betwisting, betwist",
    r"betalingstermijn|betalingsvoorwaarde": "betaaltermijn (instalment: termijn)",
    r"\bdeelbetaling": "termijn",
}


def texts_of_customers(addon):
    german, dutch = (addon / "i18n" / f"{lang}.po" for lang in ("de", "nl"))
    if not german.exists():
        return []
    theirs = {entry.msgid for entry in polib.pofile(str(german))}
    return [entry for entry in polib.pofile(str(dutch)) if entry.msgid in theirs]


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_customers_read_one_word_for_one_thing(addon):
    found = [
        f"{entry.msgstr!r} says {word}: {good}"
        for entry in texts_of_customers(addon)
        for word, good in WORDS.items()
        if re.search(word, entry.msgstr, re.IGNORECASE)
    ]
    assert not found, "\n".join(found)
