"""Orders over Odoo's own JSON API."""

import json

from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: Orders in one call; a caller with more makes more calls.
MAX_ORDERS = 500


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    @api.model
    def o2c_take_orders(self, orders, company_id=None):
        """Orders become quotations: ``POST /json/2/o2c.order.intake/o2c_take_orders``.

        Sending again is safe: an order number of a customer is taken once. One bad
        order never loses the others.

        :param list orders: dicts with ``reference``, ``customer``, ``lines`` (dicts
            with ``article``, ``quantity``), and what :mod:`policy.order_call` knows
        :param int company_id: who sells; the user's own company when not given
        :return: dict with ``intake`` (id of the record here) and ``results`` in the
            order given: dicts with ``reference``, ``status`` (made, known, ready, mend,
            dropped), ``order`` (id and name of the quotation or None), ``amount``,
            ``verdict`` (credit: pass, warn, hold, stop or None), ``problems`` and
            ``remarks`` (texts)
        :raise AccessError: when the user does not sell, or not for this company
        :raise UserError: when the call as a whole makes no sense
        """
        company = self._order_company(company_id)
        if not isinstance(orders, list) or not orders:
            raise UserError(self.env._("orders is a list with at least one order."))
        if len(orders) > MAX_ORDERS:
            raise UserError(
                self.env._("Send at most %s orders in one call.", MAX_ORDERS)
            )
        if company._o2c_mode("billing") == "off":
            raise UserError(
                self.env._(
                    "Billing is switched off in %(company)s: nothing was taken.",
                    company=company.name,
                )
            )
        content = json.dumps(orders, ensure_ascii=False, sort_keys=True, indent=1)
        intake, known = self._receive(company, "api", "orders.json", content.encode())
        before = intake.order_ids.filtered(lambda one: one.state == "made")
        if not known or intake.state in ("received", "mend"):
            intake._work(all_now=True)
        if intake.reason:
            raise UserError(intake.reason)
        return {
            "intake": intake.id,
            "results": [
                one._result(repeated=one in before)
                for one in intake.order_ids.sorted("number")
            ],
        }

    @api.model
    def _order_company(self, company_id):
        """The company that is meant, when the user may sell for it."""
        user = self.env.user
        if not user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only people who sell take orders in."))
        if not company_id:
            return self.env.company
        if company_id not in user._get_company_ids():
            raise AccessError(
                self.env._("You do not work for this company: choose one of yours.")
            )
        return self.env["res.company"].browse(company_id)


class O2cIntakeOrder(models.Model):
    _inherit = "o2c.intake.order"

    def _result(self, repeated=False):
        """What became of the order, as plain data.

        :param bool repeated: an earlier call with the same orders made it
        """
        self.ensure_one()
        quotation = self.order_id.sudo()
        status = "known" if repeated else self.state
        return {
            "reference": self.reference,
            "status": status,
            "order": {"id": quotation.id, "name": quotation.name}
            if quotation
            else None,
            "amount": quotation.amount_total if quotation else None,
            "currency": quotation.currency_id.name if quotation else None,
            "verdict": quotation.o2c_verdict or None,
            "problems": self.reason.split("\n") if self.reason else [],
            "remarks": self.remark.split("\n") if self.remark else [],
        }
