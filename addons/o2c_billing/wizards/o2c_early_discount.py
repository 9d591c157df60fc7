"""Offering a discount for early payment: to a customer, on an order or an invoice."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class O2cEarlyDiscount(models.TransientModel):
    """Percentage and days become payment terms with the same due date."""

    _name = "o2c.early.discount"
    _description = "Offer an Early Payment Discount"

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    percent = fields.Float(
        string="Discount (%)",
        default=2.0,
        required=True,
        help="What the customer may deduct when he pays in time.",
    )
    days = fields.Integer(
        string="If Paid Within (Days)",
        default=8,
        required=True,
        help="Counted from the invoice date; that day is still in time.",
    )
    mode = fields.Selection(
        [
            ("excluded", "On the price; the VAT stays"),
            ("included", "On price and VAT; the VAT is corrected when taken"),
            ("mixed", "VAT charged on the discounted price at once"),
        ],
        string="VAT",
        default="included",
        required=True,
        help="How the discount and the VAT go together, as in the payment terms.",
    )
    preview = fields.Text(compute="_compute_preview", help="What the customer reads.")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        name = {
            "res.partner": "partner_id",
            "sale.order": "order_id",
            "account.move": "move_id",
        }.get(context.get("active_model"))
        if name and context.get("active_id"):
            values[name] = context["active_id"]
            record = self.env[context["active_model"]].browse(context["active_id"])
            company = record.company_id or self.env.company
            values["company_id"] = company.id
        return values

    def _o2c_terms(self):
        """The payment terms that the discount comes on top of."""
        self.ensure_one()
        if self.move_id:
            return self.move_id.invoice_payment_term_id
        if self.order_id:
            return self.order_id.payment_term_id
        partner = self.partner_id.with_company(self.company_id)
        return partner.property_payment_term_id

    @api.depends("percent", "days", "mode", "move_id", "order_id", "partner_id")
    def _compute_preview(self):
        for wizard in self:
            document = wizard.move_id or wizard.order_id
            if not document:
                wizard.preview = self.env._(
                    "New orders and invoices: %(percent)s%% discount within %(days)s "
                    "days.",
                    percent=f"{wizard.percent:g}",
                    days=wizard.days,
                )
                continue
            base = document.amount_total
            if wizard.mode != "included":
                base = document.amount_untaxed
            total = document.amount_total
            paid = document.currency_id.round(total - base * wizard.percent / 100)
            start = (
                wizard.move_id.invoice_date if wizard.move_id else False
            ) or wizard.company_id._o2c_today()
            wizard.preview = self.env._(
                "%(amount)s instead of %(total)s, when paid by %(date)s (invoice of "
                "%(start)s).",
                amount=document.currency_id.format(paid),
                total=document.currency_id.format(total),
                date=format_date(self.env, fields.Date.add(start, days=wizard.days)),
                start=format_date(self.env, start),
            )

    def action_offer(self):
        """Put the terms with this discount on the customer, order or draft."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(
                self.env._("Only a billing user offers an early payment discount.")
            )
        if not 0 < self.percent < 100 or self.days <= 0:
            raise UserError(
                self.env._(
                    "Give a discount between 0 and 100 percent, and at least one day."
                )
            )
        terms = self._o2c_terms()
        if not terms:
            raise UserError(
                self.env._("Choose payment terms first: the discount comes on top.")
            )
        record = self.move_id or self.order_id or self.partner_id
        record.check_access("write")
        if self.move_id and (
            self.move_id.state != "draft" or self.move_id.move_type != "out_invoice"
        ):
            raise UserError(
                self.env._("A discount is offered on a draft, before it is posted.")
            )
        if self.order_id and self.order_id.state not in ("draft", "sent"):
            raise UserError(
                self.env._("A discount is offered on a quotation, before it is signed.")
            )
        found = terms._o2c_with_discount(self.percent, self.days, self.mode)
        if self.move_id:
            self.move_id.invoice_payment_term_id = found
        elif self.order_id:
            self.order_id.payment_term_id = found
        else:
            partner = self.partner_id.with_company(self.company_id)
            partner.property_payment_term_id = found
        return {"type": "ir.actions.act_window_close"}


class O2cDiscountGrant(models.TransientModel):
    """A discount that was taken too late is granted, with a reason."""

    _name = "o2c.discount.grant"
    _description = "Grant a Late Discount"

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Text(
        required=True, help="Why it is granted; it stays with the invoice."
    )

    def action_grant(self):
        """Book the discount; authority is checked by the invoice."""
        self.ensure_one()
        self.move_id._o2c_grant_discount(self.reason)
        return {"type": "ir.actions.act_window_close"}
