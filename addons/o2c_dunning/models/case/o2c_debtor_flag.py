"""A flag on a customer: leave him alone, take care, or approach him otherwise."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: How a customer may want to be approached instead.
WAYS = [
    ("letter", "By letter"),
    ("call", "By phone"),
    ("person", "By a person only, no reminders"),
]
#: What is left of a reason that was removed.
FORGOTTEN = "-"


class O2cDebtorFlag(models.Model):
    """Set by a person, with a reason; it ends by itself or when somebody ends it."""

    _name = "o2c.debtor.flag"
    _description = "Debtor Flag"
    _order = "ended_on desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company.root_id,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("pause", "On pause"),
            ("vulnerable", "Vulnerable debtor"),
            ("channel", "Wants another way"),
        ],
        required=True,
        default="pause",
        help="On pause: no reminders until the end date. Vulnerable: never reminded by "
        "a machine; a person decides. Wants another way: reminded by letter or phone, "
        "or by a person only.",
    )
    channel = fields.Selection(
        WAYS, string="Which Way", help="How this customer asked to be approached."
    )
    reason = fields.Char(
        required=True, help="Why, for colleagues. The customer may ask to read it."
    )
    until = fields.Date(
        string="Last Day",
        help="The flag ends by itself after this day. A pause always has one.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Set By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    set_on = fields.Datetime(default=fields.Datetime.now, readonly=True)
    ended_on = fields.Date(readonly=True)
    ended_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    in_force = fields.Boolean(
        compute="_compute_in_force",
        search="_search_in_force",
        help="Not ended, and its last day is not over.",
    )

    _pause_ends = models.Constraint(
        "CHECK(kind <> 'pause' OR until IS NOT NULL)",
        "Give the last day of the pause.",
    )
    _channel_known = models.Constraint(
        "CHECK(kind <> 'channel' OR channel IS NOT NULL)",
        "Say which way the customer wants.",
    )
    _running = models.Index("(company_id, partner_id) WHERE ended_on IS NULL")

    @api.depends("partner_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for flag in self:
            kind, customer = kinds.get(flag.kind) or "", flag.partner_id.display_name
            flag.display_name = f"{customer}: {kind}" if customer else kind

    @api.depends("ended_on", "until")
    def _compute_in_force(self):
        for flag in self:
            today = flag.company_id._o2c_today()
            over = flag.until and flag.until < today
            flag.in_force = not flag.ended_on and not over

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        running = [
            ("ended_on", "=", False),
            "|",
            ("until", "=", False),
            ("until", ">=", today),
        ]
        return running if True in value else ["!", "&", *running[:1], *running[1:]]

    @api.model_create_multi
    def create(self, vals_list):
        """A flag is on the customer himself, in the company that collects."""
        partners = self.env["res.partner"]
        companies = self.env["res.company"]
        for vals in vals_list:
            if vals.get("partner_id"):
                partner = partners.browse(vals["partner_id"])
                vals["partner_id"] = partner.commercial_partner_id.id
            if vals.get("company_id"):
                vals["company_id"] = companies.browse(vals["company_id"]).root_id.id
        return super().create(vals_list)

    def write(self, vals):
        """What a flag says stays; it ends, or its last day moves."""
        if set(vals) - {"until", "reason", "ended_on", "ended_by_id"}:
            raise UserError(
                self.env._("End this flag and set another one: its history stays.")
            )
        return super().write(vals)

    @api.model
    def _forget_reasons(self, company, before):
        """Why customers were left alone goes, of flags that ended before a day.

        :param company: the root company
        :return: number of flags
        """
        old = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("reason", "!=", FORGOTTEN),
                "|",
                ("ended_on", "<", before),
                "&",
                ("ended_on", "=", False),
                ("until", "<", before),
            ]
        )
        old.write({"reason": FORGOTTEN})
        return len(old)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        raise UserError(self.env._("Flags are kept. End it instead."))

    def action_end(self):
        """The flag does not hold any more; reminders may go on."""
        self.env.user._o2c_check_collector()
        self.check_access("write")
        for flag in self.filtered(lambda one: not one.ended_on):
            flag.write(
                {
                    "ended_on": flag.company_id._o2c_today(),
                    "ended_by_id": self.env.uid,
                }
            )

    @api.model
    def _in_force(self, company, partner_ids, today):
        """Flags of customers on a day, in one statement.

        :return: list of (partner id, kind, channel, last day, reason, set by)
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT f.partner_id, f.kind, f.channel, f.until, f.reason, p.name
                  FROM o2c_debtor_flag f
                  JOIN res_users u ON u.id = f.user_id
                  JOIN res_partner p ON p.id = u.partner_id
                 WHERE f.company_id = %s AND f.partner_id = ANY(%s)
                   AND f.ended_on IS NULL AND (f.until IS NULL OR f.until >= %s)
                 ORDER BY f.id
                """,
                company.root_id.id,
                list(partner_ids),
                today,
            )
        )
