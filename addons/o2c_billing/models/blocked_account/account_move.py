"""The invoice of which a part goes to the blocked account."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ...policy import blocked_account as policy


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_blocked_percent = fields.Float(
        string="To the G-Account (%)",
        compute="_compute_o2c_blocked_percent",
        store=True,
        readonly=False,
        copy=False,
        help="Share of this invoice that the customer pays to your G-account. 0: none. "
        "A percentage of your own stays as you typed it.",
    )
    o2c_blocked_amount = fields.Monetary(
        string="To the G-Account",
        compute="_compute_o2c_blocked_amount",
        help="What the customer pays to your G-account; the rest goes to your bank.",
    )

    def _auto_init(self):
        # Invoices that exist already are not split: nothing is computed at install.
        if not column_exists(self.env.cr, self._table, "o2c_blocked_percent"):
            create_column(self.env.cr, self._table, "o2c_blocked_percent", "float8")
        return super()._auto_init()

    @api.depends("partner_id", "move_type", "invoice_line_ids.tax_ids")
    def _compute_o2c_blocked_percent(self):
        for move in self:
            company = move.company_id.sudo()
            customer = move.commercial_partner_id.with_company(move.company_id)
            shares = (company.o2c_blocked_percent, company.o2c_blocked_percent_reverse)
            typed = move.o2c_blocked_percent not in (0.0, *shares)
            if move.state != "draft" or (typed and customer.o2c_blocked_account):
                move.o2c_blocked_percent = move.o2c_blocked_percent
            elif (
                move.move_type != "out_invoice"
                or not customer.o2c_blocked_account
                or not company.o2c_blocked_bank_id
            ):
                move.o2c_blocked_percent = 0.0
            else:
                move.o2c_blocked_percent = policy.share(
                    move._o2c_reverse_charged(), *shares
                )

    @api.depends("o2c_blocked_percent", "amount_total")
    def _compute_o2c_blocked_amount(self):
        for move in self:
            move.o2c_blocked_amount = float(move._o2c_blocked_split().blocked)

    def _post(self, soft=True):
        """The share is settled on the draft; a later setting does not change it."""
        self.mapped("o2c_blocked_percent")
        return super()._post(soft)

    def _o2c_reverse_charged(self):
        """Is the VAT of this document for the customer to pay?"""
        self.ensure_one()
        builder = self.env["account.edi.xml.ubl_bis3"]
        customer = self.commercial_partner_id
        supplier = self.company_id.partner_id
        return any(
            builder._get_tax_category_code(customer, supplier, tax) == "AE"
            for tax in self.invoice_line_ids.tax_ids.flatten_taxes_hierarchy()
        )

    def _o2c_blocked_split(self):
        self.ensure_one()
        return policy.split(
            Decimal(str(self.amount_total)).quantize(Decimal("0.000001")),
            Decimal(str(self.o2c_blocked_percent or 0.0)),
            self.currency_id.decimal_places or 0,
        )

    def _o2c_blocked_bank(self):
        """The blocked account that a part of this document goes to, if any."""
        self.ensure_one()
        banks = self.env["res.partner.bank"].sudo()
        if self.move_type != "out_invoice" or not self.o2c_blocked_percent:
            return banks
        return self.company_id.sudo().o2c_blocked_bank_id

    def _o2c_one_account(self):
        """Extends o2c_base: no code of one transfer where two are asked."""
        return super()._o2c_one_account() and not self._o2c_blocked_bank()

    def _o2c_blocked_words(self):
        bank = self._o2c_blocked_bank()
        if not bank:
            return []
        parts = self._o2c_blocked_split()
        values = {
            "percent": f"{self.o2c_blocked_percent:g}",
            "blocked": self._o2c_money(float(parts.blocked)),
            "free": self._o2c_money(float(parts.free)),
            "g_account": bank.acc_number,
            "account": self.partner_bank_id.acc_number or "",
            "number": self.name,
        }
        if not self.partner_bank_id:
            return [
                self.env._(
                    "Pay %(blocked)s (%(percent)s%%) to G-account %(g_account)s, with "
                    "invoice number %(number)s.",
                    **values,
                )
            ]
        return [
            self.env._(
                "Pay %(blocked)s (%(percent)s%%) to G-account %(g_account)s and "
                "%(free)s to account %(account)s, both with invoice number %(number)s.",
                **values,
            )
        ]
