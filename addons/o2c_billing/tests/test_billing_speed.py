"""What invoicing by itself costs, beside core making and posting the same invoices."""

from unittest.mock import patch

from odoo.tests import tagged

from .common import BillingCommon

COUNT = 30


@tagged("post_install", "-at_install")
class TestBillingSpeed(BillingCommon):
    def _delivered(self):
        """Orders of as many customers, delivered."""
        partners = self.env["res.partner"].create(
            [
                {"name": f"Klant {number}", "country_id": self.sme.country_id.id}
                for number in range(COUNT)
            ]
        )
        orders = self.env["sale.order"]
        for partner in partners:
            orders += self._service(partner=partner)
        for line in orders.order_line:
            line.qty_delivered = line.product_uom_qty
        return orders

    def _queries(self, work):
        """Statements of a piece of work, with all that a commit would do."""
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def test_the_queue_takes_at_most_one_statement_more_for_each_invoice(self):
        self._delivered()._create_invoices().action_post()  # whatever is asked once
        self._switch("off", "billing")
        orders = self._delivered()
        core = self._queries(lambda: orders._create_invoices().action_post())
        self._switch("live", "billing")
        orders = self._delivered()
        queue, today = self.env["o2c.billing.event"], self.company._o2c_today()
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            ours = self._queries(lambda: queue._process_queue(self.company, today))
        self.assertEqual(set(orders.invoice_ids.mapped("state")), {"posted"})
        self.assertEqual(len(orders.invoice_ids), COUNT)
        # what is asked once for a batch is spread over few invoices here
        self.assertLessEqual(ours, core + COUNT, f"core alone takes {core}")

    def test_the_conversation_says_that_it_was_posted_and_by_whom(self):
        orders = self._delivered()[:2]
        self._run_queue()
        for invoice in orders.invoice_ids:
            said = invoice.message_ids.filtered(
                lambda one: "draft checks, and posted" in (one.body or "")
            )
            self.assertEqual(len(said), 1)
            self.assertTrue(said.author_id)
            self.assertFalse(invoice.is_manually_modified)
