"""Ask the customer for exactly the money that lets his order go on."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...policy.credit_decision import ZERO
from ..profile.o2c_exposure import to_money


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    asked_amount = fields.Monetary(
        readonly=True, help="What the customer was asked to pay, so that it goes on."
    )
    asked_on = fields.Datetime(readonly=True)
    asks_overdue = fields.Boolean(
        compute="_compute_asks_overdue",
        help="Invoices past their due date hold it, not the amount of the order.",
    )

    def _compute_asks_overdue(self):
        for hold in self:
            codes = {reason.code for reason in hold._reasons()}
            hold.asks_overdue = "overdue" in codes

    def action_ask_payment(self):
        """A mail to the customer with a pay link, to be read before it leaves.

        Invoices past their due date come first; otherwise the order asks for the
        amount that it lacks, on its own page in the portal; of a consumer for no more
        than the law allows.
        """
        self.ensure_one()
        self._check_may_ask()
        hold = self.sudo()
        if hold.state != "open":
            raise UserError(self.env._("This hold has been closed meanwhile."))
        hold.order_id._o2c_recheck(hold)
        if hold.state != "open":
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        if hold.asks_overdue:
            template = "o2c_credit.mail_template_ask_overdue"
            amount = hold.overdue
        else:
            template = "o2c_credit.mail_template_ask_payment"
            amount = hold._ask_on_order()
        hold._record({"asked_amount": amount, "asked_on": False})
        request = self.env["o2c.payment.request"].create(
            {"hold_id": self.id, **hold._ask_words(self.env.ref(template))}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for payment"),
            "res_model": "o2c.payment.request",
            "res_id": request.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def _ask_words(self, template):
        """To whom, subject and text of the request, in the customer's language."""
        self.ensure_one()
        order = self.order_id
        ids = order.ids
        template = template.sudo().with_context(o2c_asking=True)
        return {
            "partner_ids": (order.partner_invoice_id | order.partner_id)
            .filtered("email")[:1]
            .ids,
            "subject": template._render_field("subject", ids, compute_lang=True)[
                order.id
            ],
            "body": template._render_field("body_html", ids, compute_lang=True)[
                order.id
            ],
            "goes_when": order._o2c_goes_when() if self.asks_overdue else False,
        }

    def _check_may_ask(self):
        """Credit controllers, and who may change the order."""
        self.check_access("read")
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            try:
                self.order_id.check_access("write")
            except AccessError:
                raise AccessError(
                    self.env._("Ask a credit controller to send this request.")
                ) from None

    def _ask_on_order(self):
        """Let the portal page of the order ask for the missing amount.

        :return: that amount in company currency
        """
        self.ensure_one()
        order = self.order_id
        amount = to_money(self.to_pay)
        if amount <= ZERO or order.state not in ("draft", "sent"):
            raise UserError(
                self.env._(
                    "Money does not solve this: %s. Release it, or talk to the "
                    "customer.",
                    self.reasons_short or self.env._("it waits for a person"),
                )
            )
        total = order._o2c_amount()
        most = order._o2c_most_up_front()
        order.write(
            {
                "require_payment": True,
                "prepayment_percent": float(min(amount / total, most)),
            }
        )
        return float(amount)
