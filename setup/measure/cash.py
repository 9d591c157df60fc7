"""Bank lines matched to open items: how right, and how fast beside one search each."""

import json
from collections import Counter
from datetime import timedelta

from odoo.tools import SQL

from . import stage, truth_set
from .clock import compare

#: Bank lines of the row; fewer in a book with fewer open items.
LINES = 10_000
#: A search per line takes minutes for all of them; so many are timed.
SEARCHES = 500


def matching(env, company):
    """Proposals for all lines, stored, beside one search per line; and how right."""
    stage.switch(env, company, "cash", "watch")
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    made, ids = bank_lines(env, company, journal)
    matches = env["o2c.cash.match"].sudo()

    def ours(_ready):
        matches._propose(company, line_ids=ids)

    def searches(_ready):
        search_each(env, company, ids[:SEARCHES])

    found = compare(
        env,
        {
            "ours": (ours, None),
            "the next hour": (ours, lambda: ours(None)),
            f"one search per line, {min(SEARCHES, len(ids))} lines": (searches, None),
        },
    )
    matches._propose(company, line_ids=ids)
    found["truth"] = {"said": _told(env, made, ids)}
    stage.switch(env, company, "cash", "off")
    return found


def _told(env, made, ids):
    """How right the proposals are, as one line."""
    matches = env["o2c.cash.match"].sudo().search([("statement_line_id", "in", ids)])
    known = {match.statement_line_id.id: match for match in matches}
    told = truth_set.judged(
        made,
        [
            (known[one].certainty, set(known[one].item_ids.move_line_id.ids))
            for one in ids
        ],
    )
    return (
        f"{len(made):,} lines: {told['precision']:.2f} % of the certain are right, "
        f"{told['recall']:.1f} % of all is certain, {told['explained']:.1f} % explained"
    )


def bank_lines(env, company, journal):
    """A set of bank lines of which the truth is known, for the open items of the book.

    :return: (list of :mod:`truth_set`, ids of the bank lines)
    """
    today = company._o2c_today()
    rows = env["o2c.cash.match"].sudo()._open_rows(company)
    parts = Counter(row[1] for row in rows)
    customers = {}
    for row in rows:
        known = row[3] == company.currency_id.id and row[4] > 0
        # what Odoo knows as paid is no item here, and an instalment has no own number
        if known and not row[12] and parts[row[1]] == 1:
            item = {"key": row[0], "number": row[7], "cents": round(row[4] * 100)}
            customers.setdefault(row[2], []).append(item)
    names = env["res.partner"].browse(customers)
    payers = [
        {
            "id": partner.id,
            "name": partner.name,
            "account": f"NL{partner.id % 90 + 10}BANK{partner.id:010d}",
            "items": customers[partner.id],
        }
        for partner in names
    ]
    env["res.partner.bank"].create(
        [
            {"acc_number": one["account"], "partner_id": one["id"]}
            for one in payers
            if one["id"] % 3  # of a third no account is known
        ]
    )
    items = sum(len(one["items"]) for one in payers)
    made = truth_set.lines(payers, min(LINES, max(100, items // 2)))
    ids = _book(env, journal, today - timedelta(days=1), made)
    return made, ids


def _book(env, journal, day, made):
    """Bank lines as copies of one that Odoo made: the ORM takes minutes for these."""
    first = env["account.bank.statement.line"].create(
        {"journal_id": journal.id, "date": day, "amount": 1.0, "payment_ref": "bench"}
    )
    env.flush_all()
    lines = [
        first.move_id.line_ids.filtered(lambda row, s=sign: row.balance * s > 0)
        for sign in (1, -1)
    ]
    values = [
        {
            "n": number,
            "amount": one["cents"] / 100,
            "text": one["text"],
            "account": one["account"],
            "payer": one["payer"],
        }
        for number, one in enumerate(made)
    ]
    env.cr.execute(
        SQL(
            """
            CREATE TEMPORARY TABLE bench_line ON COMMIT DROP AS
            SELECT v.*, nextval('account_move_id_seq')::int AS move_id,
                   nextval('account_bank_statement_line_id_seq')::int AS line_id
              FROM jsonb_to_recordset(%s) AS v(
                   n int, amount numeric, text text, account text, payer text)
            """,
            json.dumps(values),
        )
    )
    for table, key, changes in _changes(first, lines):
        _copies(env, table, key, changes)
    # the entry and the bank line name each other: one of them comes later
    env.cr.execute(
        "UPDATE account_move m SET statement_line_id = b.line_id FROM bench_line b "
        "WHERE m.id = b.move_id"
    )
    env.cr.execute("ANALYZE account_bank_statement_line")
    env.cr.execute("SELECT line_id FROM bench_line ORDER BY n")
    ids = [key for (key,) in env.cr.fetchall()]
    env.invalidate_all()
    return ids


def _changes(first, lines):
    """Table, row to copy, and what differs in a copy."""
    yield (
        "account_move",
        first.move_id.id,
        (
            "'id', b.move_id, 'name', 'BENCH/' || b.n, 'statement_line_id', NULL, "
            "'amount_total', b.amount, 'amount_total_signed', b.amount, "
            "'amount_total_in_currency_signed', b.amount, 'sequence_number', b.n"
        ),
    )
    yield (
        "account_bank_statement_line",
        first.id,
        (
            "'id', b.line_id, 'move_id', b.move_id, 'amount', b.amount, "
            "'payment_ref', b.text, 'account_number', b.account, "
            "'partner_name', b.payer, 'amount_residual', -b.amount, "
            "'internal_index', to_char(b.line_id, 'FM00000000000000000000')"
        ),
    )
    for line, sign in zip(lines, ("", "-"), strict=True):
        yield (
            "account_move_line",
            line.id,
            (
                "'id', nextval('account_move_line_id_seq'), 'move_id', b.move_id, "
                f"'balance', {sign}b.amount, 'amount_currency', {sign}b.amount, "
                f"'amount_residual', {sign}b.amount, "
                f"'amount_residual_currency', {sign}b.amount, "
                f"'debit', greatest({sign}b.amount, 0), "
                f"'credit', greatest(-({sign}b.amount), 0), "
                "'statement_line_id', b.line_id, 'name', b.text, 'partner_id', NULL"
            ),
        )


def _copies(env, table, key, changes):
    """Rows of a table like one of them, with other values; the names are ours."""
    env.cr.execute(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, "
        f"jsonb_build_object({changes}))).* FROM {table} t, bench_line b "
        "WHERE t.id = %s",
        [key],
    )


def search_each(env, company, ids):
    """What a loop would do: per line a search for its amount or a number in it."""
    accounts = env["o2c.cash.match"]._receivable_ids(company)
    items = env["account.move.line"].sudo()
    for line in env["account.bank.statement.line"].browse(ids):
        words = [word for word in (line.payment_ref or "").split() if len(word) > 5]
        domain = [
            ("account_id", "in", accounts),
            ("reconciled", "=", False),
            ("parent_state", "=", "posted"),
            ("company_id", "=", company.id),
            "|",
            ("amount_residual", "=", line.amount),
            ("move_name", "in", words),
        ]
        items.search(domain, order="date_maturity, id", limit=5)
