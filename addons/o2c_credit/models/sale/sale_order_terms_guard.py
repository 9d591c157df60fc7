"""Nobody but a credit manager makes the terms of the policy looser."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...policy.terms import Terms, looser, up_front_maximum

TERM_FIELDS = {"payment_term_id", "require_payment", "prepayment_percent"}
#: What decides who will owe, and with which usual terms.
CUSTOMER_FIELDS = {
    "partner_id",
    "partner_invoice_id",
    "company_id",
    "sale_order_template_id",
}
OWN_FIELDS = {"o2c_policy_id", "o2c_terms"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name in OWN_FIELDS & vals.keys():
                vals.pop(name)
        orders = super().create(vals_list)
        chosen = defaultdict(self.browse)
        for order, vals in zip(orders, vals_list, strict=True):
            chosen[frozenset(TERM_FIELDS & vals.keys())] |= order
        for given, together in chosen.items():
            together._o2c_apply_chosen(given)
        return orders

    def copy_data(self, default=None):
        # a copy of an order gets the terms of today
        return [
            {k: v for k, v in vals.items() if k not in TERM_FIELDS}
            if order.sudo().o2c_terms and not TERM_FIELDS & (default or {}).keys()
            else vals
            for order, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def write(self, vals):
        if OWN_FIELDS & vals.keys():
            raise AccessError(
                self.env._("The credit policy itself says why these terms stand here.")
            )
        given = TERM_FIELDS & vals.keys()
        moved = CUSTOMER_FIELDS & vals.keys()
        if not given and not moved:
            return super().write(vals)
        guarded = self.filtered(
            lambda order: order.state in ("draft", "sent", "sale")
            and order.sudo().company_id._o2c_credit_acting() == "live"
        )
        before = {order: (order.state, order._o2c_terms_now()) for order in guarded}
        result = super().write(vals)
        quotes = guarded.filtered(lambda order: before[order][0] != "sale")
        if moved:
            quotes._o2c_apply_chosen(given)
        cells = quotes._o2c_policy_terms() if given else {}
        for order, (_state, terms) in before.items():
            if order not in quotes:
                order._o2c_guard_confirmed(terms, moved)
            elif order in cells:
                order._o2c_guard_quote(terms, cells[order], moved)
        return result

    @api.onchange("partner_id", "partner_invoice_id", "company_id")
    def _onchange_o2c_customer(self):
        self._o2c_apply_terms()

    @api.onchange("payment_term_id", "require_payment", "prepayment_percent")
    def _onchange_o2c_terms(self):
        """Say at once what saving would refuse."""
        quotes = self._o2c_live_quotes()
        if not quotes or self._o2c_may_loosen():
            return None
        for order, cell in quotes._o2c_policy_terms().items():
            asked = order._o2c_asked_terms(cell)
            now = order._o2c_terms_now()
            found = looser(Terms(None, asked.up_front), now, asked)
            if found:
                order._o2c_put_back(asked, found)
                return {
                    "warning": {
                        "title": self.env._("Terms of the credit policy"),
                        "message": order._o2c_refusal(found, asked),
                    }
                }
        return None

    def _o2c_may_loosen(self):
        """Whoever acts, not whether the environment is in sudo."""
        return self.env.user.has_group("o2c_base.group_credit_manager")

    def _o2c_apply_chosen(self, given):
        """Put the terms of the policy, but keep what a credit manager chose himself.

        :param given: fields of the terms that were chosen
        """
        wanted = {}
        if given and self._o2c_may_loosen():
            wanted = {order: order._o2c_terms_now() for order in self}
        self._o2c_apply_terms(given)
        live = self.browse().union(*wanted)._o2c_live_quotes()
        for order, cell in live._o2c_policy_terms().items():
            asked = order._o2c_asked_terms(cell)
            found = looser(asked, wanted[order], asked)
            if found:
                order._o2c_put_back(wanted[order], found)
                order._o2c_note_loosened(asked)

    def _o2c_guard_quote(self, before, cell, moved):
        """A quotation whose terms were written."""
        self.ensure_one()
        asked = self._o2c_asked_terms(cell)
        now = self._o2c_terms_now()
        maximum = up_front_maximum(cell.consumer, cell.agreed)
        if now.up_front > max(maximum, before.up_front):
            if not self.env.su:
                raise UserError(
                    self.env._(
                        "A consumer can be asked to pay at most %s%% up front. When he "
                        "agreed to more himself, a credit controller puts that down in "
                        "his risk profile.",
                        int(maximum),
                    )
                )
            self._o2c_put_back(Terms(now.term, maximum), ("up_front",))
        found = looser(asked if moved else before, now, asked)
        if not found:
            return
        if self._o2c_may_loosen():
            self._o2c_note_loosened(asked)
        elif self.env.su:
            self._o2c_put_back(asked, found)
        else:
            raise UserError(self._o2c_refusal(found, asked))

    def _o2c_guard_confirmed(self, before, moved):
        """A confirmed order: nothing is added for a consumer, nothing given away."""
        self.ensure_one()
        now = self._o2c_terms_now()
        debtor = self.env["res.partner"].sudo().browse(self._o2c_debtor_id())
        if now.up_front > before.up_front and debtor.o2c_segment_id.natural_person:
            raise UserError(
                self.env._(
                    "After a consumer has ordered, nothing can be added to what he "
                    "pays up front (art. 7:26(2) of the Dutch Civil Code)."
                )
            )
        trace = self.sudo().o2c_terms
        if not trace and not moved:
            return
        if moved:
            # somebody else will owe it: what is asked of him counts
            asked = self._o2c_asked_terms(self._o2c_policy_terms()[self])
        else:
            term = self.env["account.payment.term"].browse(trace.get("term") or [])
            asked = Terms(self._o2c_term(term), before.up_front)
        found = looser(before, now, asked)
        if not found:
            return
        if self._o2c_may_loosen():
            self._o2c_note_loosened(asked)
        elif self.env.su:
            self._o2c_put_back(before, found)
        else:
            raise UserError(self._o2c_refusal(found, asked))

    def _o2c_put_back(self, terms, which=("term", "up_front")):
        """Write terms as they should stand; notes it when they are a manager's own."""
        self.ensure_one()
        values = {}
        now = self._o2c_terms_now()
        if "term" in which and terms.term != now.term:
            values["payment_term_id"] = terms.term.id if terms.term else False
        if "up_front" in which and terms.up_front != now.up_front:
            values["require_payment"] = bool(terms.up_front)
            if terms.up_front:
                values["prepayment_percent"] = float(terms.up_front / 100)
        if values:
            self._o2c_record_terms(values)
        return values

    def _o2c_record_terms(self, values):
        """The only way by which our own fields are written."""
        self.ensure_one()
        if not self.id:
            self.sudo().update(values)
        else:
            self.sudo()._o2c_write_unguarded(values)

    def _o2c_write_unguarded(self, values):
        return super().write(values)

    def _o2c_note_loosened(self, asked):
        """A credit manager decided otherwise: that stays readable."""
        self.ensure_one()
        trace = self.sudo().o2c_terms or {"reasons": []}
        reasons = [code for code in trace["reasons"] if code != "allowed"]
        self._o2c_record_terms(
            {
                "o2c_terms": {
                    **trace,
                    "reasons": ["allowed", *(c for c in reasons if c == "consumer")],
                    "allowed_by": self.env.uid,
                }
            }
        )
        self.message_post(
            body=self.env._(
                "Other terms than the credit policy asks: %(now)s instead of "
                "%(asked)s.",
                now=self._o2c_terms_text(self._o2c_terms_now()),
                asked=self._o2c_terms_text(asked),
            )
        )

    def _o2c_terms_text(self, terms):
        """Term and percentage in a few words."""
        term = self.env["account.payment.term"].sudo()
        name = term.browse(terms.term.id).name if terms.term else self.env._("any term")
        return self.env._(
            "%(term)s, %(percent)s%% up front",
            term=name,
            percent=int(terms.up_front),
        )

    def _o2c_refusal(self, found, asked):
        """Why a seller cannot do this, and who can."""
        lines = []
        if "term" in found:
            term = self.env["account.payment.term"].sudo().browse(asked.term.id)
            lines.append(
                self.env._("The longest payment term for this customer: %s.", term.name)
            )
        if "up_front" in found:
            lines.append(
                self.env._(
                    "This customer pays at least %s%% up front.", int(asked.up_front)
                )
            )
        lines.append(self.env._("A credit manager can allow other terms."))
        return " ".join(lines)
