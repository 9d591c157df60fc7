"""Open items of other ledgers on a reminder: named where allowed, never asked."""

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestOtherLedgers(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = (
            cls.env["o2c.memo.source"]
            .sudo()
            .create({"name": "Oud systeem", "company_id": cls.company.id})
        )
        for partner, number in ((cls.sme, "OUD-1"), (cls.corporate, "OUD-2")):
            cls.env["o2c.memo.item"].sudo().create(
                {
                    "source_id": source.id,
                    "partner_id": partner.id,
                    "number": number,
                    "date": "2026-01-01",
                    "due": "2026-02-01",
                    "currency_id": cls.company.currency_id.id,
                    "amount": 77,
                    "open_amount": 77,
                    "open_company": 77,
                }
            )
        cls._due(cls.sme, 1000, "2026-03-01")

    def _notice(self):
        return self._nightly("2026-03-04").o2c_notice_ids

    def test_off_nothing_of_them_is_said(self):
        notice = self._notice()
        self.assertNotIn("OUD-1", str(notice._rendered()["content"]))
        self.assertEqual(notice._statement_values()["ledgers"], [])

    def test_allowed_they_are_named_and_no_sum_changes(self):
        before = self._notice()
        total = before._statement_values()["total"]
        self.company.o2c_memo_shown = True
        for channel in ("email", "letter"):
            before.channel = channel
            content = str(before._rendered()["content"])
            self.assertIn("OUD-1", content)
            self.assertIn("Oud systeem", content)
            self.assertNotIn("OUD-2", content, "another customer's")
            self.assertEqual(before.amount, 1000)
            self.assertIn(before._money(1000, before._installed_lang()), content)
        statement = before._statement_values()
        self.assertEqual(statement["total"], total)
        self.assertEqual(statement["ledgers"][0]["rows"][0]["number"], "OUD-1")
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "o2c_dunning.report_notice_statement", before.ids
        )
        self.assertIn("OUD-1", page.decode())

    def test_a_letter_of_the_law_names_only_what_is_claimed(self):
        self.company.o2c_memo_shown = True
        notice = self._notice()
        for kind in ("default", "wik", "handover"):
            notice.kind = kind
            facts = notice._company_facts(self.company)
            self.assertTrue(facts["other_ledgers"])
            self.assertEqual(notice._other_ledgers(facts["other_ledgers"], "en_US"), [])
