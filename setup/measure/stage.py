"""The filled company, with its parts switched on for the bench."""

from datetime import timedelta

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
    """Every customer has a generous limit, so that all of them are judged."""
    env["o2c.risk.profile"]._rescore(company, company._o2c_today())
    env.cr.execute(
        "UPDATE o2c_risk_profile SET limit_kind = 'amount', limit_amount = 10000000, "
        "effective_kind = 'amount', effective_limit = 10000000, insolvent = FALSE"
    )
    company.o2c_overdue_amount = 100000000
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
