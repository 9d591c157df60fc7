"""What a replay found: figures per segment, orders that waited, weeks."""

from odoo import api, fields, models


class O2cWhatIfPart(models.AbstractModel):
    """What all rows of a replay share."""

    _name = "o2c.what.if.part"
    _description = "Part of a Replay"
    _log_access = False

    study_id = fields.Many2one(
        "o2c.what.if", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    scenario_id = fields.Many2one(
        "o2c.what.if.scenario",
        ondelete="cascade",
        readonly=True,
        help="Empty: today's rules.",
    )
    rules = fields.Char(
        readonly=True, help="Name of the scenario, or today's rules to compare with."
    )


class O2cWhatIfResult(models.Model):
    """The figures of one scenario and segment."""

    _name = "o2c.what.if.result"
    _inherit = "o2c.what.if.part"
    _description = "Result of a Replay"
    _order = "study_id desc, id"

    segment_id = fields.Many2one(
        "o2c.customer.segment", ondelete="set null", readonly=True
    )
    order_count = fields.Integer(string="Orders", readonly=True)
    ordered = fields.Monetary(readonly=True, help="Value of these orders, with VAT.")
    held_count = fields.Integer(
        string="Would Have Waited",
        readonly=True,
        help="Orders that the rules had held on the day they came in.",
    )
    held_amount = fields.Monetary(string="Value of What Waited", readonly=True)
    passed_count = fields.Integer(
        string="Passed Later",
        readonly=True,
        help="Held orders that passed when money came, without a person.",
    )
    waited_days = fields.Integer(
        string="Days Waited", readonly=True, help="By those that passed, together."
    )
    person_count = fields.Integer(
        string="A Person Decides",
        readonly=True,
        help="Held orders that no money freed in time: a person had to decide.",
    )
    person_amount = fields.Monetary(
        string="Value of What a Person Decides", readonly=True
    )
    owed = fields.Monetary(
        string="Owed on Average",
        readonly=True,
        help="Receivables, averaged over the days of the period.",
    )
    came = fields.Monetary(string="Money That Came In", readonly=True)
    paid = fields.Monetary(string="Paid Invoices", readonly=True)
    paid_days = fields.Monetary(
        string="Amount x Days",
        readonly=True,
        help="Each payment times the days since its invoice; divided by what was paid "
        "it is the days to pay.",
    )
    days_to_pay = fields.Float(
        compute="_compute_days_to_pay",
        digits=(16, 1),
        help="From invoice to money, weighted by amount.",
    )
    cost = fields.Monetary(
        string="Cost of Money Owed",
        readonly=True,
        help="What is owed on average, times the cost of money, for the period.",
    )

    @api.depends("paid", "paid_days")
    def _compute_days_to_pay(self):
        for row in self:
            row.days_to_pay = row.paid_days / row.paid if row.paid else False

    def action_held(self):
        """The orders behind these figures."""
        self.ensure_one()
        action = self.study_id.action_view_held()
        return action | {
            "domain": [
                ("study_id", "=", self.study_id.id),
                ("rules", "=", self.rules),
                ("segment_id", "=", self.segment_id.id),
            ]
        }


class O2cWhatIfHeld(models.Model):
    """An order that would have waited."""

    _name = "o2c.what.if.held"
    _inherit = "o2c.what.if.part"
    _description = "Order That Would Have Waited"
    _order = "study_id desc, amount desc, id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", ondelete="cascade", readonly=True
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment", ondelete="set null", readonly=True
    )
    day = fields.Date(readonly=True, help="Day of the order.")
    amount = fields.Monetary(readonly=True)
    outcome = fields.Selection(
        [("money", "Money freed it"), ("person", "A person decides")], readonly=True
    )
    days = fields.Integer(string="Waited (Days)", readonly=True, aggregator="avg")


class O2cWhatIfWeek(models.Model):
    """A week under some rules."""

    _name = "o2c.what.if.week"
    _inherit = "o2c.what.if.part"
    _description = "Week of a Replay"
    _order = "study_id desc, week, id"

    week = fields.Date(string="Week Of", readonly=True, help="Monday of the week.")
    owed = fields.Monetary(
        string="Owed at the End", readonly=True, help="Receivables on Sunday."
    )
    came = fields.Monetary(string="Came In", readonly=True)
