from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestSetupWizard(O2cCommon):
    def _wizard(self, **values):
        return self.env["o2c.setup.wizard"].create(
            {"company_id": self.company.id, "start_date": "2026-03-01", **values}
        )

    def test_it_ends_in_watch_and_touches_nothing_else(self):
        self.env.user.group_ids += self.env.ref("base.group_system")
        self._wizard().action_apply()
        for part in self.company._o2c_parts():
            self.assertEqual(self.company._o2c_mode(part), "watch")
        self.assertEqual(self.company.o2c_responsible_id, self.env.user)

    def test_reminders_only_switches_collecting_alone(self):
        self.env.user.group_ids += self.env.ref("base.group_system")
        self._wizard(profile="reminders").action_apply()
        for part in self.company._o2c_parts():
            mode = self.company._o2c_mode(part)
            self.assertEqual(mode, "watch" if part == "dunning" else "off")

    def test_only_an_administrator_sets_up(self):
        user = self._user("controller", "o2c_base.group_credit_manager")
        with self.assertRaises(AccessError):
            self.env["o2c.setup.wizard"].with_user(user).create({})

    def test_customers_without_segment_get_the_chosen_one(self):
        self.env.user.group_ids += self.env.ref("base.group_system")
        bare = self.env["res.partner"].create(
            {"name": "Bare", "is_company": True, "customer_rank": 1}
        )
        segment = self.env.ref("o2c_base.o2c_customer_segment_sme")
        self._wizard(segment_id=segment.id).action_apply()
        self.assertEqual(bare.o2c_segment_id, segment)
        self.assertEqual(self.corporate.o2c_segment_id.code, "corporate")

    def test_live_needs_a_start_date(self):
        for part in self.company._o2c_parts():
            with self.assertRaisesRegex(ValidationError, "start date"):
                self.company.write(
                    {f"o2c_{part}_mode": "live", f"o2c_{part}_start_date": False}
                )
