"""A plan that the customer asks for himself, and what he owed when it began."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from ...policy.payment_plan import may_charge, month_later, outside, schedule
from ...tools.amount import decimal


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    @api.model
    def _request_terms(self, today, months, first):
        """Number of instalments and first day of what a customer asks for."""
        return {
            "count": months + (1 if first else 0),
            "first_amount": float(first or 0.0),
            "start_date": today if first else month_later(today, 1),
        }

    @api.model
    def _request_bounds(self, moves):
        """What is agreed at once about these invoices, and what is open on them.

        :param moves: his ``account.move`` records, of one company and currency
        :return: (``policy.payment_plan.Bounds``, Decimal total, in the currency)
        """
        moves = moves.sudo()
        company, currency = moves.company_id.root_id, moves.currency_id
        row = self.env["o2c.plan.policy"]._row_for(company, moves.commercial_partner_id)
        own = company.currency_id
        rate = own._get_conversion_rate(own, currency, company, company._o2c_today())
        rows = self._open_rows(company, moves.commercial_partner_id, moves)
        total = sum((decimal(one.open_currency) for one in rows), Decimal(0))
        return row._bounds(rate), total

    @api.model
    def _request_preview(self, moves, months, first=0.0):
        """What :meth:`_request` would agree, without writing anything.

        :return: dict with instalments, what goes beyond the bounds (codes), the
            treatment of interest, and cost and interest that are owed today
        :raise ValueError: when first payment and total do not fit
        """
        moves = moves.sudo()
        company, currency = moves.company_id.root_id, moves.currency_id
        today, partner = company._o2c_today(), moves.commercial_partner_id
        bounds, total = self._request_bounds(moves)
        terms = self._request_terms(today, months, first)
        instalments = schedule(
            total,
            terms["count"],
            terms["start_date"],
            first=decimal(terms["first_amount"]),
            cent=Decimal(str(currency.rounding)),
        )
        mode = self.env["o2c.plan.policy"]._row_for(company, partner).interest_mode
        person = moves._o2c_consumer(company, partner)
        mode = mode if mode and may_charge(person, mode) else "waived"
        cost, interest = self._owed_on(moves, company, currency, today)
        return {
            "instalments": instalments,
            "outside": outside(bounds, instalments, today),
            "interest_mode": mode,
            "cost": cost,
            "interest": interest,
            "total": total,
        }

    @api.model
    def _request(self, moves, months, first=0.0, source="portal", signer=None):
        """A customer asks to pay in instalments. Within the policy it is agreed at
        once, else a collecting manager decides.

        :param moves: his ``account.move`` records, of one company and currency
        :param int months: months until the last instalment
        :param float first: what he pays at once; zero for equal monthly instalments
        :param signer: the contact who asks, ``res.partner``; that of the present user
            when not given
        :return: the plan, running or waiting
        """
        company = moves.company_id.root_id
        if len(company) == 1 and company._o2c_mode("dunning") == "off":
            raise UserError(self.env._("Payment plans cannot be asked for here."))
        if not 1 <= months <= 60:
            raise UserError(self.env._("Choose a number of months from 1 to 60."))
        today = company._o2c_today()
        plan = self.sudo()._propose(
            moves.sudo(),
            **self._request_terms(today, months, first),
            source=source,
            user_id=company.sudo().o2c_responsible_id.id,
            proposed_by_id=self.env.uid,
        )
        if signer is None and not self.env.user._is_internal():
            signer = self.env.user.partner_id
        if signer:
            plan.signer_id = signer
        plan._agree()
        return plan

    def _owed_by_law(self, today):
        """Cost and interest that were owed on the day the plan began.

        For a consumer this is the most that may ever be claimed beside the invoices.

        :return: (cost, interest) in the plan's currency
        """
        return self._owed_on(self.move_ids, self.company_id, self.currency_id, today)

    @api.model
    def _owed_on(self, moves, company, currency, today):
        """The same for invoices that no plan is about yet."""
        figures = self._law_figures(moves, today)
        totals = [
            sum((getattr(one, f"{kind}_left") for one in figures), Decimal(0))
            for kind in ("cost", "interest")
        ]
        return tuple(
            company.currency_id._convert(float(total), currency, company, today)
            for total in totals
        )

    @api.model
    def _law_figures(self, moves, today):
        """Cost and interest of invoices by law, document by document."""
        return list(moves.sudo()._o2c_cost_and_interest(today).values())
