"""A verdict before there is an order: for shops, planners and other systems."""

import math

from odoo import models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_amount

from ...policy.credit_decision import ZERO, decide_order
from ..profile.o2c_exposure import to_money


class ResPartner(models.Model):
    _inherit = "res.partner"

    def o2c_credit_verdict(self, amount, currency=None, company_id=None):
        """May these customers order for an amount? Nothing is written.

        Over Odoo's JSON API: ``POST /json/2/res.partner/o2c_credit_verdict`` with
        ``{"ids": [7], "amount": 1200, "currency": "EUR"}``.

        :param float amount: total of the order, taxes included
        :param str currency: code of its currency; the company's when not given
        :param int company_id: who sells; the user's own company when not given
        :return: list of dicts, one per customer in the given order: ``partner_id``,
            ``mode`` (off, watch, live), ``verdict`` (pass, warn, hold, stop),
            ``headroom`` (None: no limit set), ``to_pay`` (paid up front, this makes it
            pass), ``capped`` (no more may be asked of this consumer: when ``to_pay``
            is paid, a person decides), ``currency`` of both, ``reasons`` (dicts of
            ``code``, ``text``)
        :raise AccessError: when the user neither sells nor controls credit
        :raise UserError: when the amount or the currency is none
        """
        company = self._o2c_verdict_company(company_id)
        self.check_access("read")
        root = company.root_id.sudo()
        worth = self._o2c_worth(amount, currency, company)
        today = root._o2c_today()
        profiles = self.env["o2c.risk.profile"]
        customers = self.sudo().commercial_partner_id
        known = profiles._credit_facts(root, customers.ids, today)
        blockers = profiles._blockers(root, customers.ids)
        answers = []
        for partner in self:
            customer = known[partner.sudo().commercial_partner_id.id]
            facts = self.env["sale.order"]._o2c_facts(
                customer, worth, ZERO, blockers.get(customer.partner_id, ())
            )
            decision = decide_order(facts, customer.rules)
            answers.append(
                {
                    "partner_id": partner.id,
                    "mode": root._o2c_credit_acting(today),
                    **self._o2c_decision_data(decision, root.currency_id),
                }
            )
        return answers

    def _o2c_verdict_company(self, company_id):
        """The company that is asked for, when the user may ask for it."""
        user = self.env.user
        if not (
            user.has_group("sales_team.group_sale_salesman")
            or user.has_group("o2c_base.group_credit_controller")
        ):
            raise AccessError(
                self.env._("Verdicts are for people who sell or control credit.")
            )
        if not company_id:
            return self.env.company
        if company_id not in user._get_company_ids():
            raise AccessError(
                self.env._("You do not work for this company: choose one of yours.")
            )
        return self.env["res.company"].browse(company_id)

    def _o2c_worth(self, amount, currency, company):
        """The amount in company currency, at the rate of today."""
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise UserError(self.env._("The amount is a number, such as 1200.50."))
        if not math.isfinite(amount) or amount < 0:
            raise UserError(self.env._("The amount cannot be negative."))
        ours = company.root_id.sudo().currency_id
        if not currency:
            return to_money(amount)
        theirs = self.env["res.currency"].search([("name", "=", currency)], limit=1)
        if not theirs:
            raise ValidationError(
                self.env._(
                    "%s is no active currency here. Use a code such as EUR.", currency
                )
            )
        return to_money(theirs._convert(amount, ours, company, company._o2c_today()))

    def _o2c_decision_data(self, decision, currency):
        """A verdict as plain data, in the reader's language."""

        def money(amount):
            return format_amount(self.env, float(amount), currency)

        profiles = self.env["o2c.risk.profile"]
        return {
            "verdict": decision.verdict,
            "headroom": None if decision.headroom is None else float(decision.headroom),
            "to_pay": float(decision.to_pay),
            "capped": decision.capped,
            "currency": currency.name,
            "reasons": [
                {
                    "code": reason.code,
                    "text": profiles._verdict_reason(reason, money),
                }
                for reason in decision.reasons
            ],
        }
