"""The settings page warns for an address that customers cannot open."""

from odoo.tests import tagged

from .common import PayCommon


@tagged("post_install", "-at_install")
class TestSettings(PayCommon):
    def _warning(self, address):
        settings = self.env["res.config.settings"].sudo().new({})
        settings.company_id = self.company
        settings.o2c_public_url = address
        return settings.o2c_public_url_warning

    def test_a_local_or_unsafe_address_is_named_in_one_sentence(self):
        self.assertFalse(self._warning("https://pay.waterlelie.example"))
        self.assertIn("own network", self._warning("http://192.168.1.4:8069"))
        self.assertIn("https", self._warning("http://pay.waterlelie.example"))
        self.assertIn("not a web address", self._warning("waterlelie"))

    def test_without_an_address_the_one_of_the_database_is_judged(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("web.base.url", "http://localhost:8069")
        self.company.o2c_public_url = False
        self.assertIn("own network", self._warning(False))
        self.assertEqual(self.company._o2c_public_address_problem(), "local")

    def test_installing_changes_no_link_by_itself(self):
        company = self.env["res.company"].sudo().create({"name": "Nieuw B.V."})
        self.assertFalse(company.o2c_pay_links)
