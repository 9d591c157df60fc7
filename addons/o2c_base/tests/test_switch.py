from datetime import date, datetime

from odoo.tests import tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestSwitch(O2cCommon):
    def test_a_part_that_is_not_installed_is_off(self):
        self.assertEqual(self.company._o2c_mode("nonsense"), "off")
        self.assertFalse(self.company._o2c_companies("nonsense"))
        self.assertFalse(self.company._o2c_start_date("nonsense"))

    def test_every_part_starts_off(self):
        for part in self.company._o2c_parts():
            self.assertEqual(self.company._o2c_mode(part), "off")

    def test_companies_are_found_whichever_company_is_active(self):
        parts = self.company._o2c_parts()
        if not parts:
            self.assertEqual(self.company._o2c_parts(), [])
            return
        other = self._create_company(name="Other")
        self._switch("watch", parts[0])
        found = (
            self.env["res.company"]
            .with_context(allowed_company_ids=other.ids)
            ._o2c_companies(parts[0], ("watch", "live"))
        )
        self.assertIn(self.company, found)
        self.assertNotIn(other, found)
        log = self.env["o2c.switch.log"].search([("company_id", "=", self.company.id)])
        self.assertEqual((log.mode_before, log.mode_after), ("off", "watch"))

    def test_today_is_the_date_of_the_company_not_of_the_server(self):
        self.company.partner_id.tz = "Europe/Amsterdam"
        late = datetime(2026, 6, 30, 22, 30)
        self.assertEqual(self.company._o2c_today(late), date(2026, 7, 1))
        self.company.partner_id.tz = "America/New_York"
        self.assertEqual(self.company._o2c_today(late), date(2026, 6, 30))

    def test_reminders_only_hides_the_other_menus(self):
        menus = self.env["ir.ui.menu"]
        credit = self.env.ref("o2c_base.o2c_credit_menu").id
        self.assertNotIn(credit, menus._load_menus_blacklist())
        self.env.user.company_id.o2c_profile = "reminders"
        self.assertIn(credit, menus._load_menus_blacklist())
