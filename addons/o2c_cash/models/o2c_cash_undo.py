"""Undo: the bank line and the items are as they were before."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    def action_undo(self):
        """Take the booking back; the line waits again with a new proposal."""
        self._check_clerk()
        for match in self:
            match.sudo()._undo(self.env.user)

    def _undo(self, user):
        """One match. :param user: who decided"""
        self.ensure_one()
        if not self.try_lock_for_update():
            raise UserError(self.env._("Somebody else is working on this line."))
        self.invalidate_recordset()
        if self.state != "booked":
            raise UserError(self.env._("Only a booked match can be undone."))
        line = self.statement_line_id.with_company(self.company_id)
        self._check_period(line.move_id)
        liquidity, _suspense, _other = line._seek_for_lines()
        made = line.move_id.line_ids - liquidity
        again = self._reversed_pairs() if self.kind == "reversal" else []
        made.remove_move_reconcile()
        line.with_context(force_delete=True, skip_readonly_check=True).write(
            {"line_ids": self._as_it_was(liquidity, made)}
        )
        if again:
            self.env["account.move.line"]._reconcile_plan([a + b for a, b in again])
        self.env["o2c.counter.account"]._learn(self, -1)
        self._use_specification(used=False)
        self.write({"state": "undone"})
        self.flush_recordset()
        self.with_user(user).sudo()._propose(self.company_id, line_ids=line.ids)

    def _as_it_was(self, liquidity, made):
        """Commands that put the suspense line back."""
        before = self.before
        return [
            Command.update(liquidity.id, {"partner_id": before["partner_id"]}),
            *(Command.delete(row.id) for row in made),
            Command.create(
                {
                    "name": before["name"],
                    "account_id": before["account_id"],
                    "partner_id": before["suspense_partner_id"],
                    "currency_id": before["currency_id"],
                    "amount_currency": before["amount_currency"],
                    "balance": before["balance"],
                }
            ),
        ]
