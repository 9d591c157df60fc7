"""Mail leaves on the recipient's working days, in his office hours."""

from datetime import datetime

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestOfficeHours(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_dunning_office_hours = True

    def _send(self, *moment):
        now = datetime(*moment)
        with self.mock_datetime_and_now(now), self.mock_mail_gateway():
            self.notices._send_queue(self.company, now)
            self.env["mail.mail"].sudo().process_email_queue()
        return len(self._mails)

    def test_what_was_decided_at_night_leaves_in_the_morning(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(self._send(2026, 3, 4, 1, 45), 0)
        self.assertEqual(notice.state, "approved")
        # 8:00 in Amsterdam is 7:00 UTC in winter
        self.assertEqual(notice.leaves_at, datetime(2026, 3, 4, 7))
        self.assertEqual(self._send(2026, 3, 4, 6, 59), 0)
        self.assertEqual(self._send(2026, 3, 4, 7, 0), 1)
        self.assertEqual(notice.sent_on.isoformat(), "2026-03-04")

    def test_summer_time_is_an_hour_earlier_in_utc(self):
        self._due(self.sme, 1000, "2026-07-03")
        self._nightly("2026-07-06")
        self.assertEqual(self._send(2026, 7, 6, 5, 59), 0)
        self.assertEqual(self._send(2026, 7, 6, 6, 0), 1)

    def test_nothing_leaves_in_a_weekend_or_in_the_evening(self):
        self._due(self.sme, 1000, "2026-03-04")
        notice = self._nightly("2026-03-07").o2c_notice_ids
        self.assertEqual(self._send(2026, 3, 7, 11), 0)
        self.assertEqual(notice.leaves_at, datetime(2026, 3, 9, 7))
        self.assertEqual(self._send(2026, 3, 9, 17, 0), 0)
        self.assertEqual(notice.leaves_at, datetime(2026, 3, 10, 7))
        self.assertEqual(self._send(2026, 3, 10, 16, 59), 1)

    def test_holidays_are_those_of_the_recipient(self):
        belgian = self._customer("Proef BVBA", "sme")
        belgian.country_id = self.env.ref("base.be")
        self._due(self.sme, 1000, "2026-07-17")
        self._due(belgian, 1000, "2026-07-17")
        self._nightly("2026-07-20")
        # 21 July is the national day of Belgium
        self.assertEqual(self._send(2026, 7, 21, 9), 1)
        self.assertIn("crediteuren@proef.example", self._mails[0]["email_to"][0])
        self.assertEqual(self._send(2026, 7, 22, 9), 1)

    def test_dutch_easter_monday(self):
        self._due(self.sme, 1000, "2026-04-02")
        self._nightly("2026-04-06")
        self.assertEqual(self._send(2026, 4, 6, 9), 0)
        self.assertEqual(self._send(2026, 4, 7, 9), 1)

    def test_the_clock_is_the_recipients(self):
        american = self._customer("Proef Inc", "sme")
        american.write(
            {"country_id": self.env.ref("base.us").id, "tz": "America/New_York"}
        )
        self._due(american, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        self.assertEqual(self._send(2026, 3, 4, 9), 0)
        self.assertEqual(self._send(2026, 3, 4, 13), 1)

    def test_a_country_with_one_zone_tells_the_clock_by_itself(self):
        fin = self._customer("Proef Oy", "sme", country_id=self.env.ref("base.fi").id)
        fin.tz = False
        self._due(fin, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        self.assertEqual(self._send(2026, 3, 4, 6), 1, "8:00 in Helsinki")

    def test_a_zone_that_nobody_knows_is_the_companys(self):
        self.assertEqual(
            str(self.notices._known_zone("Mars/Olympus", self.company)),
            "Europe/Amsterdam",
        )

    def test_without_office_hours_it_leaves_at_once(self):
        self._due(self.sme, 1000, "2026-03-04")
        notice = self._nightly("2026-03-07").o2c_notice_ids
        self.assertEqual(self._send(2026, 3, 7, 11), 0)
        self.company.o2c_dunning_office_hours = False
        self.assertEqual(self._send(2026, 3, 7, 11), 1)
        self.assertEqual(notice.state, "sent")

    def test_a_missing_calendar_of_the_company_is_no_error(self):
        if "resource_calendar_id" in self.company._fields:
            self.company.resource_calendar_id = False
        self._due(self.sme, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        self.assertEqual(self._send(2026, 3, 4, 9), 1)

    def test_hours_that_cannot_be_are_refused(self):
        with self.assertRaisesRegex(Exception, "open before they close"):
            self.company.write({"o2c_dunning_opens": 18, "o2c_dunning_closes": 8})
