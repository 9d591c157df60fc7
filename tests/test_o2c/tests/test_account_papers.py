"""What a customer downloads with an invoice is what was sent, ordered and delivered."""

from lxml import etree, html

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.o2c_billing.tests.ubl_common import NS

from .common import StoryCase

ACCOUNT = "/my/account-overview"


@tagged("post_install", "-at_install")
class TestAccountPapers(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(
            cls.env,
            login="buyer",
            password="buyer",
            groups="base.group_portal",
            partner_id=cls.sme_contact.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _papers(self, invoice):
        """Addresses on the document page by their label."""
        page = self.url_open(f"{ACCOUNT}/document/{invoice.id}")
        links = html.fromstring(page.content).xpath("//div[@id='wrap']//a[@href]")
        return {
            " ".join(link.text_content().split()): link.get("href") for link in links
        }

    def _one(self, papers, word):
        found = [url for label, url in papers.items() if word in label]
        self.assertEqual(len(found), 1, f"{word}: {list(papers)}")
        return self.url_open(found[0])

    def test_e_invoice_order_and_delivery_say_the_same(self):
        with self._days_ago(3):
            order = self._order_arrives(10, "WEB-7001")
            order.with_user(self.seller).action_confirm()
            self._deliver(order)
            self._bill()
        invoice = order.invoice_ids
        self.assertEqual(invoice.state, "posted")
        self.authenticate("buyer", "buyer")
        papers = self._papers(invoice)

        answer = self._one(papers, "UBL")
        self.assertEqual(answer.headers["Content-Type"], "application/xml")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        root = etree.fromstring(answer.content)
        for path, value in (
            ("/*/cbc:ID", invoice.name),
            ("/*/cac:OrderReference/cbc:ID", "WEB-7001"),
            ("/*/cac:OrderReference/cbc:SalesOrderID", order.name),
            ("//cbc:PayableAmount", f"{invoice.amount_total:.2f}"),
        ):
            [node] = root.xpath(path, namespaces=NS)
            self.assertEqual(node.text, value, path)

        text = self._one(papers, order.name).text
        self.assertIn(order.name, text)
        self.assertIn(self.pump.name, text)
        self.assertEqual(self._one(papers, order.picking_ids.name).status_code, 200)

    def test_another_customer_gets_none_of_them(self):
        with self._days_ago(3):
            order = self._order_arrives(10, "WEB-7002")
            order.with_user(self.seller).action_confirm()
            self._deliver(order)
            self._bill()
        invoice, picking = order.invoice_ids, order.picking_ids
        other = self.env["res.partner"].create(
            {"name": "Ander", "email": "a@b.example"}
        )
        new_test_user(
            self.env,
            login="other",
            password="other",
            groups="base.group_portal",
            partner_id=other.id,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.authenticate("other", "other")
        for path in (
            f"{ACCOUNT}/document/{invoice.id}",
            f"{ACCOUNT}/document/{invoice.id}/ubl",
            f"{ACCOUNT}/document/{invoice.id}/pdf",
            f"/my/orders/{order.id}",
        ):
            answer = self.url_open(path, allow_redirects=False)
            self.assertIn(answer.status_code, (302, 303), path)
            self.assertNotIn("/document/", answer.headers["Location"], path)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"/my/picking/pdf/{picking.id}")
        self.assertEqual(answer.status_code, 404)
