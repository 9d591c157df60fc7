"""What to know about a bank file before it is taken in: doubles, gaps."""

from odoo import fields, models
from odoo.tools import format_amount, format_date

#: Transactions told one by one.
TOLD = 5


class O2cCamtImport(models.TransientModel):
    _inherit = "o2c.camt.import"

    def _notes(self, journal, statement, fresh, last):
        """Sentences for the preview; none where there is nothing to say.

        :param fresh: transactions that would be taken in
        :param dict last: what came before in this file, per journal
        """
        if not journal:
            return []
        notes = self._left_out(journal, statement, fresh)
        before = last.get(journal.id) or journal.sudo().o2c_bank_last
        if fresh and before:
            notes += self._gaps(journal, statement, before)
        last[journal.id] = self._last(statement)
        return notes

    def _left_out(self, journal, statement, fresh):
        """Which transactions are not taken in, and why."""
        taken, twice, known = list(fresh), [], []
        keys = {one.key for one in fresh}
        for one in statement.transactions:
            if one in taken:
                taken.remove(one)
            elif one.amount:
                (twice if one.key in keys else known).append(one)
        told = [
            self.env._(
                "Left out, it stands twice in this file with the same number of the "
                "bank: %s. The closing balance counts it: ask your bank when both "
                "were paid.",
                self._transaction_words(journal, one),
            )
            for one in twice[:TOLD]
        ]
        if known and len(known) == len(statement.transactions):
            told.append(self.env._("All of it was imported before."))
        else:
            told += [
                self.env._(
                    "Left out, it was imported before: %s.",
                    self._transaction_words(journal, one),
                )
                for one in known[:TOLD]
            ]
            if len(known) > TOLD:
                told.append(
                    self.env._("And %s more that came before.", len(known) - TOLD)
                )
        return told

    def _transaction_words(self, journal, one):
        currency = journal.currency_id or self.company_id.currency_id
        words = (
            format_date(self.env, one.day),
            format_amount(self.env, float(one.amount), currency),
            one.name,
            one.text,
        )
        return ", ".join(word for word in words if word)

    def _gaps(self, journal, statement, before):
        """Whether it follows the statement that was imported last."""
        if statement.day and before["day"]:
            if statement.day < fields.Date.to_date(before["day"]):
                return []
        currency = journal.currency_id or self.company_id.currency_id
        number, was = statement.number, before["number"]
        notes = []
        if number.isdigit() and was.isdigit() and int(number) > int(was) + 1:
            notes.append(
                self.env._(
                    "Statement %(number)s follows %(was)s: statements between them "
                    "are missing. Import those too.",
                    number=number,
                    was=was,
                )
            )
        opening, closing = statement.opening, before["closing"]
        if opening is not None and closing is not None:
            if currency.compare_amounts(float(opening), closing):
                notes.append(
                    self.env._(
                        "It opens with %(opening)s and statement %(was)s closed with "
                        "%(closing)s: transactions between them are missing.",
                        opening=format_amount(self.env, float(opening), currency),
                        closing=format_amount(self.env, closing, currency),
                        was=was,
                    )
                )
        return notes

    def _last(self, statement):
        """What the next file of this account should follow."""
        closing = statement.closing
        return {
            "number": statement.number or "",
            "day": statement.day.isoformat() if statement.day else "",
            "closing": float(closing) if closing is not None else None,
        }

    def _keep_last(self, journal, statement):
        """Remember where the account stands; an older file changes nothing."""
        fresh = self._last(statement)
        known = journal.sudo().o2c_bank_last
        if not known or fresh["day"] >= known["day"]:
            journal.sudo().o2c_bank_last = fresh
