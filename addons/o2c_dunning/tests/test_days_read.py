"""Days in names and messages are written as their reader writes them."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
class TestDaysRead(CollectionCommon):
    def setUp(self):
        super().setUp()
        self.env["res.lang"].sudo()._activate_lang("nl_NL")

    def _read(self, record, lang):
        return record.with_context(lang=lang).display_name

    def test_a_reminder_and_a_promise_name_their_day_in_the_readers_form(self):
        case = self._case()
        notice = self._nightly("2026-03-04").o2c_notice_ids
        promise = self.env["o2c.payment.promise"].create(
            {"case_id": case.id, "date": "2026-07-03", "amount": 10}
        )
        for record, dutch, english in (
            (notice, "04-03-2026", "4 Mar 2026"),
            (promise, "03-07-2026", "3 Jul 2026"),
        ):
            self.assertIn(dutch, self._read(record, "nl_NL"))
            self.assertIn(english, self._read(record, "en_US"))

    def test_a_collection_file_names_its_day_in_the_readers_form(self):
        file = self._file()
        self.assertIn("01-06-2026", self._read(file, "nl_NL"))
        self.assertIn("1 Jun 2026", self._read(file, "en_US"))

    def test_a_day_behind_us_is_refused_in_the_readers_form(self):
        case = self._case().with_user(self.collector)
        for lang, day in (("nl_NL", "03-02-2026"), ("en_US", "3 Feb 2026")):
            with self.assertRaisesRegex(UserError, day):
                case.with_context(lang=lang).plan_next("2026-02-03")

    def test_the_paper_that_goes_along_names_its_day_in_the_customers_form(self):
        self._case()
        notice = self._nightly("2026-03-04").o2c_notice_ids
        notice.lang = "nl_NL"
        name, _report, _ids = notice._statement_paper()
        self.assertEqual(notice.date, date(2026, 3, 4))
        self.assertIn("4 maart 2026", name)
