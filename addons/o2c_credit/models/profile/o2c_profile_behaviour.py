"""How a customer pays and what he owes, on his risk profile."""

from odoo import api, fields, models

_FIGURES = (
    "payments, paid_amount, days_late, disputed_days, on_time, recent_payments, "
    "recent_days_late, earlier_payments, earlier_days_late, receivables, overdue, "
    "overdue_days, largest_owed, largest_owed_on, promises_broken, disputes_lost, "
    "payments_reversed"
).split(", ")


class O2cRiskProfile(models.Model):
    """The figures stand in ``o2c.customer.snapshot``; here they are shown."""

    _inherit = "o2c.risk.profile"

    payments = fields.Integer(
        compute="_compute_figures", help="Payments of invoices in the last 24 months."
    )
    paid_amount = fields.Monetary(
        string="Paid", compute="_compute_figures", help="In the last 24 months."
    )
    days_late = fields.Float(
        compute="_compute_figures",
        digits=(16, 1),
        help="Days after the due date, weighted by amount: a large invoice counts for "
        "more. Part payments each count; credit notes are no payments.",
    )
    disputed_days = fields.Float(
        string="Of Which Disputed",
        compute="_compute_figures",
        digits=(16, 1),
        help="Days late while the invoice was disputed. They do not count against the "
        "customer, unless he turned out to be wrong.",
    )
    on_time = fields.Float(
        compute="_compute_figures", help="Part of the money that came in time."
    )
    recent_payments = fields.Integer(compute="_compute_figures")
    recent_days_late = fields.Float(
        string="Days Late, Last 6 Months",
        compute="_compute_figures",
        digits=(16, 1),
        help="Weighted by amount, without disputed time.",
    )
    earlier_payments = fields.Integer(compute="_compute_figures")
    earlier_days_late = fields.Float(
        string="Days Late, 6 Months Before",
        compute="_compute_figures",
        digits=(16, 1),
        help="Weighted by amount, without disputed time.",
    )
    receivables = fields.Monetary(
        string="Open Invoices",
        compute="_compute_figures",
        help="Posted, minus what is unapplied; at the last scoring.",
    )
    overdue = fields.Monetary(
        compute="_compute_figures",
        help="Past due, minus what is unapplied; at the last scoring.",
    )
    overdue_days = fields.Integer(
        string="Oldest (Days)", compute="_compute_figures", help="Days past due."
    )
    largest_owed = fields.Monetary(
        string="Largest Ever Owed",
        compute="_compute_figures",
        help="Highest balance of open invoices at the end of any day.",
    )
    largest_owed_on = fields.Date(
        string="On", compute="_compute_figures", help="The day of that balance."
    )
    promises_broken = fields.Integer(
        compute="_compute_figures", help="Promises to pay of the last 24 months."
    )
    disputes_lost = fields.Integer(
        compute="_compute_figures",
        help="Disputes of the last 24 months where the customer was wrong.",
    )
    payments_reversed = fields.Integer(
        compute="_compute_figures",
        help="Payments of the last 24 months that the bank refused or took back.",
    )

    @api.depends("partner_id", "company_id", "graded_on")
    def _compute_figures(self):
        known = self._figures()
        none = self.env["o2c.customer.snapshot"]
        for profile in self:
            figures = known.get((profile.partner_id.id, profile.company_id.id), none)
            for name in _FIGURES:
                profile[name] = figures[name]

    def action_open_payments(self):
        """Each payment behind the behaviour."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments of %s", self.partner_id.display_name),
            "res_model": "o2c.payment.behaviour",
            "views": [[False, "list"], [False, "graph"]],
            "domain": [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
        }
