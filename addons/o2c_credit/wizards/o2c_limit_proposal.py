"""Which limit should this customer have? With the arithmetic next to it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..models.profile.o2c_risk_profile import LIMIT_KINDS
from ..policy.authority import Decider, refusal


class O2cLimitProposal(models.TransientModel):
    """The dialog behind *Change the limit*: proposes, and approves when one may."""

    _name = "o2c.limit.proposal"
    _description = "Change the Limit"

    profile_id = fields.Many2one("o2c.risk.profile", required=True, readonly=True)
    partner_id = fields.Many2one(related="profile_id.partner_id")
    company_id = fields.Many2one(related="profile_id.company_id")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    limit_words = fields.Char(related="profile_id.limit_words", string="Limit Now")
    exposure = fields.Monetary(
        related="profile_id.exposure_today", currency_field="company_currency_id"
    )
    cover = fields.Monetary(
        related="profile_id.cover_today", currency_field="company_currency_id"
    )
    headroom = fields.Monetary(
        string="Left Now",
        related="profile_id.headroom_today",
        currency_field="company_currency_id",
    )
    effective_kind = fields.Selection(related="profile_id.effective_kind")
    group_words = fields.Char(related="profile_id.group_words")
    advised = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_arithmetic",
    )
    sales_year = fields.Monetary(
        string="Invoiced in a Year",
        currency_field="company_currency_id",
        compute="_compute_arithmetic",
    )
    bureau_limit = fields.Monetary(
        string="Advised by the Bureau",
        currency_field="company_currency_id",
        compute="_compute_arithmetic",
    )
    arithmetic = fields.Text(compute="_compute_arithmetic")
    after = fields.Char(
        string="Left After",
        compute="_compute_after",
        help="What the customer can still order with the new limit.",
    )
    limit_kind = fields.Selection(
        LIMIT_KINDS, string="New Limit", required=True, default="amount"
    )
    limit_amount = fields.Monetary(string="Amount")
    currency_id = fields.Many2one("res.currency", required=True)
    duration = fields.Selection(
        [("good", "For good"), ("temporary", "Temporary")],
        required=True,
        default="good",
    )
    date_from = fields.Date(string="From", required=True)
    date_until = fields.Date(string="Last Day")
    review_date = fields.Date(
        string="Look Again On", help="When somebody should look at this limit again."
    )
    runs_temporary = fields.Boolean(compute="_compute_arithmetic")
    ends_temporary = fields.Boolean(
        string="End the temporary limit that runs now",
        help="Without it, the temporary limit counts until its last day.",
    )
    reason = fields.Text()
    may_approve = fields.Boolean(compute="_compute_may_approve")
    warning = fields.Text(string="Look Twice", compute="_compute_warning")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        profile = self.env["o2c.risk.profile"].browse(
            values.get("profile_id") or self.env.context.get("default_profile_id")
        )
        if profile:
            company = profile.company_id
            values |= {
                "currency_id": profile.agreed_currency_id.id,
                "date_from": company._o2c_today(),
                "limit_kind": profile.limit_kind
                if profile.limit_kind != "none"
                else "amount",
                "limit_amount": profile.limit_amount,
            }
        return {name: value for name, value in values.items() if name in fields}

    @api.depends("profile_id")
    @api.depends_context("lang")
    def _compute_arithmetic(self):
        for wizard in self:
            profile = wizard.profile_id
            figures = profile._figures().get(
                (profile.partner_id.id, profile.company_id.id)
            )
            wizard.advised = figures.advised_limit if figures else 0.0
            wizard.sales_year = figures.sales_year if figures else 0.0
            wizard.bureau_limit = wizard._bureau_advice()
            wizard.runs_temporary = bool(profile.effective_until)
            wizard.arithmetic = wizard._tell_arithmetic()

    def _bureau_advice(self):
        """The limit that the newest credit report advises."""
        report = (
            self.env["o2c.credit.report"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("advised_limit", ">", 0),
                ],
                order="date desc, id desc",
                limit=1,
            )
        )
        return report.advised_limit

    def _tell_arithmetic(self):
        """What was known when it was proposed, kept with the proposal."""

        def money(amount):
            return format_amount(self.env, amount, self.company_currency_id)

        lines = [
            self.env._("Limit now: %s", self.limit_words or ""),
            self.env._("Owed and ordered: %s", money(self.exposure)),
        ]
        if self.cover:
            lines.append(self.env._("Covered: %s", money(self.cover)))
        if self.sales_year:
            lines.append(self.env._("Invoiced in a year: %s", money(self.sales_year)))
        if self.advised:
            lines.append(self.env._("Advised by the policy: %s", money(self.advised)))
        if self.bureau_limit:
            lines.append(
                self.env._("Advised by the bureau: %s", money(self.bureau_limit))
            )
        return "\n".join(lines)

    @api.depends("limit_kind", "limit_amount", "currency_id", "date_from")
    @api.depends_context("lang")
    def _compute_after(self):
        for wizard in self:
            if wizard.limit_kind == "none":
                wizard.after = self.env._("No limit set: the amount is not judged.")
                continue
            own = wizard.company_currency_id
            limit = float(wizard._in_company_currency())
            left = limit - wizard.exposure + wizard.cover
            money = format_amount(self.env, abs(left), own)
            wizard.after = (
                money if left >= 0 else self.env._("%s too much already", money)
            )

    def _in_company_currency(self):
        """The new limit at the rate of today; zero for what is no amount."""
        self.ensure_one()
        if self.limit_kind != "amount" or not self.currency_id:
            return Decimal(0)
        amount = self.currency_id._convert(
            self.limit_amount,
            self.company_currency_id,
            self.company_id,
            self.company_id._o2c_today(),
        )
        return Decimal(str(round(amount, 2)))

    @api.depends("limit_kind", "limit_amount", "currency_id")
    def _compute_may_approve(self):
        user = self.env.user
        for wizard in self:
            profile, company = wizard.profile_id, wizard.company_id
            if not profile or not wizard.currency_id:
                wizard.may_approve = False
                continue
            today = company._o2c_today()
            now = profile._limits_today(company, profile.partner_id.ids, today)
            before = now[profile.partner_id.id]
            wizard.may_approve = not refusal(
                (before.kind, before.amount),
                (wizard.limit_kind, wizard._in_company_currency()),
                Decider(
                    controller=user.has_group("o2c_base.group_credit_controller"),
                    manager=user.has_group("o2c_base.group_credit_manager"),
                ),
                company._o2c_limit_authority(),
                profile.natural_person,
            )

    @api.depends("limit_kind", "limit_amount", "currency_id", "profile_id")
    @api.depends_context("lang")
    def _compute_warning(self):
        profiles = self.env["o2c.risk.profile"]
        for wizard in self:
            company, partner = wizard.company_id, wizard.partner_id
            amount = wizard._in_company_currency()
            now = Decimal(str(wizard.profile_id.effective_limit))
            if wizard.effective_kind == "amount" and amount < now:
                wizard.warning = False  # lowering needs none
                continue
            known = profiles._limit_facts(company, partner.ids)
            wizard.warning = profiles._limit_warning_text(
                company, wizard.limit_kind, amount, known.get(partner.id)
            )

    def action_take_advised(self):
        """Fill in what the policy advises."""
        self.ensure_one()
        self.write(
            {
                "limit_kind": "amount",
                "limit_amount": self.company_currency_id._convert(
                    self.advised,
                    self.currency_id,
                    self.company_id,
                    self.company_id._o2c_today(),
                ),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the limit"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def action_propose(self):
        """Lay the proposal before who decides."""
        self._propose()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_approve(self):
        """Propose and decide in one go; what needs another person waits for him."""
        change = self._propose()
        why = change._refusal()
        if not why:
            return change.action_approve()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "sticky": True,
                "title": self.env._("Proposed"),
                "message": change._refusal_words(why),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _propose(self):
        self.ensure_one()
        changes = self.env["o2c.limit.change"]
        changes._check_controls()
        self.profile_id.check_access("write")
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why the limit changes."))
        temporary = self.duration == "temporary"
        if temporary and not self.date_until:
            raise UserError(self.env._("Until when? A temporary limit has a last day."))
        return changes._propose(
            [
                {
                    "profile_id": self.profile_id.id,
                    "limit_kind": self.limit_kind,
                    "limit_amount": self.limit_amount
                    if self.limit_kind == "amount"
                    else 0.0,
                    "currency_id": self.currency_id.id,
                    "date_from": self.date_from,
                    "date_until": temporary and self.date_until,
                    "review_date": self.review_date,
                    "ends_temporary": self.limit_kind == "cash"
                    or (self.runs_temporary and self.ends_temporary),
                    "reason": self.reason.strip(),
                    "arithmetic": self.arithmetic,
                }
            ]
        )

    @api.onchange("date_until")
    def _onchange_date_until(self):
        if self.date_until and self.date_from and self.date_until < self.date_from:
            return {
                "warning": {
                    "title": self.env._("Dates"),
                    "message": self.env._(
                        "The last day comes before the first: %s.",
                        format_date(self.env, self.date_from),
                    ),
                }
            }
        return None
