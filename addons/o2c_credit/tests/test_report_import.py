"""Reports from a file: any encoding, each problem named, all or nothing."""

import base64
import io
import json
import time
from datetime import date

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestReportImport(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sme.write(
            {"company_registry": "70881231", "ref": "T-D-001", "vat": "NL000099998B57"}
        )
        cls.corporate.company_registry = "07088124"
        cls.reports = cls.env["o2c.credit.report"]

    def _page(self, content, filename="reports.csv", **values):
        if isinstance(content, str):
            content = content.encode()
        return (
            self.env["o2c.report.import"]
            .with_user(self.controller)
            .create(
                {
                    "file": base64.b64encode(content),
                    "filename": filename,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def test_a_dutch_spreadsheet_file_is_understood(self):
        page = self._page(
            "Klantnummer;KvK-nummer;Datum;Bron;Score;Limiet;Rechtsvorm;SBI-code;"
            "Tekenbevoegden;Café\r\n"
            ';7088124;31-01-2026;Bureau;72;"12.500,50";B.V.;46311;'
            "A. Proef / directeur / alleen | B. Proef / procuratiehouder / 25.000;x\r\n"
            "T-D-001;;1-2-2026;Bureau;8;0;Eénmanszaak;;;\r\n".encode("cp1252")
        )
        page.action_look()
        self.assertEqual((page.total, page.good_count, page.bad_count), (2, 2, 0))
        self.assertEqual(page.unused, "café")
        self.assertFalse(self.reports.search([]))
        page.action_import()
        corporate = self.reports.search([("partner_id", "=", self.corporate.id)])
        self.assertRecordValues(
            corporate,
            [
                {
                    "bureau_score": 72,
                    "advised_limit": 12500.5,
                    "nace_code": "46.31",
                    "method": "imported",
                    "kvk_number": "07088124",
                    "insolvency_known": False,
                }
            ],
        )
        self.assertEqual(corporate.person_ids.mapped("signs"), ["alone", "amount"])
        sme = self.reports.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((sme.legal_form, str(sme.date)), ("Eénmanszaak", "2026-02-01"))
        self.assertEqual((sme.advised_limit, sme.has_advised_limit), (0, True))
        self.assertTrue(self.sme._o2c_profile(self.company).score)

    def test_each_problem_names_row_column_and_what_to_do(self):
        page = self._page(
            "kvk,date,source,score,vat\n"
            "70881231,2026-01-01,Bureau,700,\n"
            "70881231,31-31-2026,Bureau,70,\n"
            "99999999,2026-01-01,Bureau,70,\n"
            ",2026-01-01,Bureau,70,\n"
            "70881231,2099-01-01,Bureau,70,\n"
            "07088124,2026-01-01,Bureau,70,NL000099998B57\n"
            "70881231,2026-01-01,,70,\n"
            "70881231,2026-03-01,Bureau,70,\n"
            "70881231,2026-03-01,bureau,71,\n"
        )
        page.action_look()
        self.assertEqual((page.total, page.bad_count, page.good_count), (9, 8, 1))
        problems = {
            line.number: (line.columns, line.advice) for line in page.problem_ids
        }
        self.assertEqual(
            {number: columns for number, (columns, _advice) in problems.items()},
            {
                2: "bureau_score",
                3: "date",
                4: "kvk",
                5: "kvk",
                6: "date",
                7: "kvk",
                8: "source",
                10: "",
            },
        )
        self.assertIn("0 (worst) to 100", problems[2][1])
        self.assertIn("99999999", problems[4][1])
        self.assertIn("row 9", problems[10][1])
        day = format_date(self.env(user=self.controller.id), "2099-01-01")
        self.assertIn(day, problems[6][1], "a date as the user writes dates")
        self.assertNotIn("2099-01-01", problems[6][1])
        told = base64.b64decode(page.problems_file).decode("utf-8-sig")
        self.assertIn("4;kvk;99999999;", told)

    def test_nothing_is_imported_while_a_row_is_wrong_unless_it_is_left_out(self):
        content = (
            "kvk;date;source;score\n70881231;2026-01-01;Bureau;70\n"
            "70881231;2026-01-02;Bureau;=1+1\n"
        )
        page = self._page(content)
        page.action_look()
        with self.assertRaises(UserError):
            page.action_import()
        self.assertFalse(self.reports.search([]))
        self.assertIn("'=1+1", base64.b64decode(page.problems_file).decode("utf-8-sig"))
        page.leave_out = True
        page.action_import()
        self.assertEqual(len(self.reports.search([])), 1)

    def test_a_file_imported_twice_adds_nothing(self):
        content = "kvk;date;source;score\n70881231;2026-01-01;Bureau;70\n"
        for expected in (1, 0):
            page = self._page(content)
            page.action_look()
            self.assertEqual(
                (page.good_count, page.known_count), (expected, 1 - expected)
            )
            page.action_import()
        self.assertEqual(len(self.reports.search([])), 1)

    def test_json_with_people_and_defaults_for_what_the_file_does_not_say(self):
        page = self._page(
            json.dumps(
                {
                    "reports": [
                        {
                            "vat": "NL 0000 99 998 B57",
                            "bureau_score": 55,
                            "insolvent": True,
                            "signatories": [
                                {"name": "A. Proef", "signs": "jointly"},
                                {"name": "B. Proef", "amount": 1000},
                            ],
                        }
                    ]
                }
            ),
            "bureau.json",
            source="Bureau",
            date="2026-01-15",
        )
        page.action_look()
        self.assertEqual(page.good_count, 1, page.problem_ids.mapped("advice"))
        page.action_import()
        report = self.reports.search([])
        self.assertEqual(
            (report.partner_id, str(report.date)), (self.sme, "2026-01-15")
        )
        self.assertEqual(report.person_ids.mapped("signs"), ["jointly", "amount"])
        profile = self.sme._o2c_profile(self.company)
        self.assertTrue(profile.insolvent)
        self.assertEqual(profile.alert_ids.kind, "insolvent")
        self.assertEqual(profile.alert_ids.activity_ids.user_id, self.controller)

    def test_a_workbook_gives_the_same_as_a_text(self):
        book = Workbook()
        book.active.append(["KvK", "Datum", "Bron", "Score"])
        book.active.append(["70881231", date(2026, 1, 15), "Bureau", 70])
        book.active.append([None, None, None, None])
        book.active.append([70881231, "16-01-2026", "Bureau", "x"])
        out = io.BytesIO()
        book.save(out)
        page = self._page(out.getvalue(), "rapporten.xlsx")
        page.action_look()
        self.assertEqual((page.good_count, page.bad_count), (1, 1))
        self.assertEqual(page.problem_ids.number, 4)
        page.leave_out = True
        page.action_import()
        report = self.env["o2c.credit.report"].search([("source", "=", "Bureau")])
        self.assertEqual((report.partner_id, report.bureau_score), (self.sme, 70))

    def test_a_file_that_is_none_says_what_to_do(self):
        for content, filename in (
            (b" ", "a.csv"),
            (b"PK\x03\x04", "a.xlsx"),
            (b"{", "a.json"),
            (b"kvk;score\n", "a.csv"),
            (b'kvk;score\n"1;2\n3;4\n', "a.csv"),
            (b"\x00\x01\x02", "a.csv"),
        ):
            with self.assertRaises(UserError, msg=content):
                self._page(content, filename).action_look()

    def test_a_number_that_several_customers_have_is_a_problem(self):
        self._customer("Dubbel B.V.", "sme", registry="7088 1231")
        page = self._page("kvk;date;source\n70881231;2026-01-01;Bureau\n")
        page.action_look()
        self.assertIn("Several customers", page.problem_ids.advice)
        # the VAT number tells which one
        page = self._page(
            "kvk;vat;date;source\n70881231;NL000099998B57;2026-01-01;Bureau\n"
        )
        page.action_look()
        self.assertEqual(page.good_count, 1)

    def test_numbers_are_not_cut_and_other_companies_not_found(self):
        self.corporate.company_registry = "070881250000"
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        self._customer("Elders B.V.", "sme", registry="70881267", company_id=other.id)
        page = self._page(
            "kvk;date;source\n07088125;2026-01-01;B\n70881267;2026-01-01;B\n"
        )
        page.action_look()
        self.assertEqual(page.bad_count, 2)

    def test_ten_thousand_rows_in_one_go(self):
        partners = self.env["res.partner"].create(
            [
                {
                    "name": f"Klant {number}",
                    "is_company": True,
                    "company_registry": f"{40_000_000 + number}",
                }
                for number in range(2_000)
            ]
        )
        rows = "".join(
            f"{40_000_000 + number % 2_000};{2020 + number // 2_000}-01-01;Bureau;50\n"
            for number in range(10_000)
        )
        page = self._page(f"kvk;date;source;score\n{rows}")
        started = time.monotonic()
        with self.assertQueryCount(60):
            page.action_look()
            self.env.flush_all()
        self.assertEqual((page.good_count, page.bad_count), (10_000, 0))
        page.action_import()
        self.env.flush_all()
        self.assertLess(time.monotonic() - started, 120)
        counted = self.reports.search_count([("partner_id", "in", partners.ids)])
        self.assertEqual(counted, 10_000)
        page = self._page(f"kvk;date;source;score\n{rows}")
        page.action_look()
        self.assertEqual((page.good_count, page.known_count), (0, 10_000))

    def test_a_seller_imports_nothing(self):
        page = self._page("kvk;date;source\n70881231;2026-01-01;Bureau\n")
        with self.assertRaises(AccessError):
            page.with_user(self.seller).action_import()
        with self.assertRaises(AccessError):
            self.env["o2c.report.import"].with_user(self.seller).create({})

    def test_a_refused_number_is_shown_as_the_file_has_it(self):
        page = self._page(
            "kvk;datum;bron;limiet\n"
            "00000000;31-01-2026;Bureau;\n"
            "07088124;31-01-2026;Bureau;\n"
            "70881231;31-01-2026;Bureau;0\n"
        )
        page.action_look()
        bad = page.problem_ids
        self.assertEqual(bad.customer, "00000000")
        self.assertIn("not all of them zero", bad.advice)
        self.assertEqual(page.good_ids.mapped("has_advised_limit"), [False, True])
