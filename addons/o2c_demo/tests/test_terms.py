"""What a Dutch customer of the demo reads of his payment term."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTerms(TransactionCase):
    def test_every_term_has_dutch_words(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        core = self.env.ref("account.account_payment_term_30days")
        core.with_context(lang="nl_NL").write(
            {"name": "30 Days", "note": "Payment terms: 30 Days"}
        )
        cast = self.env["o2c.demo.cast"]
        for key in ("14", "30", "60", "split"):
            term = cast._term(key).with_context(lang="nl_NL")
            self.assertIn("dagen", term.name)
            self.assertIn("Betalingstermijn: ", str(term.note))
        self.assertEqual(core.name, "30 Days")
