"""Why an event was refused, in the words of who reads it."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
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

    def test_a_person_mends_charge_date_and_amount_and_leaves_a_trace(self):
        tomorrow = self.company._o2c_today() + timedelta(days=1)
        row = self._row("1", charge="NOPE", date=tomorrow.isoformat(), amount="many")
        self._send(row)
        refusal = self._refused("1")
        user = self._user("mender", "o2c_base.group_billing_user")
        mine = refusal.with_user(user)
        mine.right_amount = 12.5
        mine.action_retry()
        self.assertEqual(refusal.state, "open", "the rest is still wrong")
        self.assertIn("NOPE", refusal.reason)
        today = self.company._o2c_today()
        mine.write({"charge_type_id": self.duty.id, "right_date": today})
        mine.action_retry()
        event = self._event("1")
        self.assertEqual((refusal.state, refusal.event_id), ("solved", event))
        self.assertEqual(event.charge_type_id, self.duty)
        self.assertEqual((event.date, event.price_unit), (today, 12.5))
        for words in ("NOPE", "many", str(tomorrow), user.name):
            self.assertIn(words, refusal.mended)
            self.assertIn(words, event.message_ids[0].body)
        self.assertEqual(len(refusal.mends), 3, "each change once")

    def test_a_person_chooses_the_article(self):
        self.wood.default_code = "WOOD"
        self._send(self._row("1", charge="", article="gone", price=9.0))
        refusal = self._refused("1")
        refusal.write({"product_id": self.wood.id, "right_amount": 20})
        refusal.action_retry()
        event = self._event("1")
        self.assertEqual((event.product_id, event.price_unit), (self.wood, 20))
        self.assertEqual(
            [(mend["field"], mend["was"]) for mend in refusal.mends],
            [("article", "gone"), ("amount", "45.0"), ("price", "9.0")],
        )

    def test_what_the_source_sends_anew_counts_as_it_is_sent(self):
        self._send(self._row("1", charge="NOPE"))
        refusal = self._refused("1")
        refusal.charge_type_id = self.fee
        self._send(self._row("1", charge="NEVER"))
        self.assertFalse(refusal.charge_type_id)
        self.assertEqual(refusal.content["charge"], "NEVER")

    def test_what_was_reported_is_not_edited(self):
        self._send(self._row("1", charge="NOPE"))
        user = self._user("mender", "o2c_base.group_billing_user")
        with self.assertRaisesRegex(AccessError, "kept as it was reported"):
            self._refused("1").with_user(user).content = {}
