"""Run in Odoo's shell on a database without our add-ons: a book that is in use.

Two years of invoices (paid late, in part, not at all), a credit note, an instalment
plan, quotes, orders half delivered, a payment under way, limits and a price list.
"""

from datetime import date, timedelta

from odoo import Command

company = env.company  # noqa: F821
env = env(user=env.ref("base.user_admin").id)  # noqa: F821
today = date.today()
company.partner_id.write(
    {
        "name": "Zeewind Handel B.V.",
        "street": "Kade 1",
        "zip": "3011 AA",
        "city": "Rotterdam",
        "country_id": env.ref("base.nl").id,
    }
)
env["account.chart.template"].try_loading("nl", company=company, install_demo=False)
company.write({"account_use_credit_limit": True, "email": "boek@zeewind.example"})
env["ir.default"].set("res.partner", "credit_limit", 5000.0, company_id=company.id)
instalments = env["account.payment.term"].create(
    {
        "name": "Half now, half later",
        "line_ids": [
            Command.create({"value": "percent", "value_amount": 50, "nb_days": 14}),
            Command.create({"value": "percent", "value_amount": 50, "nb_days": 44}),
        ],
    }
)
goods = env["product.product"].create(
    {"name": "Pallet", "list_price": 80.0, "type": "consu", "is_storable": True}
)
service = env["product.product"].create(
    {"name": "Transport", "list_price": 45.0, "type": "service"}
)
pricelist = env["product.pricelist"].create(
    {
        "name": "Trade",
        "item_ids": [
            Command.create(
                {"compute_price": "percentage", "percent_price": 5, "min_quantity": 10}
            )
        ],
    }
)
customers = env["res.partner"].create(
    [
        {
            "name": f"Afnemer {number} B.V.",
            "is_company": True,
            "email": f"factuur{number}@afnemer.example",
            "country_id": env.ref("base.nl").id,
            "credit_limit": 1000.0 if number % 3 else 0.0,
            "property_payment_term_id": instalments.id
            if number % 4 == 0
            else env.ref("account.account_payment_term_30days").id,
            "specific_property_product_pricelist": pricelist.id,
        }
        for number in range(1, 13)
    ]
)


def invoice_values(customer, day, amount, kind="out_invoice"):
    line = {"product_id": goods.id, "quantity": 3, "price_unit": amount / 3}
    return {
        "move_type": kind,
        "partner_id": customer.id,
        "invoice_date": day,
        "invoice_line_ids": [Command.create(line)],
    }


def pay(moves, day, amount=None):
    values = {"payment_date": day, **({"amount": amount} if amount else {})}
    wizard = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=moves.ids
    )
    wizard.create(values)._create_payments()


wanted = [
    (number, month, customer, today - timedelta(days=30 * month + number))
    for number, customer in enumerate(customers)
    for month in range(0, 24, 3)
]
moves = env["account.move"].create(
    [
        invoice_values(customer, day, 90.0 + number)
        for number, _, customer, day in wanted
    ]
)
moves += env["account.move"].create(
    invoice_values(customers[1], today, 60.0, kind="out_refund")
)
moves.action_post()
paid = [month > 6 or not number % 5 for number, month, _, _ in wanted] + [False]
pay(moves.filtered(lambda move: paid[moves.ids.index(move.id)]), today)
pay(moves[8], today, amount=25.0)
env["account.move"].create(invoice_values(customers[2], today, 75.0))
for number, customer in enumerate(customers[:8]):
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "order_line": [
                Command.create({"product_id": goods.id, "product_uom_qty": 12}),
                Command.create({"product_id": service.id, "product_uom_qty": 2}),
            ],
        }
    )
    if number % 2:
        order.action_confirm()
    if number % 4 == 1:
        order.order_line[1].qty_delivered = 2
        order.picking_ids.move_ids.quantity = 5
env["sale.order"].search([], limit=1)._portal_ensure_token()
env["mail.mail"].sudo().search([]).unlink()
