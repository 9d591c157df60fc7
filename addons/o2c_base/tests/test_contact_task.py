from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import O2cCommon


@tagged("post_install", "-at_install")
class TestContactTask(O2cCommon):
    def setUp(self):
        super().setUp()
        self.tasks = self.env["o2c.contact.task"]

    def _open(self, partner, problem, note="Invoice 1"):
        return self.tasks._open(partner, self.company, problem, note)

    def test_one_open_task_per_customer_lists_all_that_is_wrong(self):
        first = self._open(self.sme, "email_missing")
        second = self._open(self.sme, "email_missing", "Invoice 2")
        self.assertEqual(first, second)
        self.assertEqual(first.note, "Invoice 1\nInvoice 2")
        self._open(self.sme, "email_missing", "Invoice 2")
        self.assertEqual(first.note, "Invoice 1\nInvoice 2")
        self.assertEqual(self._open(self.sme_contact, "email_bounced", "x"), first)
        self.assertEqual(self._open(self.sme, "post_returned", "y"), first)
        self.assertEqual(len(first.problem_ids), 3)
        self.assertEqual(first.partner_id, self.sme)
        self.assertEqual(
            first.words, "E-mail address missing, E-mail comes back, Post comes back"
        )
        self.assertEqual(first.problem, "email_missing")

    def test_many_customers_at_once(self):
        partners = self.sme | self.sme_contact | self.corporate
        found = self.tasks._open_each(
            dict.fromkeys(partners, "x"), self.company, "email_missing"
        )
        self.assertEqual(found.partner_id, self.sme | self.corporate)
        self.assertEqual(len(found.problem_ids), 3)
        self.assertFalse(self.tasks._open_each({}, self.company, "other"))

    def test_the_owner_is_the_seller_else_the_responsible(self):
        seller = self._user("seller", "base.group_user")
        self.sme.user_id = seller
        self.company.o2c_responsible_id = self.env.user
        task = self._open(self.sme, "other")
        self.assertEqual(task.user_id, seller)
        self.assertEqual(task.deadline, self.company._o2c_today() + timedelta(days=3))
        self.assertEqual(self._open(self.corporate, "other").user_id, self.env.user)

    def test_a_mended_problem_can_come_back(self):
        first = self._open(self.sme, "email_missing")
        self.assertEqual(self.sme.o2c_contact_task_count, 1)
        self.assertEqual(self.sme_contact.o2c_contact_task_count, 1)
        first.action_done()
        self.sme.invalidate_recordset()
        self.assertEqual(self.sme.o2c_contact_task_count, 0)
        again = self._open(self.sme, "email_missing", "Invoice 3")
        self.assertNotEqual(first, again)

    def test_the_task_ends_with_its_last_problem(self):
        task = self._open(self.sme, "email_missing")
        self._open(self.sme, "post_returned")
        task.problem_ids[0].action_solved()
        self.assertEqual((task.state, task.problem), ("open", "post_returned"))
        task.problem_ids[1].action_solved()
        self.assertEqual(task.state, "done")
        task.action_reopen()
        self.assertEqual(task.state, "open")
        self.assertTrue(task.problem_ids.filtered(lambda line: not line.solved_on))

    def test_another_address_that_we_know_is_proposed_and_taken(self):
        task = self._open(self.sme_contact, "email_bounced")
        line = task.problem_ids
        self.assertIn(self.sme.email, line.proposal)
        line.action_take_proposal()
        self.assertEqual(self.sme_contact.email, self.sme.email)
        self.assertEqual(task.state, "done")
        post = self._open(self.sme, "post_returned").problem_ids
        self.assertFalse(post.proposal)
        with self.assertRaises(UserError):
            post.action_take_proposal()
        self.sme_contact.write(
            {"street": "Haven 2", "zip": "3011 AA", "city": "Rotterdam"}
        )
        post.invalidate_recordset(["proposal"])
        self.assertIn("Haven 2", post.proposal)
        post.action_take_proposal()
        self.assertEqual(self.sme.street, "Haven 2")

    def test_which_ways_are_closed_is_one_question_for_many(self):
        self._open(self.sme_contact, "email_bounced")
        self._open(self.sme, "post_returned").problem_ids.filtered(
            lambda line: line.problem == "email_bounced"
        ).action_solved()
        partners = self.sme | self.sme_contact | self.corporate
        with self.assertQueryCount(2):
            closed = self.tasks._closed_ways(self.company, partners)
        self.assertEqual(closed, {self.sme.id: {"post_returned"}})
