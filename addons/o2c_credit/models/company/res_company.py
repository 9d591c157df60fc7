"""The credit part of a company: its switch and its thresholds."""

from odoo import fields, models

from odoo.addons.o2c_base.models.res_company import O2C_MODES


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_credit_mode = fields.Selection(
        O2C_MODES,
        string="Credit",
        default="off",
        required=True,
        help="Off: nothing is judged. Watch: verdicts are shown and what would have "
        "been held is listed, nothing is stopped. Live: orders are held.",
    )
    o2c_credit_start_date = fields.Date(
        string="Credit Start Date",
        help="Live starts on this date; before it the credit part only watches.",
    )
    o2c_credit_controller_id = fields.Many2one(
        "res.users",
        string="Credit Controller",
        help="Owner of holds of customers whose profile names nobody.",
    )
    o2c_overdue_amount = fields.Monetary(
        string="Overdue Above",
        default=100.0,
        help="Overdue counts for a hold only above this amount.",
    )
    o2c_overdue_days = fields.Integer(
        string="Overdue Longer Than",
        default=14,
        help="Overdue counts for a hold only after this many days past the due date.",
    )
    o2c_release_amount = fields.Monetary(
        string="A Controller Releases Up To",
        default=10000.0,
        help="Orders that add more than this amount are released by a credit manager.",
    )
    o2c_limit_controller_amount = fields.Monetary(
        string="A Controller Raises Limits Up To",
        default=10000.0,
        help="Higher limits, and no limit at all, are approved by a credit manager. "
        "Lowering never waits for a manager.",
    )
    o2c_limit_four_eyes = fields.Boolean(
        string="Four Eyes on Limits",
        default=True,
        help="Above the amount somebody else than the proposer approves. Who is the "
        "only one with the authority may approve alone, and the record says so.",
    )
    o2c_limit_four_eyes_amount = fields.Monetary(
        string="Four Eyes Above",
        default=25000.0,
        help="Above this limit the proposer does not approve a raise himself.",
    )
    o2c_limit_far_months = fields.Integer(
        string="Far Above Sales Is More Than",
        default=6,
        help="Months of a customer's average sales. Who proposes or approves a higher "
        "limit is warned, with the arithmetic; 0 warns nobody.",
    )
    o2c_hold_days = fields.Integer(
        string="Decide Within",
        default=1,
        help="Working days within which a hold should have been decided.",
    )

    o2c_auto_release = fields.Selection(
        [
            ("no", "A person releases, always"),
            ("headroom", "When it was held for the amount only"),
            ("money", "When money solved all of it, overdue too"),
        ],
        string="Held Orders Go by Themselves",
        required=True,
        default="money",
        help="What happens to a held order when the customer pays. What people or "
        "registers reported, such as insolvency, always waits for a person.",
    )
    o2c_trust_registered = fields.Boolean(
        string="Count Registered Payments",
        help="Also count payments that were registered but that no bank or payment "
        "provider confirmed yet, such as a direct debit under way.",
    )

    _o2c_credit_settings_positive = models.Constraint(
        "CHECK(o2c_overdue_amount >= 0 AND o2c_overdue_days >= 0"
        " AND o2c_limit_controller_amount >= 0 AND o2c_limit_four_eyes_amount >= 0"
        " AND o2c_release_amount >= 0 AND o2c_hold_days >= 0"
        " AND COALESCE(o2c_limit_far_months, 0) >= 0)",
        "Amounts and days of the credit settings cannot be negative.",
    )

    def _o2c_credit_acting(self, today=None):
        """What the credit part does now: "off", "watch" or "live".

        Limits and holds of branches sit at the root company, as core's receivables
        do. Before its start date a live company only watches.

        :param date today: date in the company; the present one when not given
        """
        root = self.root_id
        mode = root._o2c_mode("credit")
        if mode != "live":
            return mode
        start = root._o2c_start_date("credit")
        return "live" if start and start <= (today or root._o2c_today()) else "watch"

    def _o2c_credit_live(self):
        """Whether core's credit limit is ours to keep: from the switch on, at once."""
        return self.root_id._o2c_mode("credit") == "live"

    def _o2c_credit_owner(self):
        """Who owns a hold that no profile names an owner for."""
        root = self.root_id.sudo()
        owner = root.o2c_credit_controller_id or root.o2c_responsible_id
        if not owner:
            owner = (
                self.env["res.users"]
                .sudo()
                .search(
                    [
                        ("all_group_ids", "in", [self._o2c_controller_group().id]),
                        ("company_ids", "in", root.ids),
                        ("share", "=", False),
                        ("id", "!=", self.env.ref("base.user_root").id),
                    ],
                    order="id",
                    limit=1,
                )
            )
        return owner or self.env.ref("base.user_admin")

    def _o2c_controller_group(self):
        return self.env.ref("o2c_base.group_credit_controller")

    def _o2c_switched(self, changes):
        result = super()._o2c_switched(changes)
        for change in changes:
            if change["part"] != "credit":
                continue
            company = self.browse(change["company_id"]).sudo()
            if change["mode_after"] != "live":
                company._o2c_close_holds()
            if change["mode_before"] == "live":
                self.env["o2c.risk.profile"]._leave_core_limits(company)
            if change["mode_after"] != "off":
                self.env["o2c.risk.profile"].sudo()._adopt_limits(
                    company, push=change["mode_after"] == "live"
                )
        return result

    def _o2c_close_holds(self):
        """Nothing is stopped any longer, so nothing waits any longer."""
        self.env["o2c.credit.hold"].sudo().search(
            [("company_id", "child_of", self.root_id.id), ("state", "=", "open")]
        )._close("resolved", feedback=self.env._("Credit was switched off."))
