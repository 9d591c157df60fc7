from odoo.tests import tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestContactTask(O2cCommon):
    def test_one_open_task_per_problem(self):
        tasks = self.env["o2c.contact.task"]
        first = tasks._open(self.sme, self.company, "email_missing", "Invoice 1")
        second = tasks._open(self.sme, self.company, "email_missing", "Invoice 2")
        self.assertEqual(first, second)
        self.assertEqual(first.note, "Invoice 1\nInvoice 2")
        tasks._open(self.sme, self.company, "email_missing", "Invoice 2")
        self.assertEqual(first.note, "Invoice 1\nInvoice 2")

    def test_the_owner_is_the_seller_else_the_responsible(self):
        seller = self._user("seller", "base.group_user")
        self.sme.user_id = seller
        self.company.o2c_responsible_id = self.env.user
        tasks = self.env["o2c.contact.task"]
        self.assertEqual(
            tasks._open(self.sme, self.company, "other", "x").user_id, seller
        )
        self.assertEqual(
            tasks._open(self.corporate, self.company, "other", "x").user_id,
            self.env.user,
        )

    def test_a_mended_problem_can_come_back(self):
        tasks = self.env["o2c.contact.task"]
        first = tasks._open(self.sme, self.company, "email_missing", "Invoice 1")
        self.assertEqual(self.sme.o2c_contact_task_count, 1)
        first.action_done()
        self.sme.invalidate_recordset()
        self.assertEqual(self.sme.o2c_contact_task_count, 0)
        again = tasks._open(self.sme, self.company, "email_missing", "Invoice 3")
        self.assertNotEqual(first, again)
