"""Steps 1 to 4 of the demo story: from an order that comes in to its invoice."""

from odoo import fields, models
from odoo.tools import SQL, file_open

from .o2c_demo_story import DELIVERED, ORDERED, RELEASED

HERO = "tegelkunst"


class O2cDemoStory(models.AbstractModel):
    _inherit = "o2c.demo.story"

    def _ordered(self, company, days):
        """1. Two files come in; the price explains itself."""
        day = days(ORDERED)
        with self._at(day, 1):
            self.env["o2c.risk.profile"]._rescore(company, day)
        with self._at(day, 7, 40):
            orders = self._import("orders.csv", company)
            public = self._import("order_ubl.xml", company)
        order = orders.filtered(
            lambda one: one.partner_id == self.env.ref(f"o2c_demo.customer_{HERO}")
        )
        pumps = order.order_line.sorted("id")[:1]
        others = (orders - order) | public
        return (
            order,
            others,
            [
                (
                    day,
                    f"Order {order.o2c_import_reference} of {order.partner_id.name} "
                    "comes in as CSV",
                    order.amount_total,
                    order,
                ),
                (
                    day,
                    f"{pumps.product_uom_qty:.0f} pumps at "
                    f"{self._money(pumps.price_unit)} instead of € 389,00: agreed tier "
                    "and group discount",
                    pumps.price_subtotal,
                    order,
                ),
                (
                    day,
                    f"Order {public.o2c_import_reference} of {public.partner_id.name} "
                    "comes in as UBL",
                    public.amount_total,
                    public,
                ),
            ],
        )

    def _import(self, name, company):
        with file_open(f"o2c_demo/samples/{name}", "rb") as sample:
            orders = self.env["o2c.order.import"]._import_file(
                name, sample.read(), company
            )
        orders.user_id = self._user("seller")
        # the clock of the database cannot be set: the day of the quote is written
        self.env.execute_query(
            SQL(
                "UPDATE sale_order SET create_date = %s WHERE id = ANY(%s) RETURNING 1",
                fields.Datetime.now(),
                orders.ids,
            )
        )
        orders.invalidate_recordset(["create_date"])
        return orders

    def _held_and_released(self, order, days):
        """2. The seller confirms, the order is held, the controller lets it go."""
        seller, controller = self._user("seller"), self._user("controller")
        with self._at(days(ORDERED), 8, 5):
            order.with_user(seller).action_confirm()
        hold = order.o2c_hold_id
        with self._at(days(RELEASED), 9, 20):
            hold.with_user(controller)._release(
                "Paid on time for two years; order of a known project."
            )
        return [
            (
                days(ORDERED),
                f"{seller.name} confirms; over the limit of "
                f"{self._money(hold.limit_amount)}, "
                "so it is held",
                hold.exposure + hold.amount,
                hold,
            ),
            (
                days(RELEASED),
                f"{controller.name} releases the hold, with a reason",
                hold.amount,
                hold,
            ),
        ]

    def _delivered_and_invoiced(self, company, order, others, days):
        """3 and 4. Goods leave, hours are booked; the invoice is made and sent."""
        with self._at(days(ORDERED), 8, 10):
            others.with_user(self._user("seller")).action_confirm()
        with self._at(days(DELIVERED), 10):
            for one in order | others:
                self._deliver(one)
        with self._at(days(DELIVERED), 10, 30):
            self._bill(company)
            invoice = order.invoice_ids
            if not invoice.is_move_sent:  # without a PDF maker a person sends it
                invoice.with_user(self._user("controller")).action_o2c_sent_by_hand()
        day = days(DELIVERED)
        with self._at(day, 12):
            self._approve(company, others.invoice_ids)
        how = "PDF and e-invoice sent" if invoice.ubl_cii_xml_id else "Sent by hand"
        return [
            (day, "The goods leave, the hours are booked", 0, order.picking_ids[:1]),
            (
                day,
                f"Invoice {invoice.name} is made, checked and posted by the queue",
                invoice.amount_total,
                invoice,
            ),
            (
                day,
                f"{how} to {invoice.partner_id.email}; due on "
                f"{invoice.invoice_date_due:%d-%m-%Y}",
                0,
                invoice,
            ),
        ]

    def _deliver(self, order):
        """Validate the delivery and book the delivered services."""
        for picking in order.picking_ids.filtered(lambda one: one.state != "done"):
            picking = picking.with_user(self._user("admin"))
            picking.action_assign()
            picking.move_ids.picked = True
            picking.with_context(skip_sms=True).button_validate()
        for line in order.order_line.filtered(
            lambda one: one.product_id.type == "service"
        ):
            line.qty_delivered = line.product_uom_qty

    def _bill(self, company):
        """What the scheduler does: queue of events, queue of documents to send."""
        self.env["o2c.billing.event"]._process_queue(company, company._o2c_today())
        self.env["account.move"]._o2c_send_queue(company)
        self.env["mail.mail"].process_email_queue()

    def _approve(self, company, drafts):
        """The controller looks at what the draft check holds back; then it is sent."""
        waiting = drafts.filtered(lambda move: move.o2c_check_state == "to_check")
        waiting.with_user(self._user("controller")).action_o2c_approve()
        self._bill(company)
