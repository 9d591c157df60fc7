"""Events by file and by mail: shown first, read row by row, never silently lost."""

import base64
import io
import zipfile

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .source_common import SourceCommon

HEAD = "sleutel;klant;datum;kostensoort;bedrag\n"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY secret SYSTEM "file:///etc/passwd">]><lolz>&lol2;&secret;</lolz>"""
MAIL = """From: {sender}
To: clearances@o2c.example
Subject: Clearances of yesterday
Message-Id: <{number}@customs.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="part"

--part
Content-Type: text/plain

Please find attached.
--part
Content-Type: {kind}
Content-Disposition: attachment; filename="{name}"
Content-Transfer-Encoding: base64

{content}
--part--
"""


@tagged("post_install", "-at_install")
class TestSourceFile(SourceCommon):
    def _wizard(self, content, name="events.csv", **values):
        return self.env["o2c.event.import"].create(
            {
                "source_id": self.source.id,
                "filename": name,
                "file": base64.b64encode(content),
                **values,
            }
        )

    def _csv(self, *rows):
        return (HEAD + "".join(f"{row}\n" for row in rows)).encode()

    def test_the_preview_shows_every_row_and_takes_nothing(self):
        wizard = self._wizard(
            self._csv(
                "A1;K7;02-03-2026;FEE;45,00",
                "A2;nobody;02-03-2026;FEE;45,00",
                "A3;K7;02-03-2026;FEE;1.234",
            )
        )
        with self.assertRaises(UserError):
            wizard.action_import()
        wizard.action_look()
        self.assertEqual(
            (wizard.accepted_count, wizard.bad_count, wizard.amount), (1, 2, 45.0)
        )
        rows = {row.key: (row.line, row.status) for row in wizard.line_ids}
        self.assertEqual(rows["A2"], (3, "refused"))
        self.assertIn(
            "thousands", wizard.line_ids.filtered(lambda r: r.line == 4).reason
        )
        self.assertFalse(self._event("A1"))
        action = wizard.action_import()
        batch = self.env["o2c.source.batch"].browse(action["res_id"])
        self.assertEqual(
            (batch.state, batch.accepted_count, batch.refused_count), ("partly", 1, 2)
        )
        self.assertEqual(self._event("A1").batch_id, batch)

    def test_a_spreadsheet_gives_the_same(self):
        book = Workbook()
        book.active.append(["key", "customer", "date", "charge", "amount"])
        book.active.append(["A1", "K7", self.company._o2c_today(), "FEE", 45.5])
        book.active.append(["A2", 87654321, "2026-03-02", "FEE", "12,50"])
        out = io.BytesIO()
        book.save(out)
        wizard = self._wizard(out.getvalue(), "events.xlsx")
        wizard.action_look()
        wizard.action_import()
        self.assertEqual(
            [self._event(key).amount for key in ("A1", "A2")], [45.5, 12.5]
        )
        wizard.action_look()
        self.assertEqual(wizard.known_count, 2)

    def test_encodings_of_old_systems(self):
        row = HEAD.strip() + ";omschrijving\n{};K7;2-3-2026;FEE;1;Café\n"
        for key, encoding in (("a", "cp1252"), ("b", "utf-16"), ("c", "utf-8-sig")):
            wizard = self._wizard(row.format(key).encode(encoding))
            wizard.action_look()
            wizard.action_import()
            self.assertEqual(self._event(key).description, "Café")

    def test_files_that_cannot_be_read_say_why(self):
        stranger = b"sleutel;klant;kleur\nA;B;C\n"
        broken = b"PK\x03\x04" + b"\x00" * 40
        for content, word in (
            (b"\x00\x01\x02", "neither CSV nor XLSX"),
            (BOMB, "neither CSV nor XLSX"),
            (broken, "neither CSV nor XLSX"),
            (self._bomb_book(BOMB), "not safe"),
            (stranger, "kleur"),
            (b"key;customer;date\n", "no events"),
            (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        ):
            with self.assertRaisesRegex(UserError, word):
                self._wizard(content).action_look()

    def _bomb_book(self, part):
        book = Workbook()
        out = io.BytesIO()
        book.save(out)
        poisoned = io.BytesIO()
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(poisoned, "w") as new:
            for item in old.infolist():
                sheet = item.filename == "xl/worksheets/sheet1.xml"
                new.writestr(item, part if sheet else old.read(item))
        return poisoned.getvalue()

    def test_a_spreadsheet_that_unpacks_into_too_much(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b" " * (101 * 1024 * 1024))
        with self.assertRaisesRegex(UserError, "not safe"):
            self._wizard(out.getvalue()).action_look()

    # By mail

    def _mail(
        self, content, name="events.csv", sender="export@customs.example", number=1
    ):
        self.source.write(
            {"alias_name": "clearances", "sender_emails": "export@customs.example"}
        )
        if not self.source.alias_domain_id:
            self.source.alias_domain_id = self.env["mail.alias.domain"].create(
                {"name": "o2c.example"}
            )
        text = MAIL.format(
            sender=sender,
            number=number,
            name=name,
            kind="text/csv",
            content=base64.b64encode(content).decode(),
        )
        batch_id = self.env["mail.thread"].message_process(None, text)
        batch = self.env["o2c.source.batch"].browse(batch_id)
        self.assertEqual((batch.source_id, batch.state), (self.source, "received"))
        return batch

    def test_a_mail_becomes_events(self):
        batch = self._mail(
            self._csv("A1;K7;02-03-2026;FEE;45", "A2;x;02-03-2026;FEE;1")
        )
        batch._read_mail()
        self.assertEqual((batch.state, batch.accepted_count), ("partly", 1))
        self.assertEqual(self._event("A1").amount, 45.0)
        refusal = self.env["o2c.source.refusal"].search([("key", "=", "A2")])
        self.assertEqual(refusal.batch_id, batch)

    def test_a_poisoned_mail_fails_visibly_and_stops_no_other(self):
        bad = self._mail(BOMB, "events.xml")
        good = self._mail(self._csv("A1;K7;02-03-2026;FEE;45"), number=2)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["o2c.source.batch"].sudo()._cron_read_mails()
        (bad | good).invalidate_recordset()
        self.assertEqual((bad.state, good.state), ("failed", "done"))
        self.assertIn("events.xml", bad.reason)
        self.assertEqual(bad.activity_ids.user_id, self.source.user_id)
        self.assertTrue(bad.message_ids.attachment_ids)
        card = next(
            card
            for card in self.env["o2c.today"]._cards(
                self.company, self.company._o2c_today()
            )
            if card["key"] == "billing_refused"
        )
        self.assertEqual((card["value"], card["tone"]), ("1", "bad"))

    def test_a_stranger_cannot_have_something_invoiced(self):
        batch = self._mail(
            self._csv("A1;K7;02-03-2026;FEE;45"), sender="x@evil.example"
        )
        batch._read_mail()
        self.assertEqual(batch.state, "failed")
        self.assertIn("x@evil.example", batch.reason)
        self.assertFalse(self._event("A1"))
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            batch.with_user(seller).action_read()
        user = self._user("billing", "o2c_base.group_billing_user")
        batch.with_user(user).action_read()
        self.assertEqual((batch.state, batch.accepted_count), ("done", 1))
        self.assertFalse(batch.activity_ids)

    def test_a_mail_without_a_file_waits_for_its_owner(self):
        batch = self._mail(b"", "empty.csv")
        batch._read_mail()
        self.assertEqual(batch.state, "failed")
        batch.action_drop()
        self.assertEqual(batch.state, "dropped")

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_the_same_mail_twice_takes_nothing_twice(self):
        for number in (1, 2):
            self._mail(self._csv("A1;K7;02-03-2026;FEE;45"), number=number)._read_mail()
        self.assertEqual(len(self._event("A1")), 1)
