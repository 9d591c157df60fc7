"""The stage of the stories: a Dutch company that has switched everything live."""

import os
import resource
import shutil
from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time
from playwright.sync_api import sync_playwright

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import HttpCase

from odoo.addons.o2c_base.tests.common import O2cCommon

PHONE = {"width": 375, "height": 812}
CHROMIUM = ("O2C_CHROMIUM", ("chromium", "chromium-browser", "google-chrome"))


def _chromium():
    """Path of the browser, or None."""
    variable, names = CHROMIUM
    found = [os.environ.get(variable)] + [shutil.which(name) for name in names]
    return next((path for path in found if path), None)


class StoryCase(HttpCase, O2cCommon):
    """Actors, goods, agreed prices, iDEAL; helpers that read like the story."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        for role in (
            "o2c_base.group_credit_manager",
            "o2c_base.group_billing_approver",
            "o2c_base.group_collecting_manager",
            "sales_team.group_sale_manager",
            "stock.group_stock_manager",
        ):
            cls.env.user.group_ids += cls.env.ref(role)
        cls.seller = cls._user("seller", "sales_team.group_sale_salesman_all_leads")
        cls.controller = cls._user("controller", "o2c_base.group_credit_controller")
        cls.company.write(
            {
                "o2c_responsible_id": cls.env.user.id,
                "o2c_credit_controller_id": cls.controller.id,
                # the stories are told at any hour, and on Sundays
                "o2c_dunning_office_hours": False,
            }
        )
        cls.env["o2c.dunning.ladder"].sudo().search([]).working_days = False
        cls.company.sudo().o2c_billing_automatic = True
        cls.company.sudo().o2c_public_url = "https://pay.waterlelie.example"
        cls._switch("live")
        cls.sme.write(
            {
                "lang": "nl_NL",
                "invoice_edi_format": "nlcius",
                "vat": "NL004495445B01",
                "user_id": cls.seller.id,
                "ref": "PROEF-1",
            }
        )
        cls.sme_contact.lang = "nl_NL"
        cls.pump = cls.env["product.product"].create(
            {
                "name": "Pomp P-40",
                "default_code": "P-40",
                "list_price": 100.0,
                "is_storable": True,
                "invoice_policy": "delivery",
                "taxes_id": [Command.set(cls.company_data["default_tax_sale"].ids)],
            }
        )
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.pump, warehouse.lot_stock_id, 1000
        )
        cls._agree_prices()
        cls._accept_ideal()

    @classmethod
    def _agree_prices(cls):
        """From 10 pumps on they cost 90; goods for this customer's group 2 % less."""
        group = cls.env["o2c.discount.group"].create({"name": "Vaste klanten"})
        cls.sme.o2c_discount_group_id = group
        agreement = cls.env["o2c.price.agreement"].create(
            {
                "name": "Raamovereenkomst pompen",
                "company_id": cls.company.id,
                "partner_id": cls.sme.id,
                "date_from": "2020-01-01",
                "line_ids": [
                    Command.create(
                        {
                            "step": "price",
                            "product_id": cls.pump.id,
                            "computation": "fixed",
                            "fixed_price": 100.0,
                            "tier_ids": [
                                Command.create({"quantity": 10, "fixed_price": 90.0})
                            ],
                        }
                    ),
                    Command.create(
                        {
                            "step": "discount",
                            "customer_group_id": group.id,
                            "kind": "goods",
                            "computation": "percentage",
                            "percentage": 2.0,
                        }
                    ),
                ],
            }
        )
        agreement.action_start()

    @classmethod
    def _accept_ideal(cls):
        """The demo provider of the company, published, with iDEAL."""
        ideal = cls.env.ref("payment.payment_method_ideal").sudo()
        demo = cls.env.ref("payment.payment_provider_demo").sudo()
        cls.provider = demo.copy({"company_id": cls.company.id})
        cls.provider.write(
            {
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set(ideal.ids)],
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        )
        ideal.active = True

    # what people and nights do

    def _days_ago(self, days, hour=9):
        """That moment, frozen."""
        day = self.company._o2c_today() - timedelta(days=days)
        return freeze_time(
            datetime.combine(day, datetime.min.time()).replace(hour=hour)
        )

    def _order_arrives(self, quantity, reference, customer=None):
        """An order line comes in as CSV; returns the quote."""
        customer = customer or self.sme
        content = (
            "order_reference,customer,product,quantity\n"
            f"{reference},{customer.ref},{self.pump.default_code},{quantity}\n"
        )
        order = self.env["o2c.order.import"]._import_file(
            "orders.csv", content.encode(), self.company
        )
        order.user_id = self.seller
        return order

    def _deliver(self, order):
        """The goods leave; the billing event waits."""
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.write({"picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    @contextmanager
    def _job(self):
        """The environment of a scheduled job: the system, with a cursor of its own."""
        self.env.flush_all()
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})
        self.env.invalidate_all()

    def _bill(self):
        """The queue makes, checks and posts; what is posted is sent."""
        with self._job() as env:
            company = env["res.company"].browse(self.company.id)
            env["o2c.billing.event"]._process_queue(company, company._o2c_today())
            env["account.move"]._o2c_send_queue(company)

    def _night(self):
        """The nightly run of today, and its messages."""
        with self._job() as env:
            company = env["res.company"].browse(self.company.id)
            env["o2c.dunning.case"]._night(company, company._o2c_today())
        self._send_notices()

    def _send_notices(self):
        """The messages that may leave, leave."""
        with self._job() as env:
            company = env["res.company"].browse(self.company.id)
            env["o2c.dunning.notice"]._send_queue(company, fields.Datetime.now())

    def _rescore(self):
        """The nightly rescoring of today."""
        with self._job() as env:
            company = env["res.company"].browse(self.company.id)
            env["o2c.risk.profile"]._rescore(company, company._o2c_today())

    def _link_of(self, record):
        return self.env["o2c.payment.link"]._for(record)

    @contextmanager
    def _phone(self, path):
        """A page in a browser of the size of a phone, without login.

        An error on the browser's console fails the story.
        """
        program = _chromium()
        if not program:
            self.skipTest("no Chromium on this machine")
        # a browser reserves more address space than Odoo's limit of memory allows
        unlimited = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (unlimited, unlimited))
        complaints = []
        self.env.cr.flush()
        self.env.cr.clear()
        with self.allow_requests(all_requests=True), sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=program,
                args=[
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                ],
            )
            try:
                page = browser.new_page(viewport=PHONE, has_touch=True)
                page.on(
                    "console",
                    lambda said: said.type == "error" and complaints.append(said.text),
                )
                page.goto(self.base_url() + path)
                # a click before the page's scripts run would be lost
                ready = page.locator("body[is-ready=true]")
                ready.wait_for(state="attached", timeout=60000)
                yield page
            finally:
                browser.close()
        self.env.invalidate_all()
        self.assertFalse(complaints)

    def _pay_on_a_phone(self, link):
        """The customer opens the link, pays all by iDEAL and is thanked."""
        path = "/pay/" + link._url().split("/pay/")[1]
        with self._phone(path) as page:
            page.locator('input[data-payment-method-code="ideal"]').check()
            page.locator('[name="o_payment_submit_button"]').click()
            # the page between bank and pay page has a tick too, before it is booked
            booked = ".o2c_pay_message:not(:has([name=o_payment_status]))"
            page.locator(f"{booked} .o2c_pay_tick").wait_for(timeout=60000)
