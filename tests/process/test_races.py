"""Two sellers confirm at the same moment: never both above the limit."""

import json

import pytest

SETTING = """
from odoo import Command
customer = env["res.partner"].search([("name", "=", "Late betaler 01 B.V.")])
profile = env["o2c.risk.profile"].sudo()._ensure(env.company, customer)
profile.write({"limit_kind": "amount", "limit_amount": LIMIT})
product = env["product.product"].create(
    {"name": "Dienst", "type": "service", "invoice_policy": "order", "taxes_id": False}
)
line = {"product_id": product.id, "product_uom_qty": 1, "price_unit": 400.0}
orders = env["sale.order"].create(
    [
        {"partner_id": customer.id, "order_line": [Command.create(line)]}
        for _ in range(2)
    ]
)
print("ids", orders.ids)
"""
# both processes are loaded before either may begin, and begin together
CONFIRM = """
import time
from odoo.service.model import retrying
order = env["sale.order"].browse(ORDER)
order.mapped("order_line.product_id.name")
env.cr.execute("insert into race (who) values (%s)", [ORDER])
env.cr.commit()
while True:
    env.cr.execute("select count(*) from race")
    if env.cr.fetchone()[0] == 2:
        break
    env.cr.rollback()
env.cr.rollback()
env.invalidate_all()
retrying(order.action_confirm, env)
env.cr.commit()
"""


@pytest.fixture
def shop(late_payers):
    late_payers.rows("create table race (who int primary key)")
    return late_payers


def confirm_at_once(database, limit):
    told = database.shell(SETTING.replace("LIMIT", str(limit)))
    orders = json.loads(told.split("ids ")[1])
    processes = [
        database.start(CONFIRM.replace("ORDER", str(order))) for order in orders
    ]
    for process in processes:
        assert process.wait(120) == 0, process.stdout.read()
    return sorted(row[0] for row in database.rows("select state from sale_order"))


def test_two_orders_at_once_cannot_both_slip_under_the_limit(shop):
    """500 is owed already; the limit leaves room for one of 400, not for two."""
    assert confirm_at_once(shop, 1000) == ["draft", "sale"]
    holds = shop.rows("select state from o2c_credit_hold")
    assert holds == [["open"]]


def test_two_orders_at_once_both_pass_when_there_is_room(shop):
    assert confirm_at_once(shop, 2000) == ["sale", "sale"]
    assert shop.rows("select 1 from o2c_credit_hold where state = 'open'") == []
