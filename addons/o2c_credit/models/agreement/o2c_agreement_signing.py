"""Who accepted an agreement for the customer, and whether he may."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..profile.o2c_exposure import to_money

#: Part of what was confirmed: fixed from then on.
SIGNING = {
    "accepted_by_id",
    "accepted_name",
    "accepted_on",
    "yearly_amount",
    "signed_anyway",
}


class O2cPaymentAgreement(models.Model):
    _inherit = "o2c.payment.agreement"

    accepted_by_id = fields.Many2one(
        "res.partner",
        string="Accepted by Contact",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who agreed on behalf of the customer.",
    )
    accepted_name = fields.Char(
        string="Name Under It",
        compute="_compute_accepted_name",
        store=True,
        readonly=False,
        tracking=True,
        help="The name as it was signed, also of somebody who is no contact here.",
    )
    accepted_on = fields.Date(tracking=True)
    yearly_amount = fields.Monetary(
        string="About, in a Year",
        compute="_compute_yearly_amount",
        store=True,
        readonly=False,
        help="What he buys on these terms in a year; at first what was invoiced in the "
        "last twelve months. Whether somebody may sign is judged by it.",
    )
    signed_anyway = fields.Text(
        string="Confirmed Anyway Because",
        tracking=True,
        help="Why you confirm although the newest report says that this person may not "
        "sign for it.",
    )
    signatory_warning = fields.Char(compute="_compute_signatory_warning")

    @api.depends("accepted_by_id")
    def _compute_accepted_name(self):
        for agreement in self:
            agreement.accepted_name = (
                agreement.accepted_by_id.name or agreement.accepted_name
            )

    @api.depends("partner_id", "company_id")
    def _compute_yearly_amount(self):
        for company, agreements in self.grouped("company_id").items():
            figures = (
                self.env["o2c.customer.snapshot"]
                .sudo()
                .search(
                    [
                        ("company_id", "=", company.root_id.id),
                        ("partner_id", "in", agreements.partner_id.ids),
                    ]
                )
            )
            sales = {one.partner_id: one.sales_year for one in figures}
            for agreement in agreements:
                agreement.yearly_amount = sales.get(agreement.partner_id, 0.0)

    @api.depends(
        "accepted_by_id", "accepted_name", "yearly_amount", "partner_id", "state"
    )
    @api.depends_context("lang")
    def _compute_signatory_warning(self):
        for agreement in self:
            verdict, name = agreement._signatory_verdict()
            refused = agreement.state == "draft" and verdict and verdict.refused
            agreement.signatory_warning = refused and self.env[
                "o2c.signatory.check"
            ]._words(verdict, name)

    def _who_accepted(self):
        """The name that was written, else the contact; either may be empty."""
        self.ensure_one()
        name = (self.accepted_name or "").strip()
        if self.accepted_by_id and name in ("", self.accepted_by_id.name):
            return self.accepted_by_id
        return name or self.accepted_by_id

    def _signatory_verdict(self):
        """What the newest report says of who accepted, and his name.

        :return: (``SignatoryVerdict``, name), or (None, "") when nobody is named
        """
        self.ensure_one()
        who = self._who_accepted()
        if not who or not self.partner_id or not self.company_id:
            return None, ""
        verdict = self.env["o2c.signatory.check"]._check(
            self.partner_id, who, to_money(self.yearly_amount), self.company_id
        )
        return verdict, who if isinstance(who, str) else who.sudo().name

    def _look_who_accepted(self):
        """Confirming: tell or wait when he may not bind the customer for so much.

        A manager confirms anyway by saying why; that stays with the agreement.
        """
        self.ensure_one()
        check = self.env["o2c.signatory.check"]
        who = self._who_accepted()
        amount = to_money(self.yearly_amount)
        why = who and check._look(self, self.partner_id, who, amount, self.display_name)
        if not why:
            return
        if not (self.signed_anyway or "").strip():
            raise UserError(
                self.env._(
                    "%s Let somebody sign who may, or fill in why you confirm it "
                    "anyway.",
                    why,
                )
            )
        verdict, name = self._signatory_verdict()
        check._tell(self, self.partner_id, verdict, name, amount, self.display_name)

    @api.model
    def _fixed_terms(self):
        return super()._fixed_terms() | SIGNING
