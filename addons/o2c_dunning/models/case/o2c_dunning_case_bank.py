"""Money on the bank that nobody matched yet, and whose it could be."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...policy.bank_line import BankLine, held_by, named, plain
from ...tools.amount import decimal

#: Days after which a line that nobody matched says nothing about who has paid.
MEMORY = 90


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _unmatched_bank_lines(self, company, today):
        """Credit lines of bank statements that are not reconciled, in one statement.

        Who sent it is the partner on the line, else the owner of the account number.

        :return: list of (``BankLine``, currency id, commercial partner id or None)
        """
        since = today - timedelta(days=MEMORY)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.id, m.date, s.amount, s.amount_residual, s.payment_ref,
                       COALESCE(s.foreign_currency_id, j.currency_id, c.currency_id),
                       s.foreign_currency_id IS NOT NULL, s.amount_currency,
                       COALESCE(p.commercial_partner_id, holder.partner_id)
                  FROM account_bank_statement_line s
                  JOIN account_move m ON m.id = s.move_id
                  JOIN account_journal j ON j.id = s.journal_id
                  JOIN res_company c ON c.id = s.company_id
                   AND split_part(c.parent_path, '/', 1) = %(root)s
                  LEFT JOIN res_partner p ON p.id = s.partner_id
                  LEFT JOIN LATERAL (
                       SELECT q.commercial_partner_id AS partner_id
                         FROM res_partner_bank b
                         JOIN res_partner q ON q.id = b.partner_id
                        WHERE s.partner_id IS NULL AND b.active
                          AND b.sanitized_acc_number = upper(regexp_replace(
                              s.account_number, '[^[:alnum:]]', '', 'g'))
                        ORDER BY b.id LIMIT 1) holder ON TRUE
                 WHERE s.is_reconciled IS NOT TRUE AND s.amount > 0
                   AND m.state = 'posted' AND m.date >= %(since)s
                   AND s.internal_index >= %(since_index)s
                """,
                root=str(company.root_id.id),
                since=since,
                since_index=since.strftime("%Y%m%d"),
            )
        )
        lines = []
        for key, day, amount, left, text, currency, foreign, other, partner in rows:
            money = abs(left or 0) or (other if foreign else amount)
            line = BankLine(key, day, decimal(money), text or "")
            lines.append((line, currency, partner))
        return lines

    @api.model
    def _held_by_bank(self, company, accounts, today):
        """Open items that a line nobody matched may have paid.

        :param dict accounts: (partner id, currency id) to ``OpenAccount`` whose items
            are ledger rows still
        :return: dict of ledger line id to what a person is told
        """
        held, judged = self._held_by_proposals(company, today)
        lines = [
            one
            for one in self._unmatched_bank_lines(company, today)
            if one[0].key not in judged
        ]
        if not lines:
            return held
        numbers = defaultdict(list)
        for account in accounts.values():
            for row in account.items:
                for text in {plain(row.name), plain(row.reference)} - {""}:
                    numbers[text].append(row)
        for line, currency_id, partner_id in lines:
            rows = [
                row for number in named(line.text, numbers) for row in numbers[number]
            ]
            rows = rows or self._within_reach(accounts, line, currency_id, partner_id)
            for row in rows:
                held[row.line_id] = {
                    "day": line.day.isoformat(),
                    "amount": float(line.amount),
                    "currency": currency_id,
                    "text": line.text[:80],
                }
        return held

    @api.model
    def _held_by_proposals(self, company, today):
        """What an add-on that matches money already knows about lines of the bank.

        :return: (dict of ledger line id to what a person is told, set of bank lines
            that need no guess of ours any more)
        """
        held, judged = {}, set()
        oldest = today - timedelta(days=MEMORY)
        for told in self.env["o2c.money.in"]._expected(company):
            judged.add(told["statement_line_id"])
            if told["line_id"] and told["day"] >= oldest:
                held[told["line_id"]] = {
                    "day": told["day"].isoformat(),
                    "amount": float(told["amount"]),
                    "currency": told["currency_id"],
                    "text": (told["text"] or "")[:80],
                }
        return held, judged

    @api.model
    def _within_reach(self, accounts, line, currency_id, partner_id):
        """Items of a customer that his line may have paid; in other money: the oldest.

        :return: list of ledger rows
        """
        account = accounts.get((partner_id, currency_id))
        if account:
            items = [
                (row, row.due, decimal(row.open_currency)) for row in account.items
            ]
            return held_by(line, items)
        rows = [
            row
            for (owner, _currency), other in accounts.items()
            if owner == partner_id
            for row in other.items
        ]
        return sorted(rows, key=lambda row: row.due)[:1]
