"""A reminder that changes between writing and leaving says so."""

from datetime import datetime

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestNoticeChange(DunningCommon):
    def _written(self):
        """A reminder about two invoices, written and not sent."""
        self.first = self._due(self.consumer, 600, "2026-02-20")
        self.second = self._due(self.consumer, 400, "2026-02-25")
        return self._nightly("2026-03-04").o2c_notice_ids

    def _said(self, notice):
        """What the conversation of the case says about changes, spaces plain."""
        bodies = notice.case_id.message_ids.mapped("body")
        said = [str(body).replace("&nbsp;", " ") for body in bodies]
        return [body for body in said if "changed after it was written" in body]

    def test_what_was_paid_in_the_meantime_is_told_with_old_and_new_amount(self):
        notice = self._written()
        self._pay(self.first, 600, "2026-03-04")
        self._deliver("2026-03-04")
        self.assertEqual((notice.state, notice.amount), ("sent", 400))
        words = notice.change_words.replace("\xa0", " ")
        self.assertIn("from 1,000.00 € to 400.00 €", words)
        self.assertIn(f"{self.first.name}: 600.00 €, not in it any more", words)
        self.assertNotIn(self.second.name, words)
        self.assertEqual(len(self._said(notice)), 1)
        self.assertIn("from 1,000.00 € to 400.00 €", self._said(notice)[0])

    def test_a_letter_that_changes_before_it_is_printed_says_so(self):
        self.consumer.email = False
        notice = self._written()
        self.assertEqual(notice.channel, "letter")
        self._pay(self.first, 100, "2026-03-05")
        with self.mock_datetime_and_now(datetime(2026, 3, 6, 9)):
            notice.action_print()
        words = notice.change_words.replace("\xa0", " ")
        self.assertIn("from 1,000.00 € to 900.00 €", words)
        self.assertIn(f"{self.first.name}: from 600.00 € to 500.00 €", words)
        self.assertEqual(len(self._said(notice)), 1)

    def test_one_that_stays_home_is_told_to_the_case_with_its_amount(self):
        notice = self._written()
        (self.first + self.second).line_ids.no_followup = True
        self._deliver("2026-03-04")
        self.assertEqual(notice.state, "withdrawn")
        bodies = " ".join(map(str, notice.case_id.message_ids.mapped("body")))
        self.assertIn("about 1,000.00 € withdrawn", bodies.replace("&nbsp;", " "))

    def test_what_leaves_as_it_was_written_says_nothing(self):
        notice = self._written()
        self._deliver("2026-03-05")
        self.assertEqual(notice.state, "sent")
        self.assertFalse(notice.change_words)
        self.assertFalse(self._said(notice))

    def test_a_second_try_compares_with_what_was_written_and_tells_only_news(self):
        notice = self._written()
        self._pay(self.first, 100, "2026-03-04")
        notice._take_again(self.company, datetime(2026, 3, 5).date())
        notice._take_again(self.company, datetime(2026, 3, 5).date())
        self.assertEqual(len(self._said(notice)), 1, "the second time is no news")
        self._pay(self.second, 400, "2026-03-05")
        notice._take_again(self.company, datetime(2026, 3, 5).date())
        self.assertEqual(len(self._said(notice)), 2)
        words = notice.change_words.replace("\xa0", " ")
        self.assertIn("from 1,000.00 € to 500.00 €", words)
