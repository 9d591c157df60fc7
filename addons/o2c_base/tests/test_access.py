from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestAccess(O2cCommon):
    def test_another_company_stays_out_of_sight(self):
        other = self._create_company(name="Other")
        task = self.env["o2c.contact.task"]._open(
            self.sme, other, "email_missing", "Invoice 1"
        )
        run = self.env["o2c.run"]._start("other", other, other._o2c_today(), 1)
        run._note("info", "text")
        user = self._user("controller", "o2c_base.group_credit_manager")
        for record in (task, run, run.note_ids):
            self.assertFalse(record.with_user(user)._filtered_access("read"))

    def test_roles_read_runs_but_do_not_edit_them(self):
        run = self.env["o2c.run"]._start("other", self.company, "2026-03-01", 1)
        for role in ("credit_manager", "billing_approver", "collecting_manager"):
            user = self._user(role, f"o2c_base.group_{role}")
            self.assertEqual(run.with_user(user).total, 1)
            with self.assertRaises(AccessError):
                run.with_user(user).write({"total": 9})

    def test_portal_users_see_nothing_of_ours(self):
        user = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        for model in ("o2c.run", "o2c.delivery.log", "o2c.contact.task"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])
