"""Renew agreements: their next period, and by how much the prices change."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..policy import renewal as policy


class O2cAgreementRenewal(models.TransientModel):
    """One agreement with dates that can be chosen, or many each for its next period."""

    _name = "o2c.agreement.renewal"
    _description = "Renew Agreements"

    agreement_ids = fields.Many2many(
        "o2c.price.agreement",
        string="Agreements",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    single = fields.Boolean(compute="_compute_single")
    date_from = fields.Date(
        string="Valid From",
        compute="_compute_dates",
        store=True,
        readonly=False,
        help="First day of the new agreement; the old one ends the day before at last.",
    )
    date_to = fields.Date(
        string="Valid Until",
        compute="_compute_dates",
        store=True,
        readonly=False,
        help="Empty: until further notice.",
    )
    percentage = fields.Float(
        string="Change %",
        digits=(16, 4),
        help="Changes the amounts and their tiers. Discounts in percent stay as they "
        "are.",
    )

    @api.depends("agreement_ids")
    def _compute_single(self):
        for wizard in self:
            wizard.single = len(wizard.agreement_ids) == 1

    @api.depends("agreement_ids")
    def _compute_dates(self):
        for wizard in self:
            one = wizard.agreement_ids[:1] if len(wizard.agreement_ids) == 1 else False
            begin, end = (
                policy.next_period(one.date_from, one.date_to or None)
                if one
                else (None, None)
            )
            wizard.date_from, wizard.date_to = begin or False, end or False

    def action_renew(self):
        """Make the drafts that follow and show them."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver sets or changes agreed prices.")
            )
        made = self.env["o2c.price.agreement"]
        for agreement in self.agreement_ids:
            begin, end = self.date_from, self.date_to
            if not self.single:
                begin, end = policy.next_period(
                    agreement.date_from, agreement.date_to or None
                )
            self._check_dates(agreement, begin)
            made |= agreement._renew(begin, end, Decimal(str(self.percentage)))
        return made._get_records_action(name=self.env._("Renewed Agreements"))

    def _check_dates(self, agreement, begin):
        known = agreement.successor_ids.filtered(lambda one: one.state != "closed")
        if known:
            raise UserError(
                self.env._(
                    "%(name)s was renewed already by %(other)s. Change that one, or "
                    "close it first.",
                    name=agreement.name,
                    other=known[0].display_name,
                )
            )
        if agreement.state == "draft":
            raise UserError(
                self.env._("%s has not started yet: change its dates.", agreement.name)
            )
        if not begin:
            raise UserError(
                self.env._(
                    "%s has no last day: renew it by itself and choose the first day "
                    "of the new agreement.",
                    agreement.name,
                )
            )
        if begin <= agreement.date_from:
            raise UserError(
                self.env._(
                    "The renewal of %s must begin after the agreement itself.",
                    agreement.name,
                )
            )
        if agreement.date_to and begin > agreement.date_to + timedelta(days=1):
            raise UserError(
                self.env._(
                    "Between the end of %s and its renewal are days without agreed "
                    "prices. Begin the day after it ends.",
                    agreement.name,
                )
            )
