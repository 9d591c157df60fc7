"""What was billed of a contract line: one row for each part of a period."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.o2c_base.tools.local_form import day_text

from ...policy import contract_charge as policy

#: Decimals of a price by day.
DECIMALS = 4


class O2cContractPeriod(models.Model):
    """A charge, once per line, first day and number; its event carries it on.

    Number 0 is the first bill of these days, later numbers settle changes.
    """

    _name = "o2c.contract.period"
    _description = "Billed Contract Period"
    _order = "date_from desc, line_id, number desc"

    line_id = fields.Many2one(
        "o2c.contract.line",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    contract_id = fields.Many2one(
        "o2c.contract", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    product_id = fields.Many2one(related="line_id.product_id")
    period_from = fields.Date(required=True, readonly=True)
    period_to = fields.Date(required=True, readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="Until", required=True, readonly=True)
    number = fields.Integer(
        readonly=True, help="0: the first bill of these days. Higher: a settlement."
    )
    prorated = fields.Boolean(readonly=True)
    quantity = fields.Float(
        digits="Product Unit", readonly=True, help="Negative: credited."
    )
    price_unit = fields.Float(
        string="Price per Period",
        readonly=True,
        min_display_digits="Product Price",
        help="For the full period; charged by the days.",
    )
    price_days = fields.Float(
        string="Price",
        readonly=True,
        min_display_digits="Product Price",
        help="For the days that are charged.",
    )
    discount = fields.Float(string="Discount %", digits="Discount", readonly=True)
    amount = fields.Monetary(readonly=True, help="Without VAT.")
    trace = fields.Json(readonly=True)
    event_ids = fields.One2many("o2c.billing.event", "contract_period_id")
    state = fields.Selection(
        selection="_state_selection",
        compute="_compute_event",
        help="Where its billing event is. Empty: nothing to pay.",
    )
    move_id = fields.Many2one(
        "account.move", string="Invoice", compute="_compute_event"
    )

    _once_uniq = models.Constraint(
        "UNIQUE(line_id, date_from, number)",
        "This period was billed already.",
    )
    _look_idx = models.Index("(line_id, period_to)")

    @api.model
    def _state_selection(self):
        return (
            self.env["o2c.billing.event"]
            ._fields["state"]
            ._description_selection(self.env)
        )

    @api.depends("event_ids.state", "event_ids.move_id")
    def _compute_event(self):
        for period in self:
            event = period.event_ids[:1]
            period.state = event.state
            period.move_id = event.move_id

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for period in self:
            period.display_name = period._span_words()

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("What was billed is not changed by hand."))
        return super().write(vals)

    def _span_words(self, lang=None):
        """The days that are charged, as the customer writes dates."""
        self.ensure_one()
        first = day_text(self.env, self.date_from, lang)
        if self.date_from == self.date_to:
            return first
        return f"{first} – {day_text(self.env, self.date_to, lang)}"

    def _charge(self):
        """This row as the policy reads it."""
        self.ensure_one()
        return policy.Charge(
            policy.Period(self.period_from, self.period_to),
            self.date_from,
            self.date_to,
            Decimal(str(self.quantity)),
            Decimal(str(self.price_unit)),
            Decimal(str(self.discount)),
            self.prorated,
        )

    def action_open_invoice(self):
        """Open the invoice that this became."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.move_id)
