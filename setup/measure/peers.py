"""The same work by the add-ons of the OCA, in a copy of the same database."""

from . import stage
from .clock import compare, once


def financial_risk(env, company):
    """What every customer owes and has ordered (account_financial_risk)."""
    partners = env["res.partner"].search([("customer_rank", ">", 0)])
    return compare(env, {"peer": (lambda _r: partners.mapped("risk_total"), None)})


def order_check(env, company):
    """Confirming one order of a customer with a limit (sale_financial_risk)."""
    stage.switch(env, company, "credit", "off")
    partner = stage.customers(env, 1)
    partner.write(
        {
            "credit_limit": 10000000,
            "risk_invoice_open_include": True,
            "risk_sale_order_include": True,
        }
    )
    return compare(
        env,
        {
            "peer": (
                lambda orders: orders.action_confirm(),
                lambda: stage.quotes(env, 1),
            )
        },
    )


def credit_control(env, company):
    """The first run over the book, before any mail (account_credit_control)."""
    stage.switch(env, company, "dunning", "off")
    policy = env.ref("account_credit_control.credit_control_3_time")
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    policy.account_ids = accounts
    company.credit_policy_id = policy

    def work(_ready):
        run = env["credit.control.run"].create(
            {"date": company._o2c_today(), "policy_ids": [(6, 0, policy.ids)]}
        )
        run.with_context(lang="en_US").generate_credit_lines()

    seconds, cpu, queries = once(env, work)
    return {"peer": {"seconds": seconds, "cpu": cpu, "queries": queries}}


def automatic_workflow(env, company, count):
    """Delivered orders become posted invoices (sale_automatic_workflow)."""
    stage.switch(env, company, "billing", "off")
    process = env.ref("sale_automatic_workflow.automatic_validation")
    process.send_order_confirmation_mail = False

    def ready():
        orders = stage.delivered(env, count)
        orders.workflow_process_id = process
        return orders

    def work(orders):
        env["automatic.workflow.job"].run()
        if set(orders.invoice_ids.mapped("state")) != {"posted"}:
            raise RuntimeError("The peer did not post all invoices.")

    return compare(env, {"peer": (work, ready)})


def everything(env, rows):
    """All peers that are asked for, under the titles of our own rows.

    :return: {title: {name: medians}}
    """
    stage.quiet(env)
    company, env = stage.company_of(env)
    chosen = {
        "exposure": ("Exposure of all customers", financial_risk, ()),
        "rescoring": ("Rescoring of all customers", financial_risk, ()),
        "confirm": ("Order check, 1 order", order_check, ()),
        "dunning": ("Nightly reminders, decide and write", credit_control, ()),
        "billing": (
            "100 orders delivered → invoiced",
            automatic_workflow,
            (stage.ORDERS,),
        ),
    }
    found = {}
    for key, (title, work, arguments) in chosen.items():
        if key in rows:
            try:
                found[title] = work(env, company, *arguments)
            except Exception as error:  # a peer that fails is a finding too
                found[title] = {"error": f"{type(error).__name__}: {error}"}
                env.cr.rollback()
    env.cr.rollback()
    return found
