"""The web shop: who is logged in sees, and pays, his agreed prices.

In a database of its own, because nobody who has no web shop should load one.
"""

import re
import socket
import subprocess
import time
from datetime import datetime

import pytest
import requests

SETTING = """
from odoo import Command, fields
env = env(user=env.ref("base.user_admin").id)
company = env.company
company.write({"o2c_billing_start_date": "2020-01-01", "o2c_billing_mode": "live"})
# made before the company got its currency
env["product.pricelist"].search([]).currency_id = company.currency_id
customer = env["res.partner"].search([("name", "=", "Late betaler 01 B.V.")])
buyer = env["res.partner"].create(
    {"name": "Inkoper", "parent_id": customer.id, "email": "inkoper@laat.example"}
)
env["res.users"].with_context(no_reset_password=True).create(
    {
        "name": "Inkoper",
        "login": "inkoper",
        "password": "inkoper",
        "partner_id": buyer.id,
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    }
)
beam = env["product.template"].create(
    {
        "name": "Balk 44 x 69",
        "list_price": 10.0,
        "taxes_id": False,
        "is_published": True,
        "o2c_discount_group_id": env["o2c.discount.group"].create(
            {"name": "Vuren", "code": "V", "scope": "article"}
        ).id,
    }
)
today = company._o2c_today()
agreement = env["o2c.price.agreement"].create(
    {
        "name": "Hout",
        "company_id": company.id,
        "currency_id": company.currency_id.id,
        "partner_id": customer.id,
        "date_from": fields.Date.subtract(today, days=30),
        "line_ids": [
            Command.create(
                {
                    "article_group_id": beam.o2c_discount_group_id.id,
                    "fixed_price": 8.75,
                    "tier_ids": [
                        Command.create({"quantity": 100, "fixed_price": 8.25})
                    ],
                }
            )
        ],
    }
)
agreement.action_start()
print("@@", beam.id, beam.product_variant_id.id)
"""
LINE = """
select l.price_unit, l.o2c_price_trace, l.id from sale_order_line l
join sale_order o on o.id = l.order_id where o.website_id is not null
"""


class Shop:
    """A running server with a visitor's browser."""

    def __init__(self, database):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = database.home.odoo_command(
            database.name,
            f"--http-port={port}",
            f"--db-filter=^{database.name}$",
            "--max-cron-threads=0",
            "--log-level=warn",
        )
        self.server = subprocess.Popen(
            command, env=database.home.env, stderr=subprocess.DEVNULL
        )
        database.processes.append(self.server)
        for _second in range(120):
            try:
                requests.get(f"{self.url}/web/health", timeout=60)
                break
            except requests.ConnectionError:
                time.sleep(1)
        self.browser = requests.Session()

    def page(self, path, **form):
        ask = self.browser.post if form else self.browser.get
        answer = ask(self.url + path, timeout=180, **({"data": form} if form else {}))
        assert answer.ok, answer.text[:2000]
        return answer.text

    def log_in(self):
        token = re.search(
            r'name="csrf_token" value="(\w+)"', self.page("/web/login")
        ).group(1)
        self.page("/web/login", login="inkoper", password="inkoper", csrf_token=token)

    def call(self, path, **params):
        answer = self.browser.post(
            self.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=180
        ).json()
        assert "error" not in answer, answer
        return answer["result"]

    def price(self, template, variant, quantity):
        return self.call(
            "/website_sale/get_combination_info",
            product_template_id=template,
            product_id=variant,
            combination=[],
            add_qty=quantity,
        )["price"]


@pytest.fixture
def shop(late_payers):
    late_payers.install("website_sale")
    told = late_payers.shell(SETTING).rpartition("@@")[2].split()
    yield late_payers, Shop(late_payers), *map(int, told[:2])


def test_the_cart_has_the_agreed_price_and_says_why(shop):
    database, shop, template, variant = shop
    assert shop.price(template, variant, 1) == 10.0  # a visitor
    shop.log_in()
    assert shop.price(template, variant, 1) == 8.75
    assert shop.price(template, variant, 100) == 8.25
    assert re.search(r"8[.,]75", shop.page("/shop"))
    configurator = shop.call(
        "/website_sale/product_configurator/get_values",
        product_template_id=template,
        quantity=100,
        currency_id=database.value("select currency_id from res_company limit 1"),
        so_date=datetime.now().isoformat(),
        ptav_ids=[],
    )
    assert configurator["products"][0]["price"] == 8.25

    shop.call(
        "/shop/cart/add",
        product_template_id=template,
        product_id=variant,
        quantity=1,
    )
    [(price, trace, line)] = database.rows(LINE)
    assert float(price) == 8.75
    assert "Hout" in str(trace)
    # what lies in a cart since last year costs what it costs today
    database.shell(
        "env['sale.order'].search([('website_id', '!=', False)]).date_order = "
        "'2025-01-01 12:00:00'"
    )
    shop.call("/shop/cart/update", line_id=int(line), quantity=100)
    [(price, trace, _line)] = database.rows(LINE)
    assert float(price) == 8.25
    assert "Hout" in str(trace)
