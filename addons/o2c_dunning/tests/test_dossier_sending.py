"""How the agency gets the dossier, and what the file says is to be done next."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..models.file import o2c_file_sending
from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestDossierSending(CollectionCommon):
    def _mailed(self, file):
        """The mail that the button opens, as a person sends it."""
        action = file.with_user(self.manager).action_send_dossier()
        composer = self.env["mail.compose.message"].with_user(self.manager)
        composer = composer.with_context(**action["context"])
        with self.mock_mail_gateway(), Form(composer) as form:
            form.save()._action_send_mail()
        return file.message_ids[:1]

    def test_the_file_says_what_comes_next(self):
        file = self._file().with_user(self.manager)
        steps = [file.next_step]
        file.action_prepare()
        steps.append(file.next_step)
        self.files._cron_dossier()
        file.invalidate_recordset(["next_step"])
        steps.append(file.next_step)
        file.action_hand_over()
        steps.append(file.next_step)
        file.action_dossier_sent()
        steps.append(file.next_step)
        self.assertEqual(len(set(steps)), 5)
        self.assertTrue(all(steps))
        self.assertIn("does not have the dossier yet", steps[3])
        file._withdraw("He pays")
        self.assertFalse(file.next_step)

    def test_a_mail_with_the_dossier_to_the_agency(self):
        file = self._handed_over()
        message = self._mailed(file)
        self.assertEqual(message.partner_ids, self.agency.partner_id)
        self.assertEqual(message.attachment_ids, file.pdf_id + file.zip_id)
        self.assertIn(file.dossier_hash, message.body)
        self.assertIn("1,000.00", message.body)
        self.assertEqual(str(file.dossier_sent_on), "2026-06-01")
        self.assertIn(
            f"Dossier mailed to {self.agency.partner_id.display_name}",
            file.event_ids.mapped("text"),
        )
        self.assertIn("collects", file.with_user(self.manager).next_step)

    def test_opening_the_mail_is_not_sending_it(self):
        file = self._handed_over()
        file.with_user(self.manager).action_send_dossier()
        file.message_post(body="About something else")
        self.assertFalse(file.dossier_sent_on)

    def test_a_zip_too_large_for_mail_goes_as_a_link(self):
        file = self._handed_over()
        with patch.object(o2c_file_sending, "MOST_BYTES", file.pdf_id.file_size):
            message = self._mailed(file)
        self.assertEqual(message.attachment_ids, file.pdf_id)
        self.assertIn(file.zip_id.access_token, message.body)
        self.assertIn(f"/web/content/{file.zip_id.id}", message.body)

    def test_without_an_address_it_says_what_to_do(self):
        file = self._handed_over()
        self.agency.partner_id.email = False
        with self.assertRaisesRegex(UserError, "mark it as sent"):
            file.with_user(self.manager).action_send_dossier()
        file.with_user(self.collector).action_dossier_sent()
        self.assertTrue(file.dossier_sent_on)

    def test_not_before_it_was_handed_over_and_not_by_everybody(self):
        file = self._ready()
        with self.assertRaisesRegex(UserError, "does not fit"):
            file.with_user(self.manager).action_send_dossier()
        seller = self._user("dossier_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            file.with_user(seller).action_dossier_sent()
        with self.assertRaises(AccessError):
            file.with_user(self.manager).write({"dossier_sent_on": "2026-06-01"})

    def test_progress_moves_part_by_part_and_ends_with_the_whole(self):
        file = self._file()
        file.action_prepare()
        total = len(file.part_ids) + 1
        self.assertEqual(file.dossier_progress, 0)
        self.assertIn(f"1 of {total}: {file.part_ids[0].name}", file.dossier_step)
        seen = []

        def commit(cases, **_told):
            file.invalidate_recordset()
            seen.append(file.dossier_progress)
            return True

        with patch.object(type(self.cases), "_commit", commit):
            self.files._cron_dossier()
        self.assertEqual(len(set(seen)), total + 1, "it moves with every part")
        self.assertEqual((seen[-1], file.dossier_step), (100, False))
