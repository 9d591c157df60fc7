"""An agreement on the invoice: terms, and the lines that the customer must read."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import html2plaintext


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.depends("partner_id")
    def _compute_invoice_payment_term_id(self):
        result = super()._compute_invoice_payment_term_id()
        sales = self.filtered(lambda move: move.is_sale_document(include_receipts=True))
        for move, agreement in sales._o2c_agreements().items():
            if agreement.payment_term_id:
                move.invoice_payment_term_id = agreement.payment_term_id
        return result

    def _o2c_agreements(self):
        """Agreements in force on the date of each document.

        :return: dict of document to agreement
        """
        found = {}
        agreements = self.env["o2c.payment.agreement"]
        for (company, day), moves in self.grouped(
            lambda move: (move.company_id, move.invoice_date)
        ).items():
            partners = {
                move: move.partner_id.sudo().commercial_partner_id._origin.id
                for move in moves
            }
            ids = [pid for pid in partners.values() if pid]
            if not ids or not company:
                continue
            known = agreements._in_force(
                company.sudo(), ids, day or company.sudo()._o2c_today()
            )
            for move, pid in partners.items():
                if pid in known:
                    found[move] = known[pid]
        return found

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._o2c_note_agreement()
        return moves

    def _o2c_note_agreement(self):
        """Who pays, where and how, once under the text of a draft invoice."""
        drafts = self.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "draft"
        )
        for move, agreement in drafts._o2c_agreements().items():
            lang = move.partner_id.lang or self.env.lang
            lines = agreement.with_context(lang=lang)._payer_in_words()
            known = html2plaintext(move.narration or "")
            fresh = [line for line in lines if line not in known]
            if fresh:
                added = Markup("").join(
                    Markup("<p>%s</p>") % escape(line) for line in fresh
                )
                move.narration = Markup(move.narration or "") + added


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_agreement_ids = fields.One2many(
        "o2c.payment.agreement",
        "partner_id",
        groups="o2c_base.group_credit_controller",
    )
