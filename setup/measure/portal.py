"""What the portal asks for a customer with five invoices and for one with thousands."""

from datetime import timedelta

from .clock import compare

FEW, MANY = 5, 5000


def _customer_with(env, company, count, skip=0):
    """A new customer who gets posted invoices of the book, the newest first."""
    partner = env["res.partner"].create({"name": f"Bench {count}", "is_company": True})
    env.flush_all()
    env.cr.execute(
        """
        WITH given AS (
            SELECT id FROM account_move
             WHERE company_id = %(company)s AND state = 'posted'
               AND move_type = 'out_invoice'
             ORDER BY invoice_date DESC, id DESC
             LIMIT %(count)s OFFSET %(skip)s
        ), lines AS (
            UPDATE account_move_line SET partner_id = %(partner)s
             WHERE move_id IN (SELECT id FROM given)
        )
        UPDATE account_move
           SET partner_id = %(partner)s, commercial_partner_id = %(partner)s
         WHERE id IN (SELECT id FROM given)
        """,
        {"company": company.id, "count": count, "skip": skip, "partner": partner.id},
    )
    env.invalidate_all()
    return partner


def _both(env, company, work):
    """The same for a small and for a big customer."""
    few = _customer_with(env, company, FEW)
    many = _customer_with(env, company, MANY, FEW)
    return compare(
        env,
        {
            "ours": (lambda _r: work(few), None),
            "5,000 invoices": (lambda _r: work(many), None),
        },
    )


def account_page(env, company):
    """Sums, what to pay and the first page of documents."""
    overview = env["o2c.account.overview"]

    def work(partner):
        accounts = overview._accounts(partner)
        overview._add_sums(partner, accounts)
        for account in accounts:
            overview._pay(account)
        overview._documents(partner)

    return _both(env, company, work)


def pay_page(env, company):
    """Everything on the page of "all I owe"."""
    links = env["o2c.payment.link"]
    return _both(env, company, lambda partner: links._for(partner)._page())


def statement(env, company):
    """The statement of a year."""
    statements = env["o2c.account.statement"]
    until = company._o2c_today()
    period = until - timedelta(days=365), until

    def work(partner):
        statements._statement(partner, company, company.currency_id, *period)

    return _both(env, company, work)


#: Rows of the bench; see ``ours.everything``.
ROWS = {
    "portal": ("Account page, 5 invoices", account_page, ()),
    "portal1": ("Pay page of all that is owed, 5 invoices", pay_page, ()),
    "portal2": ("Statement of a year, 5 invoices", statement, ()),
}
