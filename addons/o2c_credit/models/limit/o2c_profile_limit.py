"""The limit on the risk profile: what was agreed, what counts today, what covers it."""

from odoo import api, fields, models
from odoo.tools import SQL, format_amount, format_date

from ..profile.o2c_customer_facts import to_money
from ..profile.o2c_risk_profile import LIMIT_KINDS


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    limit_currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        tracking=True,
        help="Currency of the agreed limit when it is not the company's; converted at "
        "the rate of the day.",
    )
    agreed_currency_id = fields.Many2one(
        "res.currency", compute="_compute_agreed_currency_id"
    )
    effective_kind = fields.Selection(
        LIMIT_KINDS,
        string="Limit Today",
        readonly=True,
        help="Which of the three counts today, with a temporary limit if one runs.",
    )
    effective_until = fields.Date(
        string="Temporary Until",
        readonly=True,
        help="Last day of the temporary limit that counts today.",
    )
    cover_amount = fields.Monetary(
        string="Cover",
        readonly=True,
        help="Insurance, guarantees and deposits that count for new orders.",
    )
    change_ids = fields.One2many(
        "o2c.limit.change", "profile_id", string="Limit Changes", readonly=True
    )
    cover_ids = fields.One2many(
        "o2c.credit.cover",
        "profile_id",
        string="Covers",
        context={"active_test": False},
    )
    credit_group_id = fields.Many2one(
        "o2c.credit.group", string="Holding", compute="_compute_limit_words"
    )
    limit_words = fields.Char(
        string="Counts Today",
        compute="_compute_limit_words",
        help="The limit of this day and what follows it.",
    )
    exposure_today = fields.Monetary(
        string="Owed and Ordered", compute="_compute_limit_words"
    )
    cover_today = fields.Monetary(
        string="Covered",
        compute="_compute_limit_words",
        help="Insurance, guarantees and deposits that count for new orders.",
    )
    headroom_today = fields.Monetary(
        string="Can Still Order", compute="_compute_limit_words"
    )
    group_words = fields.Char(
        string="Within the Holding", compute="_compute_limit_words"
    )
    changes_waiting = fields.Integer(compute="_compute_changes_waiting")

    def init(self):
        """Profiles of before this field: what was agreed is what counts."""
        result = super().init()
        self.env.cr.execute(
            "UPDATE o2c_risk_profile SET effective_kind = limit_kind"
            " WHERE effective_kind IS NULL"
        )
        return result

    @api.depends("limit_currency_id", "company_id")
    def _compute_agreed_currency_id(self):
        for profile in self:
            profile.agreed_currency_id = (
                profile.limit_currency_id or profile.company_id.currency_id
            )

    @api.depends("change_ids.state")
    def _compute_changes_waiting(self):
        counts = dict(
            self.env["o2c.limit.change"]._read_group(
                [("profile_id", "in", self.ids), ("state", "=", "proposed")],
                ["profile_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.changes_waiting = counts.get(profile, 0)

    @api.depends("limit_kind", "limit_amount", "change_ids.state", "cover_ids.amount")
    @api.depends_context("lang")
    def _compute_limit_words(self):
        for company, profiles in self.sudo().grouped("company_id").items():
            if not company:
                known = {}
            else:
                known = self.env["o2c.risk.profile"]._credit_facts(
                    company, profiles.partner_id.ids, company._o2c_today()
                )
            for profile in profiles:
                profile._show_limit(known.get(profile.partner_id.id))

    def _show_limit(self, facts):
        """Fill what the books say of one customer now.

        :param facts: ``CustomerFacts`` or None for a profile that is being made
        """
        self.limit_words = facts and self._say_limit(facts)
        self.exposure_today = float(facts.exposure.total) if facts else 0.0
        self.cover_today = float(facts.cover) if facts else 0.0
        self.headroom_today = float(facts.headroom or 0) if facts else 0.0
        group = facts and facts.group
        self.credit_group_id = facts and facts.group_id
        self.group_words = group and self.env._(
            "%(group)s: %(left)s left of %(limit)s",
            group=group.name,
            left=self._money(group.headroom),
            limit=self._money(group.limit),
        )

    def _say_limit(self, facts):
        """The limit of today in a sentence, with what follows a temporary one."""
        changes = self.env["o2c.limit.change"]
        currency = self.company_id.currency_id
        today = changes._limit_words(facts.limit_kind, float(facts.limit), currency)
        foreign = self.limit_kind == "amount" and self.limit_currency_id
        if not facts.limit_until:
            if foreign and facts.limit_kind == "amount":
                own = format_amount(self.env, self.limit_amount, foreign)
                return self.env._("%(own)s, today %(company)s", own=own, company=today)
            return today
        return self.env._(
            "%(today)s until %(date)s, then %(agreed)s",
            today=today,
            date=format_date(self.env, facts.limit_until),
            agreed=changes._limit_words(
                self.limit_kind, self.limit_amount, self.agreed_currency_id
            ),
        )

    def _money(self, amount):
        return format_amount(self.env, float(amount), self.company_id.currency_id)

    def action_change_limit(self):
        """Open the dialog that proposes another limit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the limit"),
            "res_model": "o2c.limit.proposal",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_profile_id": self.id},
        }

    def action_open_changes(self):
        """Everything that was ever proposed for this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_limit_change_action"
        )
        return action | {
            "domain": [("profile_id", "=", self.id)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------- in the books

    def _refresh_limits(self):
        """Write down what counts today, and bring core's field in step."""
        for company, profiles in self.sudo().grouped("company_id").items():
            moved = self._write_limits_today(
                company, company._o2c_today(), profiles.partner_id.ids
            )
            self.sudo().browse(moved)._push_core_limit()

    @api.model
    def _write_limits_today(self, company, today, partner_ids):
        """Limit and cover of today on the profiles where they differ.

        Lists and the night read them; no verdict does.

        :return: ids of the profiles of which the limit moved
        """
        rows = self._special_limits(company, today, partner_ids)
        moved, values = [], []
        small = to_money(company.o2c_overdue_amount)
        for pid, kind, amount, approved, covers, days, overdue, *stored in rows:
            limit = self._limit_of(kind, amount, approved, today)
            late = (days or 0) if to_money(overdue) > small else 0
            cover = self._cover_of(covers, today, late)
            worth = limit.amount if limit.kind == "amount" else to_money(0)
            old_kind, old_limit, old_until, old_cover = stored
            if (old_kind, to_money(old_limit)) != (limit.kind, worth):
                moved.append(pid)
            elif (old_until, to_money(old_cover)) == (limit.until, cover):
                continue
            values.append((pid, limit.kind, worth, limit.until, cover))
        if values:
            self._write_effective(values)
        return moved

    @api.model
    def _special_limits(self, company, today, partner_ids):
        """Profiles whose limit of today is not plainly the agreed one, or was not."""
        self._flush_limits()
        self.env["o2c.customer.snapshot"].flush_model()
        agreed = self._agreed_sql(company, today)
        return self.env.execute_query(
            SQL(
                """
                SELECT * FROM (
                    SELECT profile.id, profile.limit_kind, %(agreed)s AS agreed,
                           %(approved)s AS approved, %(covers)s AS covers,
                           snapshot.overdue_days, snapshot.overdue,
                           profile.effective_kind, profile.effective_limit,
                           profile.effective_until, profile.cover_amount
                      FROM o2c_risk_profile profile
                 LEFT JOIN o2c_customer_snapshot snapshot
                        ON snapshot.partner_id = profile.partner_id
                       AND snapshot.company_id = profile.company_id
                     WHERE profile.company_id = %(company)s
                       AND profile.partner_id = ANY(%(partners)s)
                   ) own
                 WHERE approved IS NOT NULL OR covers IS NOT NULL
                    OR effective_until IS NOT NULL OR COALESCE(cover_amount, 0) <> 0
                    OR effective_kind IS DISTINCT FROM limit_kind
                    OR COALESCE(effective_limit, 0) <> CASE WHEN limit_kind = 'amount'
                       THEN round(COALESCE(agreed, 0), 2) ELSE 0 END
                """,
                agreed=agreed,
                approved=self._approved_sql(company, today),
                covers=self._covers_sql(company, today),
                company=company.id,
                partners=list(partner_ids),
            )
        )

    @api.model
    def _write_effective(self, values):
        """One statement for any number of profiles."""
        ids, kinds, limits, untils, covers = zip(*values, strict=True)
        self.env.execute_query(
            SQL(
                """
                UPDATE o2c_risk_profile profile
                   SET effective_kind = new.kind, effective_limit = new.worth,
                       effective_until = new.until, cover_amount = new.cover
                  FROM unnest(%s::int[], %s::varchar[], %s::numeric[], %s::date[],
                              %s::numeric[]) AS new (id, kind, worth, until, cover)
                 WHERE profile.id = new.id
             RETURNING profile.id
                """,
                list(ids),
                list(kinds),
                list(limits),
                list(untils),
                list(covers),
            )
        )
        self.browse(ids).invalidate_recordset(
            ["effective_kind", "effective_limit", "effective_until", "cover_amount"]
        )
