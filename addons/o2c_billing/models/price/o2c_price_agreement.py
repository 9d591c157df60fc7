"""Contract prices: made for one customer, a segment or everyone."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.o2c_credit.models.profile.o2c_risk_profile import GRADES

from ...policy import price as policy

#: Decimals of a unit price that can be chosen.
DECIMALS = [(str(number), str(number)) for number in range(7)]


class O2cPriceAgreement(models.Model):
    """Prices agreed once, with a validity, in one currency."""

    _name = "o2c.price.agreement"
    _description = "Price Agreement"
    _inherit = ["mail.thread", "mail.activity.mixin", "o2c.price.rule.part"]
    _order = "state, date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        tracking=True,
        help="Shown to everyone who asks why a price is what it is.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        tracking=True,
        help="Fixed prices hold for orders in this currency only; percentages hold in "
        "any currency.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The agreement holds for this customer and all his contacts.",
    )
    subsidiaries = fields.Boolean(
        string="Also for Subsidiaries",
        default=True,
        tracking=True,
        help="The agreement also holds for companies that stand below this customer. "
        "An agreement of their own goes first, then that of the nearest parent. "
        "Volumes of the year count for all of them together.",
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment",
        string="Segment",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The agreement holds for all customers of this segment. Without customer, "
        "segment and grade it holds for everyone.",
    )
    grade = fields.Selection(
        GRADES,
        tracking=True,
        help="The agreement holds for customers with this grade today, within the "
        "segment if there is one. Never for natural persons: a price that depends on "
        "their profile would have to be announced to them.",
    )
    made_for = fields.Char(
        compute="_compute_made_for", help="For whom these prices were agreed."
    )
    price_decimals = fields.Selection(
        DECIMALS,
        string="Unit Price Decimals",
        help="Round unit prices of this agreement to so many decimals. Empty: as the "
        "company does.",
    )
    volume_source = fields.Selection(
        [("ordered", "Ordered"), ("invoiced", "Invoiced")],
        string="Volume of the Year",
        default="ordered",
        required=True,
        help="What counts for tiers by volume of the year: confirmed orders, or posted "
        "invoices less credit notes.",
    )
    volume_year = fields.Selection(
        [("calendar", "Calendar year"), ("agreement", "Year of the agreement")],
        string="Counted Per",
        default="calendar",
        required=True,
        help="The year of the agreement begins on the day and month on which it began.",
    )
    date_from = fields.Date(
        string="Valid From",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_to = fields.Date(
        string="Valid Until",
        tracking=True,
        help="Last day on which the prices hold. Empty: until further notice.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        help="Only running agreements give prices.",
    )
    line_ids = fields.One2many("o2c.price.agreement.line", "agreement_id", copy=True)
    line_count = fields.Integer(compute="_compute_line_count")

    _dates_check = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "The agreement ends before it begins. Check the two dates.",
    )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for agreement in self:
            agreement.line_count = len(agreement.line_ids)

    @api.depends("partner_id", "segment_id", "grade")
    @api.depends_context("lang")
    def _compute_made_for(self):
        for agreement in self:
            grade = agreement.grade and self.env._(
                "grade %(grade)s", grade=agreement.grade
            )
            names = [
                agreement.partner_id.display_name,
                agreement.segment_id.display_name,
                grade,
            ]
            agreement.made_for = ", ".join(filter(None, names)) or self.env._(
                "Everyone"
            )

    @api.constrains("partner_id", "segment_id", "grade")
    def _check_scope(self):
        for agreement in self:
            if agreement.partner_id and (agreement.segment_id or agreement.grade):
                raise ValidationError(
                    self.env._(
                        "%(name)s: choose a customer, or a segment and grade, not "
                        "both.",
                        name=agreement.name,
                    )
                )
            customer = agreement.partner_id
            if customer and customer.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "%(name)s: prices are agreed with %(customer)s, not with one "
                        "of its contacts.",
                        name=agreement.name,
                        customer=customer.commercial_partner_id.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(agreement.state != "draft" for agreement in self):
            raise ValidationError(
                self.env._(
                    "Close the agreement instead of deleting it: orders and invoices "
                    "refer to it."
                )
            )

    def action_start(self):
        """From now on these prices hold."""
        self._check_authority()
        for agreement in self:
            if not agreement.line_ids:
                raise ValidationError(
                    self.env._(
                        "%(name)s has no prices yet. Add a line first.",
                        name=agreement.name,
                    )
                )
        self.write({"state": "running"})

    def action_close(self):
        """These prices no longer hold; what was priced keeps its explanation."""
        self._check_authority()
        self.write({"state": "closed"})

    def action_draft(self):
        """Work on the agreement again."""
        self._check_authority()
        self.write({"state": "draft"})

    def _scope(self):
        """For whom it is made, as the policy calls it."""
        self.ensure_one()
        if self.partner_id:
            return policy.CUSTOMER
        if self.segment_id:
            return policy.SEGMENT_GRADE if self.grade else policy.SEGMENT
        return policy.GRADE if self.grade else policy.EVERYONE

    def _check_authority(self):
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver sets or changes agreed prices.")
            )

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Price Agreements"),
                "template": "/o2c_billing/static/csv/o2c_price_agreement.csv",
            }
        ]
