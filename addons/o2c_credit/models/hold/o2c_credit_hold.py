"""A recorded refusal: reasons, amounts, owner and deadline; released with a reason."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_amount

from ...policy.credit_decision import Reason
from ..profile.o2c_exposure import to_money
from ..profile.o2c_risk_profile import GRADES

#: What only this model writes: a hold cannot be edited into a release.
GUARDED = {
    "order_id",
    "company_id",
    "partner_id",
    "profile_id",
    "kind",
    "state",
    "reasons",
    "amount",
    "exposure",
    "limit_kind",
    "limit_amount",
    "cover",
    "to_pay",
    "capped",
    "overdue",
    "may_pass",
    "review",
    "policy_id",
    "asked_amount",
    "asked_on",
    "released_by_id",
    "release_reason",
    "opened_on",
    "closed_on",
}


class O2cCreditHold(models.Model):
    """One open hold per order. In watch mode a row says what would have happened."""

    _name = "o2c.credit.hold"
    _description = "Credit Hold"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "ships_on, deadline, id"
    _rec_name = "order_id"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    profile_id = fields.Many2one(
        "o2c.risk.profile",
        string="Risk Profile",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    grade = fields.Selection(
        GRADES, readonly=True, help="Grade of the customer when the order was held."
    )
    policy_id = fields.Many2one(
        "o2c.credit.policy",
        string="Policy Cell",
        ondelete="set null",
        readonly=True,
        help="The cell of the credit policy whose rules held it.",
    )
    seller_id = fields.Many2one(
        related="order_id.user_id", string="Salesperson", store=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        tracking=True,
        index="btree_not_null",
        help="Who decides about this order.",
    )
    kind = fields.Selection(
        [
            ("confirm", "Order"),
            ("growth", "Order grew"),
            ("delivery", "Delivery"),
        ],
        string="What Waits",
        required=True,
        default="confirm",
        readonly=True,
    )
    review = fields.Boolean(
        readonly=True,
        help="The customer is a natural person: the rules only ask, a person decides. "
        "Nothing is cancelled or changed meanwhile.",
    )
    state = fields.Selection(
        [
            ("open", "On hold"),
            ("released", "Released"),
            ("resolved", "Solved by itself"),
            ("cancelled", "Order cancelled"),
            ("watch", "Would be held"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
        tracking=True,
    )
    reasons = fields.Json(readonly=True)
    reasons_text = fields.Text(string="Why", compute="_compute_reasons_text")
    reasons_short = fields.Char(string="In Short", compute="_compute_reasons_text")
    amount = fields.Monetary(
        string="This Order Adds",
        readonly=True,
        help="What this order adds to what the customer owes.",
    )
    exposure = fields.Monetary(
        string="Owed and Ordered Before",
        readonly=True,
        help="What the customer owed and had ordered without this order.",
    )
    limit_kind = fields.Selection(
        [("none", "No limit set"), ("cash", "Cash only"), ("amount", "Amount")],
        string="Limit",
        readonly=True,
    )
    limit_amount = fields.Monetary(readonly=True)
    cover = fields.Monetary(
        string="Covered",
        readonly=True,
        help="Insurance, guarantees and deposits that counted for this order.",
    )
    to_pay = fields.Monetary(
        string="To Pay First",
        readonly=True,
        help="Paid up front, this amount lets the order pass; where no more may be "
        "asked of a consumer, a person decides after it.",
    )
    capped = fields.Boolean(
        string="No More May Be Asked",
        readonly=True,
        help="Of a consumer at most half is asked up front, or what he agreed to "
        "himself (art. 7:26(2) BW). A person decides about the rest.",
    )
    overdue = fields.Monetary(readonly=True)
    ships_on = fields.Date(
        string="Planned to Ship", readonly=True, index=True, help="Earliest first."
    )
    deadline = fields.Date(help="By when it should have been decided.", tracking=True)
    opened_on = fields.Datetime(default=fields.Datetime.now, readonly=True)
    closed_on = fields.Datetime(readonly=True)
    age = fields.Integer(
        string="Age (Days)",
        compute="_compute_age",
        help="Days that it waits, or waited.",
    )
    released_by_id = fields.Many2one("res.users", readonly=True, tracking=True)
    release_reason = fields.Text(readonly=True, tracking=True)

    _open_uniq = models.UniqueIndex(
        "(order_id) WHERE state = 'open'", "This order is on hold already."
    )
    _watch_uniq = models.UniqueIndex(
        "(order_id) WHERE state = 'watch'", "This order is watched already."
    )

    @api.depends("order_id", "kind")
    def _compute_display_name(self):
        for hold in self:
            hold.display_name = self.env._("Hold of %s", hold.order_id.name or "")

    @api.depends_context("lang")
    @api.depends("reasons")
    def _compute_reasons_text(self):
        profiles = self.env["o2c.risk.profile"]
        for hold in self:
            currency = hold.currency_id

            def money(amount, currency=currency):
                return format_amount(self.env, float(amount), currency)

            hold.reasons_text = "\n".join(
                profiles._verdict_reason(reason, money) for reason in hold._reasons()
            )
            hold.reasons_short = ", ".join(
                profiles._reason_name(reason.code) for reason in hold._reasons()
            )

    @api.depends("opened_on", "closed_on")
    def _compute_age(self):
        now = fields.Datetime.now()
        for hold in self:
            ends = hold.closed_on or now
            hold.age = max((ends - (hold.opened_on or ends)).days, 0)

    def write(self, vals):
        if GUARDED & vals.keys():
            raise AccessError(
                self.env._(
                    "A hold is released with the Release button, not by editing it."
                )
            )
        return super().write(vals)

    def _record(self, vals):
        """Write what nobody may edit by hand."""
        return super().write(vals)

    def _reasons(self):
        """The recorded reasons as objects."""
        return [
            Reason(
                one["code"],
                one["verdict"],
                to_money(one["amount"]),
                one["days"],
                to_money(one.get("already", 0)),
            )
            for one in self.reasons or ()
        ]

    def _close(self, state, feedback=None):
        """The hold ends; its activity is done."""
        for hold in self.sudo():
            hold._record({"state": state, "closed_on": fields.Datetime.now()})
            hold.activity_feedback(["o2c_credit.mail_activity_hold"], feedback=feedback)

    def action_open_order(self):
        """Open the order that waits."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [[False, "form"]],
        }
