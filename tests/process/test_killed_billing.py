"""The billing queue is killed half way and started again: every event is one line."""

import pytest

from process.test_killed import kill_when

REPORTED = """
env = env(user=env.ref("base.user_admin").id)
company = env.company
company.sudo().o2c_billing_automatic = True
env.user.group_ids += env.ref("o2c_base.group_billing_approver")
vat = env["account.chart.template"].with_company(company).ref("btw_21")
revenue = env["account.account"].search([("account_type", "=", "income")], limit=1)
charge = env["o2c.charge.type"].create({
    "code": "TRIP", "name": "Rit", "company_id": company.id,
    "account_id": revenue.id, "tax_ids": [(6, 0, vat.ids)]})
source = env["o2c.billing.source"].create({
    "name": "Planning", "code": "trips", "company_id": company.id,
    "charge_type_id": charge.id})
customers = env["res.partner"].search([("name", "like", "Late betaler")])
for number, customer in enumerate(customers):
    customer.ref = f"LB{number}"
day = company._o2c_today().isoformat()
answer = env["o2c.billing.event"].o2c_report("trips", [
    {"key": f"{number}-{trip}", "customer": f"LB{number}", "date": day, "amount": 75.0,
     "reference": f"R{number}"}
    for number in range(len(customers)) for trip in range(2)])
assert {one["status"] for one in answer["results"]} == {"accepted"}, answer
"""
# small batches with a pause between them, so that there is a half way
SLOWLY = """
import time
from odoo.addons.o2c_billing.models.billing import o2c_billing_queue as queue
queue.BATCH = 3
def slowly(self, *args, _work=queue.O2cBillingEvent._work, **kwargs):
    result = _work(self, *args, **kwargs)
    time.sleep(0.4)
    return result
queue.O2cBillingEvent._work = slowly
"""
NIGHT = """
company = env.ref("base.user_admin").company_id
env["o2c.billing.event"]._process_queue(company, company._o2c_today())
env.cr.commit()
"""
POSTED = (
    "select count(*) from o2c_billing_event where source = 'trips' "
    "and state in ('posted', 'sent')"
)
INVOICES = (
    "select count(distinct m.id) from account_move m join o2c_billing_event e "
    "on e.move_id = m.id where m.state = 'posted' and e.source = 'trips'"
)
LINES = "select count(*) from account_move_line where name like 'Rit %'"


@pytest.fixture
def reported(late_payers):
    late_payers.shell(REPORTED)
    return late_payers


def test_a_killed_queue_invoices_every_event_once(reported):
    kill_when(reported, SLOWLY + NIGHT, POSTED, 6)
    half = int(reported.value(POSTED))
    assert 6 <= half < 60, half

    reported.shell(NIGHT)
    assert [reported.value(sql) for sql in (POSTED, INVOICES, LINES)] == [
        "60",
        "30",
        "60",
    ]
    runs = reported.rows("select state from o2c_run where kind = 'billing'")
    assert {state for (state,) in runs} == {"done"}, runs

    reported.shell(NIGHT)
    assert reported.value(LINES) == "60"


def test_two_queues_at_once_invoice_every_event_once(reported):
    first = reported.start(SLOWLY + NIGHT)
    second = reported.start(SLOWLY + NIGHT)
    first.wait(240)
    second.wait(240)
    reported.shell(NIGHT)
    assert [reported.value(sql) for sql in (POSTED, INVOICES, LINES)] == [
        "60",
        "30",
        "60",
    ]
