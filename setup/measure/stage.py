"""The filled company, with its parts switched on for the bench."""

from contextlib import ExitStack, contextmanager
from datetime import timedelta
from unittest.mock import patch

ORDERS = 100


def quiet(env):
    """Nothing is committed while we measure: the work is rolled back."""
    cron = type(env["ir.cron"])
    cron._commit_progress = lambda self, *args, **kwargs: float("inf")


def company_of(env):
    """The demo company and an environment in it.

    :return: (company, env)
    """
    company = env.ref("base.main_company")
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    return company.with_env(env), env


def switch(env, company, part, mode):
    """Turn a part without the work that a person's switch does."""
    start = company._o2c_today() - timedelta(days=900)
    env.cr.execute(
        f"UPDATE res_company SET o2c_{part}_mode = %s, o2c_{part}_start_date = %s "
        "WHERE id = %s",
        (mode, start, company.id),
    )
    env.invalidate_all()
    env.registry.clear_cache()


def customers(env, count=None):
    """Customers with a limit of their own, in a set order."""
    return env["res.partner"].search(
        [("customer_rank", ">", 0), ("parent_id", "=", False), ("ref", "like", "K")],
        order="id",
        limit=count,
    ) or env["res.partner"].search(
        [("customer_rank", ">", 0), ("parent_id", "=", False)], order="id", limit=count
    )


def set_limits(env, company):
    """Every customer has a generous limit, so that all are judged and none is held."""
    env["o2c.risk.profile"]._rescore(company, company._o2c_today())
    env.cr.execute(
        "UPDATE o2c_risk_profile SET limit_kind = 'amount', limit_amount = 10000000, "
        "effective_kind = 'amount', effective_limit = 10000000, insolvent = FALSE"
    )
    company.o2c_overdue_amount = 100000000
    env["o2c.credit.policy"].search([]).write({"down_payment": 0})
    env.invalidate_all()


def quotes(env, count, lines=1):
    """Quotes of different customers for hours of work."""
    hours = env.ref("o2c_demo.product_inst_uur")
    chosen = customers(env, count)
    chosen = [chosen[index % len(chosen)] for index in range(count)]
    return env["sale.order"].create(
        [
            {
                "partner_id": partner.id,
                "order_line": [
                    (0, 0, {"product_id": hours.id, "product_uom_qty": 1 + line % 20})
                    for line in range(lines)
                ],
            }
            for partner in chosen
        ]
    )


def delivered(env, count):
    """Confirmed orders whose hours are booked."""
    orders = quotes(env, count)
    orders.action_confirm()
    for line in orders.order_line:
        line.qty_delivered = line.product_uom_qty
    env.flush_all()
    return orders


def open_orders(env, partner, count):
    """Confirmed orders of one customer that nothing was invoiced of."""
    hours = env.ref("o2c_demo.product_inst_uur")
    orders = env["sale.order"].create(
        [
            {
                "partner_id": partner.id,
                "order_line": [(0, 0, {"product_id": hours.id})],
            }
            for _number in range(count)
        ]
    )
    orders.action_confirm()
    return orders


def customs(env, company):
    """A source with duties that are advanced and a fee with VAT.

    :return: {code: charge type}
    """
    accounts = env["account.account"]
    advances = accounts.create(
        {"code": "129999", "name": "Advanced", "account_type": "asset_current"}
    )
    income = accounts.search([("account_type", "=", "income")], limit=1)
    vat = env.ref(f"account.{company.id}_btw_21")
    own = {"company_id": company.id}
    duty = own | {"code": "BDUTY", "name": "Duties", "pass_through": True}
    fee = own | {"code": "BFEE", "name": "Fee", "account_id": income.id}
    charges = env["o2c.charge.type"].create(
        [
            duty | {"advance_account_id": advances.id},
            fee | {"tax_ids": [(6, 0, vat.ids)]},
        ]
    )
    env["o2c.billing.source"].create(own | {"name": "Bench", "code": "bench"})
    return {charge.code: charge for charge in charges}


def clearances(env, company, count):
    """Two events of each file, for different customers, as a source tells them."""
    chosen = customers(env).filtered("ref")[:count]
    today = company._o2c_today().isoformat()
    return [
        {
            "key": f"B{number}-{code}",
            "customer": chosen[number % len(chosen)].ref,
            "date": today,
            "charge": code,
            "amount": amount,
            "dossier": f"B{number}",
            "reference": f"PO {number}",
        }
        for number in range(count)
        for code, amount in (("BDUTY", 1250.0), ("BFEE", 45.0))
    ]


def clearance_invoices(env, told, charges):
    """The same invoices as values for core."""
    partners = {partner.ref: partner.id for partner in customers(env).filtered("ref")}
    return [
        {
            "move_type": "out_invoice",
            "partner_id": partners[duty["customer"]],
            "ref": duty["reference"],
            "invoice_line_ids": [
                (
                    0,
                    0,
                    {
                        "name": charges[one["charge"]].name,
                        "price_unit": one["amount"],
                        "account_id": (
                            charges[one["charge"]].advance_account_id
                            or charges[one["charge"]].account_id
                        ).id,
                        "tax_ids": [(6, 0, charges[one["charge"]].tax_ids.ids)],
                    },
                )
                for one in (duty, fee)
            ],
        }
        for duty, fee in zip(told[::2], told[1::2], strict=True)
    ]


@contextmanager
def without_ours(record, addon):
    """Each method of an add-on in a record's class steps aside for the one below."""

    def below(kind, name):
        def step(this, *args, **kwargs):
            return getattr(super(kind, this), name)(*args, **kwargs)

        return step

    with ExitStack() as stack:
        for kind in type(record).__mro__:
            if kind.__module__.startswith(f"odoo.addons.{addon}."):
                for name, ours in list(vars(kind).items()):
                    if callable(ours) and hasattr(super(kind, record), name):
                        stack.enter_context(patch.object(kind, name, below(kind, name)))
        yield
