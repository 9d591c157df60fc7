"""Taxes whose category on an e-invoice is a guess: a list, with a proposal."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...policy import vat_category as policy


class AccountTax(models.Model):
    _inherit = "account.tax"

    o2c_category_unclear = fields.Boolean(
        string="Category Unclear",
        compute="_compute_o2c_category",
        search="_search_o2c_category_unclear",
        help="This 0 % tax has no category for e-invoices, and it cannot be known from "
        "the chart of accounts: a file with it may say something else than you mean.",
    )
    o2c_category_proposal = fields.Selection(
        selection=lambda self: self._fields[
            "ubl_cii_tax_category_code"
        ]._description_selection(self.env),
        string="Proposal",
        compute="_compute_o2c_category",
        help="What this tax most likely is.",
    )
    o2c_category_why = fields.Char(
        string="Why", compute="_compute_o2c_category", help="What it was read from."
    )

    @api.depends("ubl_cii_tax_category_code", "amount", "name", "type_tax_use")
    @api.depends_context("lang")
    def _compute_o2c_category(self):
        why = {
            "words": self.env._("its name"),
            "box": self.env._("the box of the VAT return"),
            "nothing": self.env._("nothing points to another one"),
        }
        for tax in self:
            unclear = tax._o2c_has_no_category()
            found = (
                policy.proposal(
                    f"{tax.name or ''} {tax.invoice_label or ''}",
                    tax._o2c_return_boxes(),
                )
                if unclear
                else None
            )
            tax.o2c_category_unclear = unclear
            tax.o2c_category_proposal = found.code if found else False
            tax.o2c_category_why = why[found.why] if found else False

    def _o2c_has_no_category(self):
        self.ensure_one()
        return bool(
            self.type_tax_use == "sale"
            and self.amount_type == "percent"
            and not self.amount
            and not self.ubl_cii_tax_category_code
            and self.country_code == "NL"
            and not self._o2c_known_category()
        )

    @api.model
    def _search_o2c_category_unclear(self, operator, value):
        if operator != "in":
            return NotImplemented
        candidates = self.search(
            [
                ("type_tax_use", "=", "sale"),
                ("amount", "=", 0),
                ("ubl_cii_tax_category_code", "=", False),
                ("country_id.code", "=", "NL"),
            ]
        )
        found = Domain("id", "in", candidates.filtered("o2c_category_unclear").ids)
        if set(value) == {True}:
            return found
        return ~found if set(value) == {False} else Domain.TRUE

    def action_o2c_take_proposal(self):
        """Give these taxes the proposed category; who may change taxes may do this."""
        for tax in self.filtered("o2c_category_unclear"):
            tax.ubl_cii_tax_category_code = tax.o2c_category_proposal
        return True


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_alerts(self):
        """On a draft: its e-invoice would guess what a tax means."""
        alerts = super()._get_alerts()
        if (
            self.state != "draft"
            or not self.is_sale_document()
            or not self.company_id
            or self.company_id._o2c_mode("billing") == "off"
        ):
            return alerts
        unclear = self.invoice_line_ids.tax_ids.filtered("o2c_category_unclear")
        if unclear:
            alerts["o2c_vat_category"] = {
                "level": "warning",
                "message": self.env._(
                    "The e-invoice would guess what %(taxes)s means: give a category.",
                    taxes=", ".join(unclear.mapped("name")),
                ),
                "action_text": self.env._("Taxes without a category"),
                "action": self.env["ir.actions.act_window"]._for_xml_id(
                    "o2c_billing.o2c_tax_category_action"
                ),
            }
        return alerts
