"""Nights of the contracts, killed half way or two at once: no period twice or lost."""

import pytest

from process.test_killed import kill_when

SIGNED = """
from odoo import Command
company = env["res.company"].search([], limit=1)
company.write({"o2c_billing_start_date": "2020-01-01", "o2c_billing_mode": "live"})
product = env["product.product"].create(
    {"name": "Beheer", "type": "service", "list_price": 60.0, "taxes_id": False}
)
customer = env["res.partner"].search([("name", "=", "Late betaler 01 B.V.")])
contracts = env["o2c.contract"].create(
    [
        {
            "partner_id": customer.id,
            "company_id": company.id,
            "date_start": "2026-01-01",
            "line_ids": [
                Command.create({"product_id": product.id, "price_unit": 60.0})
            ],
        }
        for _ in range(30)
    ]
)
env.user.group_ids += env.ref("o2c_base.group_billing_approver")
contracts.action_start()
"""
SLOWLY = """
import time
from odoo.addons.o2c_billing.models.contract import o2c_contract_night as night
night.BATCH = 5
def slowly(self, *args, _work=night.O2cContractLine._work):
    failed = _work(self, *args)
    time.sleep(0.4)
    return failed
night.O2cContractLine._work = slowly
"""
NIGHT = """
from datetime import date
company = env["res.company"].search([], limit=1)
env["o2c.contract"]._night(company, date(2026, 3, 1))
env.cr.commit()
"""
ROWS = "select count(*) from o2c_contract_period"
EVENTS = "select count(distinct key) from o2c_billing_event where source = 'contract'"


@pytest.fixture
def signed(late_payers):
    late_payers.shell(SIGNED)
    return late_payers


def test_a_killed_night_goes_on_where_it_was(signed):
    kill_when(signed, SLOWLY + NIGHT, ROWS, 15)
    half = int(signed.value(ROWS))
    assert 15 <= half < 90, half
    signed.shell(NIGHT)
    signed.shell(NIGHT)
    assert (signed.value(ROWS), signed.value(EVENTS)) == ("90", "90")


def test_two_nights_at_once_bill_once(signed):
    nights = [signed.start(SLOWLY + NIGHT) for _ in range(2)]
    for night in nights:
        assert night.wait(180) == 0, night.stdout.read()
    signed.shell(NIGHT)
    assert (signed.value(ROWS), signed.value(EVENTS)) == ("90", "90")
