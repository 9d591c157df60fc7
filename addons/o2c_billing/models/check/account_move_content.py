"""What was looked at, and what happens when it changes afterwards."""

import hashlib

from odoo import models

from ...policy import draft_check as policy

#: What makes an invoice another invoice; the lines have their own list.
DOCUMENT = (
    "move_type",
    "partner_id",
    "partner_shipping_id",
    "currency_id",
    "journal_id",
    "fiscal_position_id",
    "invoice_date",
    "invoice_payment_term_id",
    "partner_bank_id",
    "ref",
    "amount_total",
)
LINE = (
    "display_type",
    "product_id",
    "name",
    "account_id",
    "quantity",
    "product_uom_id",
    "price_unit",
    "discount",
    "tax_ids",
    "o2c_pass_through",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_digest(self):
        """Fingerprint of what was looked at: who, what, how much, taxes, accounts,
        dates and the bank account it is paid to."""
        self.ensure_one()
        move = self.sudo()
        content = (
            [_plain(move[name]) for name in DOCUMENT],
            # without a date the due date moves with the day
            move.invoice_date and str(move.invoice_date_due),
            [
                [_plain(line[name]) for name in LINE]
                for line in move.invoice_line_ids.sorted("id")
            ],
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def _o2c_checked(self):
        """Those that were approved and not changed since."""
        return self.filtered(
            lambda move: move.o2c_check_state == "approved"
            and move.o2c_check_digest == move._o2c_digest()
        )

    def _o2c_content_changed(self):
        """A draft that is being looked at, was returned or approved, became another.

        Returned: it goes back to who returned it. Approved: the approval is void.
        Waiting: its reasons are made anew.
        """
        changed = self.filtered(
            lambda move: move.state == "draft"
            and move.o2c_check_state in ("to_check", "returned", "approved")
            and move.o2c_check_digest
            and move.o2c_check_digest != move._o2c_digest()
        )
        changed._o2c_look_again()

    def _o2c_look_again(self):
        """These wait for an approver again, with the reasons of today; what needs none
        any more keeps those of before, because somebody asked."""
        if not self:
            return
        author = self.env["res.users"] if self.env.su else self.env.user
        verdicts = self._o2c_judge()
        for move in self:
            verdict = verdicts[move]
            if not verdict.needed:
                reasons = tuple(map(tuple, move.o2c_check_reasons or ()))
                verdict = policy.Check(reasons or ((policy.COLLEAGUE, 0, ""),))
            verdicts[move] = verdict
        self._o2c_wait(verdicts, asked_by=author)


def _plain(value):
    """A field's value as text that stays the same."""
    return sorted(value.ids) if isinstance(value, models.BaseModel) else value or False
