"""What we know of a customer, and how far we trust him."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

GRADES = [(grade, grade) for grade in "ABCDE"]
LIMIT_KINDS = [
    ("none", "No limit set"),
    ("cash", "Cash only"),
    ("amount", "Amount"),
]
#: What only an approved change writes.
LIMIT_FIELDS = {
    "limit_kind",
    "limit_amount",
    "limit_currency_id",
    "effective_kind",
    "effective_limit",
    "effective_until",
    "cover_amount",
}
CONFIDENCE = [
    ("none", "Nothing known"),
    ("thin", "Thin history"),
    ("fair", "Fair"),
    ("good", "Good"),
]


class O2cRiskProfile(models.Model):
    """One per commercial partner and company (the root of a group of branches)."""

    _name = "o2c.risk.profile"
    _description = "Risk Profile"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "partner_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        help="The company that owes us; contacts and addresses share its profile.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        tracking=True,
        help="Owner of this customer's holds.",
    )
    limit_kind = fields.Selection(
        LIMIT_KINDS,
        string="Limit",
        required=True,
        default="none",
        tracking=True,
        help="No limit set: the amount is not judged. Cash only: nothing on account. "
        "Amount: everything owed and ordered together stays within it.",
    )
    limit_amount = fields.Monetary(
        tracking=True,
        currency_field="agreed_currency_id",
        help="The limit that was agreed for this customer.",
    )
    effective_limit = fields.Monetary(
        readonly=True,
        help="The limit that counts today, in company currency.",
    )
    limit_adopted = fields.Boolean(
        readonly=True,
        help="The limit was taken over from Odoo's own credit limit field and nobody "
        "changed it since.",
    )
    review_date = fields.Date(
        tracking=True, help="When somebody should look at this limit again."
    )
    score = fields.Integer(
        readonly=True, help="0 to 100, from payment behaviour and reports."
    )
    grade = fields.Selection(
        GRADES,
        readonly=True,
        index="btree_not_null",
        help="A is the best. Changes only when two nights in a row ask for it.",
    )
    pending_grade = fields.Selection(
        GRADES, readonly=True, help="The grade the next night may bring."
    )
    pending_grade_on = fields.Date(readonly=True)
    reasons = fields.Json(readonly=True)
    reasons_text = fields.Text(string="Why", compute="_compute_reasons_text")
    confidence = fields.Selection(
        CONFIDENCE, readonly=True, help="How much history is behind the grade."
    )
    graded_on = fields.Date(readonly=True)
    insolvent = fields.Boolean(
        readonly=True, help="The newest report says so, or a register did."
    )
    history_ids = fields.One2many("o2c.score.history", "profile_id", readonly=True)
    hold_ids = fields.One2many("o2c.credit.hold", "profile_id", readonly=True)
    note = fields.Text(help="What colleagues in credit should know.")

    _partner_company_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id)",
        "This customer already has a risk profile in this company. Open that one.",
    )
    _limit_positive = models.Constraint(
        "CHECK(limit_amount >= 0)",
        "A limit cannot be negative. Choose cash only for who pays up front.",
    )

    @api.depends_context("lang")
    @api.depends("reasons", "confidence")
    def _compute_reasons_text(self):
        for profile in self:
            lines = [
                f"{points:+d}  {self._score_reason(code)}"
                for code, points in profile.reasons or ()
            ]
            profile.reasons_text = "\n".join(lines)

    @api.constrains("partner_id", "company_id")
    def _check_commercial_root(self):
        for profile in self:
            if profile.partner_id.commercial_partner_id != profile.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s belongs to %(customer)s: the risk profile is kept "
                        "there.",
                        contact=profile.partner_id.display_name,
                        customer=profile.partner_id.commercial_partner_id.display_name,
                    )
                )
            if profile.company_id.root_id != profile.company_id:
                raise ValidationError(
                    self.env._(
                        "Risk profiles are kept at the head company %s.",
                        profile.company_id.root_id.display_name,
                    )
                )

    @api.depends("partner_id")
    def _compute_display_name(self):
        for profile in self:
            profile.display_name = profile.partner_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_may_create(vals_list)
        self.env["res.partner"]._o2c_place(vals_list)
        profiles = super().create(vals_list)
        profiles._refresh_limits()
        return profiles

    def write(self, vals):
        limit_changes = LIMIT_FIELDS & vals.keys()
        if limit_changes:
            self._check_not_by_hand()
            vals = {"limit_adopted": False, **vals}
        result = super().write(vals)
        if limit_changes:
            self._refresh_limits()
        return result

    @api.model
    def _check_may_create(self, vals_list):
        """A manager makes profiles; the limit of a new one is proposed too."""
        if not self.env.user.has_group("o2c_base.group_credit_manager"):
            raise AccessError(self.env._("Risk profiles are made by a credit manager."))
        for vals in vals_list:
            if vals.get("limit_kind", "none") != "none" or vals.get("limit_amount"):
                self._check_not_by_hand()

    @api.model
    def _check_not_by_hand(self):
        """A limit changes by an approved proposal, whoever types."""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A limit is proposed and approved: use the button Change the "
                    "limit on the risk profile."
                )
            )

    @api.model
    def _of(self, company, partner_ids):
        """Profiles of customers in a company, in one query.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to profile, in sudo
        """
        profiles = self.sudo().search(
            [
                ("company_id", "=", company.root_id.id),
                ("partner_id", "in", list(partner_ids)),
            ]
        )
        return {profile.partner_id.id: profile for profile in profiles}

    @api.model
    def _ensure(self, company, partners):
        """Profiles of customers, made where missing.

        :return: profiles in sudo, in no particular order
        """
        customers = partners.commercial_partner_id
        known = self._of(company, customers.ids)
        missing = [pid for pid in customers.ids if pid not in known]
        made = self.sudo().create(
            [{"partner_id": pid, "company_id": company.root_id.id} for pid in missing]
        )
        return made.union(*known.values())

    def action_open_snapshot(self):
        """Open what this customer owes and ordered, as it stands now."""
        self.ensure_one()
        self._rescore(
            self.company_id, self.company_id._o2c_today(), self.partner_id.ids
        )
        snapshot = self.env["o2c.customer.snapshot"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.customer.snapshot",
            "res_id": snapshot.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _score_reason(self, code):
        """What a reason of the score means, in the reader's language.

        Hook: an add-on with scores of its own extends it.
        """
        texts = {
            "days_late": self.env._("days late, weighted by amount"),
            "on_time": self.env._("part of the money that came on time"),
            "overdue_now": self.env._("overdue now"),
            "bureau": self.env._("score of the credit bureau"),
            "relation": self.env._("age of the relation"),
            "insolvent": self.env._("insolvent"),
        }
        return texts.get(code, code)

    @api.model
    def _reason_name(self, code):
        """A reason of a verdict in two words. Hook for codes of other add-ons."""
        names = {
            "over_limit": self.env._("over the limit"),
            "cash_only": self.env._("pays up front"),
            "group_limit": self.env._("over the group limit"),
            "overdue": self.env._("overdue"),
            "insolvent": self.env._("insolvent"),
            "down_payment": self.env._("advance payment"),
            "busy": self.env._("two orders at once"),
        }
        return names.get(code, code)

    @api.model
    def _blockers(self, company, partner_ids):
        """Hook: reasons to hold that other parts of the house know of.

        :param company: ``res.company``, the root
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to list of reason codes
        """
        return {}

    @api.model
    def _verdict_reason(self, reason, money):
        """A reason of a verdict in plain words. Hook for codes of other add-ons.

        :param reason: object with ``code``, ``amount``, ``days``
        :param money: function that writes an amount for the reader
        """
        amount = money(reason.amount)
        texts = {
            "over_limit": self.env._(
                "This customer was %(already)s over his limit already; with this order "
                "it is %(amount)s.",
                already=money(reason.already),
                amount=amount,
            )
            if reason.already
            else self.env._(
                "This order is %s more than this customer can still order.", amount
            ),
            "cash_only": self.env._("This customer pays up front: %s.", amount),
            "group_limit": self.env._(
                "This order is %s more than the holding of this customer can still "
                "order.",
                amount,
            ),
            "overdue": self.env._(
                "%(amount)s should have been paid already, the oldest part %(days)s "
                "ago.",
                amount=amount,
                days=self._days(reason.days),
            ),
            "insolvent": self.env._("This customer is insolvent."),
            "down_payment": self.env._("Ask for an advance payment of %s.", amount),
            "busy": self.env._(
                "Several orders of this customer were confirmed at the same moment."
            ),
        }
        return texts.get(reason.code, reason.code)
