"""Our own work beside core's and beside the least that the database can do."""

from datetime import timedelta

from . import cash, collecting, dashboards, insight, intake, least, portal, stage
from .clock import compare


def exposure(env, company):
    """What every customer owes and has ordered."""
    partners = env["res.partner"].search([("customer_rank", ">", 0)])
    profiles = env["o2c.risk.profile"]
    return compare(
        env,
        {
            "ours": (lambda _r: profiles._exposure(company), None),
            "one SQL": least.sql(env, company, least.LIMIT),
            "core credit": (lambda _r: partners.mapped("credit"), None),
        },
    )


def confirm(env, company, count):
    """Confirming orders in one call, credit off and live."""

    def ready(mode):
        stage.switch(env, company, "credit", mode)
        stage.switch(env, company, "billing", "off")
        return stage.quotes(env, count)

    def work(orders):
        orders.action_confirm()

    found = compare(
        env,
        {
            "ours": (work, lambda: ready("live")),
            "bare confirm": (work, lambda: ready("off")),
        },
    )
    stage.switch(env, company, "credit", "off")
    return found


def rescoring(env, company):
    """Figures, score and grade of all customers, stored; and of one."""
    today = company._o2c_today() + timedelta(days=1)
    profiles = env["o2c.risk.profile"]
    one = stage.customers(env, 1).ids
    return compare(
        env,
        {
            "ours": (lambda _r: profiles._rescore(company, today), None),
            "next night": (
                lambda _r: profiles._rescore(company, today + timedelta(days=1)),
                lambda: profiles._rescore(company, today),
            ),
            "one SQL": least.sql(env, company, least.LIMIT),
            "one customer": (lambda _r: profiles._rescore(company, today, one), None),
        },
    )


def verdict(env, company):
    """The verdict over the API before there is an order, for a customer with few and
    with many open orders."""
    few, many = stage.customers(env, 2)
    stage.open_orders(env, few, 10)
    stage.open_orders(env, many, 500)
    stage.switch(env, company, "credit", "live")
    found = compare(
        env,
        {
            "ours": (lambda _r: few.o2c_credit_verdict(1000), None),
            "500 open orders": (lambda _r: many.o2c_credit_verdict(1000), None),
        },
    )
    stage.switch(env, company, "credit", "off")
    return found


def watch(env, company):
    """The night's watch over all customers, alerts and proposals written; the night
    after finds the same again."""
    today = company._o2c_today()
    profiles = env["o2c.risk.profile"]
    stage.switch(env, company, "credit", "watch")
    profiles._rescore(company, today)
    found = compare(
        env,
        {
            "ours": (lambda _r: profiles._watch(company, today), None),
            "second night": (
                lambda _r: profiles._watch(company, today + timedelta(days=1)),
                lambda: profiles._watch(company, today),
            ),
        },
    )
    stage.switch(env, company, "credit", "off")
    return found


def behaviour(env, company):
    """How every customer pays: late, on time, trend, from all reconciliations."""
    today = company._o2c_today()
    profiles = env["o2c.risk.profile"]

    def work(_ready):
        profiles._spare_compiling()
        env.execute_query(profiles._paid_sql(company, today, None))

    return compare(
        env, {"ours": (work, None), "one SQL": least.sql(env, company, least.BEHAVIOUR)}
    )


def billing(env, company, count):
    """Delivered orders become posted invoices."""
    today = company._o2c_today()

    def ready(mode):
        stage.switch(env, company, "credit", "off")
        stage.switch(env, company, "billing", mode)
        company.o2c_billing_automatic = True
        return stage.delivered(env, count)

    def core(orders):
        orders._create_invoices().action_post()

    def ours(orders):
        env["o2c.billing.event"]._process_queue(company, today)
        if set(orders.invoice_ids.mapped("state")) != {"posted"}:
            raise RuntimeError("The queue did not post all invoices.")

    found = compare(
        env,
        {
            "ours": (ours, lambda: ready("live")),
            "core": (core, lambda: ready("off")),
        },
    )
    stage.switch(env, company, "billing", "off")
    return found


def pricing(env, company, orders, lines):
    """Creating order lines, with and without price agreements."""

    def ready(mode):
        stage.switch(env, company, "billing", mode)
        env["o2c.price.agreement"]._forget_rules()

    def work(_ready):
        stage.quotes(env, orders, lines)

    found = compare(
        env,
        {
            "ours": (work, lambda: ready("live")),
            "core": (work, lambda: ready("off")),
        },
    )
    stage.switch(env, company, "billing", "off")
    return found


