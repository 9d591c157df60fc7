"""What comes before a promised day, and after one that was broken."""

from datetime import date

from odoo.tests import tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestPromiseFollow(TalkCommon):
    def _promise(self, amount, day, moves=None, made="2026-03-10"):
        with self._at(made):
            promise = self.env["o2c.payment.promise"]._promise(
                moves or self.first, date.fromisoformat(day), amount, "call"
            )
        # the tests' transaction began today
        self.env.cr.execute(
            "UPDATE o2c_payment_promise SET create_date = %s WHERE id = %s",
            (f"{made} 12:00:00", promise.id),
        )
        promise.invalidate_recordset(["create_date"])
        return promise

    def test_a_smaller_promise_that_is_paid_is_kept(self):
        promise = self._promise(200, "2026-03-20")
        self._pay(self.first, 200, date="2026-03-19")
        self._night("2026-03-19")
        self.assertEqual(promise.state, "kept")

    def test_one_payment_does_not_keep_two_promises(self):
        early = self._promise(300, "2026-03-15")
        late = self._promise(300, "2026-03-30")
        self._pay(self.first, 300, date="2026-03-14")
        self._night("2026-03-14")
        self.assertEqual((early.state, late.state), ("kept", "open"))
        self._night("2026-03-20")
        self.assertEqual(late.state, "open")
        self._pay(self.first, 300, date="2026-03-29")
        self._night("2026-03-29")
        self.assertEqual(late.state, "kept")

    def test_a_word_before_the_day_only_where_it_is_wanted(self):
        promise = self._promise(600, "2026-03-20")
        self._night("2026-03-18")
        self.assertFalse(self._kinds(promise), "off by default")
        self.company.o2c_dunning_promise_reminder = 2
        self._night("2026-03-17")
        self.assertFalse(self._kinds(promise))
        for day in ("2026-03-18", "2026-03-19", "2026-03-19"):
            self._night(day)
        self.assertEqual(self._kinds(promise), [("promise_before", "2026-03-20")])
        [letter] = promise.letter_ids
        self.assertIn("600.00", letter.content)
        # decided by night, read by day: 2026-03-18 is a Wednesday
        self.assertGreaterEqual(letter.leaves_at.hour, 7)

    def test_who_just_promised_needs_no_word(self):
        self.company.o2c_dunning_promise_reminder = 5
        promise = self._promise(600, "2026-03-14", made="2026-03-10")
        self._night("2026-03-11")
        self.assertFalse(self._kinds(promise))

    def test_another_day_is_another_word(self):
        self.company.o2c_dunning_promise_reminder = 2
        promise = self._promise(600, "2026-03-20")
        self._night("2026-03-18")
        promise.date = "2026-03-27"
        self._night("2026-03-25")
        self.assertEqual(len(self._kinds(promise)), 2)

    def test_a_broken_promise_is_work_and_an_alert(self):
        self._switch("live", "credit")
        promise = self._promise(600, "2026-03-20")
        self._night("2026-03-23")
        self.assertEqual(promise.state, "broken")
        case = promise.case_id
        self.assertIn("600", case.next_action)
        self.assertEqual(case.next_action_date, date(2026, 3, 23))
        alerts = self.env["o2c.credit.alert"].sudo()
        key = [("key", "=", f"o2c.payment.promise:{promise.id}")]
        self.assertEqual(alerts.search_count(key), 1)
        self._night("2026-03-24")
        self.assertEqual(alerts.search_count(key), 1)

    def test_what_he_writes_about_it_is_read_first(self):
        promise = self._promise(600, "2026-03-20")
        promise.message_update({"body": "It will be Monday", "from": "x"})
        self.assertEqual(promise.case_id.state, "answered")

    def test_one_that_cannot_be_written_stops_nobody(self):
        self.company.o2c_dunning_promise_reminder = 2
        self.env["o2c.customer.text"].search(
            [("kind", "=", "promise_before")]
        ).active = False
        promise = self._promise(600, "2026-03-20")
        with self.assertLogs("odoo.addons.o2c_dunning", "ERROR"):
            self._night("2026-03-18")
        self.assertFalse(self._kinds(promise))
