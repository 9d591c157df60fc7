"""May goods of a confirmed order leave? And where are they?"""

from dataclasses import replace

from odoo import models

from odoo.addons.o2c_credit.policy.credit_decision import ZERO, decide_delivery


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_delivery_verdicts(self):
        """Verdicts on the delivery of confirmed orders, without those accepted before.

        :return: dict of order to (``CreditDecision``, ``CreditFacts``)
        """
        verdicts = {}
        profiles = self.env["o2c.risk.profile"]
        for root, orders in self.sudo().grouped(lambda o: o.company_id.root_id).items():
            customer_ids = {order._o2c_debtor_id() for order in orders}
            known = profiles._credit_facts(root, customer_ids, root._o2c_today())
            blockers = profiles._blockers(root, customer_ids)
            for order in orders:
                customer = known[order._o2c_debtor_id()]
                facts = self._o2c_facts(
                    customer, ZERO, ZERO, blockers.get(customer.partner_id, ())
                )
                decision = decide_delivery(
                    facts, customer.rules, order._o2c_accepted_reasons()
                )
                verdicts[order.with_env(self.env)] = (
                    replace(decision, increase=order._o2c_amount()),
                    facts,
                )
        return verdicts

    def _o2c_accepted_reasons(self):
        """Codes of the reasons that somebody released this order for."""
        self.ensure_one()
        released = self.o2c_hold_ids.filtered(lambda hold: hold.state == "released")
        return {reason.code for hold in released for reason in hold._reasons()}

    def _o2c_hold_deliveries(self):
        """Record a hold for each order whose goods may not leave.

        :return: orders whose deliveries wait: held now, or on hold already
        """
        modes = {
            company: company._o2c_credit_acting() for company in self.sudo().company_id
        }
        judged = self.filtered(lambda order: modes[order.sudo().company_id] != "off")
        waiting = judged.filtered(
            lambda order: modes[order.sudo().company_id] == "live"
            and order.sudo().o2c_hold_id
        )
        holds = self.env["o2c.credit.hold"]
        for order, (decision, facts) in (
            (judged - waiting)._o2c_delivery_verdicts().items()
        ):
            if not decision.held:
                continue
            live = modes[order.sudo().company_id] == "live"
            if live:
                waiting |= order
            elif order.sudo().o2c_hold_ids.filtered(lambda one: one.state == "watch"):
                continue
            holds._open(
                order,
                decision,
                facts,
                kind="delivery",
                state="open" if live else "watch",
            )
        return waiting

    def _o2c_not_to_leave(self):
        """Orders whose goods may not leave, without writing anything."""
        live = self.filtered(
            lambda order: order.company_id._o2c_credit_acting() == "live"
        )
        waiting = live.filtered("o2c_hold_id")
        for order, (decision, _facts) in (
            (live - waiting)._o2c_delivery_verdicts().items()
        ):
            if decision.held:
                waiting |= order
        return waiting

    def _o2c_open_pickings(self):
        """Deliveries, and steps towards them, that are not done."""
        return self.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
            and picking._o2c_serves_customer()
        )

    def _o2c_recheck(self, hold):
        if hold.kind != "delivery":
            return super()._o2c_recheck(hold)
        [(decision, facts)] = self._o2c_delivery_verdicts().values()
        if decision.held:
            hold._record(hold._figures(decision, facts))
        else:
            hold._solve()
            hold._let_go()

    def _o2c_stage_delivered(self):
        """The delivery that the order waits for now, or the last one that left."""
        stage = super()._o2c_stage_delivered()
        pickings = self.picking_ids.filtered(
            lambda picking: picking._o2c_leaves_the_house()
            and picking.state != "cancel"
        )
        if self.state != "sale" or not pickings:
            return stage
        to_do = pickings.filtered(lambda picking: picking.state != "done")
        picking = (to_do or pickings).sorted("scheduled_date")[:1]
        states = dict(picking._fields["state"]._description_selection(self.env))
        stage |= {
            "owner": picking.user_id.name or stage["owner"],
            "action": {
                "type": "ir.actions.act_window",
                "res_model": "stock.picking",
                "res_id": picking.id,
                "views": [[False, "form"]],
            },
        }
        if not to_do:
            return stage | {"date": picking.date_done.date()}
        held = bool(self.sudo().o2c_hold_id)
        return stage | {
            "state": "blocked" if held else "current",
            "deadline": picking.scheduled_date.date(),
            "waits_for": self.env._("The credit controller's decision.")
            if held
            else f"{picking.name}: {states[picking.state]}",
        }
