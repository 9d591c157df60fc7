"""A link is durable, cannot be guessed, and ends when somebody says so."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..policy import pay_code
from .common import PayCommon


@tagged("post_install", "-at_install")
class TestPayLink(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)

    def test_every_print_carries_the_same_address(self):
        again = self.links._for(self.invoice)
        self.assertEqual(again, self.link)
        self.assertEqual(again._url(), self.link._url())
        self.assertRegex(self.link._url(), r"/pay/[0-9A-Z]+-[0-9A-Z]{20}$")

    def test_the_token_is_stored_nowhere(self):
        token = self.link._code().split("-")[1]
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(l)::text FROM o2c_payment_link l WHERE id = %s",
            [self.link.id],
        )
        self.assertNotIn(token, self.env.cr.fetchone()[0])

    def test_the_right_code_opens_the_link_also_when_typed_over(self):
        code = self.link._code()
        self.assertEqual(self.links._open(code), self.link)
        self.assertEqual(self.links._open(code.lower()), self.link)
        self.assertEqual(self.links._open(code.replace("0", "O")), self.link)

    def test_a_changed_code_opens_nothing(self):
        number, token = self.link._code().split("-")
        other = self.links._for(self._invoice(self.corporate, 10.0, "2026-01-05"))
        changed = ("1" if token[0] != "1" else "2") + token[1:]
        for code in (
            f"{number}-{changed}",
            f"{number}-{token[:-1]}",
            f"{number}-",
            number,
            "",
            f"{pay_code.encode(other.id)}-{token}",
            f"{pay_code.encode(10**9)}-{token}",
            f"0-{token}",
            f"{number}-{token}-{token}",
            "../../web",
        ):
            with self.subTest(code):
                self.assertFalse(self.links._open(code))

    def test_another_database_secret_gives_another_token(self):
        code = self.link._code()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("database.secret", "another")
        self.assertNotEqual(self.link._code(), code)
        self.assertFalse(self.links._open(code))

    def test_a_revoked_link_is_dead_and_the_next_print_has_a_new_address(self):
        code = self.link._code()
        collector = self._user("collector", "o2c_base.group_collector")
        self.link.with_user(collector).action_revoke()
        self.assertFalse(self.links._open(code))
        self.assertFalse(self.links._open(self.link._code()))
        self.assertNotEqual(self.links._for(self.invoice)._code(), code)
        self.assertIn(collector.name, self.link.message_ids[:1].body)

    def test_only_credit_billing_and_collecting_revoke(self):
        clerk = self._user("clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.link.sudo(False).with_user(clerk).action_revoke()
        self.assertEqual(self.link.state, "live")

    def test_one_live_link_per_document_by_schema(self):
        values = self.link.copy_data()[0] | {"res_id": self.invoice.id}
        values |= {
            name: self.link[name].id
            for name in ("company_id", "partner_id", "currency_id")
        }
        values |= {"res_model": "account.move", "document": "again"}
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            self.links.sudo().create(values)
        self.assertIn("live_uniq", str(caught.exception))

    def test_an_address_works_until_its_last_day_and_a_reprint_extends_it(self):
        self.company.o2c_link_days = 30
        with freeze_time("2026-02-01 12:00:00"):
            link = self.links._for(self.invoice)
            code = link._code()
        self.assertFalse(link._is_expired(link.expires_on))
        with freeze_time("2026-03-03 22:59:00"):
            self.assertFalse(link._is_expired(self.company._o2c_today()))
        with freeze_time("2026-03-03 23:01:00"):
            self.assertTrue(link._is_expired(self.company._o2c_today()))
            self.links._cron_expire()
            self.assertEqual(link.state, "expired")
            self.links._cron_expire()
            again = self.links._for(self.invoice)
            self.assertEqual((again, again._code(), again.state), (link, code, "live"))

    def test_without_a_policy_it_never_expires(self):
        self.company.o2c_link_days = 0
        self.assertFalse(self.links._for(self.invoice).expires_on)

    def test_the_public_address_stands_before_the_code(self):
        self.company.o2c_public_url = "https://pay.waterlelie.example/ "
        self.assertTrue(
            self.link._url().startswith("https://pay.waterlelie.example/pay/")
        )

    def test_what_a_customer_does_not_owe_has_no_link(self):
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.sme.id}
        )
        for record in (bill, self.env.user):
            with self.assertRaises(UserError):
                self.links._for(record)

    def test_two_companies_and_two_currencies_have_their_own_link(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        euro = self.links._for(self.sme)
        dollar = self.links._for(self.sme, usd)
        self.assertNotEqual(euro, dollar)
        self.assertEqual(self.links._for(self.sme_contact), euro)
        self.assertNotEqual(euro.reference, dollar.reference)
