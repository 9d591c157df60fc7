from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestToday(O2cCommon):
    def test_a_controller_sees_contact_data_to_mend(self):
        self.env["o2c.contact.task"]._open(
            self.sme, self.company, "email_missing", "Invoice 1"
        )
        user = self._user("controller", "o2c_base.group_credit_controller")
        screen = self.env["o2c.today"].with_user(user).get_today()
        cards = {c["key"]: c for s in screen["sections"] for c in s["cards"]}
        self.assertEqual(cards["contact_tasks"]["value"], "1")
        self.assertEqual(cards["contact_tasks"]["rows"][0]["label"], self.sme.name)

    def test_an_employee_without_a_role_sees_no_cards_of_the_roles(self):
        self.env["o2c.contact.task"]._open(
            self.sme, self.company, "email_missing", "Invoice 1"
        )
        user = self._user("employee", "base.group_user")
        screen = self.env["o2c.today"].with_user(user).get_today()
        keys = [c["key"] for s in screen["sections"] for c in s["cards"]]
        self.assertNotIn("contact_tasks", keys)

    def test_a_portal_user_is_refused(self):
        user = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["o2c.today"].with_user(user).get_today()
