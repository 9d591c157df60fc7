"""At the desk: announcing a payment."""

from odoo import api, models

from odoo.addons.o2c_base.tools.local_form import money_text

from ..policy import desk_form, proof


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _promise_last_day(self, visitor):
        """Last day for which this visitor can announce a payment."""
        company = visitor.company.sudo().root_id
        return proof.last_day(
            visitor.proof, company._o2c_today(), company.o2c_desk_promise_days
        )

    @api.model
    def _promise_read(self, visitor, values):
        """What was chosen: invoices, day, amount."""
        moves, errors = self._choosable(visitor), {}
        aside = self._in_plan(moves)
        free = moves.filtered(lambda move: move.id not in aside)
        chosen = self._chosen(visitor, values, free)
        total = desk_form.Decimal(str(sum(chosen.mapped("amount_residual"))))
        total = total.quantize(self._cent(visitor.currency))
        data = {"moves": chosen, "total": total, "aside": aside}
        if not chosen:
            errors["item"] = self._reason("choose")
        last = self._promise_last_day(visitor)
        today = visitor.company.sudo().root_id._o2c_today()
        data["date"], reason = desk_form.read_day(values.get("date"), today, last)
        if reason:
            code = "day" if reason in (desk_form.MISSING, desk_form.FORM) else reason
            errors["date"] = self._reason(code, last=self._day(last))
        typed = values.get("amount")
        if not (typed or "").strip():
            data["amount"] = total
            return data, errors
        data["amount"], reason = desk_form.read_amount(
            typed, self._cent(visitor.currency), total
        )
        if reason:
            words = money_text(self.env, total, visitor.currency)
            errors["amount"] = self._reason(reason, most=words)
        return data, errors

    @api.model
    def _promise_form(self, visitor, values, data):
        """Invoices to tick, the bounds of day and amount, and what it means."""
        today = visitor.company.sudo().root_id._o2c_today()
        last = self._promise_last_day(visitor)
        return {
            "choices": self._choices(
                self._choosable(visitor), data["moves"], data["aside"]
            ),
            "first_day": today.isoformat(),
            "last_day": last.isoformat(),
            "last_text": self._day(last),
            "date": (values.get("date") or "")[:10],
            "amount": (values.get("amount") or "")[:40],
            "total": money_text(self.env, data["total"], visitor.currency),
        }

    @api.model
    def _promise_make(self, visitor, data):
        """Write it down; the same announcement twice is one."""
        self._queue_up(data["moves"])
        promises = self.env["o2c.payment.promise"]
        same = promises.search(
            [
                ("partner_id", "=", visitor.customer.id),
                ("company_id", "=", visitor.company.root_id.id),
                ("state", "=", "open"),
                ("date", "=", data["date"]),
                ("source", "=", "portal"),
            ]
        ).filtered(
            lambda one: one.move_ids == data["moves"]
            and not one.currency_id.compare_amounts(one.amount, float(data["amount"]))
        )
        return same[:1] or promises._promise(
            data["moves"], data["date"], float(data["amount"]), source="portal"
        )
