"""The methods of Odoo that we extend are where we left them.

With another Odoo 19.0 (O2C_ODOO) this says at once which seam moved.
"""

import sys
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "setup"))
from paper import seams  # noqa: E402

PAGE = ROOT / "doc" / "seams.md"


@tagged("post_install", "-at_install")
class TestSeams(TransactionCase):
    def test_no_seam_moved(self):
        now = {(one.owner, one.method): one for one in seams.seams(self.env)}
        moved = []
        for line in PAGE.read_text().splitlines():
            if not line.startswith("| `"):
                continue
            owner, call = (cell.strip(" `") for cell in line.split(" | ")[:2])
            owner = owner.removeprefix("| `").strip("`| ")
            method = call.split("(")[0]
            one = now.get((owner, method))
            if one is None:
                moved.append(f"{owner}.{call}: gone, or no longer extended")
            elif f"{one.method}{one.signature}".replace("|", "\\|") != call:
                moved.append(f"{owner}.{call}: now {one.method}{one.signature}")
        self.assertFalse(moved, "seams moved:\n" + "\n".join(moved))

    def test_every_seam_is_written_down(self):
        written = PAGE.read_text().splitlines()
        new = [one.line() for one in seams.seams(self.env) if one.line() not in written]
        self.assertFalse(new, "run setup/pages --all:\n" + "\n".join(new))

    def test_nothing_calls_super_of_a_method_that_is_gone(self):
        self.assertEqual(seams.missing(self.env), [])

    def test_an_override_can_be_called_as_the_core_method(self):
        self.assertEqual(seams.incompatible(self.env), [])

    def test_the_collector_sees_overrides(self):
        found = {(one.owner, one.method) for one in seams.seams(self.env)}
        self.assertIn(("res.partner", "_commercial_fields"), found)
        self.assertGreater(len(found), 10)