def events(env, company, files):
    """Clearances of another system: told over the endpoint, then invoiced and posted;
    beside invoices of the same lines that core makes and posts."""
    today = company._o2c_today()
    stage.switch(env, company, "credit", "off")
    stage.switch(env, company, "billing", "live")
    company.sudo().o2c_billing_automatic = True
    env["o2c.draft.check.rule"].search([]).active = False
    charges = stage.customs(env, company)
    told = stage.clearances(env, company, files)
    events = env["o2c.billing.event"].with_user(env.ref("base.user_admin"))

    def tell(_ready):
        answer = events.o2c_report("bench", told)
        if {one["status"] for one in answer["results"]} - {"accepted", "known"}:
            raise RuntimeError("The source was refused something.")

    def ours(_ready):
        env["o2c.billing.event"]._process_queue(company, today)
        waiting = env["o2c.billing.event"].search_count(
            [("source", "=", "bench"), ("state", "not in", ("posted", "sent"))]
        )
        if waiting:
            raise RuntimeError(f"{waiting} events were not posted.")

    def core(values):
        env["account.move"].create(values).action_post()

    found = compare(
        env,
        {
            "ours": (ours, lambda: tell(None)),
            "core": (core, lambda: stage.clearance_invoices(env, told, charges)),
            "told": (tell, None),
            "told again": (tell, lambda: tell(None)),
        },
    )
    stage.switch(env, company, "billing", "off")
    return found


def e_invoices(env, company, count):
    """Files of posted invoices, beside core's builder alone; with the address of the
    page where they are paid, which core's files do not have, apart."""
    moves = env["account.move"].search(
        [
            ("company_id", "=", company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
        ],
        limit=count,
    )
    builder = env["account.edi.xml.ubl_nl"]

    def work(_ready):
        for move in moves:
            builder._export_invoice(move)

    def core(_ready):
        with stage.without_ours(builder, "o2c_billing"):
            work(None)

    def ready(pay_page):
        company.sudo().link_qr_code = pay_page
        work(None)  # pay links are made once for a document, whatever asks first

    return compare(
        env,
        {
            "ours": (work, lambda: ready(False)),
            "core": (core, lambda: ready(False)),
            "with pay page": (work, lambda: ready(True)),
        },
    )


def everything(env, rows):
    """All rows that are asked for.

    :return: {title: {name: medians}}
    """
    stage.quiet(env)
    company, env = stage.company_of(env)
    if {"confirm", "billing"} & set(rows):
        stage.set_limits(env, company)
    chosen = {
        "exposure": ("Exposure of all customers", exposure, ()),
        "confirm": ("Order check, 1 order", confirm, (1,)),
        "confirm100": ("Order check, 100 orders at once", confirm, (stage.ORDERS,)),
        "verdict": ("Verdict over the API, 10 open orders", verdict, ()),
        "behaviour": ("How all customers pay", behaviour, ()),
        "watch": ("The night's watch over all customers", watch, ()),
        "rescoring": ("Rescoring of all customers", rescoring, ()),
        "dunning": ("Nightly reminders, decide and write", collecting.dunning, ()),
        "mails": ("Reminders into the mail queue", collecting.mails, ()),
        "billing": ("100 orders delivered → invoiced", billing, (stage.ORDERS,)),
        "pricing": ("1,000 order lines priced", pricing, (20, 50)),
        "events": ("100 clearances told → posted", events, (stage.ORDERS,)),
        "ubl": ("100 e-invoices written", e_invoices, (stage.ORDERS,)),
        **portal.ROWS,
        "cash": ("Bank lines matched to open items", cash.matching, ()),
        "orders": (
            "100 orders of 10 lines read → quoted",
            intake.quotations,
            (100, 10),
        ),
        "age": ("Receivables by age, half a year ago", dashboards.ages, ()),
        "figures": ("Key figures of a month", dashboards.figures, ()),
        "screens": ("All dashboards opened once", dashboards.screens, ()),
        "forecast": ("Cash forecast of the whole book", insight.forecast, ()),
        "proof": ("Auditor's export of a year", insight.proof, ()),
        "provision": ("Provision of a month-end", insight.provision, ()),
        "cleaning": ("List of what is not clean", insight.clean_list, ()),
        "whatif": ("A year replayed, two sets of rules", insight.what_if, ()),
    }
    found = {
        title: work(env, company, *arguments)
        for key, (title, work, arguments) in chosen.items()
        if key.rstrip("0123456789") in rows
    }
    env.cr.rollback()
    return found
