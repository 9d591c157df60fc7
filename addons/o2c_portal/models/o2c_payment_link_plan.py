"""A payment plan as a purpose of a pay link: its invoices, an instalment at a time."""

from odoo import models


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _plan(self):
        """The payment plan of this link, in sudo; empty for other purposes."""
        self.ensure_one()
        plans = self.env["o2c.payment.plan"].sudo()
        if self.res_model != plans._name:
            return plans
        return plans.browse(self.res_id).exists()

    def _purpose_values(self, record, currency=None):
        """Extends: the invoices of a plan, of one company of the group."""
        if record._name != "o2c.payment.plan":
            return super()._purpose_values(record, currency)
        companies = record.move_ids.company_id
        return {
            "res_model": record._name,
            "res_id": record.id,
            "document": record.name,
            "company_id": (companies if len(companies) == 1 else record.company_id).id,
            "partner_id": record.partner_id.id,
            "currency_id": record.currency_id.id,
        }

    def _moves(self):
        """Extends: the invoices of the plan that this company can be paid for."""
        if plan := self._plan():
            return plan.move_ids.filtered(
                lambda move: move.company_id == self.company_id
            )
        return super()._moves()

    def _title(self):
        """Extends: a plan is known by its number."""
        if plan := self._plan():
            return self.env._("Payment plan %s", plan.name)
        return super()._title()

    def _plan_path(self, plan):
        """Where the instalments that are to be paid now are paid.

        What is late is asked in one go, else the next instalment.

        :return: path on this server; empty when nothing is left
        """
        left = plan.line_ids.filtered(lambda line: line.state != "paid")
        late = left.filtered(lambda line: line.state in ("late", "missed"))
        asked = late or left.sorted("number")[:1]
        if plan.state != "running" or not asked:
            return ""
        amount = sum(line.amount - line.paid for line in asked)
        digits = plan.currency_id.decimal_places
        return f"/pay/{self._for(plan.sudo())._code()}?other={amount:.{digits}f}"
