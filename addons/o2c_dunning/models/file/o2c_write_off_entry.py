"""The journal entry of a write-off: in draft, matched when posted, reversible."""

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class O2cWriteOff(models.Model):
    _inherit = "o2c.write.off"

    def action_make_entry(self):
        """Make the entry again after somebody deleted the draft."""
        self._expect("approved")
        for one in self:
            if one.entry_id:
                raise UserError(self.env._("The entry is there already."))
            one._make_entry()

    def _make_entry(self):
        """The draft entry: loss and VAT against the receivable."""
        self.ensure_one()
        company = self.company_id.sudo()
        root = company.root_id
        if not root.o2c_bad_debt_account_id or (
            self.vat and not root.o2c_bad_debt_vat_account_id
        ):
            raise UserError(
                self.env._(
                    "Choose the accounts for bad debts and their VAT in the settings "
                    "of collecting first."
                )
            )
        journal = (
            self.env["account.journal"]
            .sudo()
            .search(
                [
                    *self.env["account.journal"]._check_company_domain(company),
                    ("type", "=", "general"),
                ],
                limit=1,
            )
        )
        entry = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": company._o2c_today(),
                    "ref": self.env._("Write-off of %s", self.move_id.name),
                    "line_ids": [
                        Command.create(values) for values in self._entry_lines(root)
                    ],
                }
            )
        )
        self.sudo().entry_id = entry

    def _entry_lines(self, company):
        """Values of the lines, in the currency of the invoice."""
        receivable = self._open_lines()[:1]
        residual = receivable.amount_residual_currency
        rate = receivable.amount_residual / residual if residual else 1.0
        parts = [(company.o2c_bad_debt_account_id, self.net)]
        if self.vat:
            parts.append((company.o2c_bad_debt_vat_account_id, self.vat))
        label = self.env._("Write-off of %s", self.move_id.name)
        lines, total = [], 0.0
        for account, amount in parts:
            balance = self.company_id.currency_id.round(amount * rate)
            total += balance
            lines.append(self._entry_line(label, account, amount, balance))
        lines.append(
            self._entry_line(label, receivable.account_id, -self.amount, -total)
        )
        return lines

    def _entry_line(self, label, account, amount, balance):
        return {
            "name": label,
            "account_id": account.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_currency": amount,
            "balance": balance,
            "tax_ids": [Command.clear()],
        }

    def _open_lines(self):
        """What the invoice still has open, oldest first."""
        return (
            self.move_id.sudo()
            .line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
                and not line.reconciled
            )
            .sorted("date_maturity")
        )

    def _entry_posted(self):
        """Match the entry with the invoice; the claim is gone from the receivables."""
        for one in self.filtered(lambda w: w.state == "approved"):
            theirs = one._open_lines()
            mine = one.entry_id.line_ids.filtered(
                lambda line, theirs=theirs: line.account_id in theirs.account_id
                and not line.reconciled
            )
            accounts = mine.account_id
            theirs = theirs.filtered_domain([("account_id", "in", accounts.ids)])
            (theirs + mine).reconcile()
            one.state = "booked"
            file = one.file_id
            if file and file.currency_id.is_zero(file._look_again()):
                booked = file.write_off_ids.filtered(lambda w: w.state == "booked")
                written = sum(booked.mapped("amount"))
                file._end(
                    "written_off",
                    self.env._("Written off: %s", file.currency_id.format(written)),
                )

    def _entry_unposted(self):
        """The entry went back to draft: the claim is open again."""
        booked = self.filtered(lambda one: one.state == "booked")
        booked.entry_id.line_ids.remove_move_reconcile()
        booked.write({"state": "approved"})

    def action_reverse(self):
        """The customer pays after all, or it was a mistake: the claim comes back."""
        self._expect("approved", "booked")
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(
                self.env._("Reversing an entry needs the rights of an invoicer.")
            )
        for one in self.sudo():
            entry = one.entry_id
            one.state = "reversed"
            if entry.state == "draft":
                entry.button_cancel()
            elif entry.state == "posted":
                entry.line_ids.remove_move_reconcile()
                entry._reverse_moves(
                    [{"date": one.company_id._o2c_today()}], cancel=True
                )

    def action_open_entry(self):
        """The journal entry."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.entry_id.id,
            "views": [(False, "form")],
        }
