"""doc/access.md tells what the database says."""

import sys
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "setup"))
from paper import access  # noqa: E402


@tagged("post_install", "-at_install")
class TestAccessPage(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models, cls.rules = access.rights(cls.env)

    def test_the_page_is_current(self):
        self.assertEqual(
            (ROOT / "doc" / "access.md").read_text(),
            access.page(self.models, self.rules),
            "run setup/pages --all",
        )

    def test_a_customer_changes_nothing_of_ours(self):
        portal = list(access.ROLES).index("Customer")
        for models in self.models.values():
            for model, texts in models.items():
                self.assertIn(texts[portal], ("–", "r"), model)

    def test_who_may_not_read_a_field_still_duplicates_the_document(self):
        copied = [
            (name, field.name, field.groups)
            for name, model in self.env.registry.models.items()
            if not name.startswith("o2c.") and not (model._abstract or model._transient)
            for field in model._fields.values()
            if field.name.startswith("o2c_") and field.copy and field.groups
        ]
        self.assertEqual([one for one in copied if one[2] != "base.group_user"], [])

    def test_only_an_administrator_may_delete_evidence(self):
        for model in ("o2c.delivery.log", "o2c.dunning.notice", "o2c.limit.change"):
            for models in self.models.values():
                for role, text in zip(
                    access.ROLES, models.get(model, []), strict=False
                ):
                    if role != "Administrator":
                        self.assertNotIn("d", text, f"{role} deletes {model}")
