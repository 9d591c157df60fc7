"""Another system that reports what must be invoiced."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import email_normalize_all

#: What Odoo itself reports under; no other system may use these names.
OWN_SOURCES = ("delivery", "service", "order", "measured", "contract", "backlog")


class O2cBillingSource(models.Model):
    """A customs, transport or usage system: who may report, and what it means."""

    _name = "o2c.billing.source"
    _description = "Billing Source"
    _inherit = ["mail.thread", "mail.alias.mixin.optional"]
    _order = "name, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    code = fields.Char(
        required=True,
        tracking=True,
        help="How the system names itself when it reports. Keys of events are unique "
        "within this code.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    user_ids = fields.Many2many(
        "res.users",
        "o2c_billing_source_users",
        string="May Report",
        help="Users of the other system (with an API key and the role External "
        "billing). Billing users may always report.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        tracking=True,
        index="btree_not_null",
        help="Solves what is refused or missing.",
    )
    charge_type_ids = fields.Many2many(
        "o2c.charge.type",
        "o2c_billing_source_charges",
        string="Charge Types",
        check_company=True,
        help="What this source may charge. Empty: every charge type of the company.",
    )
    charge_type_id = fields.Many2one(
        "o2c.charge.type",
        string="Usual Charge",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Taken when an event names neither a charge nor an article.",
    )
    completeness = fields.Selection(
        [
            ("none", "Not checked"),
            ("total", "The source tells the total of each day"),
            ("series", "The keys are a number series"),
        ],
        default="none",
        required=True,
        tracking=True,
        help="How you see that everything arrived. Differences and gaps are red on "
        "the Today screen.",
    )
    series_from = fields.Integer(
        string="Series Starts After",
        help="The last number of the series that was invoiced before this source was "
        "switched on. 0: the first number that arrives is the start.",
    )
    sender_emails = fields.Char(
        string="Senders",
        help="Addresses from which files are accepted, separated by commas. A mail of "
        "anybody else waits until a person has looked at it.",
    )
    customer_ids = fields.One2many(
        "o2c.source.customer", "source_id", string="Customers by Their Number"
    )
    refused_count = fields.Integer(
        string="Refused", compute="_compute_counts", help="Events that wait refused."
    )
    event_count = fields.Integer(string="Events", compute="_compute_counts")

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "This code is used by another source."
    )

    @api.constrains("code")
    def _check_code(self):
        for source in self:
            if source.code in OWN_SOURCES:
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is how Odoo names its own events. Choose another "
                        "code.",
                        code=source.code,
                    )
                )

    @api.constrains("sender_emails")
    def _check_senders(self):
        for source in self:
            parts = [part for part in (source.sender_emails or "").split(",") if part]
            if len(email_normalize_all(source.sender_emails or "")) != len(parts):
                raise ValidationError(
                    self.env._("Write complete e-mail addresses, separated by commas.")
                )

    def _compute_counts(self):
        refused = dict(
            self.env["o2c.source.refusal"]._read_group(
                [("source_id", "in", self.ids), ("state", "=", "open")],
                ["source_id"],
                ["__count"],
            )
        )
        events = dict(
            self.env["o2c.billing.event"]._read_group(
                [("source_id", "in", self.ids)], ["source_id"], ["__count"]
            )
        )
        for source in self:
            source.refused_count = refused.get(source, 0)
            source.event_count = events.get(source, 0)

    def write(self, vals):
        if "code" in vals or "company_id" in vals:
            used = self.env["o2c.billing.event"].sudo()
            if used.search_count([("source_id", "in", self.ids)], limit=1):
                raise UserError(
                    self.env._(
                        "Events were reported under this code already; with another "
                        "one they could be invoiced twice. Make a new source instead."
                    )
                )
        return super().write(vals)

    def _alias_get_creation_values(self):
        """A mail to the alias becomes a received batch of this source."""
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("o2c.source.batch")
        if self.id:
            values["alias_defaults"] = {"source_id": self.id}
        return values

    # Who may report

    @api.model
    def _reporting_source(self, code):
        """The source of this code, for whoever may report under it.

        :param str code: as the other system names itself
        :return: ``o2c.billing.source`` record, in the language of the user, with rights
        """
        user = self.env.user
        found = self.sudo().search(
            [("code", "=", code), ("company_id", "in", user.company_ids.ids)]
        )
        if not user.has_group("o2c_base.group_billing_user"):
            if not user.has_group("o2c_billing.group_external_billing"):
                raise AccessError(
                    self.env._("This user may not report billing events.")
                )
            found = found.filtered(lambda source: user in source.user_ids)
        if len(found) > 1:
            found = found.filtered(lambda source: source.company_id == user.company_id)
        if not found:
            raise AccessError(
                self.env._(
                    "There is no source %(code)s under which this user may report.",
                    code=code,
                )
            )
        return found._at_work()

    def _at_work(self):
        """The source with its company and time zone around it.

        :raise UserError: billing is off in its company
        """
        self.ensure_one()
        company = self.company_id
        if company._o2c_mode("billing") == "off":
            raise UserError(
                self.env._(
                    "Billing is switched off in %(company)s: nothing was taken.",
                    company=company.name,
                )
            )
        return (
            self.sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, tz=company._o2c_zone())
        )

    # Buttons

    def action_open_events(self):
        """Everything this source reported."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_billing_event_action"
        )
        return action | {"domain": [("source_id", "=", self.id)], "context": {}}

    def action_open_refusals(self):
        """What waits refused."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_source_refusal_action"
        )
        return action | {
            "domain": [("source_id", "=", self.id)],
            "context": {"search_default_open": 1},
        }
