"""Who may see and do what with pay links."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestAccess(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)
        cls.all_link = cls.links._for(cls.sme)
        cls.contact = cls._portal_user("contact", cls.sme_contact)
        cls.stranger = cls._portal_user(
            "stranger",
            cls.env["res.partner"].create(
                {"name": "Stranger", "parent_id": cls.corporate.id}
            ),
        )

    def test_roles_read_links_and_nobody_writes_them(self):
        roles = ("credit_controller", "billing_user", "collector")
        for role in roles:
            user = self._user(role, f"o2c_base.group_{role}")
            link = self.link.sudo(False).with_user(user)
            self.assertTrue(link.url)
            for vals in ({"state": "live"}, {"version": 9}, {"expires_on": False}):
                with self.assertRaises(AccessError):
                    link.write(vals)
            with self.assertRaises(AccessError):
                link.unlink()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        for user in (seller, self.contact):
            with self.assertRaises(AccessError):
                self.link.sudo(False).with_user(user).read(["document"])

    def test_nobody_gets_a_link_of_a_document_he_cannot_read(self):
        foreign = self._invoice(self.corporate, 5.0, "2026-01-05")
        with self.assertRaises(AccessError):
            foreign.with_user(self.contact)._get_portal_payment_link()
        with self.assertRaises(AccessError):
            self.links.with_user(self.contact)._for(foreign.with_user(self.contact))

    def test_links_of_another_company_stay_there(self):
        other = self.env["res.company"].sudo().create({"name": "Elders B.V."})
        user = self._user("elsewhere", "o2c_base.group_collector")
        user.sudo().write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertFalse(self.links.sudo(False).with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.link.sudo(False).with_user(user).action_revoke()

    def test_all_that_a_customer_owes_needs_his_own_login(self):
        path = self._path(self.all_link)
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login?redirect=", response.headers["Location"])
        self.authenticate("stranger", "stranger")
        self.assertEqual(self.url_open(path).status_code, 404)
        self._refused(self.all_link, amount=100.0)
        self.assertFalse(self.all_link.transaction_ids)
        self.authenticate("contact", "contact")
        self.assertIn("All open invoices", self.url_open(path).text)
        self._start_over_http(self.all_link, amount=100.0)
        self.assertEqual(self.all_link.transaction_ids.partner_id, self.sme)

    def test_a_colleague_is_not_sent_round_in_circles(self):
        user = self._user("inside", "o2c_base.group_collector", password="x" * 12)
        self.authenticate(user.login, "x" * 12)
        self.assertEqual(self.url_open(self._path(self.all_link)).status_code, 404)
