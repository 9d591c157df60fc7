"""Who may have sent the money of a bank line."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..policy.money import Line
from ..policy.reference import plain_name, squash
from .o2c_cash_evidence import decimal


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _payers(self, company, rows, book):
        """Who may have sent each line: partner, own account, learned account, name.

        :return: dict of line id to tuple of (source, frozenset of partners)
        """
        numbers = {squash(row.account) for row in rows} - {""}
        owners = self._account_owners(company, numbers)
        learned = self._learned(company, numbers)
        names = defaultdict(set)
        partners = self.env["res.partner"].browse(
            {item.debtor for item in book.items.values()}
        )
        for partner in partners.sudo():
            names[plain_name(partner.name)].add(partner.id)
        names.pop("", None)
        found = {}
        for row in rows:
            number = squash(row.account)
            known = (
                ("partner", {row.partner_id} if row.partner_id else None),
                ("account", owners.get(number)),
                ("learned", learned.get(number)),
                ("name", names.get(plain_name(row.payer))),
            )
            found[row.id] = tuple(
                (source, frozenset(who)) for source, who in known if who
            )
        return found

    @api.model
    def _account_owners(self, company, numbers):
        """Customers by the account numbers that stand with them."""
        owners = defaultdict(set)
        if not numbers:
            return owners
        self.env["res.partner.bank"].flush_model()
        for number, partner in self.env.execute_query(
            SQL(
                """
                SELECT b.sanitized_acc_number, p.commercial_partner_id
                  FROM res_partner_bank b JOIN res_partner p ON p.id = b.partner_id
                 WHERE b.active AND b.sanitized_acc_number = ANY(%s)
                   AND (b.company_id IS NULL OR b.company_id = %s)
                   AND p.commercial_partner_id <> %s
                """,
                list(numbers),
                company.id,
                company.partner_id.id,
            )
        ):
            owners[number].add(partner)
        return owners

    @api.model
    def _learned(self, company, numbers):
        """Customers by the account numbers that they paid from before."""
        learned = defaultdict(set)
        if not numbers:
            return learned
        self.env["o2c.counter.account"].flush_model()
        for number, partner in self.env.execute_query(
            SQL(
                "SELECT account_number, partner_id FROM o2c_counter_account "
                "WHERE active AND company_id = %s AND account_number = ANY(%s)",
                company.id,
                list(numbers),
            )
        ):
            learned[number].add(partner)
        return learned

    @api.model
    def _lines(self, company, rows, book):
        """Money that came in, as the policy reads it."""
        payers = self._payers(company, rows, book)
        seen, lines = {}, []
        for row in rows:
            same = (
                row.journal_id,
                row.day,
                row.amount,
                squash(row.account),
                squash(row.text),
                squash(row.payer),
            )
            twin = seen.setdefault(same, row.id)
            lines.append(
                Line(
                    row.id,
                    row.day,
                    decimal(row.amount),
                    row.currency_id,
                    row.text,
                    payers[row.id],
                    None if twin == row.id else twin,
                    decimal(row.value),
                )
            )
        return lines
