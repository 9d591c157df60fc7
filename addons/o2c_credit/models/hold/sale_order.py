"""The gate: no order above a customer's capacity is confirmed unnoticed.

``action_confirm`` is wrapped outermost, when the registry is complete: a plain override
would sit inside other add-ons, and a held order would get their confirmation effects.
Writing or creating an order into the state *sale* passes the same verdict.
"""

import functools
from decimal import Decimal

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...policy.credit_decision import ZERO

#: Key of the clearances of this transaction; they vanish with it.
_CLEARED = "o2c_credit.cleared"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_hold_ids = fields.One2many("o2c.credit.hold", "order_id", readonly=True)
    o2c_hold_id = fields.Many2one(
        "o2c.credit.hold",
        string="Credit Hold",
        compute="_compute_o2c_hold_id",
        search="_search_o2c_hold_id",
        compute_sudo=True,
        help="This order waits for a credit controller.",
    )
    o2c_hold_deadline = fields.Date(
        compute="_compute_o2c_hold_id", compute_sudo=True, string="Decision By"
    )

    @api.depends("o2c_hold_ids.state")
    def _compute_o2c_hold_id(self):
        holds = self.env["o2c.credit.hold"].search(
            [("order_id", "in", self._origin.ids), ("state", "=", "open")]
        )
        by_order = {hold.order_id.id: hold for hold in holds}
        for order in self:
            hold = by_order.get(order._origin.id)
            order.o2c_hold_id = hold
            order.o2c_hold_deadline = hold.deadline if hold else False

    def _search_o2c_hold_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        # everyone may know that an order waits; why is for who may read the hold
        waits = Domain("state", "=", "open")
        if operator == "any":
            return Domain("o2c_hold_ids", "any", waits & Domain(value))
        found = Domain("o2c_hold_ids", "any!", waits & Domain("id", "in", set(value)))
        if False in value:
            found |= ~Domain("o2c_hold_ids", "any!", waits)
        return found

    def _register_hook(self):
        super()._register_hook()
        model_class = type(self)
        origin = model_class.action_confirm
        if getattr(origin, "o2c_gate", False):
            return

        @functools.wraps(origin)
        def action_confirm(self, *args, **kwargs):
            quotes = self.filtered(lambda order: order.state in ("draft", "sent"))
            held = quotes._o2c_gate()
            confirmed = self - held
            result = True
            if confirmed or not held:
                result = action_confirm.origin(confirmed, *args, **kwargs)
            return held._o2c_held_action() if held else result

        action_confirm.origin = origin
        action_confirm.o2c_gate = True
        model_class.action_confirm = action_confirm

    @api.model_create_multi
    def create(self, vals_list):
        confirmed_at = {}
        for index, vals in enumerate(vals_list):
            if vals.get("state") == "sale" and self._o2c_create_is_gated(vals):
                confirmed_at[index] = vals.get("date_order")
                vals["state"] = "draft"
        orders = super().create(vals_list)
        for index, date_order in confirmed_at.items():
            orders[index].action_confirm()
            if date_order and orders[index].state == "sale":
                orders[index].date_order = date_order
        return orders

    @api.model
    def _o2c_create_is_gated(self, vals):
        company = self.env["res.company"].browse(vals.get("company_id"))
        return (company or self.env.company)._o2c_credit_acting() != "off"

    def write(self, vals):
        if vals.get("state") == "sale":
            unjudged = self.filtered(
                lambda order: order.state != "sale" and not order._o2c_use_clearance()
            )
            if unjudged.filtered(
                lambda order: order.company_id._o2c_credit_acting() != "off"
            ):
                return self._o2c_write_confirmed(unjudged, vals)
        debtors = self._o2c_debtors_before(vals)
        result = super().write(vals)
        if debtors:
            self._o2c_check_new_debtor(debtors)
        return result

    def _o2c_write_confirmed(self, unjudged, vals):
        """Somebody writes the state: everything else first, then the verdict."""
        state = {key: vals[key] for key in ("state", "date_order") if key in vals}
        others = {key: value for key, value in vals.items() if key not in state}
        if others:
            super().write(others)
        held = unjudged._o2c_gate()
        for order in unjudged - held:
            order._o2c_use_clearance()
        rest = self - held
        return super(SaleOrder, rest).write(state) if rest else True

    def _o2c_gate(self):
        """Judge orders that are about to be confirmed; cumulative per customer.

        :return: the orders that are held; the others are cleared
        """
        modes = {
            company: company._o2c_credit_acting() for company in self.sudo().company_id
        }
        judged = self.filtered(lambda order: modes[order.sudo().company_id] != "off")
        live = judged.filtered(lambda order: modes[order.sudo().company_id] == "live")
        peaceful = live._o2c_lock()
        held = self.browse()
        for order, one in judged._o2c_decisions().items():
            decision, facts = one.decision, one.facts
            if order in live and order.sudo().company_id.root_id not in peaceful:
                decision = self._o2c_busy(facts)
            if decision.held and order in live:
                order._o2c_hold(decision, facts)
                held |= order
                continue
            if order in live and order._o2c_waits_for_person(one):
                held |= order
                continue
            order._o2c_clear(one)
            if decision.held:
                self.env["o2c.credit.hold"]._open(order, decision, facts, state="watch")
        return held

    def _o2c_lock(self):
        """Take the locks of the customers.

        :return: root companies whose figures can be trusted
        """
        peaceful = self.env["res.company"].sudo()
        for root, orders in self.sudo().grouped(lambda o: o.company_id.root_id).items():
            customer_ids = {order._o2c_debtor_id() for order in orders}
            if self.env["o2c.exposure.lock"]._take(root, customer_ids):
                peaceful |= root
        return peaceful

    def _o2c_hold(self, decision, facts):
        """Put one order on hold, unless it could not be confirmed at all."""
        self.ensure_one()
        error = self.sudo()._confirmation_error_message()
        if error:
            raise UserError(error)
        return self.env["o2c.credit.hold"]._open(self, decision, facts)

    def _o2c_clear(self, judged):
        """Remember, for this transaction only, what was judged; close an old hold."""
        self.ensure_one()
        cleared = self.env.cr.precommit.data.setdefault(_CLEARED, {})
        cleared[self.id] = (self._o2c_debtor_id(), judged.facts.order)
        if judged.hold_id:
            self.env["o2c.credit.hold"].browse(judged.hold_id)._solve()

    def _o2c_waits_for_person(self, judged):
        """Whether an order that may pass still waits, because the company wants that
        a person lets it go: not money that came, nor a job."""
        person = self.env.uid != SUPERUSER_ID and self.env.user.has_group(
            "o2c_base.group_credit_controller"
        )
        if person or not self.env.su or not judged.hold_id:
            return False
        hold = self.env["o2c.credit.hold"].sudo().browse(judged.hold_id)
        if hold._solves_itself():
            return False
        hold._tell_it_may_pass()
        return True

    def _o2c_use_clearance(self):
        """Whether this very order was judged in this transaction; used once."""
        self.ensure_one()
        cleared = self.env.cr.precommit.data.get(_CLEARED, {})
        debtor, amount = cleared.pop(self.id, (None, ZERO))
        return debtor == self._o2c_debtor_id() and self._o2c_amount() <= amount

    def _o2c_confirm_released(self):
        """Confirm an order whose hold was released, and book what was paid for it."""
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return
        cleared = self.env.cr.precommit.data.setdefault(_CLEARED, {})
        cleared[self.id] = (self._o2c_debtor_id(), self._o2c_amount())
        order = self._o2c_as_promised()
        # the gate is behind us: what it wraps, not the gate itself
        type(order).action_confirm.origin(order)
        order.transaction_ids._o2c_invoice_released()

    def _o2c_as_promised(self):
        """The order in its own company; who signed or paid gets his confirmation."""
        self.ensure_one()
        order = self.with_company(self.company_id)
        if order.signature or order.transaction_ids.filtered(
            lambda tx: tx.state in ("authorized", "done")
        ):
            order = order.with_context(send_email=True)
        return order

    def _o2c_recheck(self, hold):
        """Judge an order on hold again; it goes on when nothing stands in its way."""
        self.ensure_one()
        if hold.kind == "growth":
            self._o2c_judge_growth({self: Decimal(str(hold.amount))}, again=True)
            return
        decision, facts, _hold_id, _rules = self._o2c_judged()
        if decision.held:
            hold._record(hold._figures(decision, facts))
        elif hold.kind == "confirm":
            self.sudo()._o2c_as_promised().action_confirm()
            self.sudo().transaction_ids._o2c_invoice_released()

    def _o2c_held_action(self):
        """What the seller reads when his order is held."""
        deadlines = [order.o2c_hold_deadline for order in self]
        names = ", ".join(self.mapped("name"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Waiting for a decision"),
                "message": self.env._(
                    "%(orders)s will be confirmed as soon as a credit controller "
                    "agrees, at the latest on %(date)s. You need to do nothing.",
                    orders=names,
                    date=format_date(self.env, max(deadlines)),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_holds(self):
        self.sudo().o2c_hold_ids.unlink()

    def _action_cancel(self):
        self.sudo().o2c_hold_ids.filtered(lambda h: h.state == "open")._close(
            "cancelled"
        )
        return super()._action_cancel()

    def action_o2c_open_hold(self):
        """Open the hold of this order, for who may see it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.credit.hold",
            "res_id": self.o2c_hold_id.id,
            "views": [[False, "form"]],
        }
