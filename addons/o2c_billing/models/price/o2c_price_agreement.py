"""Contract prices: made for one customer, a segment or everyone."""

from decimal import Decimal

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError

from ...policy import price as policy

#: Somebody we know nothing of: only prices for everyone hold.
ANYONE = {"partner": 0, "segment": 0, "group": None, "form": None}


class O2cPriceAgreement(models.Model):
    """Prices agreed once, with a validity, in one currency."""

    _name = "o2c.price.agreement"
    _description = "Price Agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
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
    segment_id = fields.Many2one(
        "o2c.customer.segment",
        string="Segment",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The agreement holds for all customers of this segment. Without customer "
        "and segment it holds for everyone.",
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

    @api.constrains("partner_id", "segment_id")
    def _check_scope(self):
        for agreement in self:
            if agreement.partner_id and agreement.segment_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s: choose a customer or a segment, not both.",
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

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        self._forget_rules()
        return agreements

    def write(self, vals):
        result = super().write(vals)
        self._forget_rules()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_rules()
        return result

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

    # Asking a price

    @api.model
    def _price(self, product, base, *, quantity, uom, day, currency, company, buyer):
        """The price under the running agreements, with the steps that led to it.

        The one method behind every price of ours: pricelists and order lines both
        call it.

        :param product: one product or product template
        :param float base: price per ``uom`` so far, in ``currency``
        :param float quantity: in ``uom``
        :param uom: unit of the line
        :param date day: day on which the price is asked
        :param currency: currency of ``base``
        :param company: company that sells
        :param dict buyer: ``partner``, ``segment``, ``group`` and ``form`` ids
        :return: :class:`policy.price.Price`
        """
        situation = self._price_facts(
            product, base, quantity, uom, day, currency, company, buyer
        )
        rules = [
            *self._rules(company.id, policy.CUSTOMER, buyer["partner"]),
            *self._rules(company.id, policy.SEGMENT, buyer["segment"]),
            *self._rules(company.id, policy.EVERYONE, 0),
        ]
        return policy.price(situation, rules)

    @api.model
    def _price_facts(self, product, base, quantity, uom, day, currency, company, buyer):
        """The situation as the policy reads it; floats become decimals here only."""
        own_uom = product.uom_id
        factor, own_quantity = Decimal(1), quantity
        if uom and uom != own_uom:
            own_quantity = uom._compute_quantity(
                quantity, own_uom, round=False, raise_if_failure=False
            )
            factor = Decimal(str(own_uom._compute_price(1.0, uom)))
        product = product.sudo()
        template = product
        variant = None
        if product._name == "product.product":
            template, variant = product.product_tmpl_id, product.id
        elif len(product.product_variant_ids) == 1:
            variant = product.product_variant_ids.id
        path = product.categ_id.parent_path or ""
        return policy.Situation(
            base=Decimal(str(base or 0.0)),
            quantity=Decimal(str(own_quantity)),
            day=day,
            currency=currency.name,
            product=variant,
            template=template.id,
            categories=tuple(int(key) for key in reversed(path.split("/")) if key),
            article_group=template.o2c_discount_group_id.id or None,
            customer_group=buyer["group"],
            subscription_form=buyer["form"],
            kind=policy.SERVICE if product.type == "service" else policy.GOODS,
            unit_factor=factor,
            decimals=self.env["decimal.precision"].precision_get("Product Price"),
        )

    @api.model
    @tools.ormcache("company_id", "scope", "key")
    def _rules(self, company_id, scope, key):
        """Rules of the running agreements made for one customer, segment or everyone.

        Cached, so that a thousand lines of one customer cost three queries.
        """
        if scope != policy.EVERYONE and not key:
            return ()
        agreements = self.sudo().search(
            [
                ("company_id", "=", company_id),
                ("state", "=", "running"),
                ("partner_id", "=", key if scope == policy.CUSTOMER else False),
                ("segment_id", "=", key if scope == policy.SEGMENT else False),
            ]
        )
        return tuple(line._rule(scope) for line in agreements.line_ids)

    @api.model
    def _forget_rules(self):
        """A price changed: the next one who asks reads again."""
        self.env.registry.clear_cache()
