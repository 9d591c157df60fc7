"""The demo company is one that a Dutch accountant would believe."""

from unittest.mock import patch

from stdnum.nl import btw

from odoo.addons.base_iban.models.res_partner_bank import validate_iban


class CompanyTests:
    """Run by :class:`~.test_demo.TestDemo`, which has the company."""

    def test_company_is_dutch_and_its_numbers_are_valid(self):
        company = self.company
        self.assertEqual(company.chart_template, "nl")
        self.assertEqual(company.currency_id.name, "EUR")
        self.assertTrue(btw.is_valid(company.vat))
        self.assertRegex(company.company_registry, r"^\d{8}$")
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )
        validate_iban(bank.bank_account_id.acc_number)

    def test_customers_of_every_segment_and_country_are_there(self):
        customers = self.env["o2c.demo.cast"]._customers(self.company).values()
        self.assertEqual(len(customers), 40)
        segments = {partner.o2c_segment_id.code for partner in customers}
        self.assertEqual(segments, {"sme", "corporate", "consumer", "public"})
        countries = {partner.country_id.code for partner in customers}
        self.assertEqual(countries, {"NL", "DE", "BE", "FR", "US"})

    def test_a_second_build_finds_everything(self):
        before = self.env["res.partner"].search_count([])
        self.env["o2c.demo.company"]._build()
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_ideal_can_be_chosen_by_customers(self):
        provider = self.env.ref("payment.payment_provider_demo")
        ideal = self.env.ref("payment.payment_method_ideal")
        self.assertTrue(provider.is_published)
        self.assertTrue(ideal.active)
        self.assertIn(ideal, provider.payment_method_ids)

    def test_every_login_opens_the_demo(self):
        for _role, login, password, _where in self.env["o2c.demo.company"]._logins():
            if login == "admin":
                continue
            user = self.env["res.users"].search([("login", "=", login)])
            user.with_user(user)._check_credentials(
                {"type": "password", "password": password}, {"interactive": True}
            )

    def test_no_mail_leaves_and_an_unknown_mailbox_comes_back(self):
        mails = self.env["mail.mail"].create(
            [
                {"email_from": "x@demo.example", "email_to": "a@krakeling.example"},
                {"email_from": "x@demo.example", "email_to": "b@bounce.example"},
            ]
        )
        with patch.object(
            type(self.env["ir.mail_server"]), "_disable_send", lambda _self: False
        ):
            mails.send()
        self.assertEqual(mails.mapped("state"), ["sent", "exception"])
        self.assertEqual(mails[1].failure_type, "mail_email_invalid")
