"""Read what the customer is asked for, then send it from the order."""

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class O2cPaymentRequest(models.TransientModel):
    """A mail with a pay link. It leaves from the order, so that the answer gets there;
    a credit controller need not be a seller for that."""

    _name = "o2c.payment.request"
    _description = "Ask for Payment"

    hold_id = fields.Many2one("o2c.credit.hold", required=True, ondelete="cascade")
    partner_ids = fields.Many2many("res.partner", string="To", required=True)
    subject = fields.Char(required=True)
    body = fields.Html(
        sanitize_style=True,
        help="Written in the customer's language; change it freely.",
    )

    goes_when = fields.Char(
        string="The Order Goes On",
        readonly=True,
        help="What the customer pays so that his order goes on.",
    )

    def action_send(self):
        """Send the mail and keep what was asked, and when."""
        self.ensure_one()
        hold = self.hold_id
        hold._check_may_ask()
        if hold.sudo().state != "open":
            raise UserError(self.env._("This hold has been closed meanwhile."))
        nameless = self.partner_ids.sudo().filtered(lambda one: not one.email)
        if nameless:
            raise UserError(
                self.env._(
                    "%s has no e-mail address. Fill it in, or choose another contact.",
                    ", ".join(nameless.mapped("display_name")),
                )
            )
        hold.sudo().order_id.message_post(
            subject=self.subject,
            body=Markup(self.body or ""),  # noqa: S704 - an Html field is sanitized
            partner_ids=self.partner_ids.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.env.user.partner_id.id,
            email_layout_xmlid=(
                "mail.mail_notification_layout_with_responsible_signature"
            ),
        )
        hold.sudo()._record({"asked_on": fields.Datetime.now()})
        self._leave_trace()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The request is on its way to the customer."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _leave_trace(self):
        """The mail is in the order; the hold says that it went, and to whom."""
        hold = self.hold_id.sudo()
        hold.message_post(
            body=self.env._(
                "Asked %(who)s by e-mail to pay %(amount)s. The mail is in order "
                "%(order)s.",
                who=", ".join(self.partner_ids.sudo().mapped("display_name")),
                amount=format_amount(self.env, hold.asked_amount, hold.currency_id),
                order=hold.order_id.name,
            ),
            author_id=self.env.user.partner_id.id,
        )
