"""Eight sessions at the same moment, each a real transaction of its own."""

import ast

import pytest

SETTING = """
import threading
from odoo import Command, api, fields
from odoo.service.model import retrying

env.company.write({"o2c_credit_start_date": "2020-01-01", "o2c_credit_mode": "live"})
product = env["product.product"].create(
    {"name": "Dienst", "type": "service", "invoice_policy": "order", "taxes_id": False}
)


def customer(name, limit=1000):
    partner = env["res.partner"].create({"name": name, "is_company": True})
    profile = env["o2c.risk.profile"].sudo()._ensure(env.company, partner)
    profile.write({"limit_kind": "amount", "limit_amount": limit})
    return partner


def quotes(partner, amount, count):
    line = {"product_id": product.id, "product_uom_qty": 1, "price_unit": amount}
    values = {"partner_id": partner.id, "order_line": [Command.create(line)]}
    return env["sale.order"].create([values] * count)


def at_once(jobs):
    "Each job in a thread and a transaction of its own, all begun together."
    barrier, failures = threading.Barrier(len(jobs)), []

    def work(job, ids):
        with env.registry.cursor() as cursor:
            orders = api.Environment(cursor, env.uid, {})["sale.order"].browse(ids)
            cursor.execute("select count(*) from sale_order")  # the old snapshot
            barrier.wait(60)
            try:
                retrying(lambda: job(orders), orders.env)
            except Exception as error:
                failures.append(repr(error))
                cursor.rollback()

    threads = [threading.Thread(target=work, args=pair) for pair in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    env.cr.rollback()
    env.invalidate_all()
    assert not failures, failures


def told(orders):
    passed = orders.filtered(lambda one: one.state == "sale" and not one.o2c_hold_id)
    waiting = orders.filtered("o2c_hold_id")
    print("told", [sum(passed.mapped("amount_total")), len(passed), len(waiting)])
"""
CONFIRM = """
partner = customer("Achtloop B.V.")
orders = quotes(partner, 300, 16)
env.cr.commit()
at_once([(lambda o: o.action_confirm(), orders.ids[i::8]) for i in range(8)])
told(orders)
"""
WRITE = """
partner = customer("Schrijfloop B.V.")
orders = quotes(partner, 300, 8)
env.cr.commit()
at_once([(lambda o: o.write({"state": "sale"}), order.ids) for order in orders])
told(orders)
"""
GROW = """
partner = customer("Groeiloop B.V.")
orders = quotes(partner, 100, 8)
orders.action_confirm()
assert set(orders.mapped("state")) == {"sale"}
env.cr.commit()
at_once(
    [
        (lambda o: o.order_line.write({"price_unit": 200}), order.ids)
        for order in orders
    ]
)
told(orders)
"""


def outcome(database, story):
    printed = database.shell(SETTING + story, timeout=300)
    return ast.literal_eval(printed.split("told ")[1].splitlines()[0])


@pytest.mark.parametrize("story", [CONFIRM, WRITE], ids=["confirm", "write"])
def test_what_is_confirmed_stays_within_the_limit(throwaway_db, story):
    amount, passed, waiting = outcome(throwaway_db("o2c_credit"), story)
    assert 0 < amount <= 1000
    assert passed + waiting == (16 if story == CONFIRM else 8), "none is lost"


def test_orders_that_grow_together_do_not_outgrow_the_limit(throwaway_db):
    """800 is ordered; each of eight orders grows by 100, room is there for two."""
    _amount, passed, waiting = outcome(throwaway_db("o2c_credit"), GROW)
    assert passed <= 2
    assert passed + waiting == 8, "what grew too far stays confirmed, and waits"
