"""What the customer of an order that waits is asked for, as his mail says it."""

from odoo import models
from odoo.tools import format_amount

from ...policy.credit_decision import ZERO, left_after_overdue
from ...policy.terms import up_front_maximum


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_most_up_front(self):
        """Part of the order that may be asked up front at most, 0 to 1; of a consumer
        half, or what he agreed to himself."""
        self.ensure_one()
        debtor_id = self._o2c_debtor_id()
        cells = self.env["o2c.credit.policy"]._terms_of(self.company_id, [debtor_id])
        cell = cells[debtor_id]
        return up_front_maximum(cell.consumer, cell.agreed) / 100

    def _o2c_ask_url(self):
        """Page of the order that asks for the advance payment, for a mail.

        Odoo renders a template on any record when it is saved: only a request makes
        links, which are records or tokens.
        """
        self.ensure_one()
        if not self.env.context.get("o2c_asking"):
            return "#"
        amount = self._get_prepayment_required_amount()
        return self.get_base_url() + self.get_portal_url(
            query_string=f"&payment_amount={amount:.2f}"
        )

    def _o2c_pay_url(self, invoice):
        """Where this invoice is paid; see :meth:`_o2c_ask_url`.

        :param invoice: one of :meth:`_o2c_overdue_invoices`
        """
        if not self.env.context.get("o2c_asking"):
            return "#"
        return invoice._get_portal_payment_link()

    def _o2c_overdue_invoices(self):
        """Invoices of the customer that are past due, the oldest first, in sudo.

        Mails that somebody changed before :meth:`_o2c_overdue_ask` was there use it.
        """
        self.ensure_one()
        company = self.company_id.root_id
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("commercial_partner_id", "=", self._o2c_debtor_id()),
                    ("company_id", "child_of", company.id),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("invoice_date_due", "<", company._o2c_today()),
                ],
                order="invoice_date_due, id",
            )
        )

    def _o2c_overdue_ask(self):
        """What is past due, what came in beside it, and what is left to pay.

        The same figures as the verdict: open items in company currency.

        :return: dict of ``rows`` (name, due, amount, url), ``received``, ``to_pay``,
            ``currency``
        """
        self.ensure_one()
        root = self.company_id.sudo().root_id
        lines = self.env["account.move.line"].sudo()
        items = lines.search(
            [
                ("partner_id.commercial_partner_id", "=", self._o2c_debtor_id()),
                ("company_id", "child_of", root.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ]
        )
        today = root._o2c_today()
        credits = items.filtered(lambda item: item.amount_residual < 0)
        late = (items - credits).filtered(
            lambda item: (item.date_maturity or item.date) < today
        )
        late = late.sorted(lambda item: (item.date_maturity or item.date, item.id))
        total = sum(late.mapped("amount_residual"))
        received = min(-sum(credits.mapped("amount_residual")), total)
        return {
            "rows": [self._o2c_overdue_row(item) for item in late],
            "received": root.currency_id.round(received),
            "to_pay": root.currency_id.round(total - received),
            "currency": root.currency_id,
        }

    def _o2c_overdue_row(self, item):
        move = item.move_id
        url = self._o2c_pay_url(move) if move.move_type == "out_invoice" else False
        return {
            "name": move.name,
            "due": item.date_maturity or item.date,
            "amount": item.amount_residual,
            "url": url,
        }

    def _o2c_goes_when(self):
        """What the customer pays so that his order goes on, in words; False when the
        order is no quotation any more."""
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return False
        judged = self.sudo()._o2c_judged()
        decision, facts = judged.decision, judged.facts
        currency = self.company_id.sudo().root_id.currency_id

        def money(amount):
            return format_amount(self.env, float(amount), currency)

        rest = left_after_overdue(facts, judged.rules)
        if rest > ZERO:
            words = self.env._(
                "Your order goes on when %(overdue)s that is past its due date is paid "
                "and %(rest)s in advance for the order.",
                overdue=money(facts.overdue),
                rest=money(rest),
            )
        else:
            words = self.env._(
                "Your order goes on when %(overdue)s that is past its due date is "
                "paid.",
                overdue=money(facts.overdue),
            )
        if decision.capped or decision.to_pay <= ZERO:
            return words
        instead = self.env._(
            "It also goes on when you pay the order itself in advance: %(amount)s.",
            amount=money(decision.to_pay),
        )
        return f"{words} {instead}"
