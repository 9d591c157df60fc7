"""A draft invoice tells whether it is more than its customer should owe."""

from odoo import api, fields, models
from odoo.tools import format_amount

from ...policy.credit_decision import ZERO, headroom_of
from ..profile.o2c_exposure import to_money


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_draft_warning = fields.Text(
        string="Credit",
        compute="_compute_o2c_draft_warning",
        compute_sudo=True,
        groups="base.group_user",
        help="What this invoice does to what the customer may owe.",
    )
    o2c_over_limit = fields.Monetary(
        string="More Than the Limit",
        compute="_compute_o2c_draft_warning",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups="base.group_user",
    )

    @api.depends(
        "state",
        "move_type",
        "partner_id",
        "company_id",
        "amount_total_signed",
        "tax_totals",
    )
    @api.depends_context("lang")
    def _compute_o2c_draft_warning(self):
        drafts = self.filtered(
            lambda move: move.state == "draft"
            and move.move_type in ("out_invoice", "out_receipt")
            and move.partner_id
            and move.company_id._o2c_credit_acting() != "off"
        )
        (self - drafts).o2c_draft_warning = False
        (self - drafts).o2c_over_limit = 0.0
        for root, moves in drafts.grouped(lambda one: one.company_id.root_id).items():
            known = self.env["o2c.risk.profile"]._credit_facts(
                root,
                moves.commercial_partner_id._origin.ids,
                root._o2c_today(),
            )
            for move in moves:
                customer = known.get(move.commercial_partner_id._origin.id)
                over = move._o2c_over(customer) if customer else ZERO
                move.o2c_over_limit = float(over)
                move.o2c_draft_warning = customer and move._o2c_draft_words(
                    customer, over
                )

    def _o2c_over(self, customer):
        """How much more than his limit the customer owes and ordered, this included.

        :param customer: ``CustomerFacts``
        """
        self.ensure_one()
        facts = self.env["sale.order"]._o2c_facts(
            customer, ZERO, ZERO, (), added=self._o2c_unsaved()
        )
        headroom = headroom_of(facts)
        return ZERO if headroom is None else max(-headroom, ZERO)

    def _o2c_unsaved(self):
        """What this draft adds to the books when it is saved, in company currency.

        While somebody types, only the totals at the foot of the form are up to date.
        """
        self.ensure_one()
        if self == self._origin:
            return ZERO
        typed = (self.tax_totals or {}).get("total_amount") or 0.0
        return to_money(typed - self._origin.amount_total_signed)

    def _o2c_draft_words(self, customer, over):
        """The warning in plain words; empty when there is nothing to say."""
        self.ensure_one()
        currency = self.company_id.root_id.currency_id
        words = []
        if customer.insolvent:
            words.append(self.env._("This customer is insolvent."))
        if over and customer.limit_kind == "cash":
            words.append(
                self.env._(
                    "This customer pays up front, and %s is not paid yet.",
                    format_amount(self.env, float(over), currency),
                )
            )
        elif over:
            words.append(
                self.env._(
                    "With this invoice the customer owes and ordered %s more than his "
                    "limit. Ask a part at once, or agree instalments.",
                    format_amount(self.env, float(over), currency),
                )
            )
        return "\n".join(words)

    def action_o2c_draft_terms(self):
        """Spread this draft: a part at once, or instalments."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Spread the payment"),
            "res_model": "o2c.draft.terms",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_move_id": self.id},
        }
