"""Everything that the rules need, in one statement per kind of fact."""

from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ..policy.money import Item
from ..policy.open_book import OpenBook
from ..policy.reference import end_to_end, named_in_text
from ..policy.specified_line import Specification


def decimal(amount):
    """A ledger amount as the policy reads it."""
    return Decimal(str(amount or 0))


class BankRow(NamedTuple):
    """An unmatched line of a bank account, as the ledger has it."""

    id: int
    day: object
    journal_id: int
    amount: float
    currency_id: int
    value: float
    label: str
    reference: str
    narration: str
    account: str
    payer: str
    partner_id: int
    match_id: int
    digest: str

    @property
    def text(self):
        """What the payer wrote, wherever the bank put it."""
        return " ".join(part for part in (self.label, self.reference) if part)

    @property
    def end_to_end(self):
        """The payer's id of this payment."""
        told = html2plaintext(self.narration) if self.narration else ""
        return (
            named_in_text(self.label)
            or named_in_text(told)
            or end_to_end(self.reference)
        )


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _bank_rows(self, company, line_ids=None):
        """Unmatched bank lines that a run may propose for, in one statement.

        A line that a person worked on (chosen, accepted, dismissed) is left alone.
        """
        for model in ("account.bank.statement.line", "account.move", "o2c.cash.match"):
            self.env[model].flush_model()
        some = SQL()
        if line_ids is not None:
            some = SQL("AND s.id = ANY(%s)", list(line_ids))
        start = company._o2c_start_date("cash")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.id, m.date, s.journal_id,
                       CASE WHEN s.foreign_currency_id IS NULL THEN s.amount
                            ELSE s.amount_currency END,
                       COALESCE(s.foreign_currency_id, j.currency_id, %(currency)s),
                       -(SELECT sum(l.balance) FROM account_move_line l
                          WHERE l.move_id = m.id
                            AND l.account_id = j.suspense_account_id),
                       s.payment_ref, m.ref, m.narration, s.account_number,
                       s.partner_name, p.commercial_partner_id, x.id, x.digest
                  FROM account_bank_statement_line s
                  JOIN account_move m ON m.id = s.move_id
                  JOIN account_journal j ON j.id = s.journal_id
                  LEFT JOIN res_partner p ON p.id = s.partner_id
                  LEFT JOIN o2c_cash_match x
                    ON x.statement_line_id = s.id AND x.state <> 'undone'
                 WHERE (s.company_id = %(company)s
                        OR j.company_id = %(company)s
                           AND s.company_id = ANY(%(quiet)s))
                   AND s.is_reconciled IS NOT TRUE
                   AND m.state = 'posted' AND m.date >= %(start)s
                   AND COALESCE(j.o2c_cash_match, 'company') <> 'off'
                   AND j.type IN ('bank', 'cash', 'credit')
                   AND (x.id IS NULL
                        OR (x.state = 'proposed' AND x.by_hand IS NOT TRUE))
                   AND abs(abs(s.amount_residual) - abs(
                       CASE WHEN s.foreign_currency_id IS NULL THEN s.amount
                            ELSE s.amount_currency END)) < 0.00001
                   AND s.amount <> 0
                   %(some)s
                 ORDER BY m.date, s.id
                """,
                company=company.id,
                # core gives a line the branch of who entered it
                quiet=self._family(company)
                .filtered(lambda one: one._o2c_mode("cash") == "off")
                .ids,
                currency=company.currency_id.id,
                start=start or "0001-01-01",
                some=some,
            )
        )
        return [BankRow(*row) for row in rows]

    @api.model
    def _open_book(self, company, mine=None, owed=False):
        """The open items of a company and its branches, indexed.

        :param bool owed: what we owe customers, as positive amounts
        :return: (``OpenBook``, dict of line id to its row)
        """
        book, rows, sign = OpenBook(), {}, -1 if owed else 1
        for row in self._open_rows(company, mine, owed=owed):
            (
                key,
                move,
                debtor,
                currency,
                amount,
                value,
                due,
                name,
                pay_ref,
                order,
                until,
                off,
                payment,
                memo,
                payment_ref,
            ) = row
            item = Item(
                key,
                move,
                debtor,
                sign * decimal(amount),
                currency,
                due,
                name or "",
                decimal(0 if owed else off),
                until,
                sign * decimal(value),
            )
            if payment:  # what it mentions is the number of an invoice, not its own
                book.add(item, (name, payment), (pay_ref, memo, payment_ref, order))
            else:
                book.add(item, (name, pay_ref), (order,))
            rows[key] = row
        if not owed:
            for one in self._family(company):
                self._add_references(book, one)
        return book, rows

    @api.model
    def _add_references(self, book, company):
        """References that stand for several documents, or for a part of them."""
        money_in = self.env["o2c.money.in"]
        for reference, moves in money_in._references(company):
            book.add_set(reference, moves)
        for reference, moves, amounts in money_in._instalments(company):
            book.add_agreed(reference, moves, amounts)
        held = self._held_specifications(company)
        for told in money_in._specifications(company):
            if told["key"] not in held:
                book.add_specification(
                    Specification(
                        told["key"],
                        told["debtor"],
                        told["amount"],
                        told["currency_id"],
                        tuple(told["parts"]),
                        told["name"],
                        told["reference"] or "",
                        tuple(told["unknown"]),
                    )
                )

    @api.model
    def _held_specifications(self, company):
        """Keys of customers' lists that a match follows on which a person decided."""
        decided = self.search(
            Domain("company_id", "=", company.id)
            & (
                Domain("state", "=", "accepted")
                | Domain("state", "=", "proposed") & Domain("by_hand", "=", True)
            )
        )
        return {key for match in decided for key in match._followed()}

    def _followed(self):
        """Keys of the customers' lists that this match follows."""
        return [
            facts["specification"]
            for _code, facts in self.reasons or ()
            if facts and facts.get("specification")
        ]
