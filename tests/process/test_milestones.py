"""Hours of a project and its milestones: delivered when Odoo says so, invoiced once.

In a database of its own, because nobody who has no projects should load them.
"""

import pytest

SETTING = """
from odoo import Command
company = env["res.company"].search([], limit=1)
company.write({"o2c_billing_start_date": "2020-01-01", "o2c_billing_mode": "live"})
company.o2c_billing_automatic = True
env["hr.employee"].create({"name": "Monteur", "user_id": env.uid})
customer = env["res.partner"].search([("name", "=", "Late betaler 01 B.V.")])
common = {"type": "service", "invoice_policy": "delivery", "taxes_id": False}
hours, stages = env["product.product"].create(
    [
        common
        | {
            "name": "Montage-uren",
            "list_price": 60.0,
            "uom_id": env.ref("uom.product_uom_hour").id,
            "service_policy": "delivered_timesheet",
            "service_tracking": "task_in_project",
        },
        common
        | {
            "name": "Aanbouw in drie delen",
            "list_price": 9000.0,
            "service_policy": "delivered_milestones",
            "service_tracking": "project_only",
        },
    ]
)
order = env["sale.order"].create(
    {
        "partner_id": customer.id,
        "order_line": [
            Command.create({"product_id": hours.id, "product_uom_qty": 10}),
            Command.create({"product_id": stages.id, "product_uom_qty": 1}),
        ],
    }
)
order.action_confirm()
lines = order.order_line
print(lines.mapped("qty_delivered_method"))
env["project.milestone"].create(
    [
        {
            "name": name,
            "project_id": lines[1].project_id.id,
            "sale_line_id": lines[1].id,
            "quantity_percentage": share,
        }
        for name, share in (("Fundering", 0.3), ("Oplevering", 0.7))
    ]
)
"""
WORKED = """
lines = env["sale.order"].search([], order="id desc", limit=1).order_line
task = lines[0].task_id
env["account.analytic.line"].create(
    {
        "name": "Montage",
        "project_id": task.project_id.id,
        "task_id": task.id,
        "unit_amount": HOURS,
        "employee_id": env["hr.employee"].search([("name", "=", "Monteur")]).id,
    }
)
"""
REACHED = """
env["project.milestone"].search([("name", "=", "Fundering")]).is_reached = REACHED
"""
NIGHT = """
env["o2c.measured.delivery"]._cron_measure()
env.cr.commit()
env["o2c.billing.event"]._cron_process_queue()
env.cr.commit()
"""
TOLD = """
select l.qty_delivered_method, e.quantity, e.state from o2c_billing_event e
join sale_order_line l on l.id = e.order_line_id
where e.source = 'measured' order by 1, e.id
"""


@pytest.fixture
def projects(late_payers):
    late_payers.install("sale_timesheet")
    late_payers.shell(SETTING)
    return late_payers


def told(database):
    return [(kind, float(q)) for kind, q, _state in database.rows(TOLD)]


def test_hours_and_milestones_are_invoiced_once(projects):
    projects.shell(WORKED.replace("HOURS", "4"))
    projects.shell(REACHED.replace("REACHED", "True"))
    projects.shell(NIGHT)
    projects.shell(NIGHT)
    assert told(projects) == [("milestones", 0.3), ("timesheet", 4.0)]
    total = "select sum(amount_untaxed_signed) from account_move where invoice_origin \
= (select name from sale_order order by id desc limit 1)"
    assert float(projects.value(total)) == 0.3 * 9000 + 4 * 60
    projects.shell(WORKED.replace("HOURS", "1.5"))
    projects.shell(REACHED.replace("REACHED", "False"))
    projects.shell(NIGHT)
    assert told(projects) == [
        ("milestones", 0.3),
        ("milestones", -0.3),
        ("timesheet", 4.0),
        ("timesheet", 1.5),
    ]


def test_two_looks_at_once_tell_once(projects):
    projects.shell(WORKED.replace("HOURS", "4"))
    slowly = """
import time
from odoo.addons.o2c_billing.models.billing import o2c_measured_delivery as look
def slowly(self, *args, _tell=look.O2cMeasuredDelivery._tell):
    _tell(self, *args)
    time.sleep(3)
look.O2cMeasuredDelivery._tell = slowly
env["o2c.measured.delivery"]._cron_measure()
env.cr.commit()
"""
    looks = [projects.start(slowly) for _ in range(2)]
    for look in looks:
        assert look.wait(180) == 0, look.stdout.read()
    projects.shell(NIGHT)
    assert told(projects) == [("timesheet", 4.0)]
