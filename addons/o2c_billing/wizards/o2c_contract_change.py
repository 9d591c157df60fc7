"""More, less, another price or another article, from a day on."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..policy import contract_charge as policy
from ..policy import contract_settlement as settlement


class O2cContractChange(models.TransientModel):
    """Shows what is settled of what was billed, before it happens."""

    _name = "o2c.contract.change"
    _description = "Change a Contract Line"

    line_id = fields.Many2one("o2c.contract.line", required=True, readonly=True)
    company_id = fields.Many2one(related="line_id.company_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    kind = fields.Selection(related="line_id.kind")
    price_source = fields.Selection(related="line_id.price_source")
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_proposal",
        store=True,
        readonly=False,
        precompute=True,
        help="First day it holds. Proposed: the first day that was not billed yet.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Article",
        compute="_compute_proposal",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain=[("sale_ok", "=", True)],
        help="Another article ends this line and begins a new one: an upgrade.",
    )
    quantity = fields.Float(
        digits="Product Unit",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        help="Zero: nothing is charged from that day on.",
    )
    price_unit = fields.Float(
        string="Price",
        digits="Product Price",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
    )
    reason = fields.Char(
        required=True, help="Kept with the change: what was agreed, and with whom."
    )
    settlement = fields.Text(
        compute="_compute_settlement",
        help="What is charged and credited of periods that were billed already.",
    )

    @api.depends("line_id")
    def _compute_proposal(self):
        for change in self:
            line = change.line_id
            change.date_from = change.date_from or line.look_from or line.date_start
            change.product_id = change.product_id or line.product_id

    @api.depends("line_id", "date_from")
    def _compute_terms(self):
        for change in self:
            if change.line_id and change.date_from:
                change.quantity, change.price_unit = change.line_id._terms_on(
                    change.date_from
                )

    @api.depends("line_id", "date_from", "quantity", "price_unit", "product_id")
    @api.depends_context("lang")
    def _compute_settlement(self):
        for change in self:
            change.settlement = change._settlement_words()

    def _settlement_words(self):
        """What happens to money that was billed for days from then on."""
        if not self.line_id or not self.date_from:
            return False
        charges = self._settled()
        digits = self.currency_id.decimal_places
        debit, credit = Decimal(0), Decimal(0)
        for charge in charges:
            amount = charge.amount(digits)
            debit += max(amount, Decimal(0))
            credit -= min(amount, Decimal(0))
        if not debit and not credit:
            return self.env._("Nothing that was billed changes.")
        return self.env._(
            "Already billed: %(credit)s is credited and %(debit)s charged, by day.",
            credit=format_amount(self.env, float(credit), self.currency_id),
            debit=format_amount(self.env, float(debit), self.currency_id),
        )

    def _settled(self):
        """Charges that settle periods which were billed already."""
        line = self.line_id
        done = line.sudo().period_ids.filtered(lambda p: p.period_to >= self.date_from)
        charges = [row._charge() for row in done]
        if line.kind != "recurring" or not charges:
            return []
        rule = line._charged_line(known=True)
        if self.product_id and self.product_id != line.product_id:
            rule = policy.replace(rule, end=self.date_from - policy.DAY)
        else:
            price = line._per_period(self.price_unit)
            new = policy.Terms(self.date_from, Decimal(str(self.quantity)), price)
            before = [t for t in rule.terms if t.since < self.date_from]
            after = [t for t in rule.terms if t.since > self.date_from]
            rule = policy.replace(rule, terms=(*before, new, *after))
        billed = {charge.period for charge in charges}
        last = max(charge.period.last for charge in charges)
        owed = policy.owed(rule, last, look_from=self.date_from, billed=charges)
        owed = [charge for charge in owed if charge.period in billed]
        return settlement.difference(rule, owed, charges)

    def action_apply(self):
        """Let it hold from that day; what was billed is settled by the next night."""
        self.ensure_one()
        line = self.line_id
        line.contract_id._check_authority()
        self._check_day()
        if self.product_id != line.product_id:
            self._replace_article()
        else:
            agreed = line.price_source == "agreed"
            line._set_terms(
                self.date_from,
                self.quantity,
                None if agreed else self.price_unit,
                self.reason,
            )
        line.contract_id.message_post(
            body=self.env._(
                "%(line)s from %(day)s: %(reason)s",
                line=line.name or line.product_id.display_name,
                day=self.date_from,
                reason=self.reason,
            ),
            subtype_xmlid="mail.mt_note",
        )
        line.contract_id._wake()
        return {"type": "ir.actions.act_window_close"}

    def _check_day(self):
        line = self.line_id
        end = line._ends_on()
        if self.date_from < line.date_start or (end and self.date_from > end):
            raise UserError(
                self.env._("Choose a day between the first and the last of this line.")
            )
        if line.kind == "once" and line.period_ids:
            raise UserError(
                self.env._("This was charged already: credit it on the invoice.")
            )

    def _replace_article(self):
        """End this line the day before, and begin one with the other article."""
        line = self.line_id
        day = self.date_from
        line.sudo().copy(
            {
                "contract_id": line.contract_id.id,
                "product_id": self.product_id.id,
                "name": False,
                "date_start": day,
                "date_end": line.date_end,
                "quantity": self.quantity,
                "price_unit": self.price_unit,
                "intro_months": 0,
                "intro_discount": 0.0,
                "alignment": line.alignment,
            }
        )
        line.sudo().date_end = day - policy.DAY
        line._look_again(day)
        line.contract_id._refresh_figures()
