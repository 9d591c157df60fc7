"""The dossier: everything in order, every hash right, nothing left out in silence."""

import io
import zipfile
from datetime import datetime
from hashlib import sha256
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import OdooPdfFileReader

from .collection_common import CollectionCommon

PARTS = "odoo.addons.o2c_dunning.models.file"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestDossier(CollectionCommon):
    def _reminded_case(self):
        """A case whose invoice was reminded on 4 March, with a promise and a note."""
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.invoices = notice.line_ids.move_id
        case = notice.case_id
        self.env["o2c.payment.promise"]._promise(
            self.invoices, self.company._o2c_today(), 1000, "call", "Mrs. Bakker"
        ).with_user(self.collector).action_withdraw()
        case.message_post(body="Called: he pays next week", message_type="comment")
        return case

    def _zip(self, file):
        return zipfile.ZipFile(io.BytesIO(file.zip_id.raw))

    def test_every_kind_of_document_stands_in_the_contents(self):
        file = self._ready(self._reminded_case())
        kinds = set(file.part_ids.mapped("kind"))
        self.assertGreaterEqual(
            kinds,
            {"invoice", "notice", "sending", "agreement", "payment", "correspondence"},
        )
        numbers = file.part_ids.mapped("sequence")
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertFalse(file.part_ids.filtered(lambda part: part.state == "wanted"))

    def test_the_hash_list_checks_every_file_in_the_zip(self):
        file = self._ready(self._reminded_case())
        archive = self._zip(file)
        listed = archive.read("SHA256SUMS.txt").decode().splitlines()
        self.assertEqual(len(listed), len(archive.namelist()) - 1)
        for line in listed:
            digest, name = line.split("  ", 1)
            self.assertEqual(sha256(archive.read(name)).hexdigest(), digest, name)
        for part in file.part_ids.filtered("sha256"):
            self.assertEqual(
                sha256(archive.read(part._filename())).hexdigest(), part.sha256
            )
        self.assertEqual(sha256(file.pdf_id.raw).hexdigest(), file.dossier_hash)

    def test_the_cover_says_who_what_and_how_it_was_calculated(self):
        file = self._ready(self._reminded_case())
        cover = self._zip(file).read("000-cover.html").decode()
        for words in (
            "Waterlelie Test B.V.",
            "Bakkerij Proef B.V.",
            "87654321",
            "1,000.00",
            "Interest up to and including",
            self.invoices.name,
            self.collector.name,
        ):
            self.assertIn(words, cover)
        for part in file.part_ids.filtered("sha256"):
            self.assertIn(part.sha256, cover)

    def test_every_page_has_its_number(self):
        file = self._ready(self._reminded_case())
        reader = OdooPdfFileReader(io.BytesIO(file.pdf_id.raw), strict=False)
        total = len(reader.pages)
        for number, page in enumerate(reader.pages, 1):
            self.assertIn(f"{number} / {total}", page.extract_text())

    def test_times_are_those_of_the_company_and_the_cover_says_so(self):
        file = self._file(self._reminded_case())
        self.company.partner_id.tz = "Europe/Amsterdam"
        file.sudo()._order_dossier()
        part = file.part_ids.filtered(lambda one: one.kind == "notice")
        self.env.cr.execute(
            "UPDATE o2c_dunning_notice SET sent_at = %s WHERE id = %s",
            ["2026-06-01 22:48:44", part.res_id],
        )
        self.env.invalidate_all()
        with patch.object(type(file), "_html_to_pdf", side_effect=UserError("none")):
            page = file._part_content(part)[0].decode()
        self.assertIn("48:44", page)
        self.assertNotIn("22:48:44", page)
        self.assertNotIn("10:48:44", page)
        self.assertIn("Europe/Amsterdam", str(file._cover_html(1)))
        self.assertEqual(str(file._day(datetime(2026, 6, 1, 22, 48))), "2026-06-02")

    def test_the_text_of_a_reminder_is_the_text_that_was_sent(self):
        file = self._file(self._reminded_case())
        file.sudo()._order_dossier()
        part = file.part_ids.filtered(lambda one: one.kind == "notice")
        seen = {}
        self.patch(
            type(self.files),
            "_html_to_pdf",
            lambda this, html: seen.setdefault("html", str(html)) and self._blank_pdf(),
        )
        part.sudo()._make()
        self.assertIn("1,000.00", seen["html"])
        self.assertIn("crediteuren@proef.example", seen["html"])
        notice = self.notices.browse(part.res_id)
        self.assertIn(notice.content_hash, seen["html"])
        self.assertNotIn('src="http', seen["html"])

    def test_a_plan_and_its_agreement_stand_in_it_in_the_readers_words(self):
        file = self._file(self._reminded_case())
        plan = (
            self.env["o2c.payment.plan"]
            .with_user(self.collector)
            ._propose(self.invoices, count=2, start_date=self.company._o2c_today())
        )
        plan.action_start()
        plan = plan.sudo()
        paper = self.env["ir.attachment"].create(
            {"name": "Agreement.pdf", "res_model": plan._name, "res_id": plan.id}
        )
        file = file.sudo()
        self.assertIn(paper, file._case_attachments())
        said = " ".join(str(row[2]) for row in file._correspondence_rows())
        self.assertIn(str(plan.line_ids[0].reference), said)
        model = self.env["ir.model"]._get("o2c.payment.plan")
        self.env["res.lang"]._activate_lang("nl_NL")
        model.with_context(lang="nl_NL").name = "Regeling van ons"
        dutch = file.with_context(lang="nl_NL")
        self.assertIn("Regeling van ons: ", str(dutch._agreement_rows()))
        notice = file._sent_notices(self.invoices)[:1]
        page = str(
            file._render(
                "o2c_dunning.dossier_notice",
                {"notice": notice, "body": "", "title": "x"},
            )
        )
        self.assertIn("Addressed to", page)

    def test_pages_are_counted_and_named(self):
        page = self._blank_pdf(3)
        self.patch(type(self.files), "_html_to_pdf", lambda this, html: page)
        file = self._ready(self._reminded_case())
        made = file.part_ids.filtered(lambda part: part.state == "made")
        self.assertEqual(made[0].first_page, 4, "after a cover of three pages")
        self.assertEqual(made[1].first_page, 4 + made[0].pages)
        pages = OdooPdfFileReader(io.BytesIO(file.pdf_id.raw), strict=False).pages
        self.assertEqual(len(pages), 3 + sum(made.mapped("pages")))

    def test_a_part_that_fails_is_named_on_the_cover(self):
        def broken(this, part):
            raise ValueError("the printer is on fire")

        self.patch(type(self.files), "_invoice_content", broken)
        with mute_logger(f"{PARTS}.o2c_dossier_part"):
            file = self._ready(self._reminded_case())
        part = file.part_ids.filtered(lambda one: one.kind == "invoice")
        self.assertEqual(part.state, "missing")
        self.assertEqual(
            len(file.part_ids.filtered(lambda one: one.state == "missing")), 1
        )
        cover = self._zip(file).read("000-cover.html").decode()
        self.assertIn("the printer is on fire", cover)

    def test_what_has_no_pages_a_broken_pdf_and_a_locked_one_are_only_in_the_zip(self):
        case = self._reminded_case()
        for name, raw, mimetype in (
            ("call.mp3", b"noise", "audio/mpeg"),
            ("broken.pdf", b"%PDF-1.4 rubbish", "application/pdf"),
        ):
            self.env["ir.attachment"].create(
                {
                    "name": name,
                    "raw": raw,
                    "mimetype": mimetype,
                    "res_model": case._name,
                    "res_id": case.id,
                }
            )
        with mute_logger("pypdf._reader"):
            file = self._ready(case)
        others = file.part_ids.filtered(lambda part: part.kind == "other")
        self.assertEqual(set(others.mapped("state")), {"beside"})
        self.assertTrue(all(others.mapped("problem")))
        cover = self._zip(file).read("000-cover.html").decode()
        self.assertIn("call.mp3", cover)
        self.assertIn("broken.pdf", cover)
        names = " ".join(self._zip(file).namelist())
        self.assertIn("call", names)
        self.assertIn("broken", names)

    def test_without_the_program_for_pdf_everything_is_in_the_zip(self):
        def missing(this, html):
            raise UserError("no wkhtmltopdf")  # pylint: disable=translation-required

        self.patch(type(self.files), "_html_to_pdf", missing)
        with mute_logger(f"{PARTS}.o2c_file_dossier"):
            file = self._ready(self._reminded_case())
        self.assertEqual(file.dossier_state, "no_pdf")
        self.assertFalse(file.pdf_id)
        own = file.part_ids.filtered(lambda part: part.kind == "correspondence")
        self.assertEqual(own.state, "beside")
        page = self._zip(file).read(own._filename()).decode()
        self.assertIn("he pays next week", page)

    def test_a_stopped_job_goes_on_where_it_was(self):
        file = self._file(self._reminded_case())
        file.action_prepare()
        first = file.part_ids[0].sudo()
        first._make()
        made = first.write_date
        self.assertEqual(file.state, "preparing")
        self.assertTrue(0 < file.dossier_progress < 100)
        calls = []
        real = type(self.env["o2c.dossier.part"])._make
        self.patch(
            type(self.env["o2c.dossier.part"]),
            "_make",
            lambda part: calls.append(part.id) or real(part),
        )
        self.files._cron_dossier()
        self.files._cron_dossier()
        self.assertNotIn(first.id, calls)
        self.assertEqual(len(calls), len(file.part_ids) - 1)
        self.assertEqual((file.state, first.write_date), ("ready", made))

    def test_a_dossier_that_left_is_not_changed_by_anybody(self):
        file = self._handed_over(self._reminded_case()).sudo()
        part = file.part_ids[0]
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", part._name),
                    ("res_id", "=", part.id),
                    ("res_field", "!=", False),
                ]
            )
        )
        for one in (file.pdf_id, file.zip_id, attachment):
            with self.assertRaises(UserError):
                one.raw = b"other"
            with self.assertRaises(UserError):
                one.unlink()

    def test_scripts_and_pictures_from_elsewhere_are_left_out(self):
        clean = self.env["o2c.dossier.part"]._printable(
            '<p>a<img src="http://x/y.png"/><img src="data:image/png;base64,AA"/></p>'
            "<script>alert(1)</script>"
        )
        self.assertNotIn("http://x", clean)
        self.assertNotIn("script", clean)
        self.assertIn("data:image", clean)
        self.assertEqual(self.env["o2c.dossier.part"]._printable(""), "")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestPrintedDossier(CollectionCommon):
    real_pdf = True

    def test_a_real_pdf_is_made(self):
        file = self._ready(self._case())
        self.assertEqual(file.dossier_state, "made")
        reader = OdooPdfFileReader(io.BytesIO(file.pdf_id.raw), strict=False)
        text = reader.pages[0].extract_text()
        self.assertIn("Bakkerij Proef", text)
        self.assertIn("Principal", text)
