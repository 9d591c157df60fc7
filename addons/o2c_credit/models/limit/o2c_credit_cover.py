"""What secures the debt of a customer: insurance, bank guarantee, deposit."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_amount

from ...policy import cover as cover_policy

KINDS = [
    ("insurance", "Credit insurance"),
    ("guarantee", "Bank guarantee"),
    ("deposit", "Deposit"),
]


class O2cCreditCover(models.Model):
    """Valid cover is taken off the exposure before it is held against the limit."""

    _name = "o2c.credit.cover"
    _description = "Credit Cover"
    _inherit = ["mail.thread"]
    _order = "date_until, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    active = fields.Boolean(default=True, tracking=True)
    profile_id = fields.Many2one(
        "o2c.risk.profile",
        string="Risk Profile",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="profile_id.partner_id", string="Customer", store=True, index=True
    )
    company_id = fields.Many2one(
        related="profile_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    kind = fields.Selection(KINDS, required=True, default="insurance", tracking=True)
    amount = fields.Monetary(required=True, tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        tracking=True,
        default=lambda self: self.env.company.root_id.currency_id,
        help="Another currency than the company's is converted at the rate of the day.",
    )
    amount_today = fields.Monetary(
        string="Counts Now",
        currency_field="company_currency_id",
        compute="_compute_amount_today",
        help="What this cover is worth for an order of today, in company currency.",
    )
    why_nothing = fields.Char(compute="_compute_amount_today")
    provider_id = fields.Many2one(
        "res.partner",
        string="Given By",
        tracking=True,
        ondelete="restrict",
        help="The insurer or the bank.",
    )
    reference = fields.Char(
        tracking=True, help="Number of the policy, the guarantee or the receipt."
    )
    date_from = fields.Date(
        string="Valid From",
        required=True,
        tracking=True,
        default=lambda self: self.env.company._o2c_today(),
    )
    date_until = fields.Date(
        string="Valid Until",
        tracking=True,
        help="Last day on which it is valid. Empty: until further notice.",
    )
    stop_date = fields.Date(
        string="Stop After",
        tracking=True,
        help="Last day of deliveries that the insurer covers: after it, the cover "
        "counts for nothing on a new order.",
    )
    report_date = fields.Date(
        string="Report By",
        tracking=True,
        help="The day by which the insurer must be told of an overdue invoice.",
    )
    overdue_days = fields.Integer(
        string="Overdue Period (Days)",
        tracking=True,
        help="Longest overdue that the insurer accepts. While the customer is late for "
        "longer, by more than the amount set for the company, new orders have no "
        "cover. Zero: not agreed.",
    )
    attachment = fields.Binary(
        string="Document", attachment=True, help="The policy, guarantee or receipt."
    )
    attachment_name = fields.Char()
    note = fields.Text()

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0 AND COALESCE(overdue_days, 0) >= 0)",
        "Amount and overdue period of a cover cannot be negative.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_until IS NULL OR date_until >= date_from)",
        "A cover ends on or after the day it starts.",
    )

    @api.depends("kind", "amount", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for cover in self:
            money = format_amount(self.env, cover.amount, cover.currency_id)
            cover.display_name = f"{kinds.get(cover.kind, '')} {money}".strip()

    @api.depends(
        "amount", "currency_id", "date_from", "date_until", "stop_date", "overdue_days"
    )
    @api.depends_context("lang")
    def _compute_amount_today(self):
        for company, covers in (
            self.sudo().grouped(lambda one: one.company_id._origin).items()
        ):
            if not company:
                covers.amount_today, covers.why_nothing = 0.0, False
                continue
            today = company._o2c_today()
            known = self.env["o2c.risk.profile"]._credit_facts(
                company, covers.partner_id._origin.ids, today
            )
            for cover in covers:
                facts = known.get(cover.partner_id._origin.id)
                late = facts.overdue_beyond if facts else 0
                plain = cover._policy_cover(today)
                worth = cover_policy.for_new_orders(plain, today, late)
                cover.amount_today = float(worth) if cover.active else 0.0
                cover.why_nothing = cover._why_nothing(plain, today, late)

    def _policy_cover(self, today):
        """This cover as the policy reads it, in company currency."""
        self.ensure_one()
        amount = self.currency_id._convert(
            self.amount, self.company_id.currency_id, self.company_id, today
        )
        return cover_policy.Cover(
            self.kind,
            Decimal(str(round(amount, 2))),
            self.date_from or today,
            self.date_until or None,
            self.stop_date or None,
            self.overdue_days or 0,
        )

    def _why_nothing(self, plain, today, late):
        """Why a cover counts for nothing today, in plain words."""
        if not self.active:
            return self.env._("Put away")
        if plain.date_from > today:
            return self.env._("Not valid yet")
        if not cover_policy.is_valid(plain, today):
            return self.env._("No longer valid")
        if plain.stop_date and today > plain.stop_date:
            return self.env._("The insurer covers no new deliveries")
        if plain.overdue_days and late > plain.overdue_days:
            return self.env._("The customer is late for longer than the policy allows")
        return False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("currency_id") and vals.get("profile_id"):
                profile = self.env["o2c.risk.profile"].browse(vals["profile_id"])
                vals["currency_id"] = profile.sudo().company_id.currency_id.id
        covers = super().create(vals_list)
        covers._check_authority()
        covers._weigh_again(covers.sudo().profile_id)
        return covers

    def write(self, vals):
        profiles = self.sudo().profile_id
        result = super().write(vals)
        weighs = {"amount", "currency_id", "date_until", "date_from", "stop_date"}
        if (weighs | {"overdue_days", "active", "profile_id", "kind"}) & vals.keys():
            self._check_authority()
        self._weigh_again(profiles | self.sudo().profile_id)
        return result

    @api.model
    def _weigh_again(self, profiles):
        """Figures of today, and orders that waited for what is covered now."""
        profiles._refresh_limits()
        self.env["o2c.credit.hold"]._money_came(profiles.partner_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_manager(self):
        if not self.env.su and not self.env.user.has_group(
            "o2c_base.group_credit_manager"
        ):
            raise AccessError(
                self.env._("Put a cover away instead of deleting it: archive it.")
            )

    def unlink(self):
        profiles = self.sudo().profile_id
        result = super().unlink()
        profiles.exists()._refresh_limits()
        return result

    def _check_authority(self):
        """Cover lets a customer order more, so it asks the authority of a limit."""
        if self.env.su:
            return
        user = self.env.user
        if user.has_group("o2c_base.group_credit_manager"):
            return
        for cover in self.sudo():
            authority = cover.company_id._o2c_limit_authority()
            today = cover.company_id._o2c_today()
            if (
                not user.has_group("o2c_base.group_credit_controller")
                or cover._policy_cover(today).amount > authority.controller
            ):
                raise AccessError(
                    self.env._(
                        "Cover of %(amount)s is beyond your authority: a credit "
                        "manager enters it.",
                        amount=format_amount(self.env, cover.amount, cover.currency_id),
                    )
                )
