"""Storno: money that the bank took back reopens the item that it had paid."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_amount, format_date, html2plaintext

from ..policy import reversal
from ..policy.reference import numbers_in, plain_name, squash
from .o2c_cash_evidence import BankRow, decimal

#: A consumer may take an unauthorised direct debit back for thirteen months.
MEMORY_DAYS = 400


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _reversal_values(self, company, rows):
        """Values of matches for money that was taken back; other money that left is
        not ours to match."""
        told = {
            row.id: f"{row.text} {html2plaintext(row.narration or '')}" for row in rows
        }
        rows = [row for row in rows if reversal.is_reversal(told[row.id])]
        if not rows:
            return []
        came = self._money_that_came(company, rows)
        return [self._reversal_of(company, row, told[row.id], came) for row in rows]

    @api.model
    def _reversal_of(self, company, row, told, came):
        found, how = reversal.original(
            self._told_of(row, -row.amount),
            [
                (one.id, *self._told_of(one, one.amount))
                for one in came
                if one.currency_id == row.currency_id
            ],
        )
        code = reversal.reason_code(told)
        reasons = [["reversal", {}], [how, {}]]
        if code:
            reasons.append([f"return_{reversal.REASONS[code]}", {"code": code}])
        sure = how == "end_to_end" and bool(code)
        debtor = next((one.partner_id for one in came if one.id == found), None)
        return self._match_values(company, row) | {
            "kind": "reversal",
            "certainty": "none" if not found else "certain" if sure else "likely",
            "debtor_id": debtor,
            "rest": 0.0,
            "write_off": 0.0,
            "reasons": reasons,
            "items": [],
            "original_line_id": found,
            "reason_code": code or None,
        }

    @api.model
    def _told_of(self, row, amount):
        """A bank line as the policy compares it."""
        return (
            row.day,
            decimal(amount),
            row.end_to_end,
            squash(row.account),
            frozenset(numbers_in(row.text)),
            plain_name(row.payer),
        )

    @api.model
    def _money_that_came(self, company, rows):
        """Matched bank lines of the same amounts, in one statement."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT s.id, m.date, s.journal_id,
                       CASE WHEN s.foreign_currency_id IS NULL THEN s.amount
                            ELSE s.amount_currency END,
                       COALESCE(s.foreign_currency_id, j.currency_id, %(currency)s),
                       0, s.payment_ref, m.ref, m.narration, s.account_number,
                       s.partner_name, p.commercial_partner_id, NULL, NULL
                  FROM account_bank_statement_line s
                  JOIN account_move m ON m.id = s.move_id
                  JOIN account_journal j ON j.id = s.journal_id
                  LEFT JOIN res_partner p ON p.id = s.partner_id
                 WHERE s.company_id = %(company)s AND s.is_reconciled
                   AND m.state = 'posted' AND s.amount > 0
                   AND s.amount = ANY(%(amounts)s)
                   AND m.date >= %(since)s::date - %(memory)s
                   AND NOT EXISTS (
                       SELECT 1 FROM o2c_cash_match x
                        WHERE x.original_line_id = s.id
                          AND x.kind = 'reversal' AND x.state = 'booked')
                 ORDER BY m.date, s.id
                """,
                company=company.id,
                currency=company.currency_id.id,
                amounts=[-row.amount for row in rows],
                since=min(row.day for row in rows),
                memory=MEMORY_DAYS,
            )
        )
        return [BankRow(*row) for row in found]

    def _candidates(self):
        """Payments that this line may take back: same amount and money. Also later
        ones: a person may know that the bank dated them so."""
        line = BankRow(
            *(self.statement_line_id.id, self.date, self.journal_id.id, self.amount),
            *(self.currency_id.id, 0, "", "", "", "", "", None, None, None),
        )
        found = self.sudo()._money_that_came(self.company_id, [line])
        return [one for one in found if one.currency_id == line.currency_id]

    def _offered_payments(self, search=""):
        """The same for the desk, the newest first."""
        wanted = search.lower().strip()
        found = [
            self._offered_payment(one)
            for one in self._candidates()[::-1]
            if one.id != self.original_line_id.id
        ]
        return [
            one
            for one in found
            if any(wanted in one[name].lower() for name in ("name", "who", "due"))
        ]

    def _offered_payment(self, one):
        partner = self.env["res.partner"].sudo().browse(one.partner_id)
        return {
            "line_id": one.id,
            "name": one.text,
            "sort": "document",
            "pays": "",
            "who": partner.name or one.payer or "",
            "due": format_date(self.env, one.day),
            "value": one.amount,
            "open": format_amount(self.env, one.amount, self.currency_id),
            "currency": self.currency_id.name,
        }

    def desk_original(self, line_id):
        """Choose the payment that the bank took back."""
        self.ensure_one()
        self._check_clerk()
        self._check_undecided()
        chosen = [one for one in self._candidates() if one.id == line_id]
        if self.kind != "reversal" or not chosen:
            raise UserError(
                self.env._("This payment cannot be the one that was taken back.")
            )
        told = [one for one in self.reasons or [] if one[0].startswith("return_")]
        self.sudo().write(
            {
                "original_line_id": line_id,
                "debtor_id": chosen[0].partner_id or False,
                "by_hand": True,
                "certainty": "likely",
                "reasons": [["reversal", {}], ["by_hand", {}], *told],
                "digest": False,
                "error": False,
            }
        )
        return self.get_desk_match()

    def _reverse(self, line, before):
        """Take the payment off its items and set it against the money that left.

        :param dict before: gets what was matched, so that undoing can match it again
        :return: list of (line of this bank line, line of the payment)
        """
        paid = self._paid_lines()
        if not paid:
            raise UserError(
                self.env._(
                    "The payment that this takes back is not matched with an item "
                    "any more. Choose the payment again."
                )
            )
        liquidity, suspense, _other = line._seek_for_lines()
        before["kept"] = [
            [row.id, other.id] for row in paid for other in self._other_side(row)
        ]
        total = sum(paid.mapped("balance"))
        if self.company_id.currency_id.compare_amounts(-total, suspense.balance):
            raise UserError(
                self.env._(
                    "The payment was booked for another amount than the bank took "
                    "back. Undo that match first."
                )
            )
        paid.remove_move_reconcile()
        known = line.move_id.line_ids
        line.with_context(force_delete=True, skip_readonly_check=True).write(
            {
                "line_ids": [
                    Command.update(liquidity.id, {"partner_id": self.debtor_id.id}),
                    Command.delete(suspense.id),
                    *(
                        Command.create(
                            {
                                "name": line.payment_ref,
                                "account_id": row.account_id.id,
                                "partner_id": row.partner_id.id,
                                "currency_id": row.currency_id.id,
                                "amount_currency": -row.amount_currency,
                                "balance": -row.balance,
                            }
                        )
                        for row in paid
                    ),
                ]
            }
        )
        made = (line.move_id.line_ids - known).sorted("id")
        return list(zip(made, paid, strict=True))

    def _paid_lines(self):
        """Receivable lines of the payment that is taken back."""
        return self.original_line_id.move_id.line_ids.filtered(
            lambda row: row.account_id.account_type == "asset_receivable"
        ).sorted("id")

    def _other_side(self, row):
        """What a line of the payment was matched with; rate differences come and go
        with the match itself."""
        other = (
            row.matched_debit_ids.debit_move_id + row.matched_credit_ids.credit_move_id
        )
        rates = self.company_id.currency_exchange_journal_id
        return other.filtered(lambda line: line.journal_id != rates)

    def _reversed_pairs(self):
        """The pairs that this storno took apart, as far as they still exist."""
        rows = self.env["account.move.line"]
        found = []
        for one, other in (self.before or {}).get("kept", ()):
            pair = rows.browse([one, other]).exists()
            if len(pair) == 2:
                found.append((pair[0], pair[1]))
        return found
