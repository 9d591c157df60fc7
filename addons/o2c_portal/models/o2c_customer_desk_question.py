"""At the desk: a question."""

from odoo import api, models

from ..policy import desk_form


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _question_read(self, visitor, values):
        """What was asked, and about which invoices; about none is fine too."""
        moves = self._choosable(visitor)
        if visitor.document and visitor.document not in moves:
            moves |= visitor.document
        chosen = self._chosen(visitor, values, moves)
        if not values.get("form") and not visitor.document:
            chosen = moves.browse()
        text, reason = desk_form.read_text(values.get("text"))
        errors = {"text": self._reason(reason)} if reason else {}
        if not chosen and visitor.link is not None and visitor.proof == "mail":
            # a mailed link speaks about its own documents
            chosen = moves
        return {"moves": chosen, "all": moves, "text": text}, errors

    @api.model
    def _question_form(self, visitor, values, data):
        """Invoices to tick."""
        return {"choices": self._choices(data["all"], data["moves"])}

    @api.model
    def _question_make(self, visitor, data):
        """Write it down; what is asked about is not reminded meanwhile."""
        self._queue_up(data["moves"])
        questions = self.env["o2c.question"]
        same = questions.search(
            [
                ("partner_id", "=", visitor.customer.id),
                ("company_id", "=", visitor.company.root_id.id),
                ("state", "=", "open"),
                ("source", "=", "portal"),
                ("text", "=", data["text"]),
            ]
        ).filtered(lambda one: one.move_ids == data["moves"])
        return same[:1] or questions._ask(visitor.customer, data["moves"], data["text"])
