"""Key figures of a month, receivables by age, and every dashboard opened once."""

import base64
import json
from datetime import timedelta

from . import stage
from .clock import compare

#: What the ledger had open on a day: receivables less what was matched by then.
_AGE = """
    WITH matched AS MATERIALIZED (
        SELECT id, sum(amount) AS amount
          FROM (SELECT debit_move_id AS id, -amount AS amount
                  FROM account_partial_reconcile WHERE max_date <= %(day)s
                 UNION ALL
                SELECT credit_move_id, amount
                  FROM account_partial_reconcile WHERE max_date <= %(day)s) part
         GROUP BY id
    ), item AS MATERIALIZED (
        SELECT line.id, line.partner_id, line.balance, line.date_maturity AS due
          FROM account_move_line line
          JOIN account_account account ON account.id = line.account_id
         WHERE account.account_type = 'asset_receivable'
           AND account.non_trade IS NOT TRUE AND line.parent_state = 'posted'
           AND line.date <= %(day)s AND line.company_id = %(company)s
    )
    SELECT debtor.o2c_segment_id,
           CASE WHEN item.due >= %(day)s THEN 0
                ELSE LEAST((%(day)s - item.due - 1) / 30 + 1, 4) END,
           sum(item.balance + COALESCE(matched.amount, 0))
      FROM item
      JOIN res_partner contact ON contact.id = item.partner_id
      JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
 LEFT JOIN matched ON matched.id = item.id
     GROUP BY 1, 2
"""


def ages(env, company):
    """Open per segment and age on a day half a year ago; beside one SQL of the ledger's
    own rows, which knows no disputes and promises."""
    day = company._o2c_today() - timedelta(days=182)

    def ours(_ready):
        return _by_age(env, company, day)

    def bare(_ready):
        env.cr.execute(_AGE, {"day": day, "company": company.id})
        return env.cr.fetchall()

    mine, its = (
        sum(round(row[-1] or 0, 2) for row in found) for found in (ours(0), bare(0))
    )
    if abs(mine - its) > 0.005:
        raise RuntimeError(f"By age {mine} is open on {day}, in the ledger {its}.")
    found = compare(env, {"ours": (ours, None), "one SQL": (bare, None)})
    found["open"] = {"said": f"both say {mine:,.2f} on {day}"}
    return found


def _by_age(env, company, day):
    report = env["o2c.receivable.report"].with_context(o2c_as_of=day)
    return report._read_group(
        [("company_id", "=", company.id)], ["segment_id", "bucket"], ["amount:sum"]
    )


def figures(env, company):
    """The key figures of a month with every movement, for the company and each of its
    parts; beside the movements alone."""
    snapshots = env["o2c.kpi.snapshot"].sudo()
    today = company._o2c_today()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    companies = snapshots._with_branches(company)
    last = today.replace(day=1) - timedelta(days=1)

    def work(_ready):
        taken = snapshots._take(company, month, today)
        if not taken.filtered("movement"):
            raise RuntimeError("The month has no movements.")
        return taken

    found = compare(
        env,
        {
            "ours": (work, None),
            "the movements alone": (
                lambda _r: snapshots._moved(companies, month, last),
                None,
            ),
        },
    )
    found["rows"] = {"said": f"{len(work(None)):,} rows of the month"}
    return found


def screens(env, company):
    """Every dashboard opened once: what its screen asks of the database; every part
    watches, invoices are sent, a year of months and a forecast were taken before."""
    for part in ("credit", "billing", "dunning", "cash"):
        stage.switch(env, company, part, "watch")
    env.cr.execute("UPDATE account_move SET is_move_sent = TRUE WHERE state = 'posted'")
    today = company._o2c_today()
    snapshots = env["o2c.kpi.snapshot"]
    snapshots.sudo()._take_missing(company, today)
    env["o2c.cash.forecast"].sudo()._take(company, today)
    opened = {
        "Today": env["o2c.today"].get_today,
        "receivables by age": lambda: _by_age(env, company, today),
        "key figures": lambda: snapshots.web_search_read(
            [("dimension", "=", "total")],
            {name: {} for name in snapshots._fields if name != "explanation"},
        ),
        "a month explained": lambda: snapshots.search(
            [("dimension", "=", "total")], limit=1
        ).web_read({"explanation": {}, "by_age": {}}),
        "cash forecast": env["o2c.cash.forecast"].get_board,
        "spreadsheet": lambda: _spreadsheet(env),
    }

    def every(_ready):
        for work in opened.values():
            work()

    ways = {name: (lambda _r, work=work: work(), None) for name, work in opened.items()}
    found = compare(env, {"ours": (every, None)} | ways)
    for part in ("credit", "billing", "dunning", "cash"):
        stage.switch(env, company, part, "off")
    return found


def _spreadsheet(env):
    """The groups that the charts of the spreadsheet ask for."""
    sheet = env.ref("o2c_insight.spreadsheet_dashboard_receivables")
    data = json.loads(base64.b64decode(sheet.spreadsheet_binary_data))
    for figure in (one for page in data["sheets"] for one in page["figures"]):
        asked = figure.get("data", {}).get("metaData")
        if asked:
            env[asked["resModel"]].formatted_read_group(
                figure["data"]["searchParams"]["domain"],
                asked["groupBy"],
                [f"{asked['measure']}:{_aggregator(env, asked)}"],
            )


def _aggregator(env, asked):
    return env[asked["resModel"]]._fields[asked["measure"]].aggregator
