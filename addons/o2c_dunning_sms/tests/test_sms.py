"""Reminders by SMS: sent, delivered, refused, came back; and what comes instead."""

from datetime import datetime, time

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.o2c_dunning.tests.common import DunningCommon
from odoo.addons.sms.tests.common import SMSCase

NUMBER = "+31612345678"


@tagged("post_install", "-at_install")
class TestSms(DunningCommon, SMSCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sme.phone = "06 12345678"
        cls.step = cls.standard.step_ids.sorted("days")[0]
        cls.step.write({"channel": "sms", "fallback_channel": "email"})
        cls.log = cls.env["o2c.delivery.log"].sudo()

    def _text(self, day, **gateway):
        """A night, the sending of its reminders, and the SMS queue.

        :param gateway: see ``mockSMSGateway``
        """
        notice = self._nightly(day).o2c_notice_ids
        self._queue(day, **gateway)
        return notice

    def _queue(self, day, **gateway):
        now = datetime.combine(fields.Date.to_date(day), time(9))
        with self.mock_datetime_and_now(now), self.mockSMSGateway(**gateway):
            self.notices._send_queue(self.company, now)
            waiting = [("state", "=", "outgoing"), ("to_delete", "=", False)]
            texts = self.env["sms.sms"].sudo().search(waiting)
            if texts:
                texts._send(unlink_sent=True)
            return list(self._sms)

    def _report(self, notice, status):
        """A delivery report of the provider, as its webhook gets it."""
        tracker = (
            self.env["sms.tracker"].sudo().search([("o2c_notice_id", "=", notice.id)])
        )
        state = self.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS.get(status)
        if state:
            tracker._action_update_from_sms_state(state)
        else:
            tracker._action_update_from_provider_error(status)

    def _events(self, notice):
        return self.log.search(
            [("res_model", "=", notice._name), ("res_id", "=", notice.id)], order="id"
        ).mapped(lambda line: (line.channel, line.event))

    def test_what_the_gateway_took_was_sent(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual((notice.channel, notice.state), ("sms", "approved"))
        (sent,) = self._queue("2026-03-04")
        self.assertEqual(sent["number"], NUMBER)
        self.assertEqual(sent["body"], notice._sms_body())
        self.assertIn("1,000.00", sent["body"])
        self.assertEqual((notice.state, str(notice.sent_on)), ("sent", "2026-03-04"))
        self.assertEqual((notice.sms_number, notice.sms_parts > 0), (NUMBER, True))
        self.assertEqual(notice.case_id.step_days, 3)
        message = notice.mail_message_id
        self.assertIn(message, notice.case_id.message_ids)
        self.assertEqual(message.notification_ids.notification_status, "pending")
        self._report(notice, "delivered")
        self.assertEqual(message.notification_ids.notification_status, "sent")
        self.assertEqual(
            self._events(notice),
            [("sms", "queued"), ("sms", "sent"), ("sms", "accepted")],
        )
        self.assertEqual(notice._proof_facts()[notice.id]["sms_number"], NUMBER)

    def test_with_a_pay_link_it_leads_to_this_reminder(self):
        if "o2c.payment.link" not in self.env:
            return
        self.company.o2c_public_url = "https://pay.proef.example"
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04")
        link = self.env["o2c.payment.link"]._for(notice)
        self.assertIn(link._url(), notice._sms_body())
        self.assertEqual(link._moves(), notice.line_ids.move_id)

    def test_no_credit_the_step_is_not_taken_and_the_next_way_takes_over(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04", sim_error="credit")
        self.assertEqual((notice.state, notice.channel), ("approved", "email"))
        self.assertIn("Credit", notice.failure_reason)
        self.assertFalse(notice.case_id.step_days)
        self.assertFalse(notice.sent_on)
        self._deliver("2026-03-05")
        self.assertEqual((notice.state, notice.channel), ("sent", "email"))
        self.assertIn("<table", notice.content, "the mail, not the SMS")
        self.assertEqual(
            self._events(notice)[:2], [("sms", "queued"), ("sms", "failed")]
        )
        # the SMS that failed cannot be sent again by hand
        with self.mockSMSGateway():
            texts = self.env["sms.sms"].sudo().search([("number", "=", NUMBER)])
            texts.resend_failed()
            self.assertFalse(self._sms)
        # credits are no reason to give the number up
        self.assertIn("sms", self.cases._recipients(self.sme.ids)[self.sme.id]["ways"])

    def test_a_wrong_number_is_asked_for(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04", sim_error="wrong_number_format")
        self.assertEqual((notice.state, notice.channel), ("approved", "email"))
        task = self.env["o2c.contact.task"].search([("partner_id", "=", self.sme.id)])
        self.assertEqual(task.problem_ids.problem, "phone_wrong")
        ways = self.cases._recipients(self.sme.ids)[self.sme.id]["ways"]
        self.assertNotIn("sms", ways)
        self.sme.phone = "06 87654321"
        self.assertTrue(task.problem_ids.solved_on)
        self.assertEqual(
            self.cases._recipients(self.sme.ids)[self.sme.id]["sms"], "+31687654321"
        )

    def test_one_that_comes_back_later_frees_the_step(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04")
        self.assertEqual(notice.state, "sent")
        with self.mock_datetime_and_now("2026-03-04 10:00:00"):
            self._report(notice, "not_delivered")
        self.assertEqual((notice.state, notice.line_ids.live), ("bounced", False))
        with self.mock_datetime_and_now("2026-03-05 02:00:00"):
            again = self._nightly("2026-03-05").o2c_notice_ids
        self.assertEqual((again.step_days, again.channel), (3, "email"))
        self.assertEqual(again.line_ids.move_id, invoice)
        self.assertEqual(self._events(notice)[-1], ("sms", "bounced"))

    def test_a_gateway_that_is_down_is_tried_again_then_another_way(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04", sim_error="server_error")
        self.assertEqual((notice.state, notice.channel), ("failed", "sms"))
        days = ("2026-03-05", "2026-03-07", "2026-03-10", "2026-03-13")
        for day in days:
            self.assertEqual(notice.channel, "sms")
            self._queue(day, sim_error="server_error")
        self.assertEqual((notice.state, notice.channel), ("approved", "email"))

    def test_gateway_back_in_time(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04", sim_error="jsonrpc_exception")
        self.assertEqual(notice.state, "failed")
        self._queue("2026-03-05")
        self.assertEqual((notice.state, notice.channel), ("sent", "sms"))

    def test_who_must_not_or_cannot_be_reached_gets_the_next_way(self):
        self._due(self.sme, 1000, "2026-03-01")
        cases = {
            "on the blacklist": lambda: self.env["phone.blacklist"].add(NUMBER),
            "a landline": lambda: self.sme.write({"phone": "030 1234567"}),
            "no number": lambda: self.sme.write({"phone": False}),
        }
        for name, spoil in cases.items():
            with self.subTest(name):
                self.env["phone.blacklist"].search([]).unlink()
                self.sme.phone = "06 12345678"
                ways = self.cases._recipients(self.sme.ids)[self.sme.id]
                self.assertEqual(ways["sms"], NUMBER)
                spoil()
                ways = self.cases._recipients(self.sme.ids)[self.sme.id]
                self.assertFalse(ways["sms"])
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.channel, "email")
        problems = self.env["o2c.contact.problem"].search([])
        self.assertNotIn("email_missing", problems.mapped("problem"))

    def test_the_blacklist_counts_at_the_moment_of_sending(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.channel, "sms")
        self.env["phone.blacklist"].add(NUMBER)
        self.assertFalse(self._queue("2026-03-04"))
        self.assertEqual(notice.channel, "email")
        self.assertFalse(notice.sms_number)

    def test_what_was_paid_meanwhile_is_not_asked_by_sms(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._pay(invoice)
        self.assertFalse(self._queue("2026-03-04"))
        self.assertEqual(notice.state, "withdrawn")

    def test_cancelled_in_the_queue_by_a_person(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        now = datetime(2026, 3, 4, 9)
        with self.mock_datetime_and_now(now), self.mockSMSGateway():
            self.notices._send_queue(self.company, now)
            self.env["sms.sms"].sudo().search([]).action_set_canceled()
        self.assertEqual((notice.state, notice.channel), ("approved", "email"))

    def test_a_retention_run_removes_the_number(self):
        self.company.o2c_evidence_years = 2
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._text("2026-03-04")
        self.assertEqual(notice.state, "sent")
        notice.case_id.state = "closed"
        removals = self.env["o2c.evidence.removal"].sudo()
        removal = removals._remove(self.company, fields.Date.to_date("2030-01-01"))
        self.assertIn(notice, removal.proof_ids.notice_id)
        notice.invalidate_recordset()
        self.assertFalse(notice.sms_number or notice._sms_body())
        self.assertFalse(notice.mail_message_id.notification_ids.sms_number)

    def test_office_hours_hold_for_sms(self):
        self.company.o2c_dunning_office_hours = True
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        night = datetime(2026, 3, 4, 2)
        with self.mock_datetime_and_now(night), self.mockSMSGateway():
            self.notices._send_queue(self.company, night)
        self.assertEqual(notice.state, "approved")
        self.assertTrue(notice.leaves_at)

    def test_what_must_be_proved_does_not_go_by_sms(self):
        for kind in ("wik", "default"):
            for way in ("channel", "fallback_channel", "last_channel"):
                with (
                    self.subTest(kind=kind, way=way),
                    self.assertRaisesRegex(ValidationError, "proved"),
                ):
                    self.env["o2c.dunning.ladder"].create(
                        {
                            "name": "By SMS",
                            "step_ids": [
                                Command.create(
                                    {"name": "A", "days": 3, "kind": kind, way: "sms"}
                                )
                            ],
                        }
                    )

    def test_as_many_statements_for_many_as_for_few(self):
        counts = []
        for number, day in ((2, "2026-03-04"), (22, "2026-03-05")):
            for index in range(number):
                partner = self._customer(
                    f"Klant {number}-{index}", "sme", phone=f"06 1{number:02}{index:05}"
                )
                self._due(partner, 100, "2026-03-01")
            self._nightly(day)
            now = datetime.combine(fields.Date.to_date(day), time(9))
            with self.mock_datetime_and_now(now):
                self.env.flush_all()
                before = self.cr.sql_log_count
                self.notices._send_queue(self.company, now)
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 10, counts)
