"""A payment plan as a purpose of a pay link: its invoices, an instalment at a time."""

from odoo import api, models


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

    @api.model
    def _plan_asked(self, plan):
        """Instalments that are asked now: what is late in one go, else the next one.

        :return: ``o2c.payment.plan.line`` records; empty when the plan does not run
        """
        left = plan.line_ids.filtered(lambda line: line.state != "paid")
        if plan.state != "running":
            return left.browse()
        today = plan.company_id._o2c_today()
        late = left.filtered(lambda line: line.due < today)
        return (late or left.sorted("number")[:1]).sorted("number")

    @api.model
    def _plan_amount(self, asked):
        """What these instalments come to, as text of an amount."""
        amount = sum(line.amount - line.paid for line in asked)
        return f"{amount:.{asked.currency_id.decimal_places}f}"

    @api.model
    def _plan_path(self, plan):
        """Where the instalments that are to be paid now are paid.

        :return: path on this server; empty when nothing is left
        """
        asked = self._plan_asked(plan.sudo())
        if not asked:
            return ""
        code = self._for(plan.sudo())._code()
        return f"/pay/{code}?other={self._plan_amount(asked)}"

    def _page_bank(self, moves, choice, keys):
        """Extends: an instalment is mentioned as its letter asks it."""
        bank = super()._page_bank(moves, choice, keys)
        asked = self._plan_asked(self._plan())[:1]
        if not bank or not asked:
            return bank
        account = self._creditor_account(list(moves))
        details = self._bank_details(account, choice.amount, asked.reference)
        return bank | {name: details[name] for name in details if bank[name]}

    def _transaction_prefix(self, decision):
        """Extends: the reference of the instalment, as on letter and page."""
        asked = self._plan_asked(self._plan())[:1]
        return asked.reference or super()._transaction_prefix(decision)

    def _page(self, keys=None, amount=None, own=(), now=None):
        """Extends: an instalment says what it is part of."""
        page = super()._page(keys, amount, own, now)
        plan = self._plan()
        asked = self._plan_asked(plan)
        if not asked:
            return page
        for line in page["lines"]:
            # the plan says when they are due, not the invoices
            line["due_text"] = line["due_text"] if line["waiting"] else ""
            line["late_text"] = ""
        page["lines_text"] = self.env._(
            "The payment is booked on the invoices of the plan, oldest first:"
        )
        wanted = float(self._plan_amount(asked))
        if not self.currency_id.compare_amounts(page["amount"], wanted):
            page["document_title"] = self._asked_title(plan, asked)
        return page

    def _asked_title(self, plan, asked):
        """The instalments that are paid now, in words."""
        if len(asked) > 1:
            return self.env._(
                "%(number)s instalments of payment plan %(plan)s",
                number=len(asked),
                plan=plan.name,
            )
        return self.env._(
            "Instalment %(number)s of %(count)s, payment plan %(plan)s",
            number=asked.number,
            count=len(plan.line_ids),
            plan=plan.name,
        )
