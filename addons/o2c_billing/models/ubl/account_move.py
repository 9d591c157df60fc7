"""What an e-invoice says of the document behind it."""

from odoo import api, fields, models
from odoo.tools import SQL


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

    o2c_prepaid_at_issue = fields.Monetary(
        string="Paid Before Issue",
        compute="_compute_o2c_prepaid_at_issue",
        help="What was paid before this document was issued, in its own currency.",
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

    @api.depends("invoice_date", "transaction_ids", "line_ids.matched_credit_ids")
    def _compute_o2c_prepaid_at_issue(self):
        """A document states what it asked when it was issued, whenever its file is
        made: payments that came afterwards do not change it. One query for all."""
        paid = dict(self.env.execute_query(self._o2c_prepaid_sql())) if self.ids else {}
        for move in self:
            amount = paid.get(move._origin.id, 0.0)
            move.o2c_prepaid_at_issue = move.currency_id.round(amount)

    def _o2c_prepaid_sql(self):
        """Paid before the invoice date, or online with the document itself."""
        for model in ("account.partial.reconcile", "payment.transaction"):
            self.env[model].flush_model()
        self.env["account.payment"].flush_model(["move_id"])
        self.env["account.move.line"].flush_model(
            ["date", "display_type", "payment_id", "statement_line_id"]
        )
        self.flush_model(["invoice_date"])
        return SQL(
            """
            SELECT asked.move_id, sum(part.debit_amount_currency)
              FROM account_move_line asked
              JOIN account_move invoice ON invoice.id = asked.move_id
              JOIN account_partial_reconcile part ON part.debit_move_id = asked.id
              JOIN account_move_line money ON money.id = part.credit_move_id
             WHERE asked.move_id = ANY(%(ids)s)
               AND asked.display_type = 'payment_term'
               AND (money.payment_id IS NOT NULL OR money.statement_line_id IS NOT NULL)
               AND (money.date < invoice.invoice_date OR EXISTS (
                        SELECT 1
                          FROM account_invoice_transaction_rel own
                          JOIN payment_transaction online
                            ON online.id = own.transaction_id
                          JOIN account_payment payment
                            ON payment.id = online.payment_id
                         WHERE own.invoice_id = invoice.id
                           AND payment.move_id = money.move_id))
             GROUP BY asked.move_id
            """,
            ids=list(self._origin.ids),
        )

    def _o2c_delivered_on(self):
        """When the goods or services were delivered, as far as the books know."""
        self.ensure_one()
        dates = self.sudo().o2c_event_ids.mapped("date")
        return self.delivery_date or (max(dates) if dates else False)
