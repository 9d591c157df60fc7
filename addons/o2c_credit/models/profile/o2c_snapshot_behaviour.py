"""How a customer pays: the figures behind his score, next to what he owes."""

from odoo import fields, models

from ...policy.score import HalfYear, ScoreFacts
from .o2c_exposure import to_money
from .o2c_profile_sector import SECTIONS


class O2cCustomerSnapshot(models.Model):
    _inherit = "o2c.customer.snapshot"

    has_bureau_score = fields.Boolean(readonly=True)
    disputed_days = fields.Float(
        string="Of Which Disputed",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Days late while the invoice was disputed, weighted by amount. They do "
        "not count against the customer, unless he turned out to be wrong.",
    )
    recent_payments = fields.Integer(readonly=True)
    recent_paid = fields.Monetary(string="Paid in 6 Months", readonly=True)
    recent_days_late = fields.Float(
        string="Days Late, Last 6 Months",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Weighted by amount, without disputed time.",
    )
    earlier_payments = fields.Integer(readonly=True)
    earlier_paid = fields.Monetary(string="Paid in the 6 Months Before", readonly=True)
    earlier_days_late = fields.Float(
        string="Days Late, 6 Months Before",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Weighted by amount, without disputed time.",
    )
    trend = fields.Float(
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Days later (or, below zero, earlier) in the last six months than in the "
        "six before; empty with fewer than two payments in either.",
    )
    has_trend = fields.Boolean(readonly=True)
    overdue_late = fields.Float(
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Days past due of what is overdue, weighted by amount.",
    )
    largest_owed = fields.Monetary(
        string="Largest Ever Owed",
        readonly=True,
        help="Highest balance of open invoices at the end of any day.",
    )
    largest_owed_on = fields.Date(readonly=True)
    disputes_lost = fields.Integer(
        readonly=True, help="Disputes of the last 24 months where he was wrong."
    )
    promises_broken = fields.Integer(
        readonly=True, help="Promises to pay of the last 24 months that he broke."
    )
    payments_reversed = fields.Integer(
        readonly=True,
        help="Payments of the last 24 months that the bank refused or took back.",
    )

    reported_sector = fields.Char(
        readonly=True, help="Sector code in the newest report that has one."
    )
    section = fields.Selection(SECTIONS, string="Industry", readonly=True)

    def _score_facts(self):
        """The figures as the policy reads them."""
        self.ensure_one()
        return ScoreFacts(
            payments=self.payments,
            paid=to_money(self.paid_amount),
            days_late=to_money(self.days_late - self.disputed_days),
            on_time=to_money(self.on_time),
            recent=HalfYear(
                self.recent_payments,
                to_money(self.recent_paid),
                to_money(self.recent_days_late),
            ),
            earlier=HalfYear(
                self.earlier_payments,
                to_money(self.earlier_paid),
                to_money(self.earlier_days_late),
            ),
            overdue=to_money(self.overdue),
            overdue_days=self.overdue_days,
            overdue_late=to_money(self.overdue_late),
            since=self.since or None,
            bureau=self.bureau_score if self.has_bureau_score else None,
            disputes_lost=self.disputes_lost,
            promises_broken=self.promises_broken,
            payments_reversed=self.payments_reversed,
            insolvent=self.insolvent,
        )
