"""A company with open items and a bank account on which money came in."""

from odoo import fields

from odoo.addons.o2c_base.tests.common import O2cCommon

IBAN = "NL91ABNA0417164300"


class CashCommon(O2cCommon):
    """Base of the tests: cash matching watches, ``cls.clerk`` and ``cls.manager``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("watch", "cash")
        cls.journal = cls.company_data["default_journal_bank"]
        cls.matches = cls.env["o2c.cash.match"].sudo()
        cls.clerk = cls._user("clerk", "o2c_cash.group_cash_clerk")
        cls.manager = cls._user("cash_manager", "o2c_cash.group_cash_manager")
        cls.company.o2c_cash_difference_account_id = cls.company_data[
            "default_account_expense"
        ]

    @classmethod
    def _bank(cls, amount, text="Overboeking", day="2026-03-05", **values):
        """A line on the bank account that nobody matched."""
        return cls.env["account.bank.statement.line"].create(
            {
                "journal_id": cls.journal.id,
                "date": day,
                "amount": amount,
                "payment_ref": text,
                **values,
            }
        )

    def _propose(self, line=None, company=None):
        """Judge what is open; the match of one line when it is given."""
        self.env.flush_all()
        self.matches._propose(company or self.company)
        return self._match(line) if line else None

    def _match(self, line):
        self.matches.invalidate_model()
        return self.matches.search(
            [("statement_line_id", "=", line.id), ("state", "!=", "undone")]
        )

    def _codes(self, match):
        return [code for code, _facts in match.reasons]

    @classmethod
    def _account_of(cls, partner, number=IBAN):
        return cls.env["res.partner.bank"].create(
            {"acc_number": number, "partner_id": partner.id}
        )

    def _picture(self, *moves):
        """Everything about entries that undoing must put back."""
        names = (
            "name",
            "account_id",
            "partner_id",
            "currency_id",
            "amount_currency",
            "balance",
            "amount_residual",
            "amount_residual_currency",
            "reconciled",
            "date_maturity",
            "display_type",
            "full_reconcile_id",
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            (
                move.state,
                move.payment_state,
                move.name,
                move.date,
                move.partner_id,
                move.statement_line_id.is_reconciled,
                move.statement_line_id.amount_residual,
                move.statement_line_id.partner_id,
                sorted(
                    [tuple(str(row[name]) for name in names) for row in move.line_ids]
                ),
            )
            for move in moves
        ]

    @classmethod
    def _day(cls, text):
        return fields.Date.to_date(text)
