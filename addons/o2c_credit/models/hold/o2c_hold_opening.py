"""A refusal becomes a hold: with its figures, an owner, a deadline and words."""

from odoo import api, models
from odoo.tools import format_date

from ...policy.deadline import decide_by


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    @api.model
    def _open(self, order, decision, facts, kind="confirm", state="open"):
        """Record a refusal; an order that is on hold already gets its new figures.

        :param order: ``sale.order``
        :param decision: ``CreditDecision``
        :param facts: ``CreditFacts`` that it was taken on
        :param str kind: a value of :attr:`kind`
        :param str state: "open", or "watch" when nothing is stopped
        :return: the hold, in sudo
        """
        holds = self.sudo()
        order = order.sudo()
        hold = holds.search(
            [("order_id", "=", order.id), ("state", "=", state)], limit=1
        )
        vals = holds._figures(decision, facts)
        if hold:
            if hold.kind == "growth" and kind == "growth":
                vals["amount"] += hold.amount
            hold._record({**vals, "kind": kind})
            return hold
        hold = holds.create(
            {**vals, **holds._identity(order), "kind": kind, "state": state}
        )
        if state == "open":
            hold._tell()
        return hold

    @api.model
    def _figures(self, decision, facts):
        """The amounts and reasons of a decision as values."""
        return {
            "reasons": [
                {
                    "code": reason.code,
                    "verdict": reason.verdict,
                    "amount": float(reason.amount),
                    "days": reason.days,
                    "already": float(reason.already),
                }
                for reason in decision.reasons
            ],
            "amount": float(decision.increase),
            "exposure": float(facts.exposure),
            "limit_kind": facts.limit_kind,
            "limit_amount": float(facts.limit),
            "cover": float(facts.cover),
            "to_pay": float(decision.to_pay),
            "capped": decision.capped,
            "overdue": float(facts.overdue),
            "review": facts.natural_person,
            "policy_id": facts.cell_id,
            "may_pass": False,
        }

    @api.model
    def _identity(self, order):
        """Whose order it is, who decides and by when."""
        company = order.company_id
        profile = self.env["o2c.risk.profile"]._ensure(
            company, order.partner_invoice_id
        )
        ships = order.commitment_date or order.expected_date
        ships_on = ships.date() if ships else False
        today = company._o2c_today()
        return {
            "order_id": order.id,
            "company_id": company.id,
            "partner_id": profile.partner_id.id,
            "profile_id": profile.id,
            "grade": profile.grade,
            "user_id": (profile.user_id or company._o2c_credit_owner()).id,
            "ships_on": ships_on,
            "deadline": decide_by(
                today, company.root_id.o2c_hold_days, ships_on or None
            ),
        }

    def _tell(self):
        """An activity for the owner and an internal note on the order."""
        for hold in self:
            theirs = self.with_context(lang=hold.user_id.lang).env
            hold.activity_schedule(
                "o2c_credit.mail_activity_hold",
                date_deadline=hold.deadline,
                user_id=hold.user_id.id,
                summary=theirs._(
                    "%(order)s of %(customer)s waits for you",
                    order=hold.order_id.name,
                    customer=hold.partner_id.display_name,
                ),
            )
            hold._note_on_order(
                self.env._(
                    "On hold until a credit controller decided, by %s.",
                    format_date(self.env, hold.deadline),
                )
            )

    def _note_on_order(self, body):
        """Internal note that the seller gets; customers never see it."""
        for hold in self:
            seller = hold.order_id.user_id
            author = self.env.user.partner_id
            if self.env.user.share or self.env.user._is_public():
                author = self.env.ref("base.partner_root")
            hold.order_id.sudo().message_post(
                body=body,
                author_id=author.id,
                subtype_xmlid="mail.mt_note",
                partner_ids=(seller.partner_id - author).ids,
            )
