"""At the desk: something is wrong with an invoice."""

from decimal import Decimal

from odoo import api, models

from odoo.addons.o2c_base.tools.local_form import money_text
from odoo.addons.o2c_dunning.models.claim.o2c_dispute_cause import CAUSES

from ..policy import desk_form

SCOPES = ("invoice", "lines", "amount")


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _disputed_move(self, visitor, values):
        """The invoice it is about; empty as long as it was not chosen."""
        moves = self._choosable(visitor)
        wanted = values.get("document") or ""
        if wanted:
            return moves.filtered(lambda move: str(move.id) == wanted)
        if visitor.document:
            return moves & visitor.document
        return moves if len(moves) == 1 else moves.browse()

    @api.model
    def _disputable_lines(self, move):
        return move.invoice_line_ids.filtered(
            lambda line: line.display_type == "product" and line.price_total > 0
        )

    @api.model
    def _dispute_read(self, visitor, values):
        """What was chosen: invoice, the whole or a part of it, cause, text."""
        errors = {}
        move = self._disputed_move(visitor, values)
        data = {"move": move, "lines": None, "amount": 0.0}
        if not move:
            return data, {"document": self._reason("choose")}
        scope = values.get("scope") or ""
        if scope not in SCOPES:
            errors["scope"] = self.env._("Choose what is wrong.")
        data["scope"] = scope
        if scope == "lines":
            ticked = set(values.getlist("line"))
            data["lines"] = self._disputable_lines(move).filtered(
                lambda line: str(line.id) in ticked
            )
            if not data["lines"]:
                errors["line"] = self.env._("Choose at least one line.")
        elif scope == "amount":
            most = Decimal(str(self._disputable(move)))
            cent = self._cent(move.currency_id)
            amount, reason = desk_form.read_amount(
                values.get("amount"), cent, most.quantize(cent)
            )
            data["amount"] = float(amount or 0)
            if reason:
                words = money_text(self.env, float(most), move.currency_id)
                errors["amount"] = self._reason(reason, most=words)
        data["cause"] = values.get("cause") or ""
        if data["cause"] not in dict(CAUSES):
            errors["cause"] = self.env._("Choose a cause.")
        data["text"], reason = desk_form.read_text(values.get("text"))
        if reason:
            errors["text"] = self._reason(reason)
        if not self._disputable(move) and not self._same_dispute(move, data):
            return data, {
                "": self.env._(
                    "There is already a dispute about this invoice. Add there what you "
                    "want to say."
                )
            }
        return data, errors

    @api.model
    def _running_disputes(self, move):
        """Disputes about an invoice that nobody has decided yet, in sudo."""
        return (
            self.env["o2c.dispute"]
            .sudo()
            .search([("move_id", "=", move.id), ("state", "=", "open")], order="id")
        )

    @api.model
    def _disputable(self, move):
        """What of an invoice is open and in no dispute."""
        taken = sum(self._running_disputes(move).mapped("amount"))
        return max(move.currency_id.round(move.amount_residual - taken), 0.0)

    @api.model
    def _dispute_form(self, visitor, values, data):
        """The invoice, its lines, and the causes to choose from."""
        move, currency = data["move"], visitor.currency
        ticked = set(values.getlist("line"))
        moves = self._choosable(visitor)
        running = self._visible(visitor, self._running_disputes(move))
        left = self._disputable(move) if move else 0.0
        return {
            "choices": self._choices(moves, move),
            "move": move,
            "running": [self._talk_row(one) for one in running],
            "is_taken": bool(move) and not left,
            "left_text": self.env._(
                "Is something else wrong too? %s of this invoice is not in dispute "
                "yet.",
                money_text(self.env, left, currency),
            ),
            "move_open": move and money_text(self.env, move.amount_residual, currency),
            "single": len(moves) == 1,
            "scope": values.get("scope") or "",
            "cause": values.get("cause") or "",
            "amount": (values.get("amount") or "")[:40],
            "causes": self._causes(),
            "lines": [
                {
                    "id": line.id,
                    "name": (line.name or line.product_id.display_name or "")
                    .strip()
                    .split("\n")[0],
                    "quantity": f"{line.quantity:g}",
                    "total": money_text(self.env, line.price_total, currency),
                    "checked": str(line.id) in ticked,
                }
                for line in self._disputable_lines(move)
            ],
        }

    @api.model
    def _causes(self):
        """Causes in the reader's language: (code, words)."""
        return self.env["o2c.dispute"]._fields["cause"]._description_selection(self.env)

    @api.model
    def _dispute_make(self, visitor, data):
        """Write it down: only the disputed part pauses. The same twice is one."""
        move, lines = data["move"], data["lines"]
        self._queue_up(move)
        if same := self._same_dispute(move, data):
            return same[:1]
        return self.env["o2c.dispute"]._dispute(
            move, data["amount"], data["cause"], note=data["text"], lines=lines
        )

    @api.model
    def _same_dispute(self, move, data):
        """What was sent in the same words before."""
        return (
            self._running_disputes(move)
            .filtered_domain(
                [
                    ("source", "=", "portal"),
                    ("scope", "=", data["scope"]),
                    ("note", "=", data["text"]),
                ]
            )
            .filtered(
                lambda one: one.line_ids == (data["lines"] or one.line_ids.browse())
                and (data["scope"] != "amount" or one.amount == data["amount"])
            )
        )
