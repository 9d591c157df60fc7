"""What an e-invoice says of the document behind it."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_corrected_ids = fields.Many2many(
        "account.move",
        "o2c_corrected_invoice_rel",
        "credit_note_id",
        "invoice_id",
        string="Corrected Invoices",
        copy=False,
        check_company=True,
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'), "
        "('commercial_partner_id', '=', commercial_partner_id)]",
        help="The invoices that this credit note corrects, when it was not made from "
        "one of them; several are possible. The e-invoice names them.",
    )

    def _o2c_corrected_invoices(self):
        """Earlier documents that this one refers to.

        For a credit note the invoices it corrects: those that a person named, the one
        it was made from, or else the invoices of the same order lines. For a final
        invoice the down payments it deducts.
        """
        self.ensure_one()
        if self.move_type == "out_refund":
            named = self.o2c_corrected_ids | self.reversed_entry_id
            of_order = self.invoice_line_ids.sale_line_ids.invoice_lines.move_id
            return named or (of_order - self).filtered(
                lambda move: move.state == "posted" and move.move_type == "out_invoice"
            )
        down_payments = self.invoice_line_ids.filtered("is_downpayment").sale_line_ids
        return (down_payments.invoice_lines.move_id - self).filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )

    def _o2c_prepaid_at_issue(self):
        """What was paid before this document was issued.

        A document states what it asked when it was issued, whenever its file is
        made: payments that came afterwards do not change it.
        """
        self.ensure_one()
        receivable = self.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        paid = 0.0
        ours = self.sudo().transaction_ids.payment_id.move_id
        for line in receivable:
            for partial in line.matched_credit_ids:
                other = partial.credit_move_id
                payment = other.payment_id or other.statement_line_id
                if payment and (
                    other.date < self.invoice_date or other.move_id in ours
                ):
                    paid += partial.debit_amount_currency
        return self.currency_id.round(paid)

    def _o2c_delivered_on(self):
        """When the goods or services were delivered, as far as the books know."""
        self.ensure_one()
        dates = self.sudo().o2c_event_ids.mapped("date")
        return self.delivery_date or (max(dates) if dates else False)
