"""The invoice: is its due date lawful?"""

from odoo import api, models
from odoo.exceptions import UserError

from ...policy import payment_term_law as policy


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "o2c.term.judged"]

    @api.depends(
        "invoice_payment_term_id",
        "invoice_date",
        "invoice_date_due",
        "partner_id",
        "move_type",
        "state",
    )
    @api.depends_context("lang")
    def _compute_o2c_term(self):
        for move in self:
            verdict = move._o2c_law_on_term()
            if verdict and verdict.code == policy.SIZE_UNKNOWN:
                verdict = None  # a question about the customer, asked there
            move.update(self._o2c_term_banner(verdict))

    def _o2c_law_on_term(self):
        """Only what still can be changed, or still is to be paid, is judged."""
        self.ensure_one()
        if self.move_type != "out_invoice" or self.state == "cancel":
            return None
        if not self.company_id:
            return None
        if self.state == "posted" and self.payment_state in ("paid", "reversed"):
            return None
        company = self.company_id
        start = self.invoice_date or company._o2c_today()
        due = self.invoice_date_due
        days = (due - start).days if due else 0
        return self._o2c_term_verdict(
            days, self.partner_id, company, self.env["o2c.term.law"]._o2c_on(start)
        )

    def action_o2c_lawful_term(self):
        """The longest lawful term on this draft; what is posted stays as it is."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "A posted invoice keeps its term: only drafts are corrected."
                )
            )
        verdict = self._o2c_law_on_term()
        if verdict and verdict.code != policy.SIZE_UNKNOWN:
            self.invoice_payment_term_id = self.invoice_payment_term_id._o2c_within(
                verdict.days, self.company_id
            )
        return True
