"""The verdict on an order, shown before anyone clicks."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_amount

from ...policy.credit_decision import (
    ZERO,
    CreditDecision,
    CreditFacts,
    CreditRules,
    Reason,
    decide_order,
    headroom_of,
)
from ..profile.o2c_exposure import to_money


class Judged(NamedTuple):
    """A verdict on an order, what it was taken on, its open hold if any, the rules."""

    decision: CreditDecision
    facts: CreditFacts
    hold_id: int | None = None
    rules: CreditRules | None = None


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_verdict = fields.Selection(
        [
            ("pass", "Fine"),
            ("warn", "Mind this"),
            ("hold", "Needs a decision"),
            ("stop", "Needs a credit manager"),
        ],
        string="Credit Verdict",
        compute="_compute_o2c_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="What happens when this order is confirmed.",
    )
    o2c_verdict_card = fields.Html(
        string="Credit",
        compute="_compute_o2c_verdict",
        compute_sudo=True,
        groups="base.group_user",
        sanitize=False,
    )

    # partial: what the exposure reads of a book with years of invoiced orders
    _o2c_open_idx = models.Index(
        "(partner_invoice_id, company_id)"
        " WHERE state = 'sale' AND invoice_status <> 'invoiced'"
    )

    @api.depends(
        "amount_total",
        "currency_id",
        "partner_id",
        "partner_invoice_id",
        "company_id",
        "state",
    )
    @api.depends_context("lang")
    def _compute_o2c_verdict(self):
        judged = self.filtered(
            lambda order: order.state in ("draft", "sent")
            and order.partner_invoice_id
            and order.company_id._o2c_credit_acting() != "off"
        )
        (self - judged).o2c_verdict = False
        (self - judged).o2c_verdict_card = False
        for order, one in judged._o2c_decisions(together=False).items():
            order.o2c_verdict = one.decision.verdict
            order.o2c_verdict_card = order._o2c_render_card(one.decision, one.facts)

    def _o2c_verdict(self):
        """Verdict on one order, as it stands now.

        :return: ``CreditDecision`` with verdict, headroom and reasons
        """
        return self._o2c_judged().decision

    def _o2c_judged(self):
        """Verdict on one order and the facts that it was taken on."""
        self.ensure_one()
        return self._o2c_decisions()[self]

    def _o2c_debtor_id(self):
        """Who will owe the invoice: the commercial entity of the invoice address."""
        self.ensure_one()
        return self.partner_invoice_id._origin.commercial_partner_id.id

    def _o2c_amount(self):
        """Total in company currency, at the order's own rate."""
        self.ensure_one()
        return to_money(self.amount_total / (self.currency_rate or 1.0))

    def _o2c_decisions(self, together=True, growth=None, uncertain=None):
        """Verdicts on orders, one statement for all customers of a company.

        :param bool together: orders of one customer are judged one after the other,
            each on top of those that passed before it
        :param dict growth: order to Decimal, for confirmed orders: only this part is
            judged, the rest counts already
        :param dict uncertain: customer id to Decimal: money in the books that does not
            count yet
        :return: dict of order to :class:`Judged`
        """
        decisions = {}
        in_house = defaultdict(Decimal)
        for root, orders in self.sudo().grouped(lambda o: o.company_id.root_id).items():
            customer_ids = {order._o2c_debtor_id() for order in orders}
            profiles = self.env["o2c.risk.profile"]
            known = profiles._credit_facts(
                root, customer_ids, root._o2c_today(), orders._origin.ids
            )
            blockers = profiles._blockers(root, customer_ids)
            own = {} if growth else orders._o2c_order_codes()
            paid = {} if growth else orders._o2c_named_money()
            added = defaultdict(Decimal, uncertain or {})
            houses = {
                order: (known[order._o2c_debtor_id()].group_id, root.currency_id)
                for order in orders
            }
            for order in orders if growth else ():
                # it is in the books already: out again, to be judged one by one
                added[order._o2c_debtor_id()] -= growth[order]
                in_house[houses[order]] -= growth[order]
            for order in orders:
                customer_id = order._o2c_debtor_id()
                one = order._o2c_judge(
                    known[customer_id],
                    growth and growth[order],
                    [*blockers.get(customer_id, ()), *own.get(order, ())],
                    added=added[customer_id],
                    in_house=in_house[houses[order]],
                    paid=paid.get(order._origin.id, ZERO),
                )
                decisions[order.with_env(self.env)] = one
                counts = growth or (together and not one.decision.held)
                if counts:
                    more = growth[order] if growth else one.decision.increase
                    added[customer_id] += more
                    in_house[houses[order]] += more
        return decisions

    def _o2c_judge(self, customer, grown, blockers, **others):
        """The verdict on one order.

        :param customer: ``CustomerFacts``
        :param Decimal grown: for a confirmed order: the part that is judged
        :param blockers: codes of reasons beside the amounts
        :param others: see :meth:`_o2c_facts`
        """
        self.ensure_one()
        if grown:
            amount, prepaid, share = grown, ZERO, ZERO
        else:
            amount = self._o2c_amount()
            prepaid = customer.prepaid.get(self._origin.id, ZERO)
            share = self._o2c_required_share(customer.rules)
        facts = self._o2c_facts(customer, amount, prepaid, blockers, **others)
        rules = replace(customer.rules, down_payment=share)
        decision = decide_order(facts, rules)
        return Judged(decision, facts, customer.holds.get(self._origin.id), rules)

    @api.model
    def _o2c_facts(
        self,
        customer,
        amount,
        prepaid,
        blockers,
        *,
        added=ZERO,
        in_house=ZERO,
        paid=ZERO,
    ):
        """Facts about one order from what is known of its customer.

        :param customer: ``CustomerFacts``
        :param Decimal added: what this batch adds already
        :param Decimal in_house: what it adds for all members of the same holding
        :param Decimal paid: booked credit that names the order
        """
        group = customer.group
        return CreditFacts(
            limit_kind=customer.limit_kind,
            limit=customer.limit,
            exposure=customer.exposure.total + added,
            order=amount,
            prepaid=prepaid,
            paid=paid,
            overdue=customer.overdue,
            overdue_late=customer.overdue_late,
            overdue_days=customer.overdue_days,
            insolvent=customer.insolvent,
            natural_person=customer.natural_person,
            cell_id=customer.cell_id,
            blockers=tuple(blockers),
            cover=customer.cover,
            group_limit=group and group.limit,
            group_exposure=group and group.exposure + in_house,
        )

    @api.model
    def _o2c_busy(self, facts):
        """The decision when the figures could not be read in peace."""
        return CreditDecision(
            "hold",
            headroom_of(facts),
            (Reason("busy", "hold"),),
            increase=max(facts.order - facts.prepaid, ZERO),
        )

    def _o2c_render_card(self, decision, facts):
        """The verdict in plain words, for the seller."""
        self.ensure_one()
        company = self.company_id
        currency = company.root_id.currency_id

        def money(amount):
            return format_amount(self.env, float(amount), currency)

        profiles = self.env["o2c.risk.profile"]
        left = None
        if decision.headroom is not None:
            left = decision.headroom - decision.increase
        return self.env["ir.qweb"]._render(
            "o2c_credit.verdict_card",
            {
                "decision": decision,
                "facts": facts,
                "watching": company._o2c_credit_acting() == "watch",
                "hold": self.o2c_hold_id,
                "reasons": [
                    profiles._verdict_reason(reason, money)
                    for reason in decision.reasons
                ],
                "headroom": decision.headroom,
                "left": left,
                "money": money,
                "behaviour": self._o2c_behaviour_line(),
            },
        )

    def _o2c_behaviour_line(self):
        """How this customer pays, in one sentence that a seller may read."""
        self.ensure_one()
        debtor = self.env["res.partner"].browse(self._o2c_debtor_id())
        return debtor._o2c_payment_words(self.company_id).get(debtor.id)
