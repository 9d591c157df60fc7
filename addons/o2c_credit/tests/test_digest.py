"""One mail a day for each owner of alerts."""

from datetime import timedelta

from odoo.tests import tagged

from .test_alerts import AlertCommon


@tagged("post_install", "-at_install")
class TestDigest(AlertCommon):
    def test_one_mail_a_day_per_controller_in_the_queue(self):
        self._over_limit()
        self._invoice(self.corporate, 400, self.today)
        self._limit(self.corporate, 100)
        self._night()
        mails = self.env["mail.mail"].search([])
        made = self.digests._send_all()
        self.assertEqual(made.user_id, self.controller)
        mail = self.env["mail.mail"].search([]) - mails
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("controller@waterlelie.example", mail.email_to)
        for partner in (self.sme, self.corporate):
            self.assertIn(partner.name, mail.body_html)
        self.assertIn("/mail/view?model=o2c.credit.alert", mail.body_html)
        self.assertFalse(self.digests._send_all(), "nothing new, no mail")
        self._limit(self.public_body, "cash")
        self._invoice(self.public_body, 10, self.today)
        self._night()
        self.assertFalse(self.digests._send_all(), "one mail a day")
        made.sudo().date = self.today - timedelta(days=1)
        self.assertEqual(len(self.digests._send_all()), 1, "the rest comes tomorrow")

    def test_the_mail_is_in_the_language_of_who_reads_it(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.controller.lang = "nl_NL"
        self._over_limit()
        self._night()
        digest = self.digests._send_all()
        body = str(digest.with_context(lang="nl_NL")._body(digest.alert_ids))
        self.assertIn(self.sme.name, body)

    def test_nothing_is_mailed_or_scheduled_while_credit_only_watches(self):
        self._switch("watch", "credit")
        self._over_limit()
        self._night()
        alert = self._living(self.sme, "over_limit")
        self.assertTrue(alert, "our own list shows it")
        self.assertFalse(alert.activity_ids)
        self.assertFalse(self.digests._send_all())

    def test_a_neutralized_copy_mails_nothing(self):
        self._over_limit()
        self._night()
        self.env["ir.config_parameter"].sudo().set_param(
            "database.is_neutralized", "True"
        )
        self.assertFalse(self.digests._send_all())
