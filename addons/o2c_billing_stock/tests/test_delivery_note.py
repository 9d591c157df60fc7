"""Customers who want it get the delivery notes with the invoice."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.o2c_billing.tests.sending_common import SendingCommon


@tagged("post_install", "-at_install")
class TestDeliveryNote(SendingCommon):
    def setUp(self):
        super().setUp()
        report = type(self.env["ir.actions.report"])
        self.startPatcher(
            patch.object(
                report, "_render_qweb_pdf", lambda *a, **kw: (b"%PDF note", "pdf")
            )
        )
        self.order = self._order(self.sme, [(self.wood, 10, 10.0)])
        self.order.order_line.tax_ids = self.env.ref(
            f"account.{self.company.id}_btw_21"
        )
        self.order.action_confirm()

    def _delivered(self, quantity):
        picking = self.order.picking_ids.filtered(
            lambda one: one.state not in ("done", "cancel")
        )
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking._action_done()
        self._run_queue()
        return picking

    def _names(self):
        return [part.get_filename() for part in self.mails[-1].iter_attachments()]

    def test_each_invoice_carries_the_notes_of_its_own_deliveries(self):
        self._prefer(self.sme, by_email=True, with_delivery_note=True)
        first = self._delivered(4)
        self._send()
        self.assertIn(f"{first.name.replace('/', '-')}.pdf", self._names())
        self.env.cr.execute(
            "UPDATE account_move SET create_date = create_date - interval '1 hour'"
        )
        self.env.cr.execute(
            "UPDATE stock_picking SET date_done = date_done - interval '2 hours'"
            " WHERE id = %s",
            [first.id],
        )
        self.env.invalidate_all()
        second = self._delivered(6)
        self._send()
        self.assertIn(f"{second.name.replace('/', '-')}.pdf", self._names())
        self.assertNotIn(f"{first.name.replace('/', '-')}.pdf", self._names())

    def test_who_does_not_ask_gets_the_invoice_alone(self):
        self._delivered(4)
        self._send()
        self.assertEqual(len(self._names()), 1)
