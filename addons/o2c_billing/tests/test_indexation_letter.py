"""Every customer is told his new prices, once."""

from unittest.mock import patch

from odoo.tests import tagged

from .indexation_common import TODAY, IndexationCommon


@tagged("post_install", "-at_install")
class TestIndexationLetter(IndexationCommon):
    def setUp(self):
        super().setUp()
        report = type(self.env["ir.actions.report"])
        self.startPatcher(
            patch.object(
                report,
                "_render_qweb_pdf",
                lambda report, ref, res_ids=None, data=None: (b"%PDF-1.4 test", "pdf"),
            )
        )

    def _send(self):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            env["o2c.price.indexation.letter"]._send_queue(
                env["res.company"].browse(self.company.id), TODAY
            )
        self.env.invalidate_all()

    def test_letters_leave_after_approval_and_only_once(self):
        self._own(10.0, {100: 9.0})
        indexation = self._indexation()
        letter = indexation.letter_ids
        self._send()
        self.assertEqual(letter.state, "draft")
        self._approve(indexation)
        self._apply()
        self.assertEqual(letter.state, "queued")
        self._send()
        self._send()
        self.assertEqual(letter.state, "sent")
        mails = self.env["mail.mail"].search(
            [("model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(len(mails), 1)
        self.assertTrue(mails.attachment_ids)
        log = self.env["o2c.delivery.log"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(log.mapped("event"), ["queued"])

    def test_the_letter_shows_old_and_new_prices_with_tiers(self):
        self._own(10.0, {100: 9.0})
        letter = self._indexation().letter_ids
        html = self.env["ir.qweb"]._render(
            "o2c_billing.report_indexation",
            {"docs": letter, "company": self.company, "doc_ids": letter.ids},
        )
        text = str(html)
        for part in ("Balk", "10.00", "10.30", "9.00", "9.27", "Prijsindexatie 2027"):
            self.assertIn(part, text)

    def test_without_an_address_it_goes_by_post_and_makes_a_task(self):
        self.sme.email = False
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self._send()
        letter = indexation.letter_ids
        self.assertEqual(letter.state, "post")
        task = self.env["o2c.contact.task"].search([("partner_id", "=", self.sme.id)])
        self.assertEqual(task.problem, "email_missing")
        letter.action_print()
        self.assertEqual(letter.state, "sent")

    def test_one_letter_that_fails_does_not_stop_the_next(self):
        self._own(10.0)
        self._own(20.0, partner=self.corporate)
        indexation = self._approve(self._indexation())
        self._apply()
        bad = indexation.letter_ids[0]
        whole = type(bad)._send

        def send(letter):
            if letter.id == bad.id:
                raise ValueError("no paper")
            return whole(letter)

        with patch.object(type(bad), "_send", send):
            self._send()
        self.assertEqual(bad.state, "failed")
        self.assertEqual(bad.error, "no paper")
        self.assertEqual((indexation.letter_ids - bad).state, "sent")
        bad.action_retry()
        self._send()
        self.assertEqual(bad.state, "sent")

    def test_who_had_the_letter_is_told_that_it_is_withdrawn(self):
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self._send()
        indexation.with_user(self.second).action_withdraw()
        self.assertEqual(indexation.letter_ids.state, "revoke")
        self._send()
        self.assertEqual(indexation.letter_ids.state, "withdrawn")
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", "o2c.price.indexation.letter"),
                ("res_id", "=", indexation.letter_ids.id),
            ]
        )
        self.assertEqual(len(mails), 2)

    def test_while_watching_nothing_is_sent(self):
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self.company.o2c_billing_mode = "watch"
        self._send()
        self.assertEqual(indexation.letter_ids.state, "queued")
