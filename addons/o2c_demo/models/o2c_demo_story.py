"""One order that comes in from outside and becomes money, told with its dates.

Every step goes through the method that people or the scheduler use; only the clock is
set, so that the documents carry the dates of the story.
"""

import json
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import file_open

TOLD = "o2c_demo.story"
#: Days after the Monday on which the order comes in; he has 30 days to pay.
ORDERED, RELEASED, DELIVERED, REMINDED, PAID = 0, 1, 2, 35, 46
#: That Monday lies at least so many days before the day of telling.
LENGTH = 50
HERO = "tegelkunst"


class O2cDemoStory(models.AbstractModel):
    """Tells the story once and keeps it."""

    _name = "o2c.demo.story"
    _description = "Demo Story"

    def _tell(self, today=None):
        """Perform the journey of an order on the demo company.

        :param date today: the day on which the customer pays
        :return: list of texts, one per step
        """
        parameters = self.env["ir.config_parameter"].sudo()
        told = parameters.get_param(TOLD)
        if told:
            return json.loads(told)
        company = self.env.ref("base.main_company")
        today = today or company._o2c_today()
        stage = self._on_stage(company)
        lines = stage._journey(company.with_env(stage.env), today)
        stage.env["o2c.demo.today"]._leave(company.with_env(stage.env), today)
        texts = [stage._text(*line) for line in lines]
        parameters.set_param(TOLD, json.dumps(texts, ensure_ascii=False))
        return texts

    def _on_stage(self, company):
        """This model as the system, in the demo company, in English."""
        if company._o2c_mode("billing") != "live":
            raise UserError(self.env._("Build the demo company first."))
        if self.env["sale.order"].search_count([("o2c_import_reference", "!=", False)]):
            raise UserError(
                self.env._("The story was interrupted. Build the demo afresh.")
            )
        return self.sudo().with_context(
            allowed_company_ids=company.ids, lang="en_US", tz="Europe/Amsterdam"
        )

    # ------------------------------------------------------------ the clock

    def _at(self, day, hour, minute=0):
        """The clock stands at a moment of the story (UTC)."""
        return freeze_time(datetime.combine(day, time(hour, minute)))

    def _days(self, today):
        """The days of the story.

        :return: function that gives the day so many days after its first one
        """
        latest = today - timedelta(days=LENGTH)
        monday = latest - timedelta(days=latest.weekday())
        return lambda days: monday + timedelta(days=days)

    def _money(self, amount):
        return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))

    def _text(self, moment, what, amount, record):
        """A line of the story as it is printed."""
        money = self._money(amount) if amount else ""
        link = f"{record.get_base_url()}/odoo/{record._name}/{record.id}"
        return f"{moment:%d-%m-%Y}  {what:<72} {money:>12}  {link}"

    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    # ----------------------------------------------------------- the journey

    def _journey(self, company, today):
        """All steps, in order.

        :return: list of (date, what happened, amount, document)
        """
        days = self._days(today)
        order, other, lines = self._ordered(company, days)
        lines += self._held_and_released(order, days)
        lines += self._delivered_and_invoiced(company, order, other, days)
        notice, more = self._reminded(company, order, days)
        lines += more
        lines += self._paid(company, order, notice, days)
        lines += self._learned(company, order, days(PAID), today)
        return lines

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
                    f"{pumps.product_uom_qty:.0f} pumps at € {pumps.price_unit:.2f} "
                    "instead of € 389.00: agreed tier and group discount",
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

    def _night(self, company):
        """The nightly rescoring and reminders, and the mail that follows."""
        today = company._o2c_today()
        self.env["o2c.risk.profile"]._rescore(company, today)
        run = self.env["o2c.dunning.case"]._run(company, today)
        waiting = self.env["o2c.dunning.notice"].search(
            [("run_id", "=", run.id), ("state", "=", "waiting")]
        )
        if waiting:  # the first run of a company waits for a person
            waiting.with_user(self._user("controller")).action_approve()
        self.env["o2c.dunning.notice"]._send_queue(company, fields.Datetime.now())
        self.env["mail.mail"].process_email_queue()

    def _reminded(self, company, order, days):
        """5. The night writes one reminder, in the customer's language."""
        with self._at(days(REMINDED), 2):
            self._night(company)
        invoice = order.invoice_ids
        notice = (
            self.env["o2c.dunning.notice.line"]
            .search([("move_id", "=", invoice.id)], limit=1)
            .notice_id
        )
        return notice, [
            (
                days(REMINDED),
                f"One reminder to {notice.partner_id.name} ({notice.lang}), "
                "with pay link and QR",
                notice.amount,
                notice,
            )
        ]

    def _paid(self, company, order, notice, days):
        """6. He pays by iDEAL from the link; the books know at once."""
        invoice, day = order.invoice_ids, days(PAID)
        with self._at(days(REMINDED + 7), 2):
            self._night(company)
        with self._at(day, 18, 30):
            transaction = self._pay(notice)
        late = (day - invoice.invoice_date_due).days
        return [
            (
                day,
                "The customer opens the link on his phone and pays by iDEAL, "
                f"{late} days late",
                transaction.amount,
                transaction,
            ),
            (
                day,
                f"Booked and matched: invoice {invoice.name} is "
                f"{invoice.payment_state}, the case is {notice.case_id.state}",
                invoice.amount_residual,
                invoice,
            ),
        ]

    def _learned(self, company, order, paid, today):
        """7. The nights after it, his behaviour and grade change."""
        profile = order.partner_id._o2c_profile(company)
        first = profile.history_ids.sorted("date")[:1]
        for days in range(1, (today - paid).days + 1):
            with self._at(paid + timedelta(days=days), 2):
                self.env["o2c.risk.profile"]._rescore(company, company._o2c_today())
        profile.invalidate_recordset()
        return [
            (
                today,
                f"His score went from {first.score} ({first.grade}) to "
                f"{profile.score} ({profile.grade}); sales see it on his next quote",
                0,
                profile,
            )
        ]

    def _pay(self, record):
        """Pay everything on the pay link of a document, as its page does."""
        link = self.env["o2c.payment.link"]._for(record)
        choice = link._choose()
        provider = self.env.ref("payment.payment_provider_demo")
        method = self.env.ref("payment.payment_method_ideal")
        transactions = self.env["payment.transaction"]
        transaction = transactions.create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": transactions._compute_reference(
                    "demo", prefix=link.document.replace(" ", "-")
                ),
                "amount": float(choice.amount),
                "currency_id": link.currency_id.id,
                "partner_id": link.partner_id.id,
                "operation": "online_direct",
                "landing_route": "/pay/back",
                "o2c_link_id": link.id,
                "invoice_ids": [
                    Command.set([row.move_id for row in choice.allocations])
                ],
                "o2c_allocation_ids": [
                    Command.create(
                        {
                            "sequence": sequence,
                            "move_id": row.move_id,
                            "number": row.number,
                            "amount": float(row.amount),
                            "discount": float(row.discount),
                        }
                    )
                    for sequence, row in enumerate(choice.allocations)
                ],
            }
        )
        transaction._process(
            "demo", {"reference": transaction.reference, "simulated_state": "done"}
        )
        transaction._post_process()
        return transaction
