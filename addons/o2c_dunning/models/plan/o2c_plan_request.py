"""A plan that the customer asks for himself, and what he owed when it began."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from ...policy.payment_plan import month_later


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    @api.model
    def _request(self, moves, months, first=0.0, source="portal"):
        """A customer asks to pay in instalments. Within the policy it is agreed at
        once, else a collecting manager decides.

        :param moves: his ``account.move`` records, of one company and currency
        :param int months: months until the last instalment
        :param float first: what he pays at once; zero for equal monthly instalments
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
            count=months + (1 if first else 0),
            first_amount=first or 0.0,
            start_date=today if first else month_later(today, 1),
            source=source,
            user_id=company.sudo().o2c_responsible_id.id,
            proposed_by_id=self.env.uid,
        )
        if not self.env.user._is_internal():
            plan.signer_id = self.env.user.partner_id
        plan._agree()
        return plan

    def _owed_by_law(self, today):
        """Cost and interest that were owed on the day the plan began.

        For a consumer this is the most that may ever be claimed beside the invoices.

        :return: (cost, interest) in the plan's currency
        """
        figures = self._law_figures(today)
        company = self.company_id
        totals = [
            sum((getattr(one, f"{kind}_left") for one in figures), Decimal(0))
            for kind in ("cost", "interest")
        ]
        return tuple(
            company.currency_id._convert(float(total), self.currency_id, company, today)
            for total in totals
        )

    def _law_figures(self, today):
        """Cost and interest of the plan's invoices by law, document by document."""
        return list(self.move_ids.sudo()._o2c_cost_and_interest(today).values())
