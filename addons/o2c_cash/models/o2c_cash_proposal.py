"""What the rules say becomes a record per bank line; said again, it stays."""

import hashlib
import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..policy.judge import judge

#: Records written per statement.
CHUNK = 1000


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _propose(self, company, run=None, line_ids=None):
        """Judge every unmatched line of a company and keep the answers.

        :param run: ``o2c.run`` record that the proposals belong to
        :param line_ids: only these bank lines
        :return: number of lines whose answer is new or different
        """
        matches = self.sudo().with_company(company)
        matches._forget_settled(company)
        rows = matches._bank_rows(company, line_ids)
        came = [row for row in rows if row.amount > 0]
        book, open_rows = matches._open_book(company)
        matches._add_settled(company, book, came, open_rows)
        proposals = judge(
            matches._lines(company, came, book), book, company._o2c_cash_rules()
        )
        values = [
            matches._proposal_values(company, row, proposals[row.id], open_rows)
            for row in came
        ]
        left = [row for row in rows if row.amount < 0]
        values += matches._reversal_values(company, left)
        known = {one["statement_line_id"] for one in values}
        left = [row for row in left if row.id not in known]
        values += matches._payout_values(company, left, proposals)
        return matches._store(values, run)

    @api.model
    def _forget_settled(self, company):
        """Proposals for lines that were matched in another way are gone."""
        self.env["account.bank.statement.line"].flush_model()
        self.flush_model()
        gone = self.env.execute_query(
            SQL(
                """
                SELECT x.id FROM o2c_cash_match x
                  JOIN account_bank_statement_line s ON s.id = x.statement_line_id
                  JOIN account_move m ON m.id = s.move_id
                 WHERE x.company_id = %s AND x.state IN ('proposed', 'dismissed')
                   AND (s.is_reconciled OR m.state <> 'posted')
                """,
                company.id,
            )
        )
        self.browse([key for (key,) in gone]).unlink()

    @api.model
    def _proposal_values(self, company, row, proposal, open_rows):
        """Values of a match with its items, and the digest of what it says."""
        items = []
        for share in proposal.shares:
            (key, move, debtor, currency, _left, _value, due, name, *_more) = open_rows[
                share.key
            ]
            items.append(
                {
                    "move_line_id": key,
                    "move_id": move,
                    "partner_id": debtor,
                    "currency_id": currency,
                    "due_date": fields.Date.to_string(due),
                    "name": name,
                    "amount": float(share.amount),
                    "discount": float(share.discount),
                }
            )
        return self._match_values(company, row) | {
            "kind": "receipt",
            "certainty": proposal.certainty,
            "debtor_id": proposal.debtor,
            "rest": float(proposal.rest),
            "write_off": float(proposal.write_off),
            "reasons": [[code, facts] for code, facts in proposal.reasons],
            "items": items,
        }

    @api.model
    def _match_values(self, company, row):
        """What a match copies of its bank line."""
        return {
            "statement_line_id": row.id,
            "known": row.match_id,
            "known_digest": row.digest,
            "company_id": company.id,
            "journal_id": row.journal_id,
            "date": fields.Date.to_string(row.day),
            "amount": row.amount,
            "currency_id": row.currency_id,
            "text": row.text or "",
            "payer": row.payer or "",
            "account_number": row.account or "",
            "original_line_id": None,
            "reason_code": None,
        }

    @api.model
    def _store(self, values, run):
        """Write what is new or different; what says the same stays as it is.

        :return: how many are new or different
        """
        fresh, old = [], []
        for one in values:
            one["digest"] = _digest(one)
            if one.pop("known_digest") != one["digest"]:
                fresh.append(one)
                old.append(one["known"])
        self.browse([key for key in old if key]).unlink()
        self.flush_model()
        for start in range(0, len(fresh), CHUNK):
            self._insert(fresh[start : start + CHUNK], run)
        if len(fresh) >= CHUNK:
            # the next statements are planned for these rows, not for an empty table
            self.env.cr.execute("ANALYZE o2c_cash_match, o2c_cash_item")
        self.invalidate_model()
        return len(fresh)

    @api.model
    def _insert(self, values, run):
        """Matches and their items, one statement each."""
        made = dict(
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO o2c_cash_match (
                        statement_line_id, company_id, journal_id, date, amount,
                        currency_id, text, payer, account_number, kind, certainty,
                        debtor_id, rest, write_off, reasons, digest,
                        original_line_id, reason_code, run_id, state,
                        create_uid, write_uid, create_date, write_date)
                    SELECT v.*, %(run)s, 'proposed', %(user)s, %(user)s, now(), now()
                      FROM jsonb_to_recordset(%(values)s) AS v(
                        statement_line_id int, company_id int, journal_id int,
                        date date, amount numeric, currency_id int, text text,
                        payer text, account_number text, kind text, certainty text,
                        debtor_id int, rest numeric, write_off numeric,
                        reasons jsonb, digest text, original_line_id int,
                        reason_code text)
                    RETURNING statement_line_id, id
                    """,
                    values=json.dumps(values),
                    run=run.id if run else None,
                    user=self.env.uid,
                )
            )
        )
        items = [
            item | {"match_id": made[one["statement_line_id"]]}
            for one in values
            for item in one["items"]
        ]
        if items:
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO o2c_cash_item (
                        match_id, move_line_id, move_id, partner_id, currency_id,
                        due_date, name, amount, discount,
                        create_uid, write_uid, create_date, write_date)
                    SELECT v.*, %(user)s, %(user)s, now(), now()
                      FROM jsonb_to_recordset(%(values)s) AS v(
                        match_id int, move_line_id int, move_id int, partner_id int,
                        currency_id int, due_date date, name text, amount numeric,
                        discount numeric)
                    RETURNING id
                    """,
                    values=json.dumps(items),
                    user=self.env.uid,
                )
            )


def _digest(values):
    said = [
        values[name]
        for name in (
            "certainty",
            "debtor_id",
            "rest",
            "write_off",
            "reasons",
            "items",
            "original_line_id",
            "reason_code",
        )
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
