"""Evidence: nobody changes what was sent, and the proof shows it when somebody did."""

import io
import json
import zipfile
from datetime import date
from hashlib import sha256

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.o2c_base.tools.local_form import day_text

from ..policy.chain import FIRST, chained
from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestEvidence(DunningCommon):
    def setUp(self):
        super().setUp()
        self.proofs = self.env["o2c.notice.proof"].sudo()
        self.removals = self.env["o2c.evidence.removal"].sudo()

    def _sent(self, count=1, seal=True):
        """Reminders to some customers, sent and sealed."""
        for number in range(count):
            partner = self._customer(
                f"Klant {number}", "sme", email=f"k{number}@x.example"
            )
            self._due(partner, 100 + number, "2026-03-01")
        notices = self._remind("2026-03-04")
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        if seal:
            self.proofs._seal_sent(self.company)
        return notices

    def _attached(self, notice):
        """A file that went with a reminder."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "a.pdf",
                    "raw": b"A",
                    "res_model": notice._name,
                    "res_id": notice.id,
                }
            )
        )

    def _sql(self, statement, *args):
        """What somebody with access to the database can do."""
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, *args))
        self.env.invalidate_all()

    def test_the_chain_has_every_sent_reminder_once(self):
        notices = self._sent(3)
        self.proofs._seal_sent(self.company)
        proofs = self.proofs.search([("company_id", "=", self.company.id)])
        self.assertLessEqual(notices, proofs.notice_id)
        self.assertEqual(proofs.mapped("sequence"), list(range(1, len(proofs) + 1)))
        self.assertEqual(proofs[0].previous, FIRST)
        for before, after in zip(proofs, proofs[1:], strict=False):
            self.assertEqual(after.previous, before.hash)
        self.assertFalse(proofs._findings())

    def test_administrators_change_nothing_through_the_orm(self):
        notice = self._sent().sudo()
        proof = notice.proof_ids
        for act in (
            lambda: notice.write({"content": "other"}),
            lambda: notice.write({"partner_id": self.sme.id}),
            notice.unlink,
            notice.line_ids.unlink,
            lambda: proof.write({"seal": "x"}),
            proof.unlink,
            lambda: self.proofs.create({"notice_id": notice.id}),
        ):
            with self.assertRaises(UserError):
                act()

    def test_files_of_a_sent_reminder_are_neither_changed_nor_deleted(self):
        notice = self._sent(seal=False).sudo()
        file = self._attached(notice)
        self.proofs._seal_sent(self.company)
        self.assertIn(sha256(b"A").hexdigest(), notice.proof_ids.meta)
        for act in (
            lambda: self._attached(notice),
            file.unlink,
            lambda: file.write({"raw": b"B"}),
            lambda: file.write({"res_id": 0}),
            lambda: file.write({"res_model": "res.partner"}),
        ):
            with self.assertRaises(UserError):
                act()
        free = self.env["ir.attachment"].create({"name": "b", "raw": b"B"})
        free.unlink()

    def test_the_text_outlives_the_mail_and_the_message(self):
        notice = self._sent()
        content = notice.content
        notice.mail_message_id.sudo().unlink()
        self.assertEqual(notice.content, content)
        self.assertFalse(notice.sudo().proof_ids._findings())

    def test_a_changed_text_amount_item_or_file_is_found(self):
        notice = self._sent().sudo()
        for statement in (
            "UPDATE o2c_dunning_notice SET content = content || 'x' WHERE id = %s",
            "UPDATE o2c_dunning_notice SET amount = amount + 1 WHERE id = %s",
            "UPDATE o2c_dunning_notice SET sent_at = '2026-01-01' WHERE id = %s",
            "UPDATE o2c_dunning_notice_line SET amount = 1 WHERE notice_id = %s",
            "DELETE FROM o2c_dunning_notice_line WHERE notice_id = %s",
        ):
            with self.subTest(statement), self.env.cr.savepoint() as savepoint:
                self._sql(statement, notice.id)
                self.assertEqual(
                    notice.proof_ids._findings(), {notice.proof_ids: ("changed",)}
                )
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertFalse(notice.proof_ids._findings())

    def test_who_seals_anew_or_takes_one_out_breaks_the_chain(self):
        self._sent(3)
        one, two, three = self.proofs.search(
            [("company_id", "=", self.company.id)], order="sequence desc", limit=3
        )[::-1]
        with self.env.cr.savepoint() as savepoint:
            self._sql("DELETE FROM o2c_notice_proof WHERE id = %s", two.id)
            self.assertEqual((one + three)._findings(), {three: ("gap", "order")})
            savepoint.rollback()
        self.env.invalidate_all()
        seal = sha256(b"forged").hexdigest()
        self._sql(
            "UPDATE o2c_notice_proof SET seal = %s, hash = %s WHERE id = %s",
            seal,
            chained(two.previous, two.sequence, seal),
            two.id,
        )
        found = (one + two + three)._findings()
        self.assertEqual(set(found), {two, three})

    def test_the_button_says_in_words_what_it_found(self):
        notices = self._sent(2)
        action = notices.with_user(self.collector).action_check_proof()
        check = self.env[action["res_model"]].browse(action["res_id"])
        self.assertTrue(check.good)
        self.assertIn("2 reminders are exactly as they were sent", check.result)
        self._sql(
            "UPDATE o2c_dunning_notice SET subject = 'x' WHERE id = %s", notices[0].id
        )
        check = self.env["o2c.evidence.check"].create({"notice_ids": notices.ids})
        self.assertFalse(check.good)
        self.assertIn("changed after sending", check.result)
        self.assertIn(notices[0].display_name, check.result)

    def test_the_button_is_neutral_while_nothing_is_sealed(self):
        notices = self._sent(2, seal=False)
        check = self.env["o2c.evidence.check"].create({"notice_ids": notices.ids})
        self.assertTrue(check.unsealed)
        self.proofs._seal_sent(self.company)
        check = self.env["o2c.evidence.check"].create({"notice_ids": notices.ids})
        self.assertFalse(check.unsealed)

    def test_the_check_of_everything_is_a_run_with_its_findings(self):
        notices = self._sent(2)
        checks = self.env["o2c.evidence.check"].sudo()
        run = checks._check_chain(self.company)
        self.assertEqual((run.state, run.failed_count), ("done", 0))
        self._sql(
            "UPDATE o2c_dunning_notice SET amount = 5 WHERE id = %s", notices[0].id
        )
        run = checks._check_chain(self.company)
        self.assertEqual((run.state, run.failed_count), ("partly", 1))
        note = run.note_ids.filtered(lambda one: one.level == "error")
        self.assertEqual(note.partner_id, notices[0].partner_id)

    def test_a_letter_is_kept_as_it_was_printed(self):
        self.sme_contact.email = self.sme.email = False
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        notice.with_user(self.collector).action_print()
        letter = notice._kept_letter()
        self.assertIn(b"INV/2026", letter.raw)
        notice.with_user(self.collector).action_print()
        notice.with_user(self.collector).action_posted()
        self.proofs._seal_sent(self.company)
        self.assertEqual(notice._kept_files(), letter)
        self.assertIn(sha256(letter.raw).hexdigest(), notice.sudo().proof_ids.meta)
        with self.assertRaises(UserError):
            letter.unlink()

    def test_old_texts_go_and_hash_dates_and_the_record_stay(self):
        notice = self._sent(seal=False).sudo()
        seal, sent_on = notice.content_hash, notice.sent_on
        file = self._attached(notice)
        case, today = notice.case_id, notice.sent_on.replace(year=2033)
        self.assertFalse(self.removals._remove(self.company, today), "nothing was set")
        self.company.o2c_evidence_years = 7
        self.assertFalse(
            self.removals._remove(self.company, today).proof_ids & notice.proof_ids,
            "seven years to the day are not more than seven years",
        )
        today = today.replace(day=today.day + 1)
        self.removals._remove(self.company, today)
        self.assertTrue(notice.content, "the case is still open")
        case.state = "closed"
        removal = self.removals._remove(self.company, today)
        self.assertIn(notice, removal.proof_ids.notice_id)
        self.assertFalse(notice.content)
        self.assertFalse(notice.email_to)
        self.assertFalse(file.exists())
        self.assertEqual((notice.content_hash, notice.sent_on), (seal, sent_on))
        self.assertEqual((removal.years, removal.user_id), (7, self.env.user))
        self.assertEqual(notice.proof_ids._findings(), {notice.proof_ids: ("removed",)})
        check = self.env["o2c.evidence.check"].create({"notice_ids": notice.ids})
        self.assertTrue(check.good)
        day = day_text(self.env, removal.date)
        self.assertIn(f"text removed on {day} because", check.result)
        self.assertFalse(self.removals._remove(self.company, today))
        with self.assertRaises(UserError):
            removal.write({"years": 1})
        with self.assertRaises(UserError):
            removal.unlink()

    def test_why_somebody_was_left_alone_goes_as_well(self):
        self.company.o2c_evidence_years = 2
        flags = self.env["o2c.debtor.flag"].sudo()
        values = {"company_id": self.company.id, "partner_id": self.sme.id}
        old = flags.create(
            values | {"kind": "pause", "until": "2023-01-05", "reason": "Illness"}
        )
        recent = flags.create(
            values | {"kind": "pause", "until": "2025-12-31", "reason": "Moving"}
        )
        running = flags.create(values | {"kind": "vulnerable", "reason": "Debt help"})
        ended = flags.create(values | {"kind": "vulnerable", "reason": "Bereavement"})
        ended.ended_on = "2023-06-01"
        removal = self.removals._remove(self.company, date(2026, 3, 1))
        self.assertEqual(removal.flag_count, 2)
        self.assertEqual(
            (old + recent + running + ended).mapped("reason"),
            ["-", "Moving", "Debt help", "-"],
        )
        self.assertFalse(self.removals._remove(self.company, date(2026, 3, 1)))

    def test_merging_customers_keeps_both_histories_and_the_proof(self):
        other = self._customer("Bakkerij Proef oud", "sme", email="oud@proef.example")
        self._due(self.sme, 1000, "2026-03-01")
        self._due(other, 500, "2026-03-01")
        notices = self._remind("2026-03-04")
        self.proofs._seal_sent(self.company)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.sme + other).ids, self.sme
        )
        self.assertEqual(notices.partner_id, self.sme)
        self.assertEqual(len(notices.sudo().proof_ids), 2)
        self.assertFalse(notices.sudo().proof_ids._findings())
        metas = "".join(notices.sudo().proof_ids.mapped("meta"))
        self.assertIn("Bakkerij Proef oud", metas)

    def _exported(self):
        export = self.env["o2c.evidence.export"].with_user(self.manager).create({})
        self.env["o2c.evidence.export"].sudo()._cron_export()
        self.assertEqual(export.state, "done")
        return export

    def test_a_stranger_can_check_the_export(self):
        notice = self._sent()
        export = self._exported()
        archive = zipfile.ZipFile(io.BytesIO(export.sudo().attachment_id.raw))
        for line in archive.read("SHA256SUMS.txt").decode().splitlines():
            digest, name = line.split("  ", 1)
            self.assertEqual(sha256(archive.read(name)).hexdigest(), digest)
        previous = FIRST
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        self.assertEqual(len(names), export.count)
        for name in names:
            said = json.loads(archive.read(name))
            self.assertEqual(said["previous"], previous)
            self.assertEqual(sha256(said["sealed"].encode()).hexdigest(), said["seal"])
            link = f"{previous}:{said['sequence']}:{said['seal']}"
            self.assertEqual(sha256(link.encode()).hexdigest(), said["hash"])
            previous = said["hash"]
        text = archive.read(names[-1].replace(".json", ".html")).decode()
        self.assertEqual(text, str(notice.content))

    def test_uninstalling_asks_for_the_export_first(self):
        self._sent()
        module = self.env.ref("base.module_o2c_dunning")
        for one in (module, self.env.ref("base.module_o2c_base")):
            with self.assertRaisesRegex(RedirectWarning, "no export has them"):
                one.button_uninstall()
        self.assertEqual(module.state, "installed")
        for company in self.notices.search([]).company_id:
            self.env["o2c.evidence.export"].sudo().create({"company_id": company.id})
        self.env["o2c.evidence.export"].sudo()._cron_export()
        module._o2c_check_exported()
        self._due(self.corporate, 700, "2026-03-01")
        self._remind("2026-03-05")
        with self.assertRaises(RedirectWarning):
            module._o2c_check_exported()

    def test_exports_are_for_managers_of_the_company(self):
        exports = self.env["o2c.evidence.export"]
        with self.assertRaises(AccessError):
            exports.with_user(self.collector).create({})
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        with self.assertRaises(AccessError):
            exports.with_user(self.manager).create({"company_id": other.id})
        with self.assertRaises(AccessError):
            self._exported().with_user(self.collector).read(["sha256"])

    @freeze_time("2026-03-10 09:00:00")
    def test_a_seller_sees_no_proof(self):
        notice = self._sent()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            notice.sudo().proof_ids.with_user(seller).read(["seal"])
        with self.assertRaises(AccessError):
            notice.with_user(seller).action_check_proof()
