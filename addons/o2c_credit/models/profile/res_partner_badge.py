"""Grade, headroom and overdue on the customer, in plain words for sales."""

from odoo import api, fields, models

from .o2c_risk_profile import GRADES


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_grade = fields.Selection(
        GRADES,
        string="Grade",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
    )
    o2c_headroom = fields.Monetary(
        string="Can Still Order",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
        help="What is left of the limit; empty when no limit is set.",
    )
    o2c_overdue = fields.Monetary(
        string="Overdue",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
        help="Should have been paid already.",
    )
    o2c_credit_line = fields.Char(
        string="Credit",
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
        help="What you can sell to this customer today.",
    )
    o2c_credit_tone = fields.Selection(
        [("good", "Good"), ("neutral", "Neutral"), ("warn", "Mind"), ("bad", "Bad")],
        compute="_compute_o2c_credit",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends_context("company", "lang")
    @api.depends("commercial_partner_id")
    def _compute_o2c_credit(self):
        company = self.env.company.root_id
        known = {}
        if company._o2c_credit_acting() != "off":
            customers = self._origin.commercial_partner_id.filtered(
                lambda partner: not partner.is_public
            )
            known = self.env["o2c.risk.profile"]._credit_facts(
                company, customers.ids, company._o2c_today()
            )
        for partner in self:
            customer = partner._origin.commercial_partner_id
            facts = known.get(customer.id)
            if facts and not (customer.customer_rank or facts.known):
                facts = None  # a colleague or a supplier
            partner._o2c_show_credit(facts, company)

    def _o2c_show_credit(self, facts, company):
        """Fill the badge of one partner.

        :param facts: ``CustomerFacts`` or None when nothing is judged
        """
        self.o2c_grade = facts and facts.grade
        self.o2c_overdue = float(facts.overdue) if facts else 0.0
        headroom = facts and facts.headroom
        self.o2c_headroom = float(headroom or 0.0)
        self.o2c_credit_line = facts and self._o2c_credit_words(
            facts, headroom, company.currency_id
        )
        self.o2c_credit_tone = facts and self._o2c_credit_tone_of(facts, headroom)

    @api.model
    def _o2c_credit_tone_of(self, facts, headroom):
        if facts.insolvent or (headroom is not None and headroom < 0):
            return "bad"
        if self._o2c_is_late(facts):
            return "warn"
        return "good" if facts.grade in ("A", "B") else "neutral"

    @api.model
    def _o2c_is_late(self, facts):
        """Overdue above the company's amount and days."""
        return facts.overdue_late > facts.rules.overdue_amount

    @api.model
    def _o2c_credit_words(self, facts, headroom, currency):
        """One sentence for a seller."""
        if facts.insolvent:
            return self.env._("Insolvent: ask credit first")
        if facts.rules.overdue == "hold" and self._o2c_is_late(facts):
            return self.env._("Behind with paying: new orders wait")
        if facts.limit_kind == "cash":
            return self.env._("Pays up front")
        if headroom is None:
            return self.env._("No limit set")
        if headroom > 0:
            return self.env._(
                "You can still sell %s",
                self.env["o2c.today"]._money(float(headroom), currency),
            )
        return self.env._("Nothing left of the limit")

    def action_o2c_profile(self):
        """Open the risk profile, made when this customer has none yet."""
        self.ensure_one()
        profiles = self.env["o2c.risk.profile"]
        profiles.check_access("read")
        profile = profiles._ensure(self.env.company, self.commercial_partner_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.risk.profile",
            "res_id": profile.id,
            "views": [[False, "form"]],
        }
