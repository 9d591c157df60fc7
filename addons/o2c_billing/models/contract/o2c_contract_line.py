"""A line of a contract: what, how much, how often, at which price."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

#: Months in one unit of the rhythm.
UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
#: What a person may still write once the contract has started.
OPEN_FIELDS = {"name", "sequence"}


class O2cContractLine(models.Model):
    """One thing that is charged; its first terms, changed by versions with a date."""

    _name = "o2c.contract.line"
    _description = "Contract Line"
    _order = "contract_id, sequence, id"
    _check_company_auto = True

    contract_id = fields.Many2one(
        "o2c.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="contract_id.partner_id", store=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    contract_state = fields.Selection(related="contract_id.state", string="State")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        string="Article",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("sale_ok", "=", True)],
        help="Gives VAT and revenue account, as on any invoice.",
    )
    name = fields.Char(
        string="Description",
        help="Printed on the invoice with the period. Empty: the name of the article "
        "in the language of the customer.",
    )
    kind = fields.Selection(
        [
            ("recurring", "Every period"),
            ("usage", "By usage"),
            ("once", "Once"),
        ],
        default="recurring",
        required=True,
        help="Every period: a fixed quantity. By usage: what was reported for the "
        "period, afterwards. Once: such as a set-up fee, on the first day.",
    )
    date_start = fields.Date(
        string="From",
        required=True,
        compute="_compute_date_start",
        store=True,
        readonly=False,
        precompute=True,
        help="First day that is charged.",
    )
    date_end = fields.Date(
        string="Until", copy=False, help="Last day that is charged. Empty: it goes on."
    )
    period_unit = fields.Selection(
        [
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half", "Half-year"),
            ("year", "Year"),
        ],
        string="Period",
        default="month",
        required=True,
    )
    period_count = fields.Integer(
        string="Every", default=1, required=True, help="Every so many periods."
    )
    months = fields.Integer(compute="_compute_months", store=True)
    timing = fields.Selection(
        [("advance", "In advance"), ("arrears", "In arrears")],
        required=True,
        compute="_compute_timing",
        store=True,
        readonly=False,
        precompute=True,
        help="In advance: before the period begins. In arrears: the day after it ends. "
        "Usage is known afterwards only.",
    )
    lead_days = fields.Integer(
        string="Days Ahead",
        help="Billed so many days before the period begins.",
    )
    alignment = fields.Selection(
        [("calendar", "Calendar"), ("start", "Start day")],
        string="Periods",
        default="calendar",
        required=True,
        help="Calendar: from the first of the month, quarter or year; the first and "
        "last period are charged by day. Start day: counted from the first day.",
    )
    price_source = fields.Selection(
        [("fixed", "Fixed in the contract"), ("agreed", "Price agreements")],
        default="fixed",
        required=True,
        help="Price agreements: asked for each period, with the subscription form of "
        "the contract.",
    )
    price_basis = fields.Selection(
        [("period", "Period"), ("month", "Month")],
        string="Price Per",
        default="period",
        required=True,
        help="Month: a quarter costs three times the price.",
    )
    quantity = fields.Float(
        digits="Product Unit",
        default=1.0,
        help="At the start. Later changes have a date of their own.",
    )
    price_unit = fields.Float(
        string="Price",
        digits="Product Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        help="At the start, without VAT unless your prices include it. Of usage: for "
        "each unit above what is included.",
    )
    included_quantity = fields.Float(
        string="Included",
        digits="Product Unit",
        help="Usage in a full period that is not charged.",
    )
    minimum_quantity = fields.Float(
        string="Minimum",
        digits="Product Unit",
        help="At least this usage counts in a full period.",
    )
    intro_months = fields.Integer(
        string="Discount Months", help="How long the discount of the beginning holds."
    )
    intro_discount = fields.Float(
        string="Discount %",
        digits="Discount",
        help="Off during the first months. 100: a free period.",
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    version_ids = fields.One2many("o2c.contract.version", "line_id", readonly=True)
    period_ids = fields.One2many(
        "o2c.contract.period", "line_id", string="Billed Periods", readonly=True
    )
    next_due = fields.Date(
        string="Next Invoice",
        readonly=True,
        copy=False,
        help="When there is something to bill again.",
    )
    look_from = fields.Date(
        readonly=True,
        copy=False,
        help="Periods that end before this day are settled.",
    )

    _due_idx = models.Index("(company_id, next_due, id) WHERE next_due IS NOT NULL")
    _dates_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start - 1)",
        "The line ends before it begins. Check the two dates.",
    )
    _numbers_check = models.Constraint(
        "CHECK(period_count > 0 AND lead_days >= 0 AND lead_days <= 366"
        " AND intro_months >= 0 AND intro_discount >= 0 AND intro_discount <= 100"
        " AND included_quantity >= 0 AND minimum_quantity >= 0)",
        "Every so many periods is at least 1, days ahead lie between 0 and 366, a "
        "discount between 0 and 100, included and minimum are not negative.",
    )

    @api.depends("contract_id")
    def _compute_date_start(self):
        for line in self:
            line.date_start = line.date_start or line.contract_id.date_start

    @api.depends("period_unit", "period_count")
    def _compute_months(self):
        for line in self:
            line.months = UNIT_MONTHS[line.period_unit or "month"] * line.period_count

    @api.depends("kind")
    def _compute_timing(self):
        for line in self:
            usage = line.kind == "usage"
            line.timing = "arrears" if usage else line.timing or "advance"

    @api.depends("product_id", "price_source")
    def _compute_price_unit(self):
        """A proposal; with price agreements, what they say now."""
        for line in self:
            if not line.product_id:
                line.price_unit = line.price_unit or 0.0
            elif line.price_source == "agreed" or not line.price_unit:
                line.price_unit = line._ask_price(
                    line.date_start or fields.Date.context_today(line), line.quantity
                )[0]

    @api.depends("product_id", "name")
    def _compute_display_name(self):
        for line in self:
            words = line.name or line.product_id.display_name
            line.display_name = f"{line.contract_id.name}: {words}"

    @api.constrains("kind", "timing")
    def _check_usage(self):
        for line in self:
            if line.kind == "usage" and line.timing == "advance":
                raise ValidationError(
                    self.env._("Usage is known afterwards only: bill it in arrears.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.browse()._check_changes(set().union(*vals_list) - {"contract_id"})
        lines = super().create(vals_list)
        started = lines.filtered(lambda line: line.contract_state != "draft")
        if started:
            started.contract_id._check_authority()
            for line in started:
                line._look_again(line.date_start)
        lines.contract_id._refresh_figures()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_changes(set(vals))
        result = super().write(vals)
        if set(vals) - {"next_due", "look_from", "name", "sequence"}:
            self.contract_id._refresh_figures()
        return result

    def _check_changes(self, names):
        if "contract_id" in names:
            raise UserError(
                self.env._("A line stays with its contract: copy what you need.")
            )
        if names & {"next_due", "look_from", "order_line_id"}:
            raise AccessError(self.env._("What was billed is not changed by hand."))
        started = self.filtered(lambda line: line.contract_state != "draft")
        indexing = {name for name in names if name.startswith("o2c_index_")}
        if started and indexing:
            started.contract_id._check_authority()
        if started and names - OPEN_FIELDS - indexing:
            raise UserError(
                self.env._(
                    "%(name)s is running: use Change, with the day it holds from.",
                    name=started[0].contract_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_unbilled(self):
        for line in self:
            if line.contract_state != "draft":
                raise UserError(
                    self.env._("End the line from a date instead of deleting it.")
                )

    def _look_again(self, day):
        """Something changed from a day on: the next pass settles it.

        :param date day: first day that can be different
        """
        for line in self.sudo():
            look = min(day, line.look_from or day)
            today = line.company_id._o2c_today()
            line.write(
                {
                    "look_from": max(look, line.date_start),
                    "next_due": min(today, line.date_start),
                }
            )

    def action_change(self):
        """Open the question what changes, and from which day."""
        self.ensure_one()
        self.contract_id._check_authority()
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.contract.change",
            "name": self.env._("Change"),
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }
