"""Run in Odoo's shell on a database with all add-ons: thirty customers who are late."""

from datetime import date, timedelta

from odoo import Command

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
company = env.company
company.partner_id.write(
    {
        "name": "Zeewind Handel B.V.",
        "street": "Kade 1",
        "zip": "3011 AA",
        "city": "Rotterdam",
        "email": "boek@zeewind.example",
        "company_registry": "12345678",
        "country_id": env.ref("base.nl").id,
    }
)
env["account.chart.template"].try_loading("nl", company=company, install_demo=False)
env.user.group_ids += env.ref("o2c_base.group_collecting_manager")
env.user.group_ids += env.ref("o2c_base.group_credit_manager")
if "o2c_dunning_office_hours" in company._fields:  # not in the previous release
    # the tests run at any hour, and on Sundays
    company.o2c_dunning_office_hours = False
    env["o2c.dunning.ladder"].search([]).working_days = False
due = date.today() - timedelta(days=5)
customers = env["res.partner"].create(
    [
        {
            "name": f"Late betaler {number:02} B.V.",
            "is_company": True,
            "email": f"crediteuren{number}@laat.example",
            "street": f"Laan {number}",
            "zip": "3511 AB",
            "city": "Utrecht",
            "country_id": env.ref("base.nl").id,
        }
        for number in range(1, 31)
    ]
)
line = {"name": "Levering", "quantity": 1, "price_unit": 500.0, "tax_ids": False}
moves = env["account.move"].create(
    [
        {
            "move_type": "out_invoice",
            "partner_id": customer.id,
            "invoice_date": due - timedelta(days=30),
            "invoice_date_due": due,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [Command.create(line)],
        }
        for customer in customers
    ]
)
moves.action_post()
moves.is_move_sent = True
for part in company._o2c_parts():
    company[f"o2c_{part}_start_date"] = date.today() - timedelta(days=400)
    company[f"o2c_{part}_mode"] = "live"
