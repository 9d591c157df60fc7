"""The least that the database can do for the same answer: one statement."""

LIMIT = """
SELECT l.partner_id, SUM(l.amount_residual),
       SUM(l.amount_residual) FILTER (WHERE l.date_maturity < %(today)s),
       MIN(l.date_maturity)
  FROM account_move_line l
 WHERE l.account_id = ANY(%(accounts)s) AND l.reconciled IS NOT TRUE
   AND l.parent_state = 'posted' AND l.company_id = %(company)s
 GROUP BY l.partner_id
"""
DUE = """
SELECT l.id, l.partner_id, l.date_maturity, l.amount_residual
  FROM account_move_line l
 WHERE l.account_id = ANY(%(accounts)s) AND l.reconciled IS NOT TRUE
   AND l.parent_state = 'posted' AND l.company_id = %(company)s
   AND l.date_maturity < %(today)s
"""
BEHAVIOUR = """
SELECT i.partner_id, SUM(p.amount),
       SUM(p.amount * GREATEST(m.date - i.date_maturity, 0))
  FROM account_partial_reconcile p
  JOIN account_move_line i ON i.id = p.debit_move_id
  JOIN account_move_line m ON m.id = p.credit_move_id
 WHERE i.account_id = ANY(%(accounts)s) AND i.company_id = %(company)s
   AND m.date <= %(today)s
 GROUP BY i.partner_id
"""


def sql(env, company, query):
    """A way to measure: the statement, its rows fetched.

    :return: (work, prepare) as :func:`clock.compare` takes them
    """
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    facts = {
        "accounts": accounts.ids,
        "company": company.id,
        "today": company._o2c_today(),
    }

    def work(_ready):
        env.cr.execute(query, facts)
        env.cr.fetchall()

    return work, None
