"""At the desk: taking back a dispute that was made by mistake."""

from odoo import SUPERUSER_ID, api, models

from ..policy import desk_form, proof
from .o2c_customer_desk import FormErrors

#: Kind of the receipt.
TAKEN_BACK = "taken_back"


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _may_take_back(self, visitor, record):
        """Whether this visitor can say that it was a mistake: his own dispute, as long
        as nobody has decided about it."""
        return (
            record._name == "o2c.dispute"
            and record._can_be_taken_back()
            and proof.enough(visitor.proof, proof.DISPUTE)
        )

    @api.model
    def _back_text(self, dispute):
        """What it means to take it back."""
        return self.env._(
            "%(amount)s of %(invoice)s is then asked again, as before.",
            amount=self.env["o2c.payment.link"]._money_of(
                dispute.amount, dispute.currency_id
            ),
            invoice=dispute.move_id.name,
        )

    @api.model
    def _take_back(self, visitor, record, values):
        """The dispute ends as if it was never raised; who handles it hears it.

        :raise FormErrors: with sentences for the customer
        """
        token = desk_form.read_token(values.get("form"))
        if not token:
            raise FormErrors({"": self.env._("Please open this page again.")})
        receipts = self.env["o2c.desk.receipt"]
        if receipts._known(token, visitor, TAKEN_BACK):
            return
        desk = self.with_user(SUPERUSER_ID).with_company(visitor.company)
        record = record.with_env(desk.env)
        # who decides at the same moment is first, or finds it taken back
        desk._queue_up(record.move_id)
        record.invalidate_recordset()
        if record.state == "withdrawn":
            return
        if not desk._may_take_back(visitor, record):
            raise FormErrors(
                {
                    "": self.env._(
                        "Somebody decided about this meanwhile, so it cannot be taken "
                        "back any more."
                    )
                }
            )
        with self.env.cr.savepoint():
            receipt = desk.env["o2c.desk.receipt"]._claim(token, visitor, TAKEN_BACK)
            if receipt:
                receipt._keep(record)
                desk._say_taken_back(visitor, record)
                record._take_back()

    @api.model
    def _say_taken_back(self, visitor, dispute):
        """On the dispute: from whom it came; its owner gets it as a message."""
        self._say(visitor, dispute, TAKEN_BACK, ())
        dispute.message_post(
            body=self.env._("I disputed this by mistake and take it back."),
            author_id=visitor.contact.id or visitor.customer.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=dispute.user_id.partner_id.ids,
        )
