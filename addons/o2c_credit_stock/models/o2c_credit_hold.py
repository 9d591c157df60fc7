"""A delivery that is held keeps its goods for some days; released, it goes on."""

import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

#: Deliveries planned within so many days are judged at night, before anyone picks.
DAYS_AHEAD = 2


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    reservation_ended = fields.Boolean(
        string="Goods Given Free",
        readonly=True,
        help="It waited so long that the reserved goods went back to the stock. They "
        "are reserved again at the release.",
    )

    def _let_go(self):
        result = super()._let_go()
        self._record({"reservation_ended": False})
        if self.kind in ("delivery", "growth"):
            waiting = self.order_id._o2c_open_pickings()
            for picking in waiting:
                picking.message_post(
                    body=self.env._("This delivery may leave."),
                    subtype_xmlid="mail.mt_note",
                    partner_ids=picking.user_id.partner_id.ids,
                )
            waiting.move_ids.filtered(
                lambda move: move.state in ("confirmed", "partially_available")
            )._action_assign()
        return result

    def _solve(self):
        held = self.filtered(lambda hold: hold.state == "open")
        result = super()._solve()
        for hold in held:
            hold._let_go_goods()
        return result

    def _still_held(self):
        """Extends o2c_credit: would the deliveries of these be stopped again?"""
        leaving = self.filtered(lambda hold: hold.kind == "delivery")
        verdicts = leaving.order_id._o2c_delivery_verdicts()
        return super()._still_held() | leaving.filtered(
            lambda hold: verdicts[hold.order_id][0].held
        )

    def _let_go_goods(self):
        """What was given free is reserved again."""
        self.ensure_one()
        if self.reservation_ended:
            self._record({"reservation_ended": False})
            self.order_id._o2c_open_pickings().move_ids._action_assign()

    @api.model
    def _cron_deliveries(self):
        """At night: judge what leaves soon, and give long held goods free."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._o2c_companies("credit"):
            if company.root_id != company:
                continue
            today = company._o2c_today()
            holds = self.with_company(company).with_context(tz=company._o2c_zone())
            orders = holds._orders_leaving_soon(company, today)
            orders._o2c_hold_deliveries()
            cron._commit_progress(processed=len(orders))
            holds._end_reservations(company, today)
            if not cron._commit_progress():
                return

    @api.model
    def _orders_leaving_soon(self, company, today):
        """Confirmed orders with deliveries, or steps towards them, planned up to a
        few days ahead."""
        return (
            self.env["stock.picking"]
            .sudo()
            .search(
                [
                    ("company_id", "child_of", company.id),
                    ("picking_type_code", "in", ("outgoing", "dropship", "internal")),
                    ("state", "not in", ("draft", "done", "cancel")),
                    ("scheduled_date", "<", today + timedelta(days=DAYS_AHEAD + 1)),
                    ("sale_id.state", "=", "sale"),
                ]
            )
            .filtered(lambda picking: picking._o2c_serves_customer())
            .sale_id
        )

    @api.model
    def _end_reservations(self, company, today):
        """Give the goods of holds free that waited longer than the company allows.

        :return: the holds
        """
        days = company.o2c_reservation_days
        holds = self.sudo().search(
            [
                ("company_id", "child_of", company.id),
                ("state", "=", "open"),
                ("reservation_ended", "=", False),
                ("opened_on", "<", today - timedelta(days=days)),
            ]
        )
        ended = self.browse()
        for hold in holds:
            pickings = hold.order_id._o2c_open_pickings().filtered(
                lambda picking: picking.state in ("assigned", "confirmed", "waiting")
                and not picking.printed
                and not any(line.picked for line in picking.move_line_ids)
            )
            if pickings:
                pickings.do_unreserve()
                hold._record({"reservation_ended": True})
                hold._note_on_order(
                    self.env._(
                        "The goods went back to the stock after %s days on hold. They "
                        "are reserved again when the order goes on.",
                        days,
                    )
                )
                ended |= hold
        return ended
