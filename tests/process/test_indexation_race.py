"""Two indexation runs at once, as two processes: each price moves once."""

import pytest

AGREED = """
from odoo import Command
company = env["res.company"].search([], limit=1)
company.write({"o2c_billing_start_date": "2020-01-01", "o2c_billing_mode": "live"})
customer = env["res.partner"].search([("name", "=", "Late betaler 01 B.V.")])
products = env["product.product"].create(
    [{"name": f"Artikel {number}", "list_price": 12.0} for number in range(40)]
)
approver = env.ref("base.user_admin")
approver.group_ids += env.ref("o2c_base.group_billing_approver")
agreement = env["o2c.price.agreement"].create(
    {
        "name": "Raamcontract",
        "company_id": company.id,
        "currency_id": company.currency_id.id,
        "partner_id": customer.id,
        "date_from": "2020-01-01",
        "line_ids": [
            Command.create({"product_id": product.id, "fixed_price": 10.0})
            for product in products
        ],
    }
)
agreement.action_start()
from datetime import timedelta
indexation = env["o2c.price.indexation"].create(
    {
        "name": "Prijsindexatie",
        "company_id": company.id,
        "effective_date": company._o2c_today() + timedelta(days=60),
        "percentage": 3.0,
    }
)
indexation.action_preview()
indexation.action_propose()
indexation.with_user(approver).action_approve()
assert indexation.state == "approved", indexation.state
"""
RUN = """
import time
from odoo.addons.o2c_billing.models.index import o2c_indexation_applying as applying
applying.BATCH = 5
def slowly(self, _apply=applying.O2cPriceIndexationLine._apply):
    failed = _apply(self)
    time.sleep(0.3)
    return failed
applying.O2cPriceIndexationLine._apply = slowly
env["o2c.price.indexation"]._cron_apply()
env.cr.commit()
"""
LINES = """
select count(*), count(distinct product_id), count(*) filter (where fixed_price > 10)
from o2c_price_agreement_line
"""


@pytest.fixture
def agreed(late_payers):
    late_payers.shell(AGREED)
    return late_payers


def test_two_runs_at_once_move_each_price_once(agreed):
    runs = [agreed.start(RUN) for _ in range(2)]
    codes = [run.wait(180) for run in runs]
    assert 0 in codes, [run.stdout.read() for run in runs]
    agreed.shell(RUN)
    assert agreed.rows(LINES) == [["80", "40", "40"]]
    states = "select distinct state from o2c_price_indexation_line"
    assert agreed.rows(states) == [["applied"]]
    assert agreed.value("select state from o2c_price_indexation") == "applied"
    running = "select count(*) from o2c_run where state = 'running'"
    assert agreed.value(running) == "0"
