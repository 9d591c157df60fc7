"""A reminder carries one link that asks what is left of it today."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.o2c_dunning.tests.common import DunningCommon

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestReminder(PayHttpCommon, DunningCommon):
    def setUp(self):
        super().setUp()
        self.first = self._due(self.sme, 1000, "2026-03-01")
        self.second = self._due(self.sme, 300, "2026-03-01")
        self.later = self._due(self.sme, 55, "2026-09-01")

    def _reminder(self):
        (notice,) = self._remind("2026-03-04")
        return notice, self.links._for(notice)

    def test_the_mail_has_the_button_and_the_code_inside(self):
        notice, link = self._reminder()
        self.assertEqual(notice.state, "sent")
        mailed = link._mailed_url("crediteuren@proef.example")
        self.assertIn(f'href="{mailed}"', notice.content)
        self.assertIn(f'src="{mailed}/qr.png"', notice.content)
        self.assertIn(link.reference_printed, notice.content)
        self.assertIn(f'href="{mailed}"', self._mails[0]["body"])

    def test_a_letter_has_a_code_for_the_camera_and_one_for_the_bank(self):
        notice, link = self._reminder()
        notice = notice.new({"channel": "letter"}, origin=notice)
        codes = notice._payment_codes(link._url(), "en_US")
        self.assertEqual(
            [code["text"] for code in codes],
            ["Scan with your camera to pay with iDEAL", "Scan with your bank app"],
        )
        links = self.links
        bank = links._bank_code(
            self.company.partner_id.bank_ids[:1],
            1300.0,
            self.company.currency_id,
            link.reference,
        )
        self.assertEqual(codes[1]["picture"], links._picture(bank))
        with patch.object(type(self.first), "_o2c_one_account", lambda move: False):
            codes = notice._payment_codes(link._url(), "en_US")
        self.assertEqual(len(codes), 1, "two accounts: no code of one transfer")

    def test_it_asks_what_the_reminder_asked_and_nothing_else(self):
        notice, link = self._reminder()
        self.assertEqual(link._choose().amount, notice.amount)
        self.assertEqual(link._choose().amount, 1300)
        text = self._text(self._open_page(link))
        self.assertIn("1,300.00", text)
        self.assertNotIn(self.later.name, text)

    def test_what_was_paid_since_is_not_asked_again(self):
        _notice, link = self._reminder()
        self._pay(self.first)
        self.assertEqual(link._choose().amount, 300)
        self._pay(self.second)
        self.assertIn("Paid, thank you", self._text(self._open_page(link)))

    def test_paying_it_closes_the_case_and_the_next_night_stays_silent(self):
        notice, link = self._reminder()
        self._paid_online(link)
        self.assertEqual(self.first.payment_state, "paid")
        self.assertEqual(self.second.payment_state, "paid")
        self.assertEqual(self.later.amount_residual, 55)
        self.assertFalse(self._remind("2026-03-25"))
        self.assertTrue(notice.case_id)

    def test_a_payment_under_way_is_not_reminded(self):
        link = self.links._for(self.first)
        transaction = self._start(link)
        self._reported(transaction, "pending")
        (notice,) = self._remind("2026-03-04")
        reminded = notice.line_ids.filtered(lambda line: line.kind == "remind")
        self.assertEqual(reminded.move_id, self.second)

    def test_what_is_in_dispute_is_set_aside_until_it_is_decided(self):
        notice, link = self._reminder()
        dispute = self.env["o2c.dispute"]._dispute(
            self.first, 400, "quality", source="call", note="Broken"
        )
        self.assertEqual(link._choose().amount, 900)
        self.assertEqual(self.links._for(self.first)._choose().amount, 600)
        text = self._text(self._open_page(link))
        self.assertIn("€400.00 of it is in dispute", text)
        self.assertIn("Not in this amount: in dispute €400.00", text)
        dispute.with_user(self.collector).outcome = "Signed for."
        dispute.with_user(self.collector).action_reject()
        self.assertEqual(link._choose().amount, 1300)
        self.assertEqual(notice.amount, 1300)

    def test_what_was_promised_is_asked_again_when_the_promise_has_passed(self):
        _notice, link = self._reminder()
        self.env["o2c.payment.promise"].create(
            {
                "case_id": self.cases._case_of(self.first).id,
                "move_ids": self.first.ids,
                "date": "2026-03-20",
                "amount": 1000,
            }
        )
        with freeze_time("2026-03-10 12:00:00"):
            self.assertEqual(link._choose().amount, 300)
            self.assertEqual(self.links._for(self.first)._choose().amount, 1000)
            text = self._text(self._open_page(link))
            self.assertIn("payment announced, not asked now", text)
            self.assertIn("Not in this amount: payment announced €1,000.00", text)
            self.assertNotIn("in dispute", text)
        with freeze_time("2026-04-10 12:00:00"):
            self.assertEqual(link._choose().amount, 1300)
        with freeze_time("2026-03-10 12:00:00"):
            self._pay(self.second)
            text = self._text(self._open_page(link))
            self.assertIn("You announced this payment, so it is not asked now", text)

    def test_looking_at_a_preview_makes_no_link(self):
        self._switch("watch", "dunning")
        preview = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(preview.state, "preview")
        self.assertIn("/pay/EXAMPLE", preview.shown)
        self.assertFalse(self.links.search([("res_model", "=", preview._name)]))

    def test_the_page_speaks_the_language_of_the_reminder(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.sme.lang = self.sme_contact.lang = "de_DE"
        _notice, link = self._reminder()
        self.assertIn('lang="de"', self._open_page(link).text)

    def test_opening_it_is_seen_in_the_log_of_the_reminder(self):
        notice, link = self._reminder()
        self._open_page(link)
        log = self._events(notice)
        self.assertEqual(log[-1], "opened")
